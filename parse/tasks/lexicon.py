"""The words at the heads of clauses, by class, from `parse/rules/verbs.toml`; found by the longest that fits."""
from __future__ import annotations

from functools import cache

from ..rules import read_toml

_LONGEST = 7


class Lexicon:
    """A set of words of one class, or of several."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._lengths = tuple(sorted({len(w) for w in words if len(w) <= _LONGEST}, reverse=True))
        self._first = frozenset(w[0] for w in words)

    def at(self, view: str, at: int, end: int) -> int:
        """The length of the longest word that begins at `at` and ends before `end`; 0 for none."""
        if at >= end or view[at] not in self._first:
            return 0
        for length in self._lengths:
            if at + length <= end and view[at:at + length] in self._words:
                return length
        return 0

    def __contains__(self, word: str) -> bool:
        return word in self._words


@cache
def lexicon(*classes: str) -> Lexicon:
    """The words of the given classes of the table together; KeyError for a class that it does not have."""
    table = read_toml("verbs")
    return Lexicon(frozenset(word for name in classes for word in table[name].split()))
