"""Rules as rows: TOML tables of patterns with their examples, checked at load.

A table has `[parts]` (named pieces, used as `{name}` in patterns; a part may use earlier parts, and those of the tables
that the table `uses`) and `[[rule]]` rows with `id`, `pattern`, `value`, `yes`, `no` and whatever further keys its
reader knows. Patterns are regular expressions over the matching view. `{name}` in a pattern is a named group when the
row's `value` or its reader wants it: write `{name}` for a captured part (a second one is `name2`) and `{:name}` for
one that is not captured. The parts `{number}` and `{fraction}` are always there. Rows are tried in order; the first
that matches at a place wins.

A row is tried only where its first two characters fit, so that a new row does not cost a pass over the text. `[ahead]`
may ask more of places that begin with common characters: `"0123456789" = '[0-9]{1,4}年'`.

In an example, `〖〗` mark the hit: `yes = ["于〖15日〗前"]`; without them the row must match somewhere in it, and in a table
that says `exact = true` the whole example must be the hit. In a `no` the row must not match anywhere. An exact table
is searched as one (an earlier row may take a place), in others each row is tried by itself.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...schema import RuleError
from ..numerals import FRACTION, NUMBER
from .table import Hit, Rule, RuleTable

__all__ = ["Hit", "Rule", "RuleTable", "load", "load_all", "names", "read_toml"]

_SLOT = re.compile(r"\{(:?)([a-z_]+)\}")
_COMMON = {"number": NUMBER, "fraction": FRACTION}


@dataclass(frozen=True, slots=True)
class _Content:
    """A table as read: rows with their patterns expanded, parts, what must stand ahead."""

    rows: tuple[Rule, ...]
    parts: Mapping[str, str]
    ahead: Mapping[str, str]


@cache
def load(name: str, extra: tuple[tuple[str, str], ...] = ()) -> RuleTable:
    """The table `parse/rules/<name>.toml`; `extra` are parts that code supplies.

    Raises RuleError, naming file and row, for a row without `id`, `pattern` or `yes`, a doubled id or a bad pattern."""
    content = _content(name, extra)
    return RuleTable(name, content.rows, content.ahead)


@cache
def load_all(*names: str) -> RuleTable:
    """The rows of several tables as one, those of the first table tried first. What one table asks to stand ahead,
    it asks for all; ids must differ throughout."""
    contents = [_content(name, ()) for name in names]
    ahead = {chars: pattern for content in contents for chars, pattern in content.ahead.items()}
    rows = [row for content in contents for row in content.rows]
    _distinct("+".join(names), rows)
    return RuleTable("+".join(names), rows, ahead)


def names() -> tuple[str, ...]:
    """The names of all tables that have rows, in order."""
    found = sorted(path.name[:-5] for path in files(__package__).iterdir() if path.name.endswith(".toml"))
    return tuple(name for name in found if "rule" in read_toml(name))


@cache
def read_toml(name: str) -> dict[str, Any]:
    """The content of `parse/rules/<name>.toml`; not to be changed."""
    try:
        return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(str(error), source=f"{name}.toml") from error


@cache
def _content(name: str, extra: tuple[tuple[str, str], ...]) -> _Content:
    content = read_toml(name)
    parts = {**_COMMON, **dict(extra)}
    for other in content.get("uses", []):
        parts.update(_content(other, ()).parts)
    for part, pattern in content.get("parts", {}).items():
        parts[part] = _expand(pattern, parts, name, f"part {part}", named=False)
    rows = [_row(name, row, parts) for row in content.get("rule", [])]
    _distinct(name, rows)
    ahead = {k: _expand(p, parts, name, "ahead", named=False) for k, p in content.get("ahead", {}).items()}
    return _Content(tuple(rows), parts, ahead)


def _distinct(name: str, rows: Sequence[Rule]) -> None:
    ids = [row.id for row in rows]
    if len(set(ids)) < len(ids):
        raise RuleError(f"doubled id {sorted({i for i in ids if ids.count(i) > 1})}", source=f"{name}.toml")


def _row(name: str, row: dict[str, Any], parts: Mapping[str, str]) -> Rule:
    place = f"rule {row.get('id', '?')}"
    for key in ("id", "pattern", "yes"):
        if not row.get(key):
            raise RuleError(f"a row without `{key}`", source=f"{name}.toml", place=place)
    more = {k: v for k, v in row.items() if k not in ("id", "pattern", "value", "yes", "no")}
    pattern = _expand(row["pattern"], parts, name, place)
    try:
        return Rule(row["id"], pattern, row.get("value", ""), tuple(row["yes"]), tuple(row.get("no", ())), more)
    except re.error as error:
        raise RuleError(f"bad pattern: {error}", source=f"{name}.toml", place=place) from error


def _expand(pattern: str, parts: Mapping[str, str], table: str, place: str, named: bool = True) -> str:
    seen: dict[str, int] = {}

    def slot(found: re.Match[str]) -> str:
        bare, name = found.groups()
        if name not in parts:
            raise RuleError(f"unknown part {{{name}}}", source=f"{table}.toml", place=place,
                            way_out="Name it under [parts]")
        if bare or not named:
            return f"(?:{parts[name]})"
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{seen[name] if seen[name] > 1 else ''}>{parts[name]})"

    return _SLOT.sub(slot, pattern)
