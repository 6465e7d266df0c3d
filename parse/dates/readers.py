"""From a hit of the date tables to its `Time`: templates are filled, and what needs arithmetic has a function here."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ...schema import DateType, Mod
from ...schema.values import is_duration, is_edtf, is_rrule
from ..numerals import digits
from ..rules import Hit
from . import words as w
from .time import Time

_SLOT = re.compile(r"\{([a-z]+)(2?)\}")
_PIECES: dict[str, Callable[[str], str | None]] = {
    "when": w.year, "year": w.year, "from": w.year, "till": w.year, "month": w.month, "day": w.day,
    "quarter": w.quarter, "half": w.half, "season": w.season, "weekdays": w.weekdays, "wd": w.weekdays,
    "num": w.amount, "n": w.amount, "minutes": w.amount, "months": w.whole_list, "days": w.whole_list,
}
_DAY = re.compile(r"(.{4})-(\d\d)-(\d\d)")
# Five-year plans before 十五 (2001–2005), which alone did not follow one another without a gap (1963–1965).
_EARLY_PLANS = (1953, 1958, 1966, 1971, 1976, 1981, 1986, 1991, 1996)


def read(hit: Hit) -> Time | None:
    """What the hit's words say alone; None where on second sight they are no time expression."""
    more = hit.rule.more
    reader = _READERS.get(more.get("read", ""))
    time = reader(hit.parts) if reader else _fill(hit)
    if time is None:
        return None
    if more.get("mod") and time.mod is None:
        time = replace(time, mod=more["mod"])
    if "offset" in more:
        time = replace(time, offset=more["offset"])
    return time


def piece(name: str, parts: Mapping[str, str]) -> str | None:
    """The converted words of a part; a part ending in 2 without words is the one without; a year without words is X."""
    base = name.rstrip("2")
    words = parts.get(name) or parts.get(base)
    if words is None:
        return "XXXX" if base == "when" else None
    return _PIECES[base](words)


def fill(template: str, parts: Mapping[str, str]) -> str | None:
    """The template with every slot filled; None where a part's words cannot be read."""
    values = {m.group(): piece(m.group(1) + m.group(2), parts) for m in _SLOT.finditer(template)}
    if any(value is None for value in values.values()):
        return None
    return _SLOT.sub(lambda m: values[m.group()] or "", template)


def dated(edtf: str | None, when: str | None = None) -> Time | None:
    """A DATE of this reading; a day that the calendar does not have has none; None for what is no date at all."""
    if edtf is None:
        return None
    offset, from_context = w.offset(when)
    ordered = _in_order(edtf)
    if is_edtf(ordered):
        return Time("DATE", edtf=ordered, offset=offset, from_context=from_context)
    days = [m.groups() for m in _DAY.finditer(edtf)]
    if any(1 <= int(m) <= 12 and 1 <= int(d) <= 39 for _, m, d in days):
        return Time("DATE", offset=offset, from_context=from_context, impossible=True)
    return None


def _in_order(edtf: str) -> str:
    """A range whose second end names no year of its own and comes earlier in the year ends in the next."""
    begin, slash, end = edtf.partition("/")
    if slash and begin[:4] == end[:4] and begin[:4].isdigit() and end < begin:
        return f"{begin}/{int(end[:4]) + 1}{end[4:]}"
    return edtf


def _fill(hit: Hit) -> Time | None:
    more, parts = hit.rule.more, hit.parts
    if "rrule" in more:
        rrule = fill(more["rrule"], parts)
        return recurring(rrule)
    if "value" in more or hit.rule.value:
        return lasting(fill(more.get("value") or hit.rule.value, parts) if "num2" not in parts else None, parts)
    if "edtf" in more:
        return dated(fill(more["edtf"], parts), parts.get("when"))
    kind: DateType = more.get("type", "DATE")
    return Time(kind)


def recurring(rrule: str | None) -> Time | None:
    """A SET; its rule without leading zeros, None where RFC 5545 has no such value."""
    if rrule is None:
        return None
    rrule = re.sub(r"(?<=[=,])0+(?=\d)", "", rrule)
    return Time("SET", rrule=rrule) if is_rrule(rrule) else None


