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

_GROUP_ROWS, _GROUP_CHARACTERS = 50_000, 4_000_000
"""Row groups are written when a table has this many rows, or the documents this much text: what is held in memory."""


def write(documents: Iterable[Rows], folder: Path) -> list[str]:
    """`<table>.parquet` for each table, zstd; lists of words as lists, numbers as doubles beside their exact words."""
    pa = _library()
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        groups = [_Group(pa, table, folder, stack) for table in TABLES]
        weight = 0
        for rows in documents:
            for group in groups:
                group.rows += rows.of[group.table.name]
            weight += rows.weight
            if weight >= _GROUP_CHARACTERS or max(len(group.rows) for group in groups) >= _GROUP_ROWS:
                weight = 0
                for group in groups:
                    group.flush()
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
        self.rows: list[Row] = []
        self._schema = pa.schema([pa.field(c.name, _type(pa, c)) for c in table.columns])
        self._file = stack.enter_context(pa.parquet.ParquetWriter(
            folder / f"{table.name}.parquet", self._schema, compression="zstd"))

    def flush(self) -> None:
        """Write what is kept."""
        if self.rows:
            columns = zip(*self.rows, strict=True)
            arrays = [self._pa.array(_cells(column, values), field.type)
                      for column, values, field in zip(self.table.columns, columns, self._schema, strict=True)]
            self._file.write_table(self._pa.Table.from_arrays(arrays, schema=self._schema))
        self.rows = []


def _type(pa: Any, column: Column) -> Any:
    return {"text": pa.string(), "json": pa.string(), "int": pa.int64(), "bool": pa.bool_(), "number": pa.float64(),
            "texts": pa.list_(pa.string())}[column.kind]


def _cells(column: Column, values: tuple[Any, ...]) -> Iterable[Any]:
    if column.kind == "number":
        return [None if value is None else double(value) for value in values]
    if column.kind == "json":
        return [None if value is None else compact(value).decode() for value in values]
    return values
