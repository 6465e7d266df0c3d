"""Rules as rows: TOML tables of patterns with their examples, checked at load and compiled into few alternations.

A table has `[parts]` (named pieces, used as `{name}` in patterns; a part may use earlier parts) and `[[rule]]` rows with
`id`, `pattern`, `value`, `yes`, `no` and whatever further keys its reader knows. Patterns are regular expressions over
the matching view. `{name}` in a pattern is a named group when the row's `value` or its reader wants it: write
`{name}` for a captured part and `{:name}` for one that is not captured. The part `{number}` is always there. Rows are
tried in order; the first that matches at a place wins. Only the rows that can begin with the character at a place are
tried there, so that a new row does not cost a pass over the text.

In an example, `〖〗` mark the hit where it needs its context: `yes = ["于〖15日〗前"]`. In a `no`, the row must not match
anywhere, or, with `〖〗`, not there.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...schema import RuleError
from ..numerals import FRACTION, NUMBER
from .first import first_characters

_SLOT = re.compile(r"\{(:?)([a-z_]+)\}|\(\?P<([a-z_0-9]+)>")
_COMMON = {"number": NUMBER, "fraction": FRACTION}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table. `more` holds the keys beyond the common ones."""

    id: str
    pattern: str
    value: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a row matched, and the words of its captured parts."""

    rule: Rule
    start: int
    end: int
    parts: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]


class RuleTable:
    """The rows of one file, ready to search."""

    def __init__(self, name: str, rows: Sequence[Rule], parts: Mapping[str, str], trigger: str = "") -> None:
        self.name, self.rows = name, tuple(rows)
        self._rules = {f"r{i}": rule for i, rule in enumerate(rows)}
        self._sources = {k: f"(?P<{k}>{_expand(r.pattern, parts, name, r.id, k)})" for k, r in self._rules.items()}
        self._names = {k: _group_names(source, k) for k, source in self._sources.items()}
        self._first = {k: first_characters(source) for k, source in self._sources.items()}
        self._compiled: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._at: dict[str, re.Pattern[str]] = {}
        self._trigger = re.compile(trigger or self._any_first())

    def _any_first(self) -> str:
        """A pattern for the places where a row may begin."""
        chars: set[str] = set()
        for first in self._first.values():
            if first is None:
                return ""
            chars |= first
        return "[" + "".join(re.escape(c) for c in sorted(chars)) + "]" if chars else "(?!)"

    def _pattern(self, char: str) -> re.Pattern[str]:
        """The alternation of the rows that can begin with `char`."""
        pattern = self._at.get(char)
        if pattern is None:
            keys = tuple(k for k, first in self._first.items() if first is None or char in first)
            if keys not in self._compiled:
                self._compiled[keys] = re.compile("|".join(self._sources[k] for k in keys) or "(?!)")
            pattern = self._at[char] = self._compiled[keys]
        return pattern

    def find(self, view: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Hits in order, none overlapping, within `view[start:end]`."""
        at = start
        while (hit := self.search(view, at, end)) is not None:
            yield hit
            at = hit.end

    def search(self, view: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first hit at or after `start`. Look-behind sees the text before `start`."""
        end = len(view) if end is None else end
        places, at = self._trigger.search, self._at
        trigger = places(view, start, end)
        while trigger is not None:
            place = trigger.start()
            if place >= end:
                return None
            char = view[place]
            match = (at.get(char) or self._pattern(char)).match(view, place, end)
            if match is not None and match.end() > place:
                return self._hit(match)
            trigger = places(view, place + 1, end)
        return None

    def match(self, view: str, at: int, end: int | None = None) -> Hit | None:
        """The hit that begins at `at`, if any; never an empty one."""
        end = len(view) if end is None else end
        match = self._pattern(view[at]).match(view, at, end) if at < end else None
        return self._hit(match) if match and match.end() > at else None

    def _hit(self, match: re.Match[str]) -> Hit:
        key = match.lastgroup or ""     # the group that closed last: the row's own, around all its parts
        names = [g for g in self._names[key] if match.start(g) >= 0]
        words = {g.split("_", 1)[1]: match.group(g) for g in names}
        spans = {g.split("_", 1)[1]: match.span(g) for g in names}
        return Hit(self._rules[key], match.start(), match.end(), words, spans)


def _group_names(source: str, key: str) -> tuple[str, ...]:
    return tuple(name for name in re.compile(source).groupindex if name.startswith(f"{key}_"))


def _expand(pattern: str, parts: Mapping[str, str], table: str, row: str, key: str) -> str:
    seen: dict[str, int] = {}

    def slot(found: re.Match[str]) -> str:
        bare, name, group = found.groups()
        if group:
            return f"(?P<{key}_{group}>" if key else found.group()
        if name not in parts:
            raise RuleError(f"unknown part {{{name}}}", source=f"{table}.toml", place=f"rule {row}",
                            way_out="Name it under [parts]")
        if bare or not key:
            return f"(?:{parts[name]})"
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{key}_{name}{seen[name] if seen[name] > 1 else ''}>{parts[name]})"

    try:
        expanded = _SLOT.sub(slot, pattern)
        re.compile(expanded)
    except re.error as error:
        raise RuleError(f"bad pattern: {error}", source=f"{table}.toml", place=f"rule {row}") from error
    return expanded


def read_toml(name: str) -> dict[str, Any]:
    """The content of `parse/rules/<name>.toml`."""
    try:
        return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(str(error), source=f"{name}.toml") from error


@cache
def load(name: str, extra: tuple[tuple[str, str], ...] = ()) -> RuleTable:
    """The table `parse/rules/<name>.toml`; `extra` are parts that code supplies.

    Raises RuleError, naming file and row, for a row without `id`, `pattern` or `yes`, a doubled id or a bad pattern."""
    content = read_toml(name)
    parts = dict(_parts(name, extra))
    return RuleTable(name, _rows(name), parts, _expand(content.get("trigger", ""), parts, name, "trigger", ""))


@cache
def load_all(*names: str) -> RuleTable:
    """The rows of several tables as one, those of the first table tried first. Parts of one name must be alike."""
    parts: dict[str, str] = {}
    for name in names:
        for part, pattern in _parts(name).items():
            if parts.setdefault(part, pattern) != pattern:
                raise RuleError(f"part {{{part}}} differs from the one in {names}", source=f"{name}.toml")
    rows = [row for name in names for row in _rows(name)]
    return RuleTable("+".join(names), _distinct("+".join(names), rows), parts)


@cache
def _parts(name: str, extra: tuple[tuple[str, str], ...] = ()) -> dict[str, str]:
    """The expanded `[parts]` of a table, those of the tables that it `uses` included."""
    content = read_toml(name)
    parts = {**_COMMON, **dict(extra)}
    for other in content.get("uses", []):
        parts.update(_parts(other))
    for part, pattern in content.get("parts", {}).items():
        parts[part] = _expand(pattern, parts, name, f"part {part}", "")
    return parts


@cache
def _rows(name: str) -> tuple[Rule, ...]:
    return _distinct(name, [_row(name, row) for row in read_toml(name).get("rule", [])])


def _distinct(name: str, rows: Sequence[Rule]) -> tuple[Rule, ...]:
    ids = [row.id for row in rows]
    doubled = sorted({i for i in ids if ids.count(i) > 1})
    if doubled:
        raise RuleError(f"doubled id {doubled}", source=f"{name}.toml")
    return tuple(rows)


def _row(name: str, row: dict[str, Any]) -> Rule:
    for key in ("id", "pattern", "yes"):
        if not row.get(key):
            raise RuleError(f"a row without `{key}`", source=f"{name}.toml", place=f"rule {row.get('id', '?')}")
    more = {k: v for k, v in row.items() if k not in ("id", "pattern", "value", "yes", "no")}
    return Rule(row["id"], row["pattern"], row.get("value", ""), tuple(row["yes"]), tuple(row.get("no", ())), more)
