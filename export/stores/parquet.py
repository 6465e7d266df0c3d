"""Parquet: a file a table in a folder; the only module that uses pyarrow, an optional library (extra `stores`)."""
from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ...schema import JihuaError
from ..columns import Column
from ..flat import TABLES, FlatTable, Row, Rows
from ..json import compact
from .cell import double

_GROUP_ROWS, _GROUP_CHARACTERS = 50_000, 8_000_000
"""A row group is written when it has this many rows or characters, whichever comes first: what is held in memory."""


def write(documents: Iterable[Rows], folder: Path) -> list[str]:
    """`<table>.parquet` for each table, zstd; lists of words as lists, numbers as doubles beside their exact words."""
    pa = _library()
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        groups = [_Group(pa, table, folder, stack) for table in TABLES]
        for rows in documents:
            for group in groups:
                group.add(rows.of[group.table.name])
        for group in groups:
            group.flush()
    return []


def _library() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise JihuaError("Parquet needs the library pyarrow", way_out='pip install "jihua[stores]"') from error
    return pyarrow


class _Group:
    """One table's file, and its rows that are not written yet."""

    def __init__(self, pa: Any, table: FlatTable, folder: Path, stack: ExitStack) -> None:
        self._pa, self.table = pa, table
        self._rows: list[Row] = []
        self._characters = 0
        self._schema = pa.schema([pa.field(c.name, _type(pa, c)) for c in table.columns])
        self._file = stack.enter_context(pa.parquet.ParquetWriter(
            folder / f"{table.name}.parquet", self._schema, compression="zstd"))

    def add(self, rows: list[Row]) -> None:
        """Keep rows, and write a row group when there are enough."""
        for row in rows:
            self._rows.append(row)
            self._characters += sum(len(value) for value in row if isinstance(value, str))
            if len(self._rows) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
                self.flush()

    def flush(self) -> None:
        """Write what is kept."""
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [self._pa.array([_cell(column, value) for value in values], field.type)
                      for column, values, field in zip(self.table.columns, columns, self._schema, strict=True)]
            self._file.write_table(self._pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows, self._characters = [], 0


def _type(pa: Any, column: Column) -> Any:
    return {"text": pa.string(), "json": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "number": pa.float64(),
            "texts": pa.list_(pa.string())}[column.kind]


def _cell(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "number":
        return double(value)
    return compact(value).decode() if column.kind == "json" else value
