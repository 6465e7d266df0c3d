"""What a story of a Word file consists of, between reading and writing: lines, tables, page breaks."""
from __future__ import annotations

from dataclasses import dataclass

from ..blocks import BlockKind
from ..compose import Align


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a part of one that a line break ends; its label is part of `text`."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: bool = False
    align: Align = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break that the writer set, or the end of a section."""

    place: str


@dataclass(slots=True)
class CellItems:
    """A cell under construction; `covered` where a cell above extends into it."""

    items: list[Item]
    col_span: int = 1
    row_span: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class RowItems:
    """A row; `head` where the file repeats it on each page as the table's head."""

    cells: list[CellItems]
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `place` names it."""

    rows: list[RowItems]
    place: str


Item = Line | PageBreak | Grid


def flat(items: list[Item]) -> list[Line]:
    """All lines, those of tables cell by cell."""
    out: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            out.append(item)
        elif isinstance(item, Grid):
            for row in item.rows:
                for cell in row.cells:
                    out.extend(flat(cell.items))
    return out
