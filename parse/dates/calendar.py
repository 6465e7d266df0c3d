"""Lunar dates, solar terms and floating days → days of the civil calendar, from the tables of 1900–2100 in parse/data."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _LunarYear:
    first: date
    leap: int                  # the month after which a leap month of the same name stands; 0 for none
    lengths: tuple[int, ...]


@cache
def _lunar_years() -> dict[int, _LunarYear]:
    out = {}
    for line in _lines("lunar.txt"):
        year, first, leap, months = line.split()
        begin = date(int(year), int(first[:2]), int(first[2:]))
        out[int(year)] = _LunarYear(begin, int(leap), tuple(30 if m == "大" else 29 for m in months))
    return out


@cache
def _term_days() -> dict[int, str]:
    return {int(year): days for year, days in (line.split() for line in _lines("terms.txt"))}


def _lines(name: str) -> list[str]:
    path = files(f"{__package__.rpartition('.')[0]}.data").joinpath(name)
    return path.read_text(encoding="utf-8").splitlines()


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The civil date of a day of the lunar year that begins in `year`; day 0 is the last day of the month before,
    as 除夕 needs. None outside 1900–2100 or for a day that the month does not have."""
    known = _lunar_years().get(year)
    if known is None or not 1 <= month <= 13:
        return None
    before = month - 1 + (1 if known.leap and month > known.leap else 0)
    if before > len(known.lengths) or (before < len(known.lengths) and day > known.lengths[before]):
        return None
    return known.first + timedelta(days=sum(known.lengths[:before]) + day - 1)


def term_day(year: int, name: str) -> date | None:
    """The day of a solar term (清明) in a civil year; None outside 1900–2100."""
    days = _term_days().get(year)
    if days is None:
        return None
    k = TERMS.index(name)
    return date(year, k // 2 + 1, int(days[2 * k:2 * k + 2]))


def floating_day(year: int, rule: str) -> date:
    """The day of a rule `05-2SU`: the second Sunday of May; `-1` counts from the month's end."""
    month, count, weekday = int(rule[:2]), int(rule[3:-2]), _WEEKDAYS.index(rule[-2:])
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