def lasting(value: str | None, parts: Mapping[str, str]) -> Time | None:
    """A DURATION; without value for a range of lengths (3至5年); None where the count is no number (两三年)."""
    if value is None:
        return Time("DURATION") if "num2" in parts else None
    return Time("DURATION", value=value) if is_duration(value) else None


def _plan_start(count: int) -> int:
    return 2001 + 5 * (count - 10) if count >= 10 else _EARLY_PLANS[count - 1]


def _plan_count(parts: Mapping[str, str]) -> int | None:
    words = next((parts[k] for k in ("plan", "quoted", "named", "ordinal") if parts.get(k)), None)
    count = w.amount(words) if words else None
    return int(count) if count is not None and 1 <= int(count) <= 16 else None


def _five_year_plan(parts: Mapping[str, str]) -> Time | None:
    count = _plan_count(parts)
    return dated(f"{_plan_start(count)}/{_plan_start(count) + 4}") if count else None


def _five_year_plan_end(parts: Mapping[str, str]) -> Time | None:
    count = _plan_count(parts)
    return dated(f"{_plan_start(count) + 4}") if count else None


def _decade(parts: Mapping[str, str]) -> Time | None:
    words = parts["decade"]
    if len(words) == 4:
        return dated(words[:3] + "X")
    tens = w.amount(words)
    if tens is None or int(tens) % 10:
        return None
    ahead = (parts.get("century") or "20")[:2] in ("21", "二十", "本") and (parts.get("century") or "")[:2] != "20"
    ahead = ahead and parts.get("century") != "二十"
    return dated(f"{20 if ahead else 19}{int(tens) // 10}X")


def _years(parts: Mapping[str, str]) -> Time | None:
    first = w.year(parts.get("from") or parts.get("year"))
    last = w.year(parts.get("till") or parts.get("year2"))
    if first.isdigit() and last.isdigit() and not 0 < int(last) - int(first) <= 100:
        return None
    return dated(f"{first}/{last}" if first != last else first)


def _months_from_january(parts: Mapping[str, str]) -> Time | None:
    count = w.amount(parts["n"])
    months = int(count) * (3 if parts["unit"].startswith("季") else 1) if count else 0
    if not 2 <= months <= 12:
        return None
    when = parts.get("when")
    return dated(f"{w.year(when)}-01/{w.year(when)}-{months:02}", when)


def _month_pair(parts: Mapping[str, str]) -> Time | None:
    first, second = piece("month", parts), piece("month2", parts)
    if not first or not second or not first.isdigit() or not second.isdigit() or int(second) - int(first) != 1:
        return None
    year = w.year(parts.get("when"))
    return dated(f"{year}-{first}/{year}-{second}", parts.get("when"))


def _quarter_range(parts: Mapping[str, str]) -> Time | None:
    year = w.year(parts.get("when"))
    return dated(f"{year}-{w.quarter(parts['from'])}/{year}-{w.quarter(parts['till'])}", parts.get("when"))


def _seasons(parts: Mapping[str, str]) -> Time | None:
    year = w.year(parts.get("when"))
    return dated(f"{year}-{w.season(parts['from'])}/{year}-{w.season(parts['till'])}", parts.get("when"))


def _winter_spring(parts: Mapping[str, str]) -> Time | None:
    edtf = f"XXXX-{w.season(parts['seasona'])}/XXXX-{w.season(parts['seasonb'])}"
    return dated(edtf, "去" if parts["from"] in "去上" else "今")


def _season(parts: Mapping[str, str]) -> Time | None:
    words = parts.get("season") or parts.get("season2") or parts.get("season3") or ""
    when = parts.get("when") or parts.get("when2") or parts.get("short")
    return dated(f"{w.year(parts.get('when') or parts.get('when2'))}-{w.season(words)}", when)


def _year_pair(parts: Mapping[str, str]) -> Time | None:
    return Time("DATE", edtf="XXXX")


