"""Festivals: the standard name, a fixed day where there is one, and the day in a given year."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from ..rules import Rule, load
from .calendar import TERMS, floating_day, lunar_day, term_day
from .time import Time


@cache
def _rows() -> dict[str, Rule]:
    return {rule.id: rule for rule in load("festivals").rows}


def is_festival(rule: Rule) -> bool:
    """Whether the row is one of parse/rules/festivals.toml."""
    return _rows().get(rule.id) is rule


def read(rule: Rule, words: str) -> Time:
    """The festival under its standard name; `edtf` where its day is fixed in the civil calendar."""
    solar = rule.more.get("solar")
    name = words[:2] if rule.id == "solar-term" else rule.id
    return Time("DATE", edtf=f"XXXX-{solar}" if solar else None, festival=name)


@cache
def _by_lunar() -> dict[str, str]:
    return {rule.more["lunar"]: rule.id for rule in _rows().values() if "lunar" in rule.more}


def of_lunar(day: str) -> str | None:
    """The festival of a day `MM-DD` of the lunar calendar, if it is one."""
    return _by_lunar().get(day)


def in_year(festival: Time, year: Time) -> Time:
    """The festival of a named year: 2022年春节 is a day, 今年春节 is one once the year is known."""
    assert festival.festival is not None
    named = year.edtf or "XXXX"
    if named.isdigit():
        day = day_of(festival.festival, int(named))
        return replace(festival, edtf=day.isoformat() if day else named)
    edtf = named + festival.edtf[4:] if festival.edtf else (named if named != "XXXX" else None)
    return replace(festival, edtf=edtf, offset=year.offset, from_context=year.from_context)


def day_of(name: str, year: int) -> date | None:
    """The day of a festival or solar term in a civil year; None where it has no day of its own (暑假)."""
    if name in TERMS:
        return term_day(year, name)
    rule = _rows().get(name)
    if rule is None:
        return None
    more = rule.more
    if "solar" in more:
        return date(year, int(more["solar"][:2]), int(more["solar"][3:]))
    if "lunar" in more:
        return civil_day(more["lunar"], year)
    if "term" in more:
        return term_day(year, more["term"])
    return floating_day(year, more["floating"]) if "floating" in more else None


def civil_day(lunar: str, year: int) -> date | None:
    """The day `MM-DD` of the lunar calendar that falls in a civil year."""
    month, day = int(lunar[:2]), int(lunar[3:])
    found = lunar_day(year, month, day)
    if found is not None and found.year == year:
        return found
    earlier = lunar_day(year - 1, month, day)
    return earlier if earlier is not None and earlier.year == year else None
