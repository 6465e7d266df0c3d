"""Fill the templates of the date tables from the captured parts: EDTF, recurrence rules, durations."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...schema import DateType
from ...schema.values import is_duration, is_edtf, is_rrule
from ..rules import Hit
from . import words as w
from .time import Time

Parts = Mapping[str, str]

_SLOT = re.compile(r"\{([a-z]+)(2?)\}")
_PIECES: dict[str, Callable[[str], str | None]] = {
    "when": w.year, "year": w.year, "from": w.year, "till": w.year, "month": w.month, "day": w.day,
    "quarter": w.quarter, "half": w.half, "season": w.season, "weekdays": w.weekdays, "wd": w.weekdays,
    "num": w.amount, "n": w.amount, "minutes": w.amount, "months": w.whole_list, "days": w.whole_list,
}
_DAY = re.compile(r"(.{4})-(\d\d)-(\d\d)")


def piece(name: str, parts: Parts) -> str | None:
    """The converted words of a part; a part ending in 2 without words is the one without; a year without words is X."""
    base = name.rstrip("2")
    words = parts.get(name) or parts.get(base)
    if words is None:
        return "XXXX" if base == "when" else None
    return _PIECES[base](words)


def fill(template: str, parts: Parts) -> str | None:
    """The template with every slot filled; None where a part's words cannot be read."""
    values = {m.group(): piece(m.group(1) + m.group(2), parts) for m in _SLOT.finditer(template)}
    if any(value is None for value in values.values()):
        return None
    return _SLOT.sub(lambda m: values[m.group()] or "", template)


def dated(edtf: str | None, when: str | None = None, till: str | None = None) -> Time | None:
    """A DATE of this reading, in the year of the words `when` (an interval's end in that of `till`); a day that the
    calendar does not have has no `edtf`; None for what is no date at all."""
    if edtf is None:
        return None
    offset, from_context = w.offset(when)
    ordered = _in_order(edtf)
    if is_edtf(ordered):
        return Time("DATE", edtf=ordered, offset=offset, end_offset=w.offset(till)[0], from_context=from_context)
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


def filled(hit: Hit) -> Time | None:
    """The reading of a row by its own template (`edtf`, `rrule` or `value`); a bare time of its `type` without one."""
    more, parts = hit.rule.more, hit.parts
    if "rrule" in more:
        return recurring(fill(more["rrule"], parts))
    if hit.rule.value:
        return lasting(fill(hit.rule.value, parts) if "num2" not in parts else None, parts)
    if "edtf" in more:
        return dated(fill(more["edtf"], parts), parts.get("when"), parts.get("when2"))
    kind: DateType = more.get("type", "DATE")
    return Time(kind)


def recurring(rrule: str | None) -> Time | None:
    """A SET; its rule without leading zeros, None where RFC 5545 has no such value."""
    if rrule is None:
        return None
    rrule = re.sub(r"(?<=[=,])0+(?=\d)", "", rrule)
    return Time("SET", rrule=rrule) if is_rrule(rrule) else None


def lasting(value: str | None, parts: Parts) -> Time | None:
    """A DURATION; without value for a range of lengths (3至5年); None where the count is no number (两三年)."""
    if value is None:
        return Time("DURATION") if "num2" in parts else None
    return Time("DURATION", value=value) if is_duration(value) else None
