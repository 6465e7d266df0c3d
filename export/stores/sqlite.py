"""SQLite, laid out for Datasette: whole-number keys, foreign keys, indexes, views, a full-text index of three-character
sequences in which Chinese substrings are found."""
from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..flat import TABLES, FlatTable, Rows
from ..json import compact
from ..views import VIEWS
from .cell import simple_rows

_TYPES = {"text": "TEXT", "json": "TEXT", "texts": "TEXT", "int": "INTEGER", "bool": "INTEGER", "number": "REAL"}
_INDEXES = (("plans", "place_plain"), ("plans", "first_year"), ("quantities", "indicator_concept"), ("quantities", "status"),
            ("tasks", "due"), ("dates", "resolved"), ("diagnostics", "code"))
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -64000", "foreign_keys = OFF")
"""While a file is made that nobody else knows of; it is thrown away when that fails."""


def write(documents: Iterable[Rows], path: Path) -> list[str]:
    """A database at `path`; notes when this SQLite cannot make full-text indexes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(_made(table))
        _fill(database, documents)
        _index(database)
        notes = _full_text(database)
        database.execute("COMMIT")
        database.execute("ANALYZE")
    finally:
        database.close()
    return notes


def metadata(name: str) -> bytes:
    """What Datasette is told about the database `name`: what tables and columns say, by which column a row is named."""
    tables: dict[str, Any] = {
        table.name: {"description": table.says, "columns": {c.name: c.says for c in table.columns},
                     **({"label_column": table.label} if table.label else {}),
                     **({"fts_table": f"{table.name}_fts", "fts_pk": "key"} if _indexed(table) else {})}
        for table in TABLES
    } | {view: {"description": says} for view, says, _ in VIEWS}
    return compact({"title": "jihua", "databases": {name: {"tables": tables}}}) + b"\n"


def _pointer(column: str) -> str:
    """The whole-number key beside a column that names a row: `section_id` has `section_key`."""
    return f"{column.removesuffix('_id')}_key"


def _made(table: FlatTable) -> str:
    """A row has a whole-number key of its own: Datasette follows foreign keys of one column only, and hashes make long
    indexes."""
    columns = ["key INTEGER PRIMARY KEY"]
    columns += [f'{_pointer(c)} INTEGER REFERENCES "{to}"(key)' for c, to in table.refers.items()]
    columns += [f'"{c.name}" {_TYPES[c.kind]}' for c in table.columns]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'


def _fill(database: sqlite3.Connection, documents: Iterable[Rows]) -> None:
    last = dict.fromkeys((table.name for table in TABLES), 0)
    inserts = {table.name: f'INSERT INTO "{table.name}" VALUES '
                           f'({",".join("?" * (1 + len(table.refers) + len(table.columns)))})' for table in TABLES}
    for rows in documents:
        keys = {table.name: {row[_at(table)]: last[table.name] + n for n, row in enumerate(rows.of[table.name], 1)}
                for table in TABLES}
        for table in TABLES:
            points = [(keys[to], [c.name for c in table.columns].index(c)) for c, to in table.refers.items()]
            database.executemany(inserts[table.name], (
                (last[table.name] + n, *(known.get(row[at]) for known, at in points), *row)
                for n, row in enumerate(simple_rows(table, rows.of[table.name]), 1)))
            last[table.name] += len(rows.of[table.name])


def _at(table: FlatTable) -> int:
    return [column.name for column in table.columns].index(table.key[-1])


def _index(database: sqlite3.Connection) -> None:
    for table in TABLES:
        columns = ", ".join(f'"{column}"' for column in table.key)
        database.execute(f'CREATE UNIQUE INDEX "{table.name}_id" ON "{table.name}" ({columns})')
        for column in table.refers:
            database.execute(f'CREATE INDEX "{table.name}_{_pointer(column)}" ON "{table.name}" ({_pointer(column)})')
    for name, column in _INDEXES:
        database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
    for view, _, sql in VIEWS:
        database.execute(f"CREATE VIEW {view} AS {sql}")


def _indexed(table: FlatTable) -> bool:
    """Whole documents are left out: their sections are there."""
    return table.sought is not None and table.name not in ("documents", "plans")


def _full_text(database: sqlite3.Connection) -> list[str]:
    for table in filter(_indexed, TABLES):
        index = f"{table.name}_fts"
        try:
            database.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({table.sought}, content='{table.name}', "
                             "content_rowid='key', tokenize='trigram')")
        except sqlite3.OperationalError as error:
            return [f"no full-text index: this SQLite cannot make one ({error})"]
        database.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    return []
