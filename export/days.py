"""EDTF → days of the calendar, for formats that know nothing else."""
from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

Days = tuple[date, date]
"""The first and the last day that a date takes in."""

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")
_PARTS = {**{33 + k: (3 * k + 1, 3 * k + 3) for k in range(4)}, 40: (1, 6), 41: (7, 12)}
"""Quarters and halves as months; seasons (21 … 24) are left out: no calendar says when they begin."""


def days(edtf: str | None) -> Days | None:
    """First and last day of a date that is known in full: `2022-09` gives 1 and 30 September.

    None where no day can be named: masked (`20XX`), open (`../2025`), uncertain (`2022?`), a season, no date at all."""
    if not edtf:
        return None
    ends = [_point(part) for part in edtf.split("/")]
    first, last = ends[0], ends[-1]
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _point(edtf: str) -> Days | None:
    found = _POINT.fullmatch(edtf)
    if found is None or found[1] == "0000":
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = _PARTS.get(month, (month or 1, month or 12))
    return (date(year, first, 1), date(year, last, monthrange(year, last)[1])) if last <= 12 else None
