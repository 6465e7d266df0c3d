"""Which characters a pattern can begin with, so that a table tries only the rows that may match at a place."""
from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


def first_characters(pattern: str) -> frozenset[str] | None:
    """The characters that a match can begin with; None where that is open (a dot, a negated set, an empty match)."""
    chars, empty = _of_sequence(parser.parse(pattern))
    return None if empty or chars is None else frozenset(chars)


def _of_sequence(items: Any) -> tuple[set[str] | None, bool]:
    """First characters of a sequence, None for any; and whether it can match without taking a character."""
    out: set[str] = set()
    for op, argument in items:
        if op in _ZERO_WIDTH:
            continue
        chars, empty = _of_item(op, argument)
        if chars is None:
            return None, False
        out |= chars
        if not empty:
            return out, False
    return out, True


def _of_item(op: Any, argument: Any) -> tuple[set[str] | None, bool]:
    if op is sre.LITERAL:
        return {chr(argument)}, False
    if op is sre.IN:
        return _of_set(argument), False
    if op is sre.BRANCH:
        found = [_of_sequence(branch) for branch in argument[1]]
        chars = None if any(c is None for c, _ in found) else set().union(*(c or set() for c, _ in found))
        return chars, any(empty for _, empty in found)
    if op is sre.SUBPATTERN:
        return _of_sequence(argument[3])
    if op is sre.ATOMIC_GROUP:
        return _of_sequence(argument)
    if op in _REPEATS:
        chars, empty = _of_sequence(argument[2])
        return chars, empty or argument[0] == 0
    return None, False


def _of_set(items: Any) -> set[str] | None:
    out: set[str] = set()
    for op, argument in items:
        if op is sre.LITERAL:
            out.add(chr(argument))
        elif op is sre.RANGE and argument[1] - argument[0] < 256:
            out.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return out
