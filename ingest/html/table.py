"""Tables of a page: those that hold data become rows of cells, those that only lay the page out do not."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..compose import GridCell, GridRow
from .node import Node

_LONG_CELL = 400      # characters; a cell of duties in a responsibility table has rarely more, a page's body has
_MOST_COLUMNS = 100   # that one cell may span
_FLOWING = frozenset(("h1", "h2", "h3", "h4", "form", "article", "section"))

Content = Callable[[Node], tuple[str, bool]]     # a cell → its text on one line, and whether it is bold


def rows_of(table: Node) -> list[tuple[Node, bool]]:
    """The table's own rows, each with whether it stands in the head."""
    found: list[tuple[Node, bool]] = []
    for child in table.elements():
        if child.tag == "tr":
            found.append((child, False))
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [(row, child.tag == "thead") for row in child.elements() if row.tag == "tr"]
    return found


def cells_of(row: Node) -> list[Node]:
    """The cells of a row."""
    return [child for child in row.elements() if child.tag in ("td", "th")]


def is_data(table: Node) -> bool:
    """Whether a table holds data, by its shape: several columns in most rows, no table within, no cell that runs on
    like a page. Pages of the 2000s put their whole body into one cell of a table."""
    if table.tables or table.attrs.get("role") in ("presentation", "none"):
        return False
    rows = [cells for row, _ in rows_of(table) if (cells := cells_of(row))]
    filled = [cell for cells in rows for cell in cells if cell.chars]
    wide = sum(1 for cells in rows if len(cells) > 1)
    if len(filled) < 3 or wide < 2 or wide * 2 < len(rows):
        return False
    longest = max(filled, key=lambda cell: cell.chars)
    if longest.chars > _LONG_CELL and longest.chars * 2 > table.chars:
        return False
    if any(node.tag in _FLOWING for node in longest.walk()):
        return False
    return _marked(table, rows) or len(filled) * 2 > wide * 2


def _marked(table: Node, rows: list[list[Node]]) -> bool:
    heads = any(cell.tag == "th" for cells in rows for cell in cells)
    ruled = table.attrs.get("border", "0") not in ("", "0")
    return heads or ruled or any(child.tag in ("caption", "thead") for child in table.elements())


def grid(table: Node, content: Content) -> list[GridRow]:
    """The rows of a data table; the place that a cell from above extends into is a covered cell."""
    out: list[GridRow] = []
    hanging: dict[int, _Hanging] = {}
    rows = rows_of(table)
    for i, (row, in_head) in enumerate(rows):
        cells = cells_of(row)
        all_heads = len(cells) > 1 and all(cell.tag == "th" for cell in cells)
        out.append(GridRow(tuple(_row(cells, hanging, len(rows) - i, content)), in_head or all_heads))
    return out


@dataclass(slots=True)
class _Hanging:
    """A cell from above, `rows` more rows high and `wide` columns wide."""

    rows: int
    wide: int


def _row(cells: list[Node], hanging: dict[int, _Hanging], rows_left: int, content: Content) -> Iterator[GridCell]:
    column = 0
    for place, cell in enumerate(cells, 1):
        while (above := hanging.get(column)) and above.rows:
            above.rows -= 1
            yield GridCell(covered=True)
            column += above.wide
        wide = max(1, min(_span(cell, "colspan"), _MOST_COLUMNS))
        high = max(1, min(_span(cell, "rowspan") or rows_left, rows_left))
        text, bold = content(cell)
        yield GridCell(text, high, wide, bold, place=place)
        if high > 1:
            hanging[column] = _Hanging(high - 1, wide)
        column += wide
    for right in sorted(c for c, above in hanging.items() if c >= column and above.rows):
        hanging[right].rows -= 1
        yield GridCell(covered=True)


def _span(cell: Node, name: str) -> int:
    words = cell.attrs.get(name, "1").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 1
