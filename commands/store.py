"""`jihua export`, `jihua query`, `jihua search`: converted documents as tables, and what is asked of them."""
from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..messages import say
from .common import Help, app


class To(StrEnum):
    """Forms of tables, batch.stores.STORES, and those that others read, batch.exchange.EXCHANGES, which would load every
    room only to print the help; a test keeps them equal."""

    PARQUET = "parquet"
    DUCKDB = "duckdb"
    SQLITE = "sqlite"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    STRATML = "stratml"
    IATI = "iati"
    ICAL = "ical"
    MARKDOWN = "markdown"


_EXCHANGES = (To.STRATML, To.IATI, To.ICAL, To.MARKDOWN)


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Where(StrEnum):
    """Tables in which words are sought; the keys of batch.search.KINDS, kept equal by a test."""

    SECTIONS = "sections"
    TASKS = "tasks"
    QUANTITIES = "quantities"


class Status(StrEnum):
    """Of quantities."""

    TARGET = "target"
    ACTUAL = "actual"


Folder = Annotated[Path, typer.Argument(help=say("converted"), metavar="OUT", show_default=False)]
Printed = Annotated[Format, typer.Option("--format", "-f", metavar="FORM", help=say("format"))]
_YEARS = re.compile(r"(\d{4})(?:\s*(?:-|–|—|/|\.\.)\s*(\d{4}))?")


@app.command(help=say("export"))
def export(
    folder: Folder,
    to: Annotated[To, typer.Option("--to", "-t", metavar="FORM", help=say("to"), show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="PLACE", help=say("export_out"), show_default=False)] = None,
    iati_org: Annotated[str | None, typer.Option("--iati-org", metavar="REF", help=say("iati_org"), show_default=False)] = None,
    wanted: Help = False,
) -> None:
    """The flat tables in one form, or a file a document; exit 1 when a file is no document."""
    if to in _EXCHANGES:
        from ..batch.exchange import exchange
        from ..screen.exchange import exchange_report
        failed = exchange_report(exchange(_folder(folder), to, out, ref=iati_org))
    else:
        from ..batch.stores import export as write
        from ..screen.store import export_report
        failed = export_report(write(_folder(folder), to, out))
    if failed:
        raise typer.Exit(1)


@app.command(help=say("query"))
def query(
    folder: Folder,
    sql: Annotated[str, typer.Argument(help=say("sql"), metavar="SQL", show_default=False)],
    form: Printed = Format.TABLE,
    wanted: Help = False,
) -> None:
    """One question in SQL."""
    from ..batch.ask import ask
    from ..batch.stores import kept
    from ..screen.store import answer_csv, answer_json, answer_table, making, refused
    with ask(kept(_folder(folder), making, refused), sql) as answer:
        if form is Format.TABLE:
            answer_table(answer)
        else:
            (answer_csv if form is Format.CSV else answer_json)(answer.columns, answer.rows)


@app.command(help=say("search"))
def search(
    folder: Folder,
    words: Annotated[list[str] | None, typer.Argument(help=say("words"), metavar="WORD…", show_default=False)] = None,
    where: Annotated[list[Where] | None, typer.Option("--in", metavar="TABLE", help=say("where"), show_default=False)] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help=say("place"))] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR[-YEAR]", help=say("year"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=say("plan_kind"))] = None,
    concept: Annotated[str | None, typer.Option("--concept", metavar="ID", help=say("concept"))] = None,
    status: Annotated[Status | None, typer.Option("--status", metavar="STATUS", help=say("status"))] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, metavar="N", help=say("limit"))] = 20,
    form: Printed = Format.TABLE,
    wanted: Help = False,
) -> None:
    """Sentences that hold all the words."""
    from ..batch.search import KINDS, Wanted
    from ..batch.search import search as seek
    from ..batch.stores import kept
    from ..screen.store import HIT, answer_csv, answer_json, hit_rows, hits_report, making, refused
    sought = tuple(word for word in words or () if word.strip())
    if not sought and not concept and not status:
        raise typer.BadParameter(say("no_words"))
    asked = Wanted(sought, tuple(where or KINDS), place, _years(year), kind, concept, status, limit)
    found = seek(kept(_folder(folder), making, refused), asked)
    if form is Format.TABLE:
        hits_report(found)
    else:
        (answer_csv if form is Format.CSV else answer_json)(HIT, hit_rows(found))


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise typer.BadParameter(say("no_folder", path=folder))
    return folder


def _years(said: str | None) -> tuple[int, int] | None:
    """`2021` or `2001-2025` as first and last year."""
    if said is None:
        return None
    found = _YEARS.fullmatch(said.strip())
    if not found or int(found[1]) > int(found[2] or found[1]):
        raise typer.BadParameter(say("no_year", text=said))
    return int(found[1]), int(found[2] or found[1])
