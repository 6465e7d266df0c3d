"""The words at the heads of clauses, by class, from `parse/rules/verbs.toml`; found by the longest that fits."""
from __future__ import annotations

from functools import cache

from ..rules import read_toml


class Lexicon:
    """A set of words of one class, or of several."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def at(self, view: str, at: int, end: int) -> int:
        """The length of the longest word that begins at `at` and ends before `end`; 0 for none."""
        if at >= end:
            return 0
        for length in self._lengths.get(view[at], ()):
            if at + length <= end and view[at:at + length] in self._words:
                return length
        return 0

    def __contains__(self, word: str) -> bool:
        return word in self._words


@cache
def lexicon(*classes: str) -> Lexicon:
    """The words of the given classes of the table together; KeyError for a class that it does not have."""
    table = _table()
    return Lexicon(frozenset(word for name in classes for word in table[name]))


HEADS = ("plain", "state", "preposition", "so_that", "vague", "aim", "do")
"""The classes that a clause's head may be of; of two with the same word the earlier one counts."""


class Heads:
    """All that may stand before a clause's head and at it, found in one look at each place."""

    def __init__(self) -> None:
        table = _table()
        self._kind = {word: name for name in reversed(HEADS) for word in table[name]}
        self._modal = frozenset(table["modal"])
        self._skip = frozenset((*table["link"], *table["adverb"]))
        lengths: dict[str, set[int]] = {}
        for word in (*self._kind, *self._modal, *self._skip):
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def at(self, view: str, at: int, end: int) -> tuple[str, int, int, int]:
        """The class of the longest head word that begins at `at`, its length, and the lengths of the longest modal and
        of the longest word to be stepped over; `""` and 0 for none."""
        kind, head, modal, skip = "", 0, 0, 0
        for length in self._lengths.get(view[at], ()) if at < end else ():
            if at + length > end:
                continue
            word = view[at:at + length]
            if not head and word in self._kind:
                kind, head = self._kind[word], length
            if not modal and word in self._modal:
                modal = length
            if not skip and word in self._skip:
                skip = length
        return kind, head, modal, skip


@cache
def heads() -> Heads:
    """The heads of `parse/rules/verbs.toml`, read once."""
    return Heads()


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split()) for name, words in read_toml("verbs").items()}