def _dotted(parts: Mapping[str, str]) -> Time | None:
    month, day = w.month(parts.get("month") or parts["month2"]), w.day(parts.get("day") or parts["day2"])
    return dated(f"XXXX-{month}-{day}") if is_edtf(f"XXXX-{month}-{day}") else None


def _day_alone(parts: Mapping[str, str]) -> Time | None:
    return dated(f"XXXX-XX-{w.day(parts.get('day') or parts['day2'])}")


def _lunar(parts: Mapping[str, str]) -> Time | None:
    month = w.month(parts.get("lmonth") or parts.get("lmonth2") or "")
    words = parts.get("lday") or parts.get("lday2")
    when = parts.get("when") or parts.get("when2")
    offset, from_context = w.offset(when)
    year = w.year(when)
    return Time("DATE", edtf=year if year != "XXXX" else None, offset=offset, from_context=from_context,
                lunar=f"{month}-{w.day(words) if words else 'XX'}")


def _short_year(parts: Mapping[str, str]) -> Time | None:
    shown = digits(next((words for name, words in parts.items() if name.startswith("short")), ""))
    if shown is None or ("month" in parts and 30 <= int(shown) < 50):
        return None
    year = f"{20 if int(shown) < 50 else 19}{shown}"
    if "month" not in parts:
        words = parts.get("short3", "")
        steps = ["五六", "六七", "七八", "八九"]
        return None if words in steps else dated(year)
    day = f"-{w.day(parts['day'])}" if parts.get("day") else ""
    return dated(f"{year}-{w.month(parts['month'])}{day}")


def _roc(parts: Mapping[str, str]) -> Time | None:
    year = w.roc_year(parts["roc"])
    month = f"-{w.month(parts['month'])}" if parts.get("month") else ""
    day = f"-{w.day(parts['day'])}" if parts.get("day") else ""
    return dated(year + month + day)


def _part(parts: Mapping[str, str], edtf: str) -> Time:
    names = {name.rstrip("2") for name in parts}
    mod: Mod = "START" if "begin" in names else "MID" if "middle" in names else "END"
    return Time("DATE", edtf=edtf, mod=mod)


def _every(parts: Mapping[str, str]) -> Time | None:
    unit = parts.get("unit") or parts.get("unit3") or parts.get("unit4") or ""
    return recurring(_frequency(unit.removeprefix("个"), 1))


def _every_n(parts: Mapping[str, str]) -> Time | None:
    if parts["n"] == "半":
        known = {"年": "FREQ=MONTHLY;INTERVAL=6", "天": None, "月": None}.get(parts["unit"])
        return recurring(known) if known else Time("SET")
    count = w.amount(parts["n"])
    return recurring(_frequency(parts["unit"], int(count))) if count else None


def _every_other(parts: Mapping[str, str]) -> Time | None:
    return recurring(_frequency(parts["unit"], 2))


_FREQUENCIES = {"年": "YEARLY", "月": "MONTHLY", "周": "WEEKLY", "星": "WEEKLY", "礼": "WEEKLY", "小": "HOURLY"}


def _frequency(unit: str, count: int) -> str:
    if unit.startswith("季"):
        return f"FREQ=MONTHLY;INTERVAL={3 * count}"
    return f"FREQ={_FREQUENCIES.get(unit[0], 'DAILY')}" + (f";INTERVAL={count}" if count > 1 else "")


def _weekday_range(parts: Mapping[str, str]) -> Time | None:
    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    first, last = names.index(w.weekdays(parts["wd"])), names.index(w.weekdays(parts["wd2"]))
    return recurring(f"FREQ=WEEKLY;BYDAY={','.join(names[first:last + 1])}") if first < last else None


def _month_of_quarter(parts: Mapping[str, str]) -> Time | None:
    which = parts["which"]
    first = 1 if "首" in which or ("一" in which and "最" not in which) else 2 if "二" in which or "中" in which else 3
    months = ",".join(str(m) for m in range(first, 13, 3))
    days = f";BYMONTHDAY={w.day(parts['day'])}" if parts.get("day") else ""
    return recurring(f"FREQ=YEARLY;BYMONTH={months}{days}")


