"""Rules as rows: TOML tables of patterns with their examples, checked at load and compiled into one alternation.

A table has `[parts]` (named pieces, used as `{name}` in patterns; a part may use earlier parts) and `[[rule]]` rows with
`id`, `pattern`, `value`, `yes`, `no` and whatever further keys its reader knows. Patterns are regular expressions over
the matching view. `{name}` in a pattern is a named group when the row's `value` or its reader wants it: write
`{name}` for a captured part and `{:name}` for one that is not captured. Rows are tried in order; the first that
matches at a place wins.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...schema import RuleError

_SLOT = re.compile(r"\{(:?)([a-z_]+)\}")


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

    def __init__(self, name: str, rows: list[Rule], parts: Mapping[str, str], trigger: str) -> None:
        self.name, self.rows = name, rows
        self._rules = {f"r{i}": rule for i, rule in enumerate(rows)}
        branches = []
        for key, rule in self._rules.items():
            branches.append(f"(?P<{key}>{_expand(rule.pattern, parts, name, rule.id, key)})")
        self._pattern = re.compile("|".join(branches))
        self._names = {key: [g for g in self._pattern.groupindex if g.startswith(f"{key}_")] for key in self._rules}
        self._trigger = re.compile(trigger) if trigger else None

    def find(self, view: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Hits in order, none overlapping, within `view[start:end]`."""
        end = len(view) if end is None else end
        at = start
        while at < end:
            if self._trigger is not None:
                trigger = self._trigger.search(view, at, end)
                if trigger is None:
                    return
                at = trigger.start()
                match = self._pattern.match(view, at, end)
            else:
                match = self._pattern.search(view, at, end)
                if match is None:
                    return
            if match is None or match.end() == match.start():
                at += 1
                continue
            yield self._hit(match)
            at = match.end()

    def match(self, view: str, at: int, end: int | None = None) -> Hit | None:
        """The hit that begins at `at`, if any."""
        match = self._pattern.match(view, at, len(view) if end is None else end)
        return self._hit(match) if match else None

    def _hit(self, match: re.Match[str]) -> Hit:
        key = match.lastgroup or ""     # the group that closed last: the row's own, around all its parts
        names = [g for g in self._names[key] if match.start(g) >= 0]
        words = {g.split("_", 1)[1]: match.group(g) for g in names}
        spans = {g.split("_", 1)[1]: match.span(g) for g in names}
        return Hit(self._rules[key], match.start(), match.end(), words, spans)


def _expand(pattern: str, parts: Mapping[str, str], table: str, row: str, key: str) -> str:
    seen: dict[str, int] = {}

    def slot(found: re.Match[str]) -> str:
        bare, name = found.groups()
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
    """The table `parse/rules/<name>.toml`; `extra` are parts that code supplies (such as the number pattern).

    Raises RuleError, naming file and row, for a row without `id`, `pattern` or `yes`, a doubled id or a bad pattern."""
    content = read_toml(name)
    parts = dict(extra)
    for part, pattern in content.get("parts", {}).items():
        parts[part] = _expand(pattern, parts, name, f"part {part}", "")
    rows = [_row(name, row) for row in content.get("rule", [])]
    ids = [row.id for row in rows]
    doubled = sorted({i for i in ids if ids.count(i) > 1})
    if doubled:
        raise RuleError(f"doubled id {doubled}", source=f"{name}.toml")
    return RuleTable(name, rows, parts, _expand(content.get("trigger", ""), parts, name, "trigger", ""))


def _row(name: str, row: dict[str, Any]) -> Rule:
    for key in ("id", "pattern", "yes"):
        if not row.get(key):
            raise RuleError(f"a row without `{key}`", source=f"{name}.toml", place=f"rule {row.get('id', '?')}")
    more = {k: v for k, v in row.items() if k not in ("id", "pattern", "value", "yes", "no")}
    return Rule(row["id"], row["pattern"], row.get("value", ""), tuple(row["yes"]), tuple(row.get("no", ())), more)
