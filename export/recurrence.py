"""Where a recurrence begins: the first day of a period that a rule of RFC 5545 takes in."""
from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FAR = 366 * 9
"""Days to look ahead: 29 February may be eight years away."""

Rule = dict[str, str]


def parts(rrule: str) -> Rule:
    """The parts of a rule by name."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def within_day(rule: Rule) -> bool:
    """Whether the rule tells hours, which days alone cannot begin."""
    return rule["FREQ"] == "HOURLY" or "BYHOUR" in rule


def first_day(rule: Rule, low: date, high: date) -> date | None:
    """The first day from `low` to `high` that fits the rule, None where none does; without a part that names days, `low`."""
    day = low
    for _ in range(min(_FAR, (high - low).days + 1)):
        if _fits(rule, day) and _in_place(rule, day):
            return day
        if day == date.max:
            break
        day += timedelta(days=1)
    return None


def _fits(rule: Rule, day: date) -> bool:
    months, days, weekdays = (rule[name].split(",") if name in rule else [] for name in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    length = monthrange(day.year, day.month)[1]
    return ((not months or day.month in map(int, months))
            and (not days or {day.day, day.day - length - 1} & set(map(int, days)) != set())
            and (not weekdays or any(_weekday(rule, day, item, length) for item in weekdays)))


def _weekday(rule: Rule, day: date, item: str, length: int) -> bool:
    """Whether the day is `WE`, or `2TH` or `-1FR` of its month, or, in a rule by the year alone, of its year."""
    nth, name = int(item[:-2] or 0), item[-2:]
    if _WEEKDAYS[day.weekday()] != name:
        return False
    if not nth:
        return True
    yearly = rule["FREQ"] == "YEARLY" and "BYMONTH" not in rule
    at, last = (day.timetuple().tm_yday, _days_of_year(day.year)) if yearly else (day.day, length)
    return nth == (at - 1) // 7 + 1 if nth > 0 else -nth == (last - at) // 7 + 1


def _in_place(rule: Rule, day: date) -> bool:
    """Whether the day is at one of the places that `BYSETPOS` picks among those of its week, month or year."""
    if "BYSETPOS" not in rule:
        return True
    ordinal = day.toordinal()
    first, length = {
        "YEARLY": (date(day.year, 1, 1).toordinal(), _days_of_year(day.year)),
        "MONTHLY": (ordinal - day.day + 1, monthrange(day.year, day.month)[1]),
        "WEEKLY": (ordinal - day.weekday(), 7),
    }.get(rule["FREQ"], (ordinal, 1))
    span = [date.fromordinal(n) for n in range(max(first, 1), min(first + length, date.max.toordinal() + 1))]
    chosen = [found for found in span if _fits(rule, found)]
    place = chosen.index(day)
    return bool({place + 1, place - len(chosen)} & set(map(int, rule["BYSETPOS"].split(","))))


def _days_of_year(year: int) -> int:
    return date(year, 12, 31).timetuple().tm_yday
