"""Ruled tables of a PDF page: the cells that its rulings enclose, filled with its characters."""
from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..blocks import PageBox
from ..compose import GridCell, GridRow
from .lines import TextLine, joined, lines_of
from .page import Char, PrintedPage
from .pdf_tables import SNAP, Box, cell_boxes


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table with its place on the page; `columns` are the edges of its columns from the left."""

    box: Box
    rows: tuple[GridRow, ...]
    columns: tuple[float, ...] = ()


def ruled_tables(page: PrintedPage) -> tuple[list[RuledTable], list[Char]]:
    """The ruled tables of a page from above, and the characters outside them. A frame around running text, a table of
    one row or one column, is none."""
    found, rest = [], page.chars
    for cells in cell_boxes(page.rulings):
        grid = _Grid(cells)
        if grid.height < 2 or grid.width < 2:
            continue
        inside: list[Char] = []
        outside: list[Char] = []
        for char in rest:
            (inside if grid.cell_at(char) is not None else outside).append(char)
        if any(not char.text.isspace() for char in inside):
            rest = outside
            found.append(RuledTable(grid.box, grid.rows(inside, page.number), grid.columns))
    return sorted(found, key=lambda t: (t.box[1], t.box[0])), rest


class _Grid:
    """Cells over the lines that they are bounded by; a cell may take several rows and columns."""

    def __init__(self, cells: list[Box]) -> None:
        self._cells = sorted(cells, key=lambda c: (c[1], c[0]))
        self._xs = _merged([x for c in cells for x in (c[0], c[2])])
        self._ys = _merged([y for c in cells for y in (c[1], c[3])])
        self.width, self.height = len(self._xs) - 1, len(self._ys) - 1
        self.columns = tuple(self._xs)
        self.box = (self._xs[0], self._ys[0], self._xs[-1], self._ys[-1])
        self._at: dict[tuple[int, int], int] = {}
        self._extent: list[tuple[int, int, int, int]] = []      # row, column, rows, columns of each cell
        for k, (x0, top, x1, bottom) in enumerate(self._cells):
            r, c = _index(self._ys, top + 1), _index(self._xs, x0 + 1)
            rows, columns = max(1, _index(self._ys, bottom + 1) - r), max(1, _index(self._xs, x1 + 1) - c)
            self._extent.append((r, c, rows, columns))
            for i in range(r, r + rows):
                for j in range(c, c + columns):
                    self._at.setdefault((i, j), k)

    def cell_at(self, char: Char) -> int | None:
        """The cell that holds the middle of a character."""
        x, y = (char.x0 + char.x1) / 2, char.base - 0.35 * char.size
        return self._at.get((_index(self._ys, y), _index(self._xs, x)))

    def rows(self, chars: Sequence[Char], page: int) -> tuple[GridRow, ...]:
        """The table's rows; a place into which a cell from above extends is covered."""
        content: dict[int, list[Char]] = defaultdict(list)
        for char in chars:
            cell = self.cell_at(char)
            if cell is not None:
                content[cell].append(char)
        rows = (tuple(self._row(r, content, page)) for r in range(self.height))
        return tuple(GridRow(row) for row in rows if row)

    def _row(self, r: int, content: dict[int, list[Char]], page: int) -> list[GridCell]:
        out: list[GridCell] = []
        c = 0
        while c < self.width:
            k = self._at.get((r, c))
            if k is None:
                c += 1
                continue
            top, _, rows, columns = self._extent[k]
            if top == r:
                text, bold = _cell_text(content.get(k, []), self._cells[k], page)
                where = PageBox(len(text), page, self._cells[k])
                out.append(GridCell(text, rows, columns, bold, place=len(out) + 1, boxes=(where,)))
            else:
                out.append(GridCell(covered=True, place=len(out) + 1))
            c += columns
        return out


def _merged(edges: list[float]) -> list[float]:
    out: list[float] = []
    for edge in sorted(edges):
        if not out or edge - out[-1] > SNAP:
            out.append(edge)
    return out


def _index(edges: list[float], at: float) -> int:
    return bisect_right(edges, at) - 1


def _cell_text(chars: list[Char], box: Box, page: int) -> tuple[str, bool]:
    """The text of a cell: a line that was full runs on into the next, else a blank parts them."""
    lines = [joined(row) for row in lines_of(chars, page)]
    if not lines:
        return "", False
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        parts += [_between(before, line, box), line.text]
    return "".join(parts), all(line.bold for line in lines)


def _between(before: TextLine, line: TextLine, box: Box) -> str:
    """Nothing where a Chinese line broke for want of room, a blank elsewhere. A cell's padding and centred text make
    room on both sides."""
    room = (box[2] - box[0]) - (before.x1 - before.x0)
    wrapped = room < line.first + 1.5 * line.size
    latin = before.text[-1].isascii() and line.text[0].isascii() and before.text[-1].isalpha()
    return "" if wrapped and not latin else " "
