"""Items of a Word file's stories written as source text."""
from __future__ import annotations

from collections.abc import Iterator

from ..blocks import BlockKind
from ..compose import Composer, GridCell, GridRow
from .items import CellItems, Grid, Item, Line, PageBreak, RowItems, flat

# A cell as long as this that holds most of its row is a document put into a form, not an entry of a table.
_DOCUMENT_LINES, _DOCUMENT_CHARS = 12, 300


def write_items(items: list[Item], to: Composer) -> None:
    """Write items in order. A table of one column, and a cell that holds a whole document, become paragraphs."""
    for item in items:
        if isinstance(item, Line):
            to.block(item.text, item.kind, level=item.level, place=item.place, bold=item.bold, align=item.align)
        elif isinstance(item, PageBreak):
            to.page_break(item.place)
        else:
            _write_grid(item, to)


def write_lines(items: list[Item], to: Composer, kind: BlockKind, place: str) -> list[str]:
    """Write all lines of a header, footer or note under one kind (page numbers keep theirs) and give their texts."""
    texts = []
    for line in flat(items):
        to.block(line.text, "page_number" if line.kind == "page_number" else kind, place=place, align=line.align)
        texts.append(line.text)
    return texts


def _write_grid(grid: Grid, to: Composer) -> None:
    single = all(sum(not cell.covered for cell in row.cells) <= 1 for row in grid.rows)
    for unrolled, rows in _stretches(grid.rows, single):
        if not unrolled:
            to.table([_row(row) for row in rows], grid.place)
            continue
        for row in rows:
            for cell in row.cells:
                write_items(cell.items, to)


def _stretches(rows: list[RowItems], single: bool) -> Iterator[tuple[bool, list[RowItems]]]:
    """Consecutive rows that are written alike: as paragraphs (True) or as a table."""
    stretch: list[RowItems] = []
    before = False
    for row in rows:
        now = single or any(_is_document(cell, row) for cell in row.cells)
        if stretch and now != before:
            yield before, stretch
            stretch = []
        stretch.append(row)
        before = now
    if stretch:
        yield before, stretch


def _is_document(cell: CellItems, row: RowItems) -> bool:
    if len(cell.items) < _DOCUMENT_LINES:
        return False
    size = _size(cell)
    return size >= _DOCUMENT_CHARS and 3 * size >= 2 * sum(_size(c) for c in row.cells)


def _size(cell: CellItems) -> int:
    return sum(len(line.text) for line in flat(cell.items))


def _row(row: RowItems) -> GridRow:
    return GridRow(tuple(_cell(cell) for cell in row.cells), row.head)


def _cell(cell: CellItems) -> GridCell:
    lines = flat(cell.items)
    text = " ".join(" ".join(line.text for line in lines).split())
    return GridCell(text, cell.row_span, cell.col_span, bool(lines) and all(line.bold for line in lines), cell.covered)
