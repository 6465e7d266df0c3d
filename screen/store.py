"""What comes of an export, a question and a search."""
from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..batch.ask import Answer, guarded, line
from ..batch.search import Found, Hit
from ..batch.stores import Exported
from ..messages import in_words, say, told
from ..schema import JihuaError
from .safe import one_line, safe

_KINDS = {"section": "kind_section", "task": "kind_task", "target": "kind_target", "actual": "kind_actual"}
_ROWS, _CELL = 100, 200
"""Rows of an answer, and characters of a cell, that the terminal shows; CSV and JSON have them all."""


def export_report(exported: Exported) -> bool:
    """Show what came of an export; whether anything could not be read."""
    for error in exported.errors:
        refused(error)
    console = Console()
    for note in exported.notes:
        console.print(Text(safe(in_words(note)), style="yellow"), soft_wrap=True)
    rows = ", ".join(f"{name} {number}" for name, number in exported.rows.items() if name != "documents")
    console.print(Text(safe(say("exported", documents=exported.documents, rows=rows, place=exported.place))), soft_wrap=True)
    if exported.same:
        console.print(say("same", n=exported.same), style="dim")
    return bool(exported.errors)


def refused(error: JihuaError) -> None:
    """Tell of a file that is no document."""
    Console(stderr=True).print(Text(safe(told(error)), style="red"), soft_wrap=True)


def making() -> None:
    """Tell that tables are made, which takes a while."""
    Console(stderr=True).print(say("making"), style="dim")


def answer_table(answer: Answer) -> None:
    """Print an answer as a table, its first rows."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    first = [list(row) for row in islice(answer.rows, _ROWS)]
    numbers = [any(isinstance(row[at], int | float) for row in first) for at in range(len(answer.columns))]
    for name, number in zip(answer.columns, numbers, strict=True):
        table.add_column(Text(safe(name)), justify="right" if number else "left", overflow="fold")
    for row in first:
        table.add_row(*(Text(_shown(value)) for value in row))
    console = Console()
    console.print(table)
    more = sum(1 for _ in answer.rows)
    if more:
        console.print(say("more_rows", n=more), style="dim")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    words = safe(value if isinstance(value, str) else line(value) if isinstance(value, list | dict) else _number(value))
    return words if len(words) <= _CELL else words[:_CELL] + "…"


def answer_csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print rows as CSV, UTF-8; words that a spreadsheet would take for a formula with `'` before them."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if v is None else guarded(v) if isinstance(v, str) else line(v) if isinstance(v, list | dict) else v
                         for v in row])


def answer_json(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print rows as a JSON array, an object a line."""
    names, before = tuple(columns), "["
    for row in rows:
        print(before + line(dict(zip(names, row, strict=True))), end="")
        before = ",\n"
    print("[]" if before == "[" else "]")


HIT = ("sentence", "kinds", "document", "plan", "place", "period", "path", "document_id", "plan_id", "section_id")
"""Columns of hits as CSV and JSON."""


def hit_rows(found: Found) -> Iterator[list[Any]]:
    """Hits as rows of the columns HIT."""
    for hit in found.hits:
        yield [list(value) if isinstance(value, tuple) else value for value in (getattr(hit, name) for name in HIT)]


def hits_report(found: Found) -> None:
    """Print each hit: where it stands, then its sentence with the words marked, then how many there are in all."""
    console = Console(highlight=False)
    for hit in found.hits:
        where = " · ".join(safe(part).replace("\n", " ") for part in (hit.place, hit.period, hit.plan, hit.path) if part)
        console.print(Text(where, style="dim"), soft_wrap=True)
        console.print(Text("  ").append(_marked(hit, console.is_terminal)), soft_wrap=True)
        kinds = ", ".join(say(_KINDS[kind]) for kind in hit.kinds)
        console.print(Text(f"  {one_line(hit.document)}  {hit.section_id or hit.plan_id}  {kinds}", style="dim"), soft_wrap=True)
    counts = ", ".join(f"{say(_KINDS[kind])} {number}" for kind, number in found.counts.items())
    console.print(say("found", n=len(found.hits), counts=counts) if found.counts else say("found_none"), soft_wrap=True)


def _marked(hit: Hit, colours: bool) -> Text:
    """The sentence; its words bold on a terminal, elsewhere between 【 and 】."""
    text, at = Text(), 0
    for start, end in hit.marks:
        text.append(_flat(hit.sentence[at:start]))
        text.append(_flat(hit.sentence[start:end]) if colours else f"【{_flat(hit.sentence[start:end])}】", style="bold green")
        at = end
    return text.append(_flat(hit.sentence[at:]))


def _flat(words: str) -> str:
    return safe(words).replace("\n", " ").replace("\t", " ")


def _number(value: object) -> str:
    """A value as it is read: whole numbers without a point, others as they are."""
    return f"{value:,.0f}".replace(",", "") if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
