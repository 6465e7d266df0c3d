"""Readers of points and stretches of the calendar that need arithmetic: five-year plans, decades, lunar days, short years."""
from __future__ import annotations

from collections.abc import Callable

from ...schema import Mod
from ...schema.values import is_edtf
from ..numerals import digits
from . import festivals
from . import words as w
from .template import Parts, dated, piece
from .time import Time

Reader = Callable[[Parts], Time | None]

# 一五 to 九五; from 十五 (2001–2005) on they follow one another every five years. 1963–1965 stood outside the plans.
_EARLY_PLANS = (1953, 1958, 1966, 1971, 1976, 1981, 1986, 1991, 1996)


def _plan_start(count: int) -> int:
    return 2001 + 5 * (count - 10) if count >= 10 else _EARLY_PLANS[count - 1]


def _plan_count(parts: Parts) -> int | None:
    words = next((parts[k] for k in ("plan", "quoted", "named", "ordinal") if parts.get(k)), None)
    count = w.amount(words) if words else None
    return int(count) if count is not None and 1 <= int(count) <= 16 else None


def _five_year_plan(parts: Parts) -> Time | None:
    count = _plan_count(parts)
    return dated(f"{_plan_start(count)}/{_plan_start(count) + 4}") if count else None


def _five_year_plan_end(parts: Parts) -> Time | None:
    count = _plan_count(parts)
    return dated(f"{_plan_start(count) + 4}") if count else None


def _decade(parts: Parts) -> Time | None:
    words = parts["decade"]
    if len(words) == 4:
        return dated(words[:3] + "X")
    tens = w.amount(words)
    if tens is None or int(tens) % 10:
        return None
    ahead = (parts.get("century") or "20")[:2] in ("21", "二十", "本") and (parts.get("century") or "")[:2] != "20"
    ahead = ahead and parts.get("century") != "二十" and not (parts.get("century") == "本" and int(tens) > 20)
    return dated(f"{20 if ahead else 19}{int(tens) // 10}X")


def _years(parts: Parts) -> Time | None:
    first = w.year(parts.get("from") or parts.get("year"))
    last = w.year(parts.get("till") or parts.get("year2"))
    if first.isdigit() and last.isdigit() and not 0 < int(last) - int(first) <= 100:
        return None
    return dated(f"{first}/{last}" if first != last else first)


def _months_from_january(parts: Parts) -> Time | None:
    count = w.amount(parts["n"])
    months = int(count) * (3 if parts["unit"].startswith("季") else 1) if count else 0
    if not 2 <= months <= 12:
        return None
    when = parts.get("when")
    return dated(f"{w.year(when)}-01/{w.year(when)}-{months:02}", when)


def _month_pair(parts: Parts) -> Time | None:
    first, second = piece("month", parts), piece("month2", parts)
    if not first or not second or not first.isdigit() or not second.isdigit():
        return None
    if int(second) - int(first) != (2 if "middle" in parts else 1):
        return None
    year = w.year(parts.get("when"))
    return dated(f"{year}-{first}/{year}-{second}", parts.get("when"))


def _day_pair(parts: Parts) -> Time | None:
    """Two days that follow one another (9月1、2日) are an interval; of others only the month is said."""
    first, second = w.day(parts["day"]), w.day(parts["day2"])
    month, year = w.month(parts["month"]), w.year(parts.get("when"))
    if not first or not second or not first.isdigit() or not second.isdigit():
        return None
    ahead = f"{year}-{month}"
    return dated(f"{ahead}-{first}/{ahead}-{second}" if int(second) - int(first) == 1 else ahead, parts.get("when"))


def _quarter_range(parts: Parts) -> Time | None:
    year = w.year(parts.get("when"))
    first, last = w.quarter(parts.get("from") or parts["fromb"]), w.quarter(parts["till"])
    if first >= last or ("listed" in parts and int(last) - int(first) != 1):
        return None
    return dated(f"{year}-{first}/{year}-{last}", parts.get("when"))


def _short_years(parts: Parts) -> Time | None:
    first, last = int(parts["fromshort"]), int(parts["tillshort"])
    begins = (1900 if first >= 50 else 2000) + first
    return dated(f"{begins}/{begins + 1}") if last == (first + 1) % 100 else None


def _years_shortened(parts: Parts) -> Time | None:
    """2024-25年度: the second year has the first one's century, and follows it."""
    first = w.year(parts.get("from") or parts.get("fromb"))
    short = parts.get("tillshort") or digits(parts.get("tillcjk", "")) or ""
    if not first.isdigit() or not short.isdigit():
        return None
    last = int(first) - int(first) % 100 + int(short)
    last += 100 if last < int(first) else 0
    return dated(f"{first}/{last}") if 0 < last - int(first) <= 20 else None


def _months_run_on(parts: Parts) -> Time | None:
    first = w.month(parts["pair"][0])
    year = w.year(parts.get("when"))
    return dated(f"{year}-{first}/{year}-{int(first or 0) + 1:02}", parts.get("when"))


