"""Documents → a panel of places × years × concepts: one row for each headline target, as CSV."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from decimal import Decimal

from ..schema import Document, Plan, Quantity
from .cells import guarded, sentence
from .json import number

BOM = "\ufeff"
"""Begins the file: without it Excel reads UTF-8 as the system's own code page, and Chinese comes out garbled."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a plan states of one concept for its own period; the fields are the panel's columns, in this order.

    `place` is the plan's region, else its issuer, else empty; `year` its period (EDTF), empty where it is not said.
    `sentence` is the sentence of the text in which `quote` stands; `document` and `sha256` name the source."""

    place: str
    year: str
    concept: str
    op: str
    value: Decimal
    unit: str
    quote: str
    document: str
    value_high: Decimal | None
    change: str
    indicator: str
    sentence: str
    plan: str
    sha256: str


COLUMNS = tuple(field.name for field in fields(Row))


def rows(document: Document) -> Iterator[Row]:
    """The rows of one document, in order of its text; none where no plan in it states a concept of its own."""
    for plan in document.plans:
        for target in plan.targets:
            if target.headline and target.indicator is not None and target.indicator.concept:
                yield _row(document, plan, target, target.indicator.text, target.indicator.concept)


def _row(document: Document, plan: Plan, target: Quantity, indicator: str, concept: str) -> Row:
    return Row(
        place=plan.region or (plan.org.text if plan.org else ""), year=plan.period.edtf if plan.period else "",
        concept=concept, op=target.op, value=target.value, unit=target.unit, quote=target.quote,
        document=document.source.uri, value_high=target.value_high, change=target.change or "", indicator=indicator,
        sentence=sentence(document.text, target.span), plan=plan.id, sha256=document.source.sha256,
    )


def lines(found: Iterable[Row]) -> Iterator[bytes]:
    """The panel as CSV (RFC 4180, lines ended by a line feed) in UTF-8 with a byte order mark: the head, then each row.

    Numbers are exact and plain. A cell of words that a spreadsheet would take for a formula gets `'` before it."""
    yield _line([BOM + COLUMNS[0], *COLUMNS[1:]])
    for row in found:
        yield _line([_cell(value) for value in astuple(row)])


def _line(cells: Iterable[str]) -> bytes:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerow(cells)
    return made.getvalue().encode()


def _cell(value: str | Decimal | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number(value)
    return guarded(value)
