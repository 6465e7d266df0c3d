"""Readers of recurrences, lengths of time and times of the day that need arithmetic."""
from __future__ import annotations

from collections.abc import Callable

from ...schema import Mod
from . import words as w
from .template import Parts, lasting, recurring
from .time import Time


def _every(parts: Parts) -> Time | None:
    unit = parts.get("unit") or parts.get("unit3") or parts.get("unit4") or ""
    return recurring(_frequency(unit.removeprefix("个"), 1))


def _every_n(parts: Parts) -> Time | None:
    if parts["n"] == "半":
        known = {"年": "FREQ=MONTHLY;INTERVAL=6", "天": None, "月": None}.get(parts["unit"][0])
        return recurring(known) if known else Time("SET")
    count = w.amount(parts["n"])
    if count == "1" and parts.get("skipping"):     # 每隔一周: every second week
        count = "2"
    return recurring(_frequency(parts["unit"], int(count))) if count else None


def _every_other(parts: Parts) -> Time | None:
    return recurring(_frequency(parts["unit"], 2))


_FREQUENCIES = {"年": "YEARLY", "月": "MONTHLY", "周": "WEEKLY", "星": "WEEKLY", "礼": "WEEKLY", "小": "HOURLY"}


def _frequency(unit: str, count: int) -> str:
    if unit.startswith("季"):
        return f"FREQ=MONTHLY;INTERVAL={3 * count}"
    return f"FREQ={_FREQUENCIES.get(unit[0], 'DAILY')}" + (f";INTERVAL={count}" if count > 1 else "")


def _weekday_range(parts: Parts) -> Time | None:
    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    first, last = names.index(w.weekdays(parts["wd"])), names.index(w.weekdays(parts["wd2"]))
    return recurring(f"FREQ=WEEKLY;BYDAY={','.join(names[first:last + 1])}") if first < last else None


def _month_of_quarter(parts: Parts) -> Time | None:
    which = parts["which"]
    first = 1 if "首" in which or ("一" in which and "最" not in which) else 2 if "二" in which or "中" in which else 3
    months = ",".join(str(m) for m in range(first, 13, 3))
    days = f";BYMONTHDAY={w.day(parts['day'])}" if parts.get("day") else ""
    return recurring(f"FREQ=YEARLY;BYMONTH={months}{days}")


def _yearly_quarter(parts: Parts) -> Time | None:
    first = 3 * (int(w.quarter(parts["quarter"])) - 33) + 1
    return recurring(f"FREQ=YEARLY;BYMONTH={first},{first + 1},{first + 2}")


def _month_third(parts: Parts) -> Time | None:
    thirds: dict[str, Mod] = {"上": "START", "中": "MID", "下": "END"}
    return Time("SET", rrule="FREQ=MONTHLY", mod=thirds[parts["third"]])


def _set_months(parts: Parts) -> Time | None:
    return recurring(f"FREQ=YEARLY;BYMONTH={w.month(parts['month'])}")


def _yearly_month_range(parts: Parts) -> Time | None:
    first, last = _count(w.month(parts["month"])), _count(w.month(parts["month2"]))
    return recurring(f"FREQ=YEARLY;BYMONTH={_through(first, last)}") if first and last else Time("SET")


def _yearly_days(parts: Parts) -> Time | None:
    """Whole months, or days of one month; RFC 5545 says no other stretch of the year."""
    first, last = _count(w.month(parts["month"])), _count(w.month(parts.get("month2") or parts["month"]))
    begin, end = _count(w.day(parts["day"])), _count(w.day(parts["day2"]))
    if not first or not last or not begin or not end or max(begin, end) > 31:
        return Time("SET")
    if first == last and begin < end:
        days = ",".join(map(str, range(begin, end + 1)))
        return recurring(f"FREQ=YEARLY;BYMONTH={first};BYMONTHDAY={days}")
    if begin == 1 and end >= (28 if last == 2 else 30 if last in (4, 6, 9, 11) else 31):
        return recurring(f"FREQ=YEARLY;BYMONTH={_through(first, last)}")
    return Time("SET")


def _count(words: str | None) -> int | None:
    return int(words) if words and words.isdigit() and int(words) else None


def _through(first: int, last: int) -> str:
    """The months from one to another, over the turn of the year where the second comes earlier."""
    months = range(first, last + 1) if first <= last else (*range(1, last + 1), *range(first, 13))
    return ",".join(map(str, months))


def _monthly_workday(parts: Parts) -> Time | None:
    nth = -1 if parts["nth"][0] != "第" else int(w.amount(parts["nth"][1:]) or 1)
    return recurring(f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}")


def _month_days(parts: Parts) -> Time | None:
    first, last = w.day(parts["day"]), w.day(parts.get("day2", ""))
    if not first or not last or not first.isdigit() or not last.isdigit() or not int(first) < int(last) <= 31:
        return None
    return recurring("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(d) for d in range(int(first), int(last) + 1)))


def _monthly_weekday(parts: Parts) -> Time | None:
    nth = -1 if parts["nth"][0] != "第" else int(w.amount(parts["nth"][1:]) or 1)
    return recurring(f"FREQ=MONTHLY;BYDAY={nth}{w.weekdays(parts['wd'])}")


def _months(parts: Parts) -> Time | None:
    if "num2" in parts:
        return Time("DURATION")
    count = w.amount(parts["num"])
    return lasting(f"P{count}{'.5' if parts.get('half') else ''}M" if count else None, parts)


def _quarters(parts: Parts) -> Time | None:
    count = w.amount(parts["num"])
    return lasting(f"P{3 * int(count)}M" if count and count.isdigit() else None, parts)


def _hours(parts: Parts) -> Time | None:
    if "num2" in parts:
        return Time("DURATION")
    count = w.amount(parts["num"])
    return lasting(f"PT{count}{'.5' if parts.get('half') else ''}H" if count else None, parts)


def _clock(parts: Parts) -> Time | None:
    count = w.amount(next((words for name, words in parts.items() if name.startswith("hour")), ""))
    if count is None:
        return None
    hour = int(count)
    minute = next((words for name, words in parts.items() if name.startswith("minute")), None)
    minutes = 30 if parts.get("half") else int(w.amount(minute or "0") or 0)
    if (parts.get("dayhalf") or "")[:1] in ("下", "晚", "傍") and hour < 12:
        hour += 12
    return Time("TIME", edtf=f"XXXX-XX-XXT{hour % 24:02}:{minutes:02}")


READERS: dict[str, Callable[[Parts], Time | None]] = {
    "clock": _clock, "every": _every, "every_n": _every_n, "every_other": _every_other, "hours": _hours,
    "month_days": _month_days, "month_of_quarter": _month_of_quarter, "month_third": _month_third,
    "monthly_weekday": _monthly_weekday, "monthly_workday": _monthly_workday, "months": _months, "quarters": _quarters, "set_months": _set_months,
    "weekday_range": _weekday_range, "yearly_days": _yearly_days, "yearly_month_range": _yearly_month_range,
    "yearly_quarter": _yearly_quarter,
}
