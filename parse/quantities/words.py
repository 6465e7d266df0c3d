"""Word lists of this room's rule tables, looked up by longest match at a place of the view or ending there."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from ...schema import RuleError
from ..rules import read_toml

V = TypeVar("V")


class Words(Generic[V]):
    """Words with a meaning each. A lookup costs a few dictionary probes, whatever the number of words."""

    def __init__(self, pairs: Iterable[tuple[str, V]]) -> None:
        self._meaning = dict(pairs)
        self._by_head: dict[str, list[int]] = {}
        self._by_tail: dict[str, list[int]] = {}
        for word in self._meaning:
            self._by_head.setdefault(word[0], []).append(len(word))
            self._by_tail.setdefault(word[-1], []).append(len(word))
        for lengths in (*self._by_head.values(), *self._by_tail.values()):
            lengths[:] = sorted(set(lengths), reverse=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._meaning)

    def __contains__(self, word: str) -> bool:
        return word in self._meaning

    def at(self, view: str, start: int, end: int) -> tuple[str, V] | None:
        """The longest word that begins at `start` and does not pass `end`."""
        if start >= end:
            return None
        for length in self._by_head.get(view[start], ()):
            if start + length <= end:
                word = view[start:start + length]
                if word in self._meaning:
                    return word, self._meaning[word]
        return None

    def before(self, view: str, end: int, start: int) -> tuple[str, V] | None:
        """The longest word that ends at `end` and does not begin before `start`."""
        if end <= start:
            return None
        for length in self._by_tail.get(view[end - 1], ()):
            if end - length >= start:
                word = view[end - length:end]
                if word in self._meaning:
                    return word, self._meaning[word]
        return None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or counting word: how it is written out (`""`: as in the text), its code, what kind of thing it counts."""

    name: str
    code: str | None
    kind: str
    not_before: re.Pattern[str] | None
    only_before: re.Pattern[str] | None

    def fits(self, view: str, end: int) -> bool:
        """Whether what follows at `end` lets the word be this unit."""
        if self.not_before is not None and self.not_before.match(view, end):
            return False
        return self.only_before is None or self.only_before.match(view, end) is not None


def checked_rows(table: str, key: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows `[[key]]` of a table; RuleError names the row that lacks one of `needed`."""
    rows: list[dict[str, Any]] = read_toml(table).get(key, [])
    for k, row in enumerate(rows, 1):
        for name in needed:
            if not row.get(name):
                raise RuleError(f"a row without `{name}`", source=f"{table}.toml", place=f"{key} {k}")
    return rows


def _pattern(row: Mapping[str, Any], name: str) -> re.Pattern[str] | None:
    return re.compile(row[name]) if row.get(name) else None


@cache
def units() -> Words[Unit]:
    """The units of rules/units.toml."""
    pairs = []
    for row in checked_rows("units", "unit", ("words", "kind", "yes")):
        unit = Unit(row.get("name", ""), row.get("code"), row["kind"], _pattern(row, "not_before"), _pattern(row, "only_before"))
        pairs += [(word, unit) for word in row["words"]]
    return Words(pairs)


@dataclass(frozen=True, slots=True)
class Comparator:
    """What a word before or after a number does to it."""

    op: str
    not_after: str
    only_before: re.Pattern[str] | None


@cache
def comparators(side: str) -> Words[Comparator]:
    """The comparators of one side, `before` or `after` the number."""
    rows = checked_rows("comparators", "word", ("op", "side", "words", "yes"))
    return Words(
        (word, Comparator(row["op"], row.get("not_after", ""), _pattern(row, "only_before")))
        for row in rows if row["side"] == side for word in row["words"]
    )


@cache
def word_list(group: str, *names: str) -> Words[str]:
    """Lists of rules/indicator_words.toml, joined; the meaning of a word is the list that it stands in."""
    content = read_toml("indicator_words")[group]
    return Words((word, name) for name in (names or tuple(content)) for word in content[name])
