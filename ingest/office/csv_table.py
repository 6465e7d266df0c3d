"""Tables as CSV or TSV: read like a sheet of a workbook."""
from __future__ import annotations

import csv
import io

from ...schema import DamagedError, TooLargeError
from ..archive.dump import separator
from ..blocks import SourceText
from ..compose import Composer
from ..text.charset import decode
from .anydoc import SLOTS_MAX
from .items import CellItems, Grid, Line, RowItems
from .sheets import sheet_items
from .write import write_items

CSV = "text/csv"


def read_csv(data: bytes, name: str = "", *, charset: str | None = None) -> SourceText:
    """The source text of a CSV or TSV file: title and notes as lines, the table between them. Raises DamagedError for quotes
    that do not close, TooLargeError for more cells than a table may have."""
    decoded = decode(data, charset)
    csv.field_size_limit(max(131_072, len(decoded.text)))
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=separator(decoded.text)))
    except csv.Error as error:
        raise DamagedError(f"the file is broken: {error}", way_out="Open it in a spreadsheet and save it as .xlsx") from error
    if len(rows) * max(map(len, rows), default=0) > SLOTS_MAX:
        raise TooLargeError(f"a table of more than {SLOTS_MAX} cells", way_out="Split the document")
    width = max(map(len, rows), default=0)
    grid = Grid([RowItems([_cell(row[k] if k < len(row) else "") for k in range(width)]) for row in rows], "table 1")
    to = Composer()
    write_items(list(sheet_items([grid])), to)
    return SourceText(to.text, CSV, "csv", decoded.charset, tuple(to.blocks), tuple(to.tables), diagnostics=decoded.diagnostics)


def _cell(words: str) -> CellItems:
    return CellItems([Line(line) for line in words.splitlines()] or [Line("")])
