"""Plans over the turn of the year: a school year, one of its terms, a winter. Which of its two years a month falls in."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Found, PlanText
from . import festivals
from .time import Time

_NAMED = frozenset(("school-years", "short-school-years", "school-term", "roc-school-year"))
_SHORTENED = "years-shortened"
_FIRST = re.compile("第?[一1上] ?学?期$")
_SECOND = re.compile("第?[二2下] ?学?期$")
_SPRING, _AUTUMN, _WINTER = "21", "23", "24"
_MONTH = re.compile(r"XXXX-(0[1-9]|1[0-2])")
_FULL = re.compile(r"(\d{4})-(\d\d)[^/]*/(\d{4})-\d\d")
_ACTIONS = ("方案", "计划", "安排")
_HALF = 7            # a plan that is issued from July on may reach over the turn of the year


@dataclass(frozen=True, slots=True)
class Frame:
    """From the month `first` of the year `begins` to the month `last` of the next."""

    begins: int
    first: int
    last: int

    def knows(self, time: Time) -> bool:
        """Whether an expression without a year has a month or a day, so that the frame says its year."""
        return _month(time) is not None or time.lunar is not None or (time.edtf is None and time.festival is not None)

    def year(self, time: Time) -> int | None:
        """The year that it falls in; None for months that the frame does not reach."""
        month = _month(time)
        if month is not None:
            return self._of(month)
        return next((year for year in (self.begins, self.begins + 1) if self._of(_month_in(time, year)) == year), None)

    def _of(self, month: int | None) -> int | None:
        if month is None:
            return None
        return self.begins if month >= self.first else self.begins + 1 if month <= self.last else None


def frame(plan: PlanText, dates: Sequence[Found[Time]]) -> Frame | None:
    """The frame of the plan: the school year or term that its title names, or a winter."""
    titled = [] if plan.title_span is None else [
        hit for hit in dates if plan.title_span[0] <= hit.start < plan.title_span[1]]
    for hit in titled:
        if (school := _school(hit, plan.view[hit.start:hit.end])) is not None:
            return school
    return _winter(plan, titled, dates)


def months_ahead(plan: PlanText) -> Frame | None:
    """The months of the year of issue that were to come when a plan of action without a period was issued; opinions and
    rules speak of every year."""
    issued = re.match(r"(\d{4})-(\d\d)", plan.issued or "")
    if issued is None or plan.period is not None or not (plan.kind or "").endswith(_ACTIONS):
        return None
    return Frame(int(issued.group(1)), int(issued.group(2)) + 1, 0)


def _school(hit: Found[Time], words: str) -> Frame | None:
    edtf = hit.value.edtf or ""
    if not edtf[:4].isdigit():
        return None
    begins = int(edtf[:4])
    if hit.rule in _NAMED or (hit.rule == _SHORTENED and "学年" in words):
        return _term(begins, 1 if _FIRST.search(words) else 2 if _SECOND.search(words) else 0)
    if hit.rule == "season" and words.endswith("学期"):
        return {_AUTUMN: _term(begins, 1), _SPRING: _term(begins - 1, 2)}.get(edtf[5:])
    return None


def _term(begins: int, term: int) -> Frame:
    return Frame(begins, *((9, 7), (8, 2), (13, 12))[term])


def _winter(plan: PlanText, titled: Sequence[Found[Time]], dates: Sequence[Found[Time]]) -> Frame | None:
    """A plan for a winter, or for a stretch over the turn of the year, that is issued in its first year's second half:
    what comes before the month of issue lies in the next year."""
    if plan.year is None:
        return None
    over = any(_over(hit.value.edtf or "", plan.year) for hit in dates)
    winter = any((hit.value.edtf or "")[5:7] == _WINTER for hit in titled)
    issued = re.match(rf"{plan.year}-(\d\d)", plan.issued or "")
    if issued is not None and int(issued.group(1)) >= _HALF and (over or winter):
        return Frame(plan.year, int(issued.group(1)), int(issued.group(1)) - 1)
    return Frame(plan.year, _HALF, _HALF - 1) if over and winter else None


def _over(edtf: str, year: int) -> bool:
    """Whether a full interval goes from the second half of the year into the next."""
    full = _FULL.match(edtf)
    return full is not None and int(full.group(1)) == year == int(full.group(3)) - 1 and int(full.group(2)) >= _HALF


def _month(time: Time) -> int | None:
    found = _MONTH.match(time.near or time.edtf or "")
    if found is not None:
        return int(found.group(1))
    return {"START": 1, "END": 12}.get(time.mod or "") if time.edtf == "XXXX" else None


def _month_in(time: Time, year: int) -> int | None:
    if time.lunar is not None:
        day = festivals.civil_day(time.lunar, year) if "X" not in time.lunar else None
    else:
        day = festivals.day_of(time.festival, year) if time.festival else None
    return day.month if day else None
