"""Tables that run over a page's end: their parts as one table, a repeated head once."""
from __future__ import annotations

from collections.abc import Sequence

from ..compose import GridRow
from .columns import Placed
from .furniture import Furniture
from .grid import RuledTable

Stretch = list[Placed] | tuple[RuledTable, int]
_SAME = 4.0         # points by which the columns of a part may stand elsewhere, once its left edge is laid on the other's
_HEADS_MAX = 3      # rows of a head that are repeated


def run_on(stretches: Sequence[Stretch]) -> tuple[list[Stretch], list[Furniture]]:
    """The stretches with each table whose columns go on at the top of the next page joined to its beginning, and the heads that
    were left out for it. Nothing but running heads and feet may stand between the parts."""
    out: list[Stretch] = []
    heads: list[Furniture] = []
    at = last = 0           # where the table that may go on stands, and the page of its last part
    for stretch in stretches:
        if isinstance(stretch, list):
            if stretch or not out:
                out.append(stretch)
            continue
        part, page = stretch
        begun = out[at] if at < len(out) and at == len(out) - 1 else None
        if isinstance(begun, tuple) and page == last + 1 and _alike(begun[0], part):
            count = _repeated(begun[0].rows, part.rows)
            heads += [Furniture("furniture", _text(row), page) for row in part.rows[:count] if _text(row)]
            whole = RuledTable(begun[0].box, (*begun[0].rows, *part.rows[count:]), begun[0].columns)
            out[at] = (whole, begun[1])
        else:
            out.append(stretch)
            at = len(out) - 1
        last = page
    return out, heads


def _alike(one: RuledTable, other: RuledTable) -> bool:
    """Whether two tables have the same columns."""
    if len(one.columns) != len(other.columns):
        return False
    off = other.columns[0] - one.columns[0]
    return all(abs(b - a - off) <= _SAME for a, b in zip(one.columns, other.columns, strict=True))


def _repeated(rows: Sequence[GridRow], more: Sequence[GridRow]) -> int:
    """How many rows at the top of `more` are those at the top of `rows`."""
    count = 0
    while count < min(_HEADS_MAX, len(rows), len(more)) and _text(more[count]) and _text(more[count]) == _text(rows[count]):
        count += 1
    return count


def _text(row: GridRow) -> str:
    return " ".join(cell.text for cell in row.cells if cell.text)
