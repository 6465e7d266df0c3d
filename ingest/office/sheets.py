"""Sheets of a workbook as they are read: title and notes as lines, the table between them without blank rows and columns."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .items import CellItems, Grid, Item, Line, RowItems, flat

# Names that the programs give by themselves say nothing.
_GIVEN = re.compile(r"(?:Sheet|Chart|Table|工作表|表|表格) ?\d{1,4}(?: ?\(\d{1,3}\))?", re.I)


def sheet_items(items: Iterable[Item]) -> Iterator[Item]:
    """Items of a workbook, a heading and a grid each sheet, as they are to be written: the sheet's name as a line (set aside
    as furniture where a program gave it), lone cells above the table as its title and lines, lone cells below as lines."""
    name = ""
    for item in items:
        if isinstance(item, Grid):
            yield from _sheet([row for row in item.rows if _filled(row)], f"sheet {name}" if name else item.place)
        elif isinstance(item, Line) and item.text.strip():
            name = item.text.strip()
            yield Line(name, "furniture" if _GIVEN.fullmatch(name) else "paragraph", place=f"sheet {name}")


def _sheet(rows: list[RowItems], place: str) -> Iterator[Item]:
    top, bottom = 0, len(rows)
    while top < bottom and _alone(rows[top]):
        top += 1
    while bottom > top and _alone(rows[bottom - 1]):
        bottom -= 1
    for k, row in enumerate(rows[:top]):
        spans = top < bottom and _filled(row)[0].col_span > 1
        yield from _lines(row, place, title=k == 0 and spans)
    if top < bottom:
        yield Grid(_trimmed(rows[top:bottom]), place)
    for row in rows[bottom:]:
        yield from _lines(row, place, title=False)


def _filled(row: RowItems) -> list[CellItems]:
    return [cell for cell in row.cells if any(line.text.strip() for line in flat(cell.items))]


def _alone(row: RowItems) -> bool:
    """Whether one cell is all that a row holds: a title, a unit, a note."""
    return len(_filled(row)) == 1 and not any(cell.covered or cell.row_span > 1 for cell in row.cells)


def _lines(row: RowItems, place: str, *, title: bool) -> Iterator[Line]:
    for line in flat(_filled(row)[0].items):
        yield Line(line.text, "title" if title else "paragraph", bold=line.bold, place=place)


def _trimmed(rows: list[RowItems]) -> list[RowItems]:
    """The rows without the columns at the right that are blank in all of them."""
    width = max(_reach(row) for row in rows)
    return [RowItems(_cut(row.cells, width), row.head) for row in rows]


def _reach(row: RowItems) -> int:
    """Up to which column a row holds anything."""
    at = reach = 0
    for cell in row.cells:
        at += cell.col_span
        if cell.covered or any(line.text.strip() for line in flat(cell.items)):
            reach = at
    return reach


def _cut(cells: list[CellItems], width: int) -> list[CellItems]:
    out, at = [], 0
    for cell in cells:
        if at >= width:
            break
        at += cell.col_span
        out.append(cell)
    return out