def _yearly_quarter(parts: Mapping[str, str]) -> Time | None:
    first = 3 * (int(w.quarter(parts["quarter"])) - 33) + 1
    return recurring(f"FREQ=YEARLY;BYMONTH={first},{first + 1},{first + 2}")


def _month_third(parts: Mapping[str, str]) -> Time | None:
    thirds: dict[str, Mod] = {"上": "START", "中": "MID", "下": "END"}
    return Time("SET", rrule="FREQ=MONTHLY", mod=thirds[parts["third"]])


def _set_months(parts: Mapping[str, str]) -> Time | None:
    return recurring(f"FREQ=YEARLY;BYMONTH={w.month(parts['month'])}")


def _month_days(parts: Mapping[str, str]) -> Time | None:
    first, last = w.day(parts["day"]), w.day(parts.get("day2", ""))
    if not first or not last or not first.isdigit() or not last.isdigit() or not int(first) < int(last) <= 31:
        return None
    return recurring("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(d) for d in range(int(first), int(last) + 1)))


def _monthly_weekday(parts: Mapping[str, str]) -> Time | None:
    nth = -1 if parts["nth"][0] != "第" else int(w.amount(parts["nth"][1:]) or 1)
    return recurring(f"FREQ=MONTHLY;BYDAY={nth}{w.weekdays(parts['wd'])}")


def _months(parts: Mapping[str, str]) -> Time | None:
    if "num2" in parts:
        return Time("DURATION")
    count = w.amount(parts["num"])
    return lasting(f"P{count}{'.5' if parts.get('half') else ''}M" if count else None, parts)


def _quarters(parts: Mapping[str, str]) -> Time | None:
    count = w.amount(parts["num"])
    return lasting(f"P{3 * int(count)}M" if count and count.isdigit() else None, parts)


def _hours(parts: Mapping[str, str]) -> Time | None:
    if "num2" in parts:
        return Time("DURATION")
    count = w.amount(parts["num"])
    return lasting(f"PT{count}{'.5' if parts.get('half') else ''}H" if count else None, parts)


def _clock(parts: Mapping[str, str]) -> Time | None:
    count = w.amount(parts.get("hour") or parts.get("hourb") or parts.get("hourc") or "")
    if count is None:
        return None
    hour = int(count)
    minute = next((parts[k] for k in ("minute", "minutea", "minuteb", "minutec") if parts.get(k)), None)
    minutes = 30 if parts.get("half") else int(minute or 0)
    if (parts.get("dayhalf") or "")[:1] in ("下", "晚", "傍") and hour < 12:
        hour += 12
    return Time("TIME", edtf=f"XXXX-XX-XXT{hour % 24:02}:{minutes:02}")


_READERS: dict[str, Callable[[Mapping[str, str]], Time | None]] = {
    "clock": _clock, "day_alone": _day_alone, "decade": _decade, "dotted": _dotted, "every": _every,
    "every_n": _every_n, "every_other": _every_other, "five_year_plan": _five_year_plan,
    "five_year_plan_end": _five_year_plan_end, "hours": _hours, "lunar": _lunar, "month_days": _month_days,
    "month_of_quarter": _month_of_quarter, "month_pair": _month_pair, "month_third": _month_third,
    "monthly_weekday": _monthly_weekday, "months": _months, "months_from_january": _months_from_january,
    "part_of_month": lambda parts: _part(parts, "XXXX-XX"), "part_of_year": lambda parts: _part(parts, "XXXX"),
    "quarter_range": _quarter_range, "quarters": _quarters, "roc": _roc, "season": _season, "seasons": _seasons,
    "set_months": _set_months, "short_year": _short_year, "weekday_range": _weekday_range,
    "winter_spring": _winter_spring, "year_pair": _year_pair, "yearly_quarter": _yearly_quarter, "years": _years,
}
