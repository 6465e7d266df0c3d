"""What an export could not say: which fields a format has no place for, as a table (exchange.toml), and rows of them."""
from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from ..schema import Document, Model, Plan, Quantity, Task
from .days import Days, days
from .json import number

SAID, OWN = "said", "own"
"""Cells of the table beside the reasons: the format says it; jihua's own bookkeeping (spans, ids, rules), reported nowhere."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A fact that the written file does not say. `document` is the source's uri, `plan` the plan's id or empty, `path`
    where the fact stands in the document (JSON Pointer, RFC 6901), `value` the fact as text, `why` a key of `reasons()`."""

    document: str
    plan: str
    path: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a document became: `parts` are pairs of (what to add to the file's name, bytes), and the `losses`."""

    parts: tuple[tuple[str, bytes], ...]
    losses: tuple[Loss, ...]


class Report:
    """Gathers the losses of one document in one format."""

    def __init__(self, document: Document, form: str) -> None:
        self.document, self.form = document, form
        self.plan = ""
        self.rows: list[Loss] = []

    def add(self, path: str, value: object, why: str) -> None:
        """One loss; a reason that is not on the list is a KeyError."""
        if why not in reasons():
            raise KeyError(why)
        self.rows.append(Loss(self.document.source.uri, self.plan, path, _text(value), why))

    def fields(self, model: Model, path: str, but: Iterable[str] = ()) -> None:
        """A loss for each field that says something and for which the table gives a reason; not those of `but`."""
        skipped = set(but)
        for name, why in _column(self.form, type(model).__name__):
            value = getattr(model, name)
            if name not in skipped and not _silent(value):
                self.add(f"{path}/{name}", value, why)

    def days(self, path: str, edtf: str | None) -> Days | None:
        """First and last day of a date; where it has none, or says an hour as well, that is a loss."""
        found = days(edtf)
        if edtf and (found is None or "T" in edtf):
            self.add(path, edtf, "hour" if found else "masked" if "X" in edtf else "open")
        return found

    def furniture(self) -> None:
        """What is lost of the document beside its plans: the page, gaps, tables, cleaning, diagnostics."""
        document = self.document
        self.fields(document.page, "/page")
        for k, gap in enumerate(document.completeness.gaps):
            self.add(f"/completeness/gaps/{k}", gap.quote, "gap")
        for k, grid in enumerate(document.tables):
            self.add(f"/tables/{k}", grid.id, "no-table")
        for k, told in enumerate(document.diagnostics):
            self.add(f"/diagnostics/{k}", told.code, "diagnostic")
        if document.edits:
            self.add("/edits", len(document.edits), "cleaning")

    def lists(self, plan: Plan, path: str) -> None:
        """What is lost of a plan beside its sections, tasks and figures: facts of its head, dates that stand alone, what
        it cites. A date that a task or figure refers to goes with that."""
        self.fields(plan, path)
        hits: list[Task | Quantity] = [*plan.tasks, *plan.targets, *plan.actuals]
        used = {name for hit in hits for name in hit.date_ids}
        heads = {head.span for head in (plan.period, plan.issued) if head}
        for k, date in enumerate(plan.dates):
            if date.id not in used and date.span not in heads:
                self.add(f"{path}/dates/{k}", date.resolved or date.edtf or date.rrule or date.value or date.quote, "no-date")
        for k, cited in enumerate(plan.references):
            self.add(f"{path}/references/{k}", cited.quote, "no-reference")

    def written(self, parts: Iterable[tuple[str, bytes]]) -> Written:
        """The parts with the losses, in order of their paths."""
        return Written(tuple(parts), tuple(sorted(self.rows, key=lambda loss: (_order(loss.path), loss.why))))


def lines(losses: Iterable[Loss]) -> Iterator[bytes]:
    """The report as JSON Lines: an object a loss."""
    for loss in losses:
        yield (json.dumps(asdict(loss), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


@cache
def table() -> dict[str, Any]:
    """exchange.toml: model → field → form → cell, and under `reasons` what each says."""
    return tomllib.loads(files(__package__).joinpath("exchange.toml").read_text(encoding="utf-8"))


def reasons() -> dict[str, str]:
    """Reason → what it says, in a sentence."""
    found: dict[str, str] = table()["reasons"]
    return found


@cache
def _column(form: str, model: str) -> tuple[tuple[str, str], ...]:
    forms: list[str] = table()["forms"]
    k = forms.index(form)
    return tuple((name, row[k]) for name, row in table()[model].items() if row[k] not in (SAID, OWN))


def _silent(value: object) -> bool:
    """Whether a field says nothing: absent, empty, false, or an equals sign, which every format takes for granted."""
    return value is None or value is False or value in ("", "eq") or value == []


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Model):
        return value.model_dump_json(exclude_defaults=True)
    if isinstance(value, list):
        return "、".join(_text(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _order(path: str) -> tuple[tuple[int, str], ...]:
    """Numbers in a path by their size: `/plans/2` before `/plans/10`."""
    return tuple((int(step), "") if step.isdigit() else (-1, step) for step in path.split("/"))
