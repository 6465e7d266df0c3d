"""ISO 8601 durations: `P3M`, `P1W`, `PT30M`, `P0.5Y`. Weeks stand alone, as the standard has it."""
from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_N = r"\d+(?:\.\d+)?"
_DURATION = re.compile(
    rf"P(?:{_N}W|(?=\d|T\d)(?:{_N}Y)?(?:{_N}M)?(?:{_N}D)?(?:T(?=\d)(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?)"
)


def is_duration(text: str) -> bool:
    """Whether `text` is an ISO 8601 duration with at least one component."""
    return _DURATION.fullmatch(text) is not None


def _check(text: str) -> str:
    if not is_duration(text):
        raise ValueError(f"not an ISO 8601 duration: {text!r}")
    return text


Duration = Annotated[str, AfterValidator(_check)]
