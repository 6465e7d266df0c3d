"""A picture of a page read as a printed page: characters with places, ruled lines, what is stamped on it."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..printed.page import PrintedPage, Recognition, rule
from . import ink
from .blanks import parted
from .engine import Line, moved, read_lines
from .numbers import numbered
from .picture import fitted, turned
from .place import PlacedLine, Sizes, chars, holes, slope, straight

if TYPE_CHECKING:
    from .picture import Picture, Pixels

_SURE = 0.5             # lines read with less confidence are specks, seals, shading: set aside, not dropped
_WELL = 0.85            # a page read with less confidence may stand on its head
_STAMPED = 0.8          # red lines read with less are the bent words of a seal
_HEAD = 0.45            # share of the page's height above which red lines may be a letterhead
_TALL = 1.5             # boxes this many times as high as wide hold lines that run up or down
_BESIDE = 0.6           # of its size, from the middle of a character: beyond it nothing of it is printed
_HOLED = 0.6


@dataclass(slots=True)
class _Seen:
    """What was read of one picture, as it was turned."""

    picture: Picture
    quarters: int
    lines: list[Line]

    @property
    def weight(self) -> float:
        """Characters that were read, by confidence."""
        return sum(line.confidence ** 4 * len(line.text) for line in self.lines if not _is_tall(line))


class Recogniser:
    """Reads the pictures of one file in order. It keeps how pages lie and the body's size from one page to the next."""

    def __init__(self) -> None:
        self._quarters, self._sizes = 0, Sizes()

    def page(self, number: int, picture: Picture, width: float, height: float) -> PrintedPage:
        """The page that a picture shows, `width` by `height` points before it is turned to be read."""
        seen = self._seen(fitted(picture, max(width, height)))
        if seen.quarters % 2:
            width, height = height, width
        self._quarters = seen.quarters if seen.lines else self._quarters
        return self._printed(seen, number, width, height)

    def _seen(self, picture: Picture) -> _Seen:
        """The picture turned so that its lines run from left to right."""
        first = self._read(picture, self._quarters)
        if not first.lines:
            return first
        tall = sum(len(line.text) for line in first.lines if _is_tall(line))
        every = sum(len(line.text) for line in first.lines)
        if tall <= every / 2 and _mean(first.lines) >= _WELL:
            return first
        others = (1, 3) if tall > every / 2 else (2,)
        return max((first, *(self._read(picture, self._quarters + k) for k in others)), key=lambda seen: seen.weight)

    def _read(self, picture: Picture, quarters: int) -> _Seen:
        laid = turned(picture, quarters)
        return _Seen(laid, quarters % 4, read_lines(ink.black(laid)))

    def _printed(self, seen: _Seen, number: int, width: float, height: float) -> PrintedPage:
        angle, scale = slope(seen.lines), width / seen.picture.width
        page = PrintedPage(number, width, height, [])
        black = ink.black(seen.picture)
        sure = [_judged(parted(numbered(line, black, seen.lines), black), black) for line in seen.lines if line.confidence >= _SURE]
        text, stamped = _red_lines(seen, sure)
        middle = seen.picture.width / 2, seen.picture.height / 2
        placed = [straight(line, angle, middle) for line in [*sure, *text]]
        self._sizes.note(placed, scale)
        for line in placed:
            page.chars.extend(chars(line, scale, self._sizes))
        for x0, y0, x1, y1 in ink.rulings(black, angle):
            rule((x0 * scale, y0 * scale), (x1 * scale, y1 * scale), page)
        aside = [line for line in seen.lines if line.confidence < _SURE]
        page.slanted = " ".join(line.text.strip() for line in [*stamped, *aside] if line.text.strip())
        page.recognised = _recognition(placed, len(stamped), len(aside))
        return page


def _judged(line: Line, black: Pixels) -> Line:
    """The line; with little confidence where the model passed over a character, which it does without a word: a thin 〇 of a
    year now and then. It shows as a hole between two others in which something is printed."""
    for one, two, size in holes(line):
        if ink.is_inked(black, one.x + _BESIDE * size, one.y - 0.4 * size, two.x - _BESIDE * size, one.y + 0.4 * size):
            return replace(line, confidence=min(line.confidence, _HOLED))
    return line


def _red_lines(seen: _Seen, black: list[Line]) -> tuple[list[Line], list[Line]]:
    """What is printed in red: the lines of a letterhead, and those of seals and stamps."""
    red = ink.red(seen.picture)
    if red is None:
        return [], []
    text: list[Line] = []
    stamped: list[Line] = []
    pixels, left, top = red
    for line in (moved(line, left, top) for line in read_lines(pixels)):
        if any(_within(line, other) for other in black):
            continue
        level = not _is_tall(line) and line.confidence >= _STAMPED and line.corners[0][1] < _HEAD * seen.picture.height
        long = line.corners[1][0] - line.corners[0][0] > 0.25 * seen.picture.width
        (text if level and long else stamped).append(line)
    return text, stamped


def _within(line: Line, other: Line) -> bool:
    """Whether the middle of a line lies in another one's box."""
    x, y = (sum(c[k] for c in line.corners) / 4 for k in (0, 1))
    xs, ys = [c[0] for c in other.corners], [c[1] for c in other.corners]
    return min(xs) < x < max(xs) and min(ys) < y < max(ys)


def _is_tall(line: Line) -> bool:
    (ax, ay), (bx, by), _, (dx, dy) = line.corners
    wide, high = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5
    return high >= _TALL * wide and len(line.text) > 1


def _mean(lines: list[Line]) -> float:
    return sum(line.confidence * len(line.text) for line in lines) / max(1, sum(len(line.text) for line in lines))


def _recognition(lines: list[PlacedLine], stamped: int, aside: int) -> Recognition:
    count = sum(len(line.signs) for line in lines)
    mean = sum(line.confidence * len(line.signs) for line in lines) / count if count else 0.0
    return Recognition(round(mean, 3), tuple((line.text.strip(), line.confidence) for line in lines), stamped, aside)
