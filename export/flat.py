"""A document as rows of the flat tables: the tables, and what each row holds beside the fields of its model."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..schema import DateExpr, Diagnostic, Document, Edit, Model, Plan, Quantity, Reference, Section, Task
from ..schema import Table as Grid
from ..schema.script import plain
from .cells import sentence
from .columns import Column, Take, fields

Row = tuple[Any, ...]
"""Cells in the order of `FlatTable.columns`: str, int, bool, Decimal, a list or None."""
MADE = 1
"""Raised when the same document gives other rows than before, so that tables kept for questions are made anew."""
_YEAR = re.compile(r"\d{4}")
_HEADING = 40
"""Characters of a heading above that a path shows: a heading may be a whole sentence."""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """One table. `key` tells its rows apart, `label` names a row to people, `sought` is the plain copy in which words are
    sought; `refers` maps a column to the table of which it names a row, within the document."""

    name: str
    says: str
    columns: tuple[Column, ...]
    takes: tuple[Take, ...]
    key: tuple[str, ...]
    label: str | None = None
    sought: str | None = None
    refers: dict[str, str] = field(default_factory=dict)


DOCUMENT = Column("document_id", "text", "SHA-256 of the source file: `source.sha256` of the document.")
PLAN = Column("plan_id", "text", "The plan's `id` in its document.")
_WITHIN = Column("plan_id", "text", "The plan in whose text it stands; null outside of all plans.")
_ORDINAL = Column("ordinal", "int", "Place in the document's list, from 1.")


def _plain_of(name: str) -> Column:
    return Column(f"{name}_plain", "text", f"`{name}` as words are sought in it: simplified, half width, no blanks.")


def _table(name: str, model: type[Model], says: str, before: tuple[Column, ...], after: tuple[Column, ...] = (),
           leave: tuple[str, ...] = (), key: tuple[str, ...] = ("document_id", "id"), label: str | None = None,
           **refers: str) -> FlatTable:
    """The table of a model: columns of its own, the model's fields but those in `leave`, columns of its own."""
    made = list(fields(model, leave))
    columns = (*before, *(column for column, _ in made), *after)
    sought = next((c.name for c in reversed(after) if c.name.endswith("_plain")), None)
    within = {"document_id": "documents", "plan_id": "plans"}
    points = {c.name: (within | refers)[c.name] for c in columns if c.name in within | refers and (c.name,) != key[-1:]}
    return FlatTable(name, says, columns, tuple(take for _, take in made), key, label, sought, points)


TABLES = (
    _table("documents", Document, "One row a document.", (DOCUMENT,), (_plain_of("text"),), key=("document_id",),
           leave=("source_sha256", "edits", "plans", "tables", "diagnostics"), label="source_uri"),
    _table("plans", Plan, "One row a plan.", (DOCUMENT, PLAN), (
        Column("place", "text", "The plan's region, else its issuer."),
        Column("first_year", "int", "First year of the period; null where the document does not say, or masks it."),
        Column("last_year", "int", "Last year of the period."),
        _plain_of("place"), _plain_of("title"),
    ), leave=("id", "sections", "tasks", "dates", "targets", "actuals", "references"), key=("document_id", "plan_id"),
        label="title"),
    _table("sections", Section, "One row a section of the outline, parents before children.", (
        DOCUMENT, PLAN, Column("ordinal", "int", "Place in the plan, from 1."),
        Column("parent_id", "text", "The section above; null at the top."),
    ), (Column("path", "text", "Numbers and headings from the top down to this section."),
        Column("text", "text", "Heading and paragraphs of its own, a line each; without its children's."),
        _plain_of("text"),
        ), leave=("children",), label="path", parent_id="sections"),
    _table("tasks", Task, "One row a task.", (DOCUMENT, PLAN), (_plain_of("quote"),), label="quote", section_id="sections"),
    _table("dates", DateExpr, "One row a time expression.", (DOCUMENT, PLAN), label="quote", section_id="sections"),
    _table("quantities", Quantity, "One row a target or an actual, told apart by `status`.", (DOCUMENT, PLAN), (
        Column("sentence", "text", "The sentence in which the quote stands."), _plain_of("sentence"),
    ), label="sentence", section_id="sections", task_id="tasks"),
    _table("references", Reference, "One row a law, document or meeting that is cited.", (DOCUMENT, PLAN), label="quote",
           section_id="sections"),
    _table("tables", Grid, "One row a table of the document.", (DOCUMENT, _WITHIN)),
    _table("edits", Edit, "One row a change made in cleaning.", (DOCUMENT, _WITHIN, _ORDINAL), key=("document_id", "ordinal")),
    _table("diagnostics", Diagnostic, "One row a diagnostic.", (DOCUMENT, _WITHIN, _ORDINAL), key=("document_id", "ordinal"),
           label="message"),
)
_OF = {table.name: table for table in TABLES}


