"""RFC 5545 recurrence rules, the parts that plans use, checked on construction (`BYMONTHDAY=45` is refused)."""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator

_FREQ = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_BYDAY = re.compile(r"(?:[+-]?[1-5]?)(?:MO|TU|WE|TH|FR|SA|SU)")


def _whole(low: int, high: int, signed: bool = False) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        if re.fullmatch(r"-?\d{1,3}" if signed else r"\d{1,3}", text) is None:
            return False
        return low <= abs(int(text)) <= high
    return check


_PARTS: dict[str, Callable[[str], bool]] = {
    "FREQ": _FREQ.__contains__,
    "INTERVAL": _whole(1, 999),
    "COUNT": _whole(1, 999),
    "BYMONTH": _whole(1, 12),
    "BYMONTHDAY": _whole(1, 31, signed=True),
    "BYDAY": lambda text: _BYDAY.fullmatch(text) is not None,
    "BYSETPOS": _whole(1, 366, signed=True),
    "BYHOUR": lambda text: re.fullmatch(r"[01]?\d|2[0-3]", text) is not None,
}


def is_rrule(text: str) -> bool:
    """Whether `text` is `FREQ=…` followed by known parts, each once and within its range."""
    pairs = [part.partition("=") for part in text.split(";")]
    names = [name for name, _, _ in pairs]
    if names[0] != "FREQ" or len(set(names)) != len(names):
        return False
    return all(
        name in _PARTS and value and all(_PARTS[name](item) for item in value.split(",")) for name, _, value in pairs
    )


def _check(text: str) -> str:
    if not is_rrule(text):
        raise ValueError(f"not an RFC 5545 rule of the supported parts: {text!r}")
    return text


Rrule = Annotated[str, AfterValidator(_check)]
