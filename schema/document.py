"""A converted file: what it was, what its text is, how the text was cleaned, and the plans in it."""
from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from .base import Model, Number, Offset, Span
from .codes import CODES, Severity
from .plan import Plan

SCHEMA_VERSION: Final = "1.1"


class Source(Model):
    """The file as it was read. `uri` is relative to what the user named; inside an archive `a.zip!/dir/b.doc`."""

    uri: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]
    media_type: str
    charset: str | None = None
    reader: str
    ocr: bool = False
    fetched_at: str | None = None


class Page(Model):
    """Page furniture and front matter; null where absent. `published` is ISO 8601 local time."""

    title: str | None = None
    site: str | None = None
    breadcrumb: list[str] = []
    category: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


class Edit(Model):
    """One change from source text to `text`: where `before` stood, `after` stands at offset `at` of `text`."""

    kind: str
    rule: str
    at: Offset
    before: str
    after: str


class Gap(Model):
    """A place where text is missing; `chars` as the page declares it, null where it does not."""

    at: Offset
    chars: int | None = None
    quote: str


class Completeness(Model):
    """Whether the page shows its whole text, by its own account and by what was found."""

    complete: bool = True
    declared_chars: int | None = None
    shown_chars: int | None = None
    gaps: list[Gap] = []


class Cell(Model):
    """A table's cell; a merged cell is written once, at its upper left."""

    text: str
    span: Span
    row_span: Annotated[int, Field(ge=1)] = 1
    col_span: Annotated[int, Field(ge=1)] = 1


class Table(Model):
    """A table in reading order; `header` holds the texts of the head row, empty where there is none."""

    id: str
    span: Span
    header: list[str] = []
    rows: list[list[Cell]] = []


class Place(Model):
    """Where a stretch of `text` stands in the file, for a reviewer to be shown."""

    span: Span
    place: Annotated[str, Field(min_length=1)]
    page: Annotated[int, Field(ge=1)] | None = None
    box: tuple[Number, Number, Number, Number] | None = None


def _known(code: str) -> str:
    if code not in CODES:
        raise ValueError(f"not a documented diagnostic: {code!r}")
    return code


class Diagnostic(Model):
    """Something that the reader of the result should know; never a silent correction."""

    code: Annotated[str, AfterValidator(_known)]
    severity: Severity
    message: str
    span: Span | None = None


class Document(Model):
    """One file, converted. All spans are `[start, end)` in code points of `text`."""

    schema_version: Literal["1.1"] = SCHEMA_VERSION
    source: Source
    page: Page = Page()
    text: str
    edits: list[Edit] = []
    completeness: Completeness = Completeness()
    plans: list[Plan] = []
    tables: list[Table] = []
    source_map: list[Place] = []
    diagnostics: list[Diagnostic] = []

    @model_validator(mode="after")
    def _inside(self) -> Document:
        """Every span lies in the text and every quote is what stands there."""
        for plan in self.plans:
            for span, quote in plan.quoted():
                if span[1] > len(self.text):
                    raise ValueError(f"span {span} lies outside the text")
                if quote is not None and self.text[span[0]:span[1]] != quote:
                    raise ValueError(f"quote {quote!r} is not what stands at {span}")
        return self

    def source_text(self) -> str:
        """The source text, given back by undoing the edits."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.text[at:edit.at], edit.before]
            at = edit.at + len(edit.after)
        return "".join([*parts, self.text[at:]])
