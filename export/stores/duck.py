"""DuckDB: a database file, and questions in SQL over Parquet; the only module that uses duckdb, an optional library (extra
`stores`)."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ...schema import JihuaError
from ...schema.script import plain
from ..flat import TABLES, Rows
from ..views import VIEWS
from . import parquet

if TYPE_CHECKING:
    import duckdb

_ALONE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "memory_limit": "2GB"}
"""Nothing is fetched. The memory is that of DuckDB alone; what takes more is told, or goes to disk where it may."""
_LOCKED = ("enable_external_access = false", "lock_configuration = true")
_ANEW = "Export the documents anew with --to parquet"
_ASK_AGAIN = "See docs/stores.md for tables and columns; text is in single quotes, the table references in double ones"


def write(documents: Iterable[Rows], path: Path) -> list[str]:
    """A database at `path` with the tables and the views; made from Parquet files beside it, which go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    library = _library()
    with TemporaryDirectory(prefix=".jihua-", dir=path.parent) as drafts:
        folder = Path(drafts, "tables")
        parquet.write(documents, folder)
        database = library.connect(str(path), config=_ALONE)
        try:
            database.execute(f"SET temp_directory = {_literal(Path(drafts, 'spilled'))}")
            for table in TABLES:
                database.execute(f'CREATE TABLE "{table.name}" AS FROM read_parquet({_literal(folder / table.name)}'
                                 " || '.parquet')")
            for name, _, sql in VIEWS:
                database.execute(f"CREATE VIEW {name} AS {sql}")
        finally:
            database.close()
    return []


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives: names of columns, and the rows as they come, each once."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def asked(folder: Path, sql: str, values: Iterable[object] = ()) -> Iterator[Answer]:
    """The answer to a question in SQL over the Parquet files that `parquet.write` left in a folder.

    The question sees these files and nothing else: no other file, no network, no settings; it changes nothing. It may
    call `plain(text)`. Raises JihuaError, one line, where it is no question that DuckDB understands."""
    library = _library()
    database = library.connect(":memory:", config=_ALONE)
    try:
        try:
            _ready(database, folder)
        except library.Error as error:
            raise JihuaError("holds no tables of this version of jihua", source=str(folder), way_out=_ANEW) from error
        try:
            statements = library.extract_statements(sql)
            if len(statements) != 1:
                raise JihuaError(f"{len(statements)} statements where one is asked for", way_out=_ASK_AGAIN)
            if _copies(library, sql):
                raise JihuaError("COPY writes files, which a question may not", way_out=_ASK_AGAIN)
            cursor = database.execute(statements[0], list(values))
            columns = tuple(str(column[0]) for column in cursor.description or ())
            yield Answer(columns, _rows(library, cursor))
        except library.Error as error:
            raise _told(error) from error
    finally:
        database.close()


def _ready(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    files = {table.name: folder / f"{table.name}.parquet" for table in TABLES}
    for name, file in files.items():
        database.execute(f'CREATE VIEW "{name}" AS FROM read_parquet({_literal(file)})')
    for name, _, sql in VIEWS:
        database.execute(f"CREATE VIEW {name} AS {sql}")
    database.create_function("plain", plain, ["VARCHAR"], "VARCHAR")
    database.execute(f"SET allowed_paths = [{', '.join(map(_literal, files.values()))}]")
    for setting in _LOCKED:
        database.execute(f"SET {setting}")


def _copies(library: Any, sql: str) -> bool:
    """Whether COPY is among the words, also of what EXPLAIN ANALYZE would run: what may be read could be written over."""
    words, keyword = sql.encode(), library.token_type.keyword
    return any(kind == keyword and words[at:at + 4].lower() == b"copy" for at, kind in library.tokenize(sql))


def _rows(library: Any, cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while some := cursor.fetchmany(1000):
        yield from some


def _told(error: Exception) -> JihuaError:
    """DuckDB's own words without the picture of the place that it draws below them."""
    words = " ".join(str(error).split("\n\n")[0].split())
    return JihuaError(words[:300].rstrip(".!?"), source="SQL", way_out=_ASK_AGAIN)


def _literal(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"


def _library() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise JihuaError("questions and DuckDB files need the library duckdb", way_out='pip install "jihua[stores]"') from error
    return duckdb
