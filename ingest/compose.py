"""Source text written block by block: what the readers of paged and formatted files share."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..schema import Cell, Table
from .blocks import Block, BlockKind, PageBox

Align = Literal["", "center", "right"]

_HEAD_CHARS = 12            # a column's head is a few words
_SENTENCE = tuple("。；;！？!?")
_FIGURES = "0123456789.,%％-—~〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as it stands in the file. `covered` marks the place of a cell that another one above extends into: an
    empty column in the text, no cell in the table."""

    text: str = ""
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    covered: bool = False
    place: int = 0             # its ordinal in the row, counted from 1; 0: where it stands in the list
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells; `head` where the file says that it is repeated as the table's head."""

    cells: tuple[GridCell, ...]
    head: bool = False


class Composer:
    """Collects blocks and tables and the text they stand in: blocks parted by line feeds, a table's row a line, its
    cells parted by tabs."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._parts: list[str] = []
        self._at = 0

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._parts)

    def block(self, text: str, kind: BlockKind = "paragraph", *, level: int = 0, place: str = "", bold: bool = False,
              align: Align = "", links: int = 0, boxes: tuple[PageBox, ...] = ()) -> None:
        """Write one block as a line, `links` characters of it in links; nothing for one without text."""
        body = text.strip()
        if not body:
            return
        if self._at:
            self._write("\n")
        start = self._at if body == text else self._at + len(text) - len(text.lstrip())
        self._write(text)
        self.blocks.append(Block(start, start + len(body), kind, level, place, bold, align, links, boxes))

    def page_break(self, place: str) -> None:
        """Note a page break: a block without length."""
        if self._at:
            self.blocks.append(Block(self._at, self._at, "page_break", place=place))

    def table(self, rows: Sequence[GridRow], place: str) -> None:
        """Write a table, one row a line, and list it; nothing for one without text."""
        if not any(cell.text for row in rows for cell in row.cells):
            return
        self._write("\n" if self._at else "")
        start, written = self._at, []
        for r, row in enumerate(rows):
            self._write("\n" if r else "")
            written.append(self._row(row, f"{place} row {r + 1}"))
        head = head_row(rows)
        header = [cell.text for cell in rows[head].cells if not cell.covered] if head is not None else []
        self.tables.append(Table(id=f"t{len(self.tables) + 1}", span=(start, self._at), header=header, rows=written))

    def _row(self, row: GridRow, place: str) -> list[Cell]:
        cells = []
        for c, cell in enumerate(row.cells):
            self._write("\t" if c else "")
            start = self._at
            self._write(cell.text)
            if cell.covered:
                continue
            span = (start, self._at)
            cells.append(Cell(text=cell.text, span=span, row_span=cell.row_span, col_span=cell.col_span))
            if cell.text:
                self.blocks.append(Block(*span, "cell", place=f"{place} cell {cell.place or c + 1}", bold=cell.bold,
                                         boxes=cell.boxes))
        return cells

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)


def head_row(rows: Sequence[GridRow]) -> int | None:
    """The index of a table's head row: the last row that the file marks as head, else the first row as wide as
    any (one of the first three), all bold over rows that are not, or all short labels; None where there is none."""
    marked = [i for i, row in enumerate(rows[:5]) if row.head]
    if marked:
        return marked[-1]
    widest = max((len(row.cells) for row in rows), default=0)
    for first, row in enumerate(rows[:min(3, len(rows) - 1)]):
        if len(row.cells) < widest or widest < 2:
            continue        # a caption, or a line of particulars, before the table proper
        full = all(cell.text and not cell.covered for cell in row.cells)
        return first if full and (_bold_over_plain(rows, first) or _labels(row.cells)) else None
    return None


def _bold_over_plain(rows: Sequence[GridRow], first: int) -> bool:
    below = [cell for row in rows[first + 1:] for cell in row.cells if cell.text]
    return all(cell.bold for cell in rows[first].cells) and not all(cell.bold for cell in below)


def _labels(cells: Sequence[GridCell]) -> bool:
    """Distinct few words each, neither figures nor sentences."""
    texts = ["".join(cell.text.split()) for cell in cells]
    short = all(len(t) <= _HEAD_CHARS and not t.endswith(_SENTENCE) for t in texts)
    worded = all(t.strip(_FIGURES) for t in texts)
    return short and worded and len(set(texts)) == len(texts) and len(texts) > 1
