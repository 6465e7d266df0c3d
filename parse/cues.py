"""Classes of wording: the rows of a rule table that share a `value`, joined into one pattern a class.

A recogniser often only asks whether a sentence holds any wording of a class, not which. One search a class answers
that without building hits; the rows keep their ids and examples in the table.
"""
from __future__ import annotations

import re
from functools import cache

from .rules import load


class Cues:
    """The classes of one rule table."""

    def __init__(self, table: str) -> None:
        rows = load(table).rows
        self._classes = {
            value: re.compile("|".join(row.pattern for row in rows if row.value == value))
            for value in dict.fromkeys(row.value for row in rows)
        }

    def pattern(self, value: str) -> re.Pattern[str]:
        """The pattern of a class; KeyError where the table has no such class."""
        return self._classes[value]

    def has(self, value: str, view: str, start: int, end: int) -> bool:
        """Whether any wording of the class stands in `view[start:end]`."""
        return self._classes[value].search(view, start, end) is not None


@cache
def cues(table: str) -> Cues:
    """The classes of `parse/rules/<table>.toml`, compiled once."""
    return Cues(table)
