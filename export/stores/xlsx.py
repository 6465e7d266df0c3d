"""Excel workbooks, a sheet a table; the only module that uses xlsxwriter, an optional library (extra `stores`)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...schema import JihuaError
from ..flat import TABLES, FlatTable, Rows
from .cell import simple_rows

_ROWS, _CHARACTERS = 1_048_576, 32_767
"""What Excel holds: rows of a sheet, characters of a cell (counted as UTF-16 does)."""
_WHOLE = 2**53
"""Whole numbers beyond which Excel, which has doubles only, is not exact; they are written as words."""
_BEGAN = datetime(2000, 1, 1)
"""Said to be when the workbook was made: the same documents give the same bytes."""


def write(documents: Iterable[Rows], path: Path) -> list[str]:
    """A workbook at `path`. A table of more rows than a sheet holds goes on in `<table> (2)`; a text longer than a cell holds
    is cut. Notes say how many were. All words are written as words: nothing becomes a formula or a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".jihua-", dir=path.parent) as drafts:
        book = _library().Workbook(str(path), {"constant_memory": True, "tmpdir": drafts, "strings_to_formulas": False,
                                               "strings_to_urls": False, "strings_to_numbers": False, "use_zip64": True})
        book.set_properties({"created": _BEGAN})
        sheets = [_Sheets(book, table) for table in TABLES]
        for rows in documents:
            for sheet in sheets:
                for row in simple_rows(sheet.table, rows.of[sheet.table.name]):
                    sheet.add(row)
        book.close()
    return [note for sheet in sheets for note in sheet.notes()]


class _Sheets:
    """The sheets of one table."""

    def __init__(self, book: Any, table: FlatTable) -> None:
        self.table, self._book = table, book
        self._cut: Counter[str] = Counter()
        self._number, self._at = 0, 0
        self._next()

    def _next(self) -> None:
        self._number += 1
        name = self.table.name + (f" ({self._number})" if self._number > 1 else "")
        self._sheet, self._at = self._book.add_worksheet(name), 1
        self._sheet.freeze_panes(1, 0)
        for at, column in enumerate(self.table.columns):
            self._sheet.write_string(0, at, column.name)

    def add(self, row: tuple[str | int | float | None, ...]) -> None:
        """Write one row."""
        if self._at == _ROWS:
            self._next()
        for at, value in enumerate(row):
            if isinstance(value, str):
                self._sheet.write_string(self._at, at, self._fitted(value, at))
            elif isinstance(value, int) and abs(value) > _WHOLE:
                self._sheet.write_string(self._at, at, str(value))
            elif value is not None:
                self._sheet.write_number(self._at, at, value)
        self._at += 1

    def _fitted(self, words: str, at: int) -> str:
        if len(words) * 2 <= _CHARACTERS:
            return words
        units = words.encode("utf-16-le")
        if len(units) // 2 <= _CHARACTERS:
            return words
        self._cut[self.table.columns[at].name] += 1
        return units[:2 * (_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"

    def notes(self) -> list[str]:
        """What was cut, and what went on in another sheet."""
        cut = [f"{self.table.name}.{name}: {n} cells cut to {_CHARACTERS:,} characters, which is what Excel holds"
               for name, n in self._cut.items()]
        more = [f"{self.table.name}: {self._number} sheets, as one holds {_ROWS:,} rows"] if self._number > 1 else []
        return cut + more


def _library() -> Any:
    try:
        import xlsxwriter
    except ImportError as error:
        raise JihuaError("workbooks need the library xlsxwriter", way_out='pip install "jihua[stores]"') from error
    return xlsxwriter
