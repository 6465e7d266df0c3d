"""Reading order of a page: one column, or two parted by a clear gutter."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .furniture import Row
from .lines import TextLine, joined

_LINES_MIN = 8          # a column has at least so many lines
_CROSSING_MAX = 0.15    # share of lines (headings, captions) that may run across the gutter
_FILL_MIN = 0.6         # how much of its width a column's middle line fills: text does, a table's cells do not
_STEP, _TRIES = 4.0, 400     # points between the places tried for the gutter, and how many at most: a file may say a page is miles wide


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in reading order; `column` is 0 for the whole width, 1 for the left, 2 for the right column."""

    line: TextLine
    column: int = 0


def in_order(rows: Sequence[Row], width: float) -> list[Placed]:
    """The lines of a page as they are read."""
    gutter = _gutter([line for row in rows for line in row], width)
    if gutter is None:
        return [Placed(joined(row)) for row in rows]
    out: list[Placed] = []
    sides: tuple[list[Placed], list[Placed]] = ([], [])
    for row in rows:
        left = [line for line in row if line.x1 <= gutter]
        right = [line for line in row if line.x0 >= gutter]
        if len(left) + len(right) < len(row):       # runs across: what stands above it is read first
            out += [*sides[0], *sides[1], Placed(joined(row))]
            sides = ([], [])
            continue
        for column, lines in ((1, left), (2, right)):
            if lines:
                sides[column - 1].append(Placed(joined(lines), column))
    return [*out, *sides[0], *sides[1]]


def _gutter(lines: list[TextLine], width: float) -> float | None:
    """Where the gutter between two columns of text runs; None for a page of one."""
    if sum(line.x0 > 0.4 * width for line in lines) < _LINES_MIN:
        return None
    best: tuple[int, float] | None = None
    x = 0.3 * width
    while x < 0.7 * width:
        crossing = sum(line.x0 < x < line.x1 for line in lines)
        if best is None or crossing < best[0]:
            best = crossing, x
        x += max(_STEP, width / _TRIES)
    if best is None or best[0] > _CROSSING_MAX * len(lines):
        return None
    left = [line for line in lines if line.x1 <= best[1]]
    right = [line for line in lines if line.x0 >= best[1]]
    return best[1] if _is_text(left) and _is_text(right) and _side_by_side(left, right) else None


def _is_text(lines: list[TextLine]) -> bool:
    if len(lines) < _LINES_MIN:
        return False
    extent = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    return median(line.x1 - line.x0 for line in lines) >= _FILL_MIN * extent > 0


def _side_by_side(left: list[TextLine], right: list[TextLine]) -> bool:
    """Whether the two stand beside each other over most of the lower one's height."""
    top = max(min(line.base for line in side) for side in (left, right))
    bottom = min(max(line.base for line in side) for side in (left, right))
    shorter = min(max(line.base for line in side) - min(line.base for line in side) for side in (left, right))
    return bottom - top >= 0.6 * shorter > 0
