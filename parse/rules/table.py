"""The rows of a table, ready to search: each place is tried with the rows that can begin there, in order."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .openings import ANY, openings


@dataclass(frozen=True)
class Rule:
    """A row of a table, its pattern with all parts put in. `more` holds the keys beyond the common ones."""

    id: str
    pattern: str
    value: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    more: Mapping[str, Any] = field(hash=False)
    openings: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", openings(self.pattern))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a row matched, and the words of its captured parts; a part that took no part is missing."""

    rule: Rule
    match: re.Match[str]
    start: int
    end: int

    @property
    def parts(self) -> dict[str, str]:
        return {name: words for name, words in self.match.groupdict().items() if words is not None}

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        return {name: self.match.span(name) for name, words in self.match.groupdict().items() if words is not None}


class RuleTable:
    """The rows of one or more files. `ahead` maps characters to a pattern that must match where one of them begins."""

    def __init__(self, name: str, rows: Sequence[Rule], ahead: Mapping[str, str]) -> None:
        self.name, self.rows = name, tuple(rows)
        self._everywhere: list[int] = []
        self._index: dict[str, dict[str, list[int]]] = {}
        self._ahead = {char: re.compile(pattern) for chars, pattern in ahead.items() for char in chars}
        self._known: dict[str, tuple[Rule, ...]] = {}
        for k, rule in enumerate(rows):
            self._enter(k, rule)
        chars = "".join(map(re.escape, sorted(self._index)))
        self._places = re.compile("(?s:.)" if self._everywhere else f"[{chars}]" if chars else "(?!)")

    def _enter(self, k: int, rule: Rule) -> None:
        heads = {head.ljust(2, ANY) for head in rule.openings}
        if any(head[0] == ANY for head in heads):
            self._everywhere.append(k)
            return
        for head in heads:
            self._index.setdefault(head[0], {}).setdefault(head[1], []).append(k)

    def _rows_at(self, head: str) -> tuple[Rule, ...]:
        """The rows that can begin with these two characters, in order; remembered by the pair."""
        seconds = self._index.get(head[0], {})
        key = head if head[1:] in seconds else head[0]
        rows = self._known.get(key)
        if rows is None:
            found = {*self._everywhere, *seconds.get(ANY, ()), *seconds.get(head[1:], ())}
            rows = self._known[key] = tuple(self.rows[k] for k in sorted(found))
        return rows

    def find(self, view: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Hits in order, none overlapping, within `view[start:end]`."""
        while (hit := self.search(view, start, end)) is not None:
            yield hit
            start = hit.end

    def search(self, view: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first hit at or after `start`. Look-behind sees the text before `start`."""
        return next(self.candidates(view, start, end), None)

    def candidates(self, view: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Every row's hit at every place, in order of place and row: for readers that may refuse one."""
        end = len(view) if end is None else end
        index, open_ended = self._index, bool(self._everywhere)
        for found in self._places.finditer(view, start, end):
            place = found.start()
            seconds = index.get(view[place])
            if open_ended or (seconds is not None and (view[place + 1:place + 2] in seconds or ANY in seconds)):
                yield from self.matches(view, place, end)

    def match(self, view: str, at: int, end: int | None = None) -> Hit | None:
        """The hit that begins at `at`, if any; never an empty one."""
        return next(self.matches(view, at, end), None)

    def matches(self, view: str, at: int, end: int | None = None) -> Iterator[Hit]:
        """Every row's hit that begins at `at`, in order of the rows; no empty ones."""
        end = len(view) if end is None else end
        head = view[at:at + 2] if at + 2 <= end else view[at:end]
        ahead = self._ahead.get(head[:1])
        if not head or (ahead is not None and ahead.match(view, at, end) is None):
            return
        for rule in self._rows_at(head):
            match = rule.compiled.match(view, at, end)
            if match is not None and match.end() > at:
                yield Hit(rule, match, at, match.end())