def _seasons(parts: Parts) -> Time | None:
    year = w.year(parts.get("when"))
    return dated(f"{year}-{w.season(parts['from'])}/{year}-{w.season(parts['till'])}", parts.get("when"))


def _winter_spring(parts: Parts) -> Time | None:
    edtf = f"XXXX-{w.season(parts['seasona'])}/XXXX-{w.season(parts['seasonb'])}"
    return dated(edtf, "去" if parts["from"] in "去上" else "今")


def _season(parts: Parts) -> Time | None:
    words = next(parts[name] for name in ("season", "season2", "season3", "season4") if name in parts)
    year = next((parts[name] for name in ("when", "when2", "when3", "whenb") if name in parts), None)
    when = year or parts.get("short")
    return dated(f"{w.year(year)}-{w.season(words)}", when)


def _year_pair(parts: Parts) -> Time | None:
    return Time("DATE", edtf="XXXX")


def _dotted(parts: Parts) -> Time | None:
    month, day = w.month(parts.get("month") or parts["month2"]), w.day(parts.get("day") or parts["day2"])
    return dated(f"XXXX-{month}-{day}") if is_edtf(f"XXXX-{month}-{day}") else None


def _week_in_cell(parts: Parts) -> Time | None:
    """The days of one week or two, of which the second follows the first."""
    first, last = [(int(parts[f"month{k}"]), int(parts[f"day{k}"])) for k in ("", "2")]
    days = (last[0] - first[0]) % 12 * 30 + last[1] - first[1]
    edtf = f"XXXX-{first[0]:02}-{first[1]:02}/XXXX-{last[0]:02}-{last[1]:02}"
    return dated(edtf) if 2 <= days <= 14 and is_edtf(edtf) else None


def _day_alone(parts: Parts) -> Time | None:
    return dated(f"XXXX-XX-{w.day(parts.get('day') or parts['day2'])}")


def _lunar(parts: Parts) -> Time | None:
    month = w.month(parts.get("lmonth") or parts.get("lmonth2") or "")
    words = parts.get("lday") or parts.get("lday2")
    when = parts.get("when") or parts.get("when2")
    offset, from_context = w.offset(when)
    year = w.year(when)
    lunar = f"{month}-{w.day(words) if words else 'XX'}"
    return Time("DATE", edtf=year if year != "XXXX" else None, offset=offset, from_context=from_context, lunar=lunar,
                festival=festivals.of_lunar(lunar))


def _short_year(parts: Parts) -> Time | None:
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


def _roc(parts: Parts) -> Time | None:
    year = w.roc_year(parts["roc"])
    month = f"-{w.month(parts['month'])}" if parts.get("month") else ""
    day = f"-{w.day(parts['day'])}" if parts.get("day") else ""
    return dated(year + month + day)


def _roc_range(parts: Parts) -> Time | None:
    first, last = w.roc_year(parts["rocfrom"]), w.roc_year(parts["roctill"])
    return dated(f"{first}/{last}") if first < last else None


def _roc_day_range(parts: Parts) -> Time | None:
    first = w.roc_year(parts.get("rocfrom") or parts["roc"])
    last = w.roc_year(parts["roctill"]) if parts.get("roctill") else first
    month, month2 = w.month(parts["month"]), w.month(parts.get("month2") or parts["month"])
    day, day2 = parts.get("day"), parts.get("day2") or parts.get("day3")
    if not day or not day2:
        return dated(f"{first}-{month}/{last}-{month2}") if month != month2 or first != last else None
    return dated(f"{first}-{month}-{w.day(day)}/{last}-{month2}-{w.day(day2)}")


def _roc_part(parts: Parts) -> Time | None:
    year = w.roc_year(parts["roc"])
    part = w.half(parts["half"]) if "half" in parts else w.quarter(parts.get("quarter") or parts["quarterb"])
    return dated(f"{year}-{part}")


def _part(parts: Parts, edtf: str) -> Time:
    names = {name.rstrip("2") for name in parts}
    mod: Mod = "START" if "begin" in names else "MID" if "middle" in names else "END"
    return Time("DATE", edtf=edtf, mod=mod)


READERS: dict[str, Reader] = {
    "day_alone": _day_alone, "day_pair": _day_pair, "decade": _decade, "dotted": _dotted, "five_year_plan": _five_year_plan,
    "five_year_plan_end": _five_year_plan_end, "lunar": _lunar, "month_pair": _month_pair,
    "months_from_january": _months_from_january, "months_run_on": _months_run_on, "part_of_month": lambda parts: _part(parts, "XXXX-XX"),
    "part_of_year": lambda parts: _part(parts, "XXXX"), "quarter_range": _quarter_range, "roc": _roc, "roc_day_range": _roc_day_range,
    "roc_part": _roc_part, "roc_range": _roc_range,
    "season": _season, "seasons": _seasons, "short_year": _short_year, "short_years": _short_years, "week_in_cell": _week_in_cell, "winter_spring": _winter_spring,
    "year_pair": _year_pair, "years": _years, "years_shortened": _years_shortened,
}
