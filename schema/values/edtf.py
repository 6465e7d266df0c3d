"""EDTF (ISO 8601-2:2019, level 2): the subset in which plans speak, checked on construction.

`2022`, `20XX`, `XXXX`, `2022-09`, `XXXX-09`, `XXXX-02-15`, `XXXX-21` (spring) … `XXXX-41` (second half), `2021/2025`,
`../2025`. Source: Library of Congress, Extended Date/Time Format specification.
"""
from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_YEAR = r"(?:\d{4}|\d{3}X|\d{2}XX|\dXXX|XXXX)"
_MONTH = r"(?:0[1-9]|1[0-2]|0X|1X|XX|2[1-4]|3[3-6]|40|41)"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|[0-3]X|XX)"
_TIME = r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_POINT = re.compile(rf"(?P<year>{_YEAR})(?:-(?P<month>{_MONTH})(?:-(?P<day>{_DAY})(?:{_TIME})?)?)?[?~%]?")
_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def is_edtf(text: str) -> bool:
    """Whether `text` is a date or an interval of the subset; a day must exist in its month."""
    parts = text.split("/")
    if len(parts) == 1:
        return _is_point(text)
    return len(parts) == 2 and text != "../.." and all(p in ("..", "") or _is_point(p) for p in parts)


def _is_point(text: str) -> bool:
    match = _POINT.fullmatch(text)
    if match is None:
        return False
    year, month, day = match.group("year", "month", "day")
    if day is None:
        return True
    if not month.isdigit():
        return True
    if int(month) > 12:
        return False
    if not day.isdigit():
        return True
    if year.isdigit() and month == "02" and day == "29":
        return int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return int(day) <= _DAYS.get(int(month), 31)


def _check(text: str) -> str:
    if not is_edtf(text):
        raise ValueError(f"not an EDTF date of the supported subset: {text!r}")
    return text


Edtf = Annotated[str, AfterValidator(_check)]
