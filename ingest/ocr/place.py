"""Lines that were read out of a picture as characters with places, as a text layer would give them."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..printed.page import Char
from .engine import Line, Sign
from .widths import is_wide, widened

# Shares of the font size.
_INK = 0.8              # of the height of a line's box, which is drawn around its ink: 17.6 for 14 points, 22 for 3 characters
_SPREAD = 1.25          # letters spaced wider than this do not make the type larger
_STEP = 1.6             # of the usual distance: a wider one has a blank in it
_HOLE, _PAIRS_MIN = 1.75, 3
_DROP = 0.36            # from the middle of a line down to its baseline
_GAP = 0.35             # places are known to a tenth or two: smaller gaps are none
_BLANK = 0.1            # what is left for a blank that was read
_OPENING, _CLOSING = frozenset("（《〈「『【〔“‘"), frozenset("，。、；：！？）》〉」』】〕”’")
_ALIKE = 0.12           # sizes nearer than this to the body's are the body's: they are measured to 5 %
_ROUGHLY = 0.5          # the same of a size that only a line's height tells; less the more distances tell it
_LINE_MIN = 8           # characters of a line by which the page's slope is told
_SLOPE_MAX = math.radians(12)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line laid straight: its text, the middle of each character and of the line in pixels, the size of its type."""

    text: str
    signs: tuple[Sign, ...]
    middle: float
    size: float
    within: float       # how far the size may be off, as a share of it
    confidence: float


def slope(lines: Sequence[Line]) -> float:
    """By how much the lines of a page fall to the right, in radians: the median of its longer lines."""
    found = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.corners
        run, fall = bx - ax + cx - dx, by - ay + cy - dy
        if len(line.text) >= _LINE_MIN and run > 0 and abs(fall) < run * math.tan(_SLOPE_MAX):
            found.append(math.atan2(fall, run))
    return median(found) if found else 0.0


def straight(line: Line, angle: float, about: tuple[float, float]) -> PlacedLine:
    """The line on the page laid straight about its middle."""
    def level(x: float, y: float) -> tuple[float, float]:
        x, y = x - about[0], y - about[1]
        return (about[0] + x * math.cos(angle) + y * math.sin(angle),
                about[1] + y * math.cos(angle) - x * math.sin(angle))

    text = widened(line.text)
    corners = [level(*corner) for corner in line.corners]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    height = (corners[3][1] - corners[0][1] + corners[2][1] - corners[1][1]) / 2
    shown = "".join(text.split())
    if line.signs:
        signs = [Sign(sign, level(old.x, old.y)[0], 0) for sign, old in zip(shown, line.signs, strict=True)]
    else:
        signs = _spread(shown, left, right)
    middle = sum(y for _, y in corners) / 4
    size, steps = _pitch(signs, height)
    return PlacedLine(text, tuple(signs), middle, size, max(_ALIKE, _ROUGHLY / (1 + steps)), line.confidence)


def _spread(shown: str, left: float, right: float) -> list[Sign]:
    """Characters over the width of a line, wide ones twice as wide as the others."""
    widths = [1.0 if is_wide(sign) else 0.5 for sign in shown]
    unit, at, out = (right - left) / max(1e-6, sum(widths)), left, []
    for sign, width in zip(shown, widths, strict=True):
        out.append(Sign(sign, at + width * unit / 2, 0))
        at += width * unit
    return out


def pitch(signs: Sequence[Sign], height: float) -> float:
    """The size of a line's type, `height` being that of its box."""
    return _pitch(signs, height)[0]


def _pitch(signs: Sequence[Sign], height: float) -> tuple[float, int]:
    """The type's size, and how many distances of Chinese characters tell it: no line's height tells it as well."""
    height *= _INK
    steps = [b.x - a.x for a, b in pairwise(signs) if is_han(a.text) and is_han(b.text)]
    if not steps or median(steps) < 0.6 * height:
        return height, 0
    near = [step for step in steps if step < _STEP * median(steps)]     # places come in steps of a sixth: only their mean tells
    return min(sum(near) / len(near), _SPREAD * height), len(steps)


def holes(line: Line) -> list[tuple[Sign, Sign, float]]:
    """Where a line has room for another character between two Chinese ones, with the size of its type in pixels."""
    pairs = [(a, b, b.x - a.x) for a, b in pairwise(line.signs) if is_han(a.text) and is_han(b.text)]
    usual = median(step for _, _, step in pairs) if len(pairs) >= _PAIRS_MIN else 0.0
    return [(a, b, usual) for a, b, step in pairs if usual and step > _HOLE * usual]


def is_han(sign: str) -> bool:
    """A Chinese character, no mark."""
    return "\u3400" <= sign <= "\u9fff"


class Sizes:
    """The size of the body's type through a file, to which sizes near it are made equal."""

    def __init__(self) -> None:
        self.body = 0.0

    def note(self, lines: Sequence[PlacedLine], scale: float) -> None:
        """Take the body's size from the first page that has some lines; `scale` is points a pixel."""
        if not self.body and len(lines) >= 5:
            every = sorted(line.size for line in lines for _ in line.signs)
            self.body = round(every[len(every) // 2] * scale, 1)

    def of(self, line: PlacedLine, scale: float) -> float:
        """The size of a line's type in points."""
        size = line.size * scale
        near = abs(size - self.body) <= line.within * self.body
        return self.body if self.body and near else round(2 * size) / 2


def chars(line: PlacedLine, scale: float, sizes: Sizes) -> list[Char]:
    """The characters of a line, and the blanks that were read, in points (`scale` a pixel)."""
    size = sizes.of(line, scale)
    base = line.middle * scale + _DROP * size
    wide = [is_wide(sign.text) for sign in line.signs]
    starts = [sign.x * scale - _before(sign.text, size) for sign in line.signs]
    for i in range(1, len(starts)):
        starts[i] = max(starts[i], starts[i - 1] + 0.2 * size)
    blanks = _blanks(line.text)
    out: list[Char] = []
    for i, (sign, start) in enumerate(zip(line.signs, starts, strict=True)):
        end = start + (size if wide[i] else size / 2)
        if i + 1 < len(starts):
            after = starts[i + 1]
            if i + 1 in blanks:
                end = min(end, after - _BLANK * size)
            elif after - end < _GAP * size:
                end = after
        out.append(Char(sign.text, start, max(end, start + 0.1 * size), base, size, False))
        if i + 1 in blanks:
            out.append(Char(" ", out[-1].x1, out[-1].x1, base, size, False))
    return out


def _before(sign: str, size: float) -> float:
    """How much of a character's width stands before the middle of its ink."""
    if sign in _OPENING:
        return 0.75 * size
    if sign in _CLOSING:
        return 0.25 * size
    return size / 2 if is_wide(sign) else size / 4


def _blanks(text: str) -> set[int]:
    """Before which of its characters, blanks aside, a text has a blank."""
    out, count = set(), 0
    for sign in text.strip():
        if sign.isspace():
            out.add(count)
        else:
            count += 1
    return out
