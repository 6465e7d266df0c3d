"""The first two characters that a pattern can match, so that a table tries only the rows that may match at a place."""
from __future__ import annotations

from collections.abc import Set
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ANY = "\uffff"
"""Stands for any character in an opening."""

_LENGTH = 2
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
_WIDEST = 256          # a range of more characters than this counts as any


def openings(pattern: str) -> frozenset[str]:
    """Strings of at most two characters: every match begins with one of them; a string of one is a match of one
    character, the empty string an empty match. Raises re.error for a bad pattern."""
    return frozenset(_of_sequence(parser.parse(pattern)))


def _of_sequence(items: Any) -> Set[str]:
    out: Set[str] = {""}
    for op, argument in items:
        if op in _ZERO_WIDTH:
            continue
        out = _joined(out, _of_item(op, argument))
        if all(len(head) == _LENGTH for head in out):
            break
    return out


def _joined(heads: Set[str], tails: Set[str]) -> Set[str]:
    full = {head for head in heads if len(head) == _LENGTH}
    return full | {(a + b)[:_LENGTH] for a, b in product(heads - full, tails)}


def _of_item(op: Any, argument: Any) -> Set[str]:
    if op is sre.LITERAL:
        return {chr(argument)}
    if op is sre.IN:
        return _of_set(argument)
    if op is sre.BRANCH:
        return set().union(*map(_of_sequence, argument[1]))
    if op is sre.SUBPATTERN:
        return _of_sequence(argument[3])
    if op is sre.ATOMIC_GROUP:
        return _of_sequence(argument)
    if op in _REPEATS:
        return _repeated(_of_sequence(argument[2]), int(argument[0]), int(argument[1]))
    return {ANY} if op in (sre.ANY, sre.NOT_LITERAL) else {"", ANY, ANY * 2}


def _repeated(heads: Set[str], least: int, most: int) -> Set[str]:
    run: Set[str] = {""}
    for _ in range(min(least, _LENGTH)):
        run = _joined(run, heads)
    out = run
    for _ in range(min(most, _LENGTH) - min(least, _LENGTH)):
        run = _joined(run, heads)
        out = out | run
    return out


def _of_set(items: Any) -> Set[str]:
    out: set[str] = set()
    for op, argument in items:
        if op is sre.LITERAL:
            out.add(chr(argument))
        elif op is sre.RANGE and argument[1] - argument[0] < _WIDEST:
            out.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return {ANY}
    return out
