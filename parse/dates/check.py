"""Dates that do not exist in the calendar."""
from __future__ import annotations

from collections.abc import Sequence

from ..model import Found
from .time import Time


def impossible(view: str, dates: Sequence[Found[Time]]) -> list[tuple[str, str, tuple[int, int]]]:
    """A `date-impossible` diagnostic (code, message, span) for every day that its month does not have (2月30日)."""
    return [
        ("date-impossible", f"{view[hit.start:hit.end]} is not in the calendar", hit.span)
        for hit in dates if hit.value.impossible
    ]
