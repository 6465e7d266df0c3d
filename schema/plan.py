"""A plan: what it is called, what it is for, its tree of sections and the flat lists read from them."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from .base import Model, Number, Span
from .values import Duration, Edtf, Rrule, UnitCode

Style = Literal[
    "part", "chapter", "part_section", "article", "cjk", "cjk_paren", "arabic", "arabic_paren", "circled", "di", "shi",
    "decimal", "letter", "dash", "heavenly", "formal",
]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Mod = Literal["START", "MID", "END", "BEFORE", "AFTER", "APPROX"]
Role = Literal["deadline", "start", "period", "issued", "published", "recurrence", "mention"]
Op = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Change = Literal["increase", "decrease", "multiply"]
Status = Literal["target", "actual"]
ReferenceKind = Literal["law", "document", "document_number", "meeting"]


class Quoted(Model):
    """Words of the text with their place."""

    text: str
    span: Span


class Period(Model):
    """What is planned for, with the words that say so (null where only the front matter or title does)."""

    edtf: Edtf
    quote: str | None = None
    span: Span | None = None


class Issued(Model):
    """When the plan was issued, signed or held."""

    edtf: Edtf
    span: Span | None = None


class SectionNumber(Model):
    """A section's number as written, its style and its place in the series."""

    raw: str
    style: Style
    value: int | None = None


class Section(Model):
    """A node of the outline. `paragraphs` are spans of body text of its own; `span` takes in the children."""

    id: str
    number: SectionNumber | None = None
    heading: Quoted | None = None
    paragraphs: list[Span] = []
    span: Span
    inferred: bool = False
    children: list[Section] = []


class DateExpr(Model):
    """A time expression: TIMEX3 type, EDTF reading of the words alone, and what it is in its place (`resolved`)."""

    id: str
    section_id: str | None = None
    span: Span
    quote: str
    type: DateType
    edtf: Edtf | None = None
    value: Duration | None = None
    mod: Mod | None = None
    rrule: Rrule | None = None
    festival: str | None = None
    role: Role = "mention"
    resolved: Edtf | None = None
    anchor: str | None = None
    rule: str


class Indicator(Model):
    """What is measured, in the plan's words; `concept` names it in the published indicator table."""

    text: str
    span: Span | None = None
    concept: str | None = None


class Baseline(Model):
    """The level from which a quantity changes."""

    value: Number
    unit: str
    span: Span


class Quantity(Model):
    """A target or an actual: `value` (to `value_high`) in `unit`, exact, under the comparison `op`."""

    id: str
    section_id: str | None = None
    task_id: str | None = None
    span: Span
    quote: str
    indicator: Indicator | None = None
    op: Op
    value: Number
    value_high: Number | None = None
    unit: str
    unit_code: UnitCode | None = None
    change: Change | None = None
    baseline: Baseline | None = None
    per: Duration | None = None
    due: Edtf | None = None
    date_ids: list[str] = []
    status: Status
    modality: str | None = None
    implied: bool = False
    headline: bool = False
    rule: str


class Task(Model):
    """A sentence that orders, forbids or promises an action."""

    id: str
    section_id: str | None = None
    span: Span
    quote: str
    action: str | None = None
    object: str | None = None
    actors: list[str] = []
    partners: list[str] = []
    audience: str | None = None
    due: Edtf | None = None
    rrule: Rrule | None = None
    date_ids: list[str] = []
    target_ids: list[str] = []


class Reference(Model):
    """A law, document, document number or meeting that the plan cites."""

    id: str
    section_id: str | None = None
    span: Span
    quote: str
    kind: ReferenceKind
    number: str | None = None


class Plan(Model):
    """One plan of a document."""

    id: Annotated[str, Field(pattern=r"^p\d+$")]
    ordinal: Annotated[int, Field(ge=1)]
    title: str | None = None
    span: Span
    kind: str | None = None
    org: Quoted | None = None
    region: str | None = None
    period: Period | None = None
    issued: Issued | None = None
    signatory: str | None = None
    sections: list[Section] = []
    tasks: list[Task] = []
    dates: list[DateExpr] = []
    targets: list[Quantity] = []
    actuals: list[Quantity] = []
    references: list[Reference] = []

    def walk(self) -> Iterator[Section]:
        """Every section, parents before children, in order of the text."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def quoted(self) -> Iterator[tuple[Span, str | None]]:
        """Every span of the plan with the quote that must stand there (None where the span carries no quote)."""
        yield self.span, None
        for piece in (self.org,):
            if piece is not None:
                yield piece.span, piece.text
        hits: list[Task | DateExpr | Quantity | Reference] = [*self.tasks, *self.dates, *self.targets, *self.actuals,
                                                              *self.references]
        for hit in hits:
            yield hit.span, hit.quote
        for section in self.walk():
            yield section.span, None
            if section.heading is not None:
                yield section.heading.span, section.heading.text