class Rows:
    """The rows of one document, by table; `weight` says how much text there is, in characters."""

    def __init__(self, document: Document) -> None:
        self.of: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._document, self._id = document, document.source.sha256
        self.weight = len(document.text) + sum(len(edit.before) for edit in document.edits)
        self._add("documents", document, (), (plain(document.text),))
        for plan in document.plans:
            self._plan(plan)
        for grid in document.tables:
            self._add("tables", grid, (self._within(grid.span[0]),))
        for ordinal, edit in enumerate(document.edits, 1):
            self._add("edits", edit, (self._within(edit.at), ordinal))
        for ordinal, note in enumerate(document.diagnostics, 1):
            self._add("diagnostics", note, (note.span and self._within(note.span[0]), ordinal))

    def _add(self, table: str, item: Model, before: Row, after: Row = ()) -> None:
        self.of[table].append((self._id, *before, *(take(item) for take in _OF[table].takes), *after))

    def _plan(self, plan: Plan) -> None:
        place = plan.region or (plan.org.text if plan.org else None)
        years = _years(plan.period.edtf) if plan.period else (None, None)
        self._add("plans", plan, (plan.id,), (place, *years, place and plain(place), plan.title and plain(plan.title)))
        for ordinal, (section, parent, path) in enumerate(_walk(plan), 1):
            text = self._own(section)
            self._add("sections", section, (plan.id, ordinal, parent), (path, text, plain(text)))
        for task in plan.tasks:
            self._add("tasks", task, (plan.id,), (plain(task.quote),))
        for quantity in (*plan.targets, *plan.actuals):
            words = sentence(self._document.text, quantity.span)
            self._add("quantities", quantity, (plan.id,), (words, plain(words)))
        for name, items in (("dates", plan.dates), ("references", plan.references)):
            for item in items:
                self._add(name, item, (plan.id,))

    def _own(self, section: Section) -> str:
        spans = [*([section.heading.span] if section.heading else []), *section.paragraphs]
        return "\n".join(self._document.text[start:end] for start, end in spans)

    def _within(self, at: int) -> str | None:
        return next((plan.id for plan in self._document.plans if plan.span[0] <= at < plan.span[1]), None)


def _walk(plan: Plan) -> Iterator[tuple[Section, str | None, str]]:
    """Every section, parents before children, with its parent's id and its path."""
    stack: list[tuple[Section, str | None, str]] = [(section, None, "") for section in reversed(plan.sections)]
    while stack:
        section, parent, above = stack.pop()
        heading = section.heading.text if section.heading else ""
        short = heading if len(heading) <= _HEADING else heading[:_HEADING] + "…"
        name = ((section.number.raw if section.number else "") + short).replace("\n", " ").strip()
        path = " / ".join(part for part in (above, name) if part)
        yield section, parent, path
        stack.extend((child, section.id, path) for child in reversed(section.children))


def _years(edtf: str) -> tuple[int | None, int | None]:
    """First and last year of a period; None for one that is masked or open.

    `2021/2025` gives 2021 and 2025, `2021-03` twice 2021."""
    first, slash, last = edtf.partition("/")
    years = [_YEAR.match(part) for part in (first, last if slash else first)]
    return years[0] and int(years[0].group()), years[1] and int(years[1].group())
