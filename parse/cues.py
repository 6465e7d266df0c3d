"""Classes of wording: the rows of a rule table that share a `value`, joined into one pattern a class.

A recogniser often only asks whether a sentence holds any wording of a class, not which. One search a class answers
that without building hits; the rows keep their ids and examples in the table.
"""
from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from .rules import load

_CLASS = re.compile(r"\[([^\]\\^-]+)\]")
_BEHIND = re.compile(r"((?:\(\?<!(?:[^()\[\]|\\]|\[[^\]\\]+\])+\))+)([^()\[\]|\\.?*+{}^$])(?![?*+{])")
_MOST = 400


class Cues:
    """The classes of one rule table."""

    def __init__(self, table: str) -> None:
        rows = load(table).rows
        joined = {value: "|".join(row.pattern for row in rows if row.value == value)
                  for value in dict.fromkeys(row.value for row in rows)}
        opened = {value: literal_first(pattern) for value, pattern in joined.items()}
        self._plain = {value: re.compile(pattern) for value, pattern in joined.items()}
        self._leaping = {value: re.compile(pattern) for value, pattern in opened.items()}
        self._openings = {value: _openings(pattern) for value, pattern in opened.items()}
        self._parted = {value: _parted(pattern) for value, pattern in opened.items()}

    def pattern(self, value: str) -> re.Pattern[str]:
        """The pattern of a class, to be searched; KeyError where the table has no such class."""
        return self._leaping[value]

    def has(self, value: str, view: str, start: int, end: int) -> bool:
        """Whether any wording of the class stands in `view[start:end]`."""
        leaping, anchored = self._parted[value]
        if leaping is not None and leaping.search(view, start, end) is not None:
            return True
        return anchored is not None and start == 0 and anchored.match(view, 0, end) is not None

    def match(self, value: str, view: str, at: int, end: int) -> re.Match[str] | None:
        """The wording of the class that begins at `at`, if any; a look at the first character spares most attempts."""
        if at < end and view[at] in self._openings[value]:
            return self._plain[value].match(view, at, end)
        return None


def _parted(pattern: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The branches to be searched for, and those that only the text's beginning can match, which a search would try at
    every place."""
    branches = _branches(pattern)
    first = [branch for branch in branches if branch.startswith("^")]
    others = [branch for branch in branches if not branch.startswith("^")]
    return (re.compile("|".join(others)) if others else None), (re.compile("|".join(first)) if first else None)


@cache
def cues(table: str) -> Cues:
    """The classes of `parse/rules/<table>.toml`, compiled once."""
    return Cues(table)


def literal_first(pattern: str) -> str:
    """The same alternation with every branch beginning with a plain character, as far as that can be had.

    The regular expression engine then leaps from one possible first character to the next: five to forty times as
    fast on running text. `(?:a|b)c` becomes `ac|bc`, `[ab]c` likewise, `(?<!x)a` becomes `a(?<!xa)`."""
    out: list[str] = []
    todo = _branches(pattern)[::-1]
    while todo:
        branch = todo.pop()
        more = _opened(branch) if len(out) + len(todo) < _MOST else None
        if more is None:
            out.append(branch)
        else:
            todo += more[::-1]
    return "|".join(out)


class _All:
    """The set of all characters."""

    def __contains__(self, char: object) -> bool:
        return True


def _openings(pattern: str) -> Container[str]:
    """The characters with which a pattern of `literal_first` may begin."""
    chars: set[str] = set()
    for branch in _branches(pattern):
        kind = _CLASS.match(branch)
        if branch[:2] == r"\d" or branch[:4] in ("[0-9", "[1-9"):
            chars.update("0123456789")
        elif kind:
            chars.update(kind.group(1))
        elif branch and branch[0] not in r"\[(.^$*+?{" and branch[1:2] not in ("*", "{"):
            chars.add(branch[0])
        else:
            return _All()
    return frozenset(chars)


def _opened(branch: str) -> list[str] | None:
    """The branches that a branch's leading group, class or lookbehind opens into; None where it begins plainly."""
    if branch.startswith("(?:"):
        close = _close(branch)
        inner, rest = _branches(branch[3:close]), branch[close + 1:]
        if rest[:1] == "?":
            return [*(part + rest[1:] for part in inner), rest[1:]]
        return None if rest[:1] in ("*", "+", "{") else [part + rest for part in inner]
    chars = _CLASS.match(branch)
    if chars:
        rest = branch[chars.end():]
        if rest[:1] == "?":
            return [*(char + rest[1:] for char in chars.group(1)), rest[1:]]
        return None if rest[:1] in ("*", "+", "{") else [char + rest for char in chars.group(1)]
    if branch[1:2] == "?" and branch[0] not in r"\[(.^$*+?{":
        return [branch[0] + branch[2:], branch[2:]]
    behind = _BEHIND.match(branch)
    if behind:
        char = behind.group(2)
        return [char + behind.group(1).replace(")", f"{char})") + branch[behind.end():]]
    return None


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its own level."""
    out, at = [], 0
    for k, char, depth in _structure(pattern):
        if char == "|" and depth == 0:
            out.append(pattern[at:k])
            at = k + 1
    return [*out, pattern[at:]]


def _close(pattern: str) -> int:
    """Where the group that opens a pattern closes."""
    return next(k for k, char, depth in _structure(pattern) if char == ")" and depth == 0)


def _structure(pattern: str) -> Iterator[tuple[int, str, int]]:
    """The brackets and bars of a pattern that are not escaped or in a class: place, character, depth after it."""
    depth, k = 0, 0
    while k < len(pattern):
        char = pattern[k]
        if char == "\\":
            k += 1
        elif char == "[":
            k = pattern.index("]", k + 2)
        elif char in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[char]
            yield k, char, depth
        k += 1
