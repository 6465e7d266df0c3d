"""The concept of an indicator, by its words, kind of change and unit."""
from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..rules import read_toml
from .amount import Amount
from .words import checked_rows

_LONGEST = 40            # characters of an indicator that is looked up
_ASIDE = re.compile(r"\([^()]{0,16}\)$")                    # 固定资产投资(不含农户)
_TWICE = re.compile("居民(?=居民)|人口(?=人口)|业(?=业)")                     # where a series' parts were put together: 城镇居民居民收入
_LEVEL_RATE = re.compile("(?:增速|增长率|增幅|增长速度|涨幅|降低率|增长)(?:的?预期)?(?:目标)?$")


@dataclass(frozen=True, slots=True)
class _Concept:
    id: str
    change: str
    units: frozenset[str]
    least: Decimal | None
    most: Decimal | None

    def counts(self, amount: Amount) -> bool:
        """Whether unit and size are the concept's: an index of 103% is no change of 103%."""
        if amount.unit not in self.units and not (amount.unit_code and amount.unit_code in self.units):
            return False
        return (self.least is None or amount.value >= self.least) and (self.most is None or amount.value <= self.most)


def _bound(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@dataclass(frozen=True, slots=True)
class _Table:
    by_name: dict[str, tuple[_Concept, ...]]
    patterns: tuple[tuple[re.Pattern[str], _Concept], ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def named(self, text: str) -> tuple[_Concept, ...]:
        return self.by_name.get(text, ()) or tuple(c for pattern, c in self.patterns if pattern.fullmatch(text))


@cache
def _table() -> _Table:
    by_name: dict[str, tuple[_Concept, ...]] = {}
    patterns: list[tuple[re.Pattern[str], _Concept]] = []
    for row in checked_rows("indicators", "concept", ("id", "names", "change", "units", "yes")):
        concept = _Concept(row["id"], row["change"], frozenset(row["units"]), _bound(row.get("least")), _bound(row.get("most")))
        for name in row["names"]:
            by_name[name] = (*by_name.get(name, ()), concept)
        if "pattern" in row:
            patterns.append((re.compile(row["pattern"]), concept))
    affixes = read_toml("indicators")["affixes"]
    longest = [tuple(sorted(affixes[k], key=len, reverse=True)) for k in ("before", "after")]
    return _Table(by_name, tuple(patterns), longest[0], longest[1])


@cache
def concepts_named(text: str) -> tuple[str, ...]:
    """The ids of all concepts whose name the words are, whatever the number."""
    return tuple(c.id for c in _named(text))


def _named(text: str) -> tuple[_Concept, ...]:
    table = _table()
    if len(text) > _LONGEST:
        return ()
    text = _TWICE.sub("", _ASIDE.sub("", text.replace(" ", "")).strip("“”\"、,的"))
    for _ in range(4):
        found = table.named(text)
        if found:
            return found
        head = tail = None
        if text.startswith(table.before):
            head = next((a for a in table.before if text.startswith(a) and len(text) > len(a) + 1), None)
        if text.endswith(table.after):
            tail = next((a for a in table.after if text.endswith(a) and len(text) > len(a) + 1), None)
        if head is None and tail is None:
            return ()
        text = text[len(head or ""):len(text) - len(tail or "")]
    return table.named(text)


def concept_of(amount: Amount, view_text: str) -> str | None:
    """The concept of a quantity by its indicator's words, kind of change and unit; None where it is none of the table."""
    for concept in _named(view_text):
        if not concept.counts(amount):
            continue
        rate = _LEVEL_RATE.search(view_text) is not None
        if concept.change == "any" or (concept.change == "level" and amount.change is None and not rate):
            return concept.id
        if concept.change == "rise" and (amount.change in ("increase", "decrease") or rate):
            return concept.id
        if concept.change == "fall" and (amount.change == "decrease" or rate):
            return concept.id
    return None
