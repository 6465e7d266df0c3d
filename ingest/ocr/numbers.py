"""A number that stands before its line: where lines are looked for, a 一 parted from its heading by a whole blank is taken for
a stroke and passed over. What is printed there is read together with the beginning of the line."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from . import ink
from .engine import Line, Sign, read_strip
from .place import pitch

if TYPE_CHECKING:
    from .picture import Pixels

NUMERALS = frozenset("一二三四五六七八九十")
# Shares of the font size.
_FAR = 2.6              # how far before the line a number may begin
_EDGE = 0.1             # of that, beside the line, looked at as the line's own
_WIDE = 1.2             # ink wider than this is more than a character
_AROUND = 0.4           # paper kept before the number
_BEGINNING = 6          # characters of the line that are read again
_SURE = 0.9


def numbered(line: Line, page: Pixels, others: Sequence[Line]) -> Line:
    """The line with the Chinese number that stands before it, where none of the `others` is there."""
    if len(line.signs) < 2:
        return line
    (left, top), _, _, (_, bottom) = line.corners
    size = pitch(line.signs, bottom - top)
    middle = (top + bottom) / 2
    found = ink.between(page, left - _FAR * size, middle - size / 2, left - _EDGE * size, middle + size / 2)
    if found is None or found[1] - found[0] > _WIDE * size or any(_covers(other, found, middle) for other in others):
        return line
    right = line.signs[_BEGINNING].x - size / 2 if len(line.signs) > _BEGINNING else max(x for x, _ in line.corners)
    box = page[max(0, round(top)):round(bottom), max(0, round(found[0] - _AROUND * size)):round(right)]
    text, confidence = read_strip(box)
    beginning = "".join(sign.text for sign in line.signs[:_BEGINNING])
    number = "".join(text.split()).removesuffix(beginning)
    if confidence < _SURE or len(number) != 1 or number not in NUMERALS:
        return line
    sign = Sign(number, (found[0] + found[1]) / 2, middle)
    corners = ((found[0], top), *line.corners[1:3], (found[0], bottom))
    return replace(line, text=number + line.text.lstrip(), corners=corners, signs=(sign, *line.signs),
                   confidence=min(line.confidence, confidence))


def _covers(line: Line, inked: tuple[float, float], y: float) -> bool:
    xs, ys = [c[0] for c in line.corners], [c[1] for c in line.corners]
    return min(xs) < inked[1] and inked[0] < max(xs) and min(ys) < y < max(ys)
