"""CSV and JSON Lines: a file a table in a folder; CSV with its Data Package (Frictionless), which tells columns and keys."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from ..cells import guarded
from ..flat import DOCUMENT, PLAN, TABLES, FlatTable, Rows
from ..json import compact, number
from ..panel import BOM

_TYPES = {"text": "string", "int": "integer", "bool": "boolean", "number": "number", "texts": "array", "json": "array"}


def write_csv(documents: Iterable[Rows], folder: Path) -> list[str]:
    """`<table>.csv` for each table, RFC 4180 with line feeds, UTF-8 with a byte order mark, and `datapackage.json`."""
    with ExitStack() as stack:
        files = _opened(stack, folder, "csv")
        for table in TABLES:
            files[table.name].write(BOM.encode() + _csv([[column.name for column in table.columns]]))
        for rows in documents:
            for table in TABLES:
                files[table.name].write(_csv([_cell(value) for value in row] for row in rows.of[table.name]))
    (folder / "datapackage.json").write_bytes(_package())
    return []


def write_jsonl(documents: Iterable[Rows], folder: Path) -> list[str]:
    """`<table>.jsonl` for each table: an object a row, numbers exact, lists as lists."""
    names = {table.name: [column.name for column in table.columns] for table in TABLES}
    with ExitStack() as stack:
        files = _opened(stack, folder, "jsonl")
        for rows in documents:
            for name, columns in names.items():
                files[name].writelines(compact(dict(zip(columns, row, strict=True))) + b"\n" for row in rows.of[name])
    return []


def _opened(stack: ExitStack, folder: Path, suffix: str) -> dict[str, BinaryIO]:
    folder.mkdir(parents=True)
    return {table.name: stack.enter_context((folder / f"{table.name}.{suffix}").open("wb")) for table in TABLES}


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    return str(value) if isinstance(value, int) else compact(value).decode()


def _package() -> bytes:
    resources = [{
        "name": table.name, "path": f"{table.name}.csv", "description": table.says, "profile": "tabular-data-resource",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": _schema(table),
    } for table in TABLES]
    return compact({"profile": "tabular-data-package", "name": "jihua", "resources": resources}) + b"\n"


def _schema(table: FlatTable) -> dict[str, Any]:
    keys = {other.name: other.key for other in TABLES}
    sure = {c.name for c in table.columns if c in (DOCUMENT, PLAN)}     # a key in which a part is null points nowhere
    fields = [{"name": c.name, "type": _TYPES[c.kind], "description": c.says} for c in table.columns]
    foreign = [{"fields": ["document_id", name] if len(keys[to]) > 1 else [name],
                "reference": {"resource": "" if to == table.name else to, "fields": list(keys[to])}}
               for name, to in table.refers.items() if name in sure]
    return {"fields": fields, "missingValues": [""], "primaryKey": list(table.key), "foreignKeys": foreign}
