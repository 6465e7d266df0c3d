"""What the steps of parsing hand to each other. Spans are `[start, end)` in code points of the document's text."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..schema import Hint, Style, Table

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A hit: which rule, where, and what it reads."""

    rule: str
    start: int
    end: int
    value: V

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text without the white space around it; never empty. `indent` counts the blanks before it."""

    start: int
    end: int
    indent: int = 0
    heading: int = 0      # level that the file's own markup gives it, 0 for none
    bold: bool = False
    kind: str = ""        # of its hint: title, center, right, list_item, quote, toc, attachment


@dataclass(frozen=True, slots=True)
class Mark:
    """A number mark: `[start, end)` covers the number as written (`raw` of the contract), `body` where its text begins."""

    start: int
    end: int
    body: int
    style: Style
    value: int | None = None
    written: str = ""     # the number of an inferred section, which stands nowhere in the text


@dataclass(slots=True)
class Node:
    """A section under construction. `heading` and `paragraphs` are spans; a table's row is a paragraph."""

    start: int
    end: int
    mark: Mark | None = None
    heading: tuple[int, int] | None = None
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    inferred: bool = False
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    id: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section, to `。 ; ! ?`, or the end of the paragraph; the mark before it is not part of it.

    `lead` says that it is a heading followed by more text of the same item or by paragraphs or children of its own."""

    start: int
    end: int
    node: Node
    lead: bool = False
    first: bool = False   # the first of its paragraph
    row: tuple[int, int] | None = None   # a table's row is one sentence: its table in `PlanText.tables`, its row there


@dataclass(slots=True)
class PlanText:
    """One plan, as every recogniser is given it. `year` is the plan's year where the document says so, never a guess."""

    text: str
    view: str
    start: int
    end: int
    title: str | None
    title_span: tuple[int, int] | None
    lines: tuple[Line, ...]
    ordinal: int = 1
    kind: str | None = None
    nodes: tuple[Node, ...] = ()          # every section, parents first, in order
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    damaged: tuple[tuple[int, int], ...] = ()
    gaps: tuple[int, ...] = ()            # offsets at which text is missing
    period: str | None = None             # EDTF
    issued: str | None = None             # EDTF
    signature: int | None = None          # where the signature at its end begins
    year: int | None = None
    region: str | None = None             # in full: 安徽省, 池州市
    tenses: tuple[str, ...] = ()          # of the sentences, once parse.tense has told them; ask that, not this


def lines_of(text: str, start: int, end: int, hints: tuple[Hint, ...] = ()) -> tuple[Line, ...]:
    """The non-empty lines of `text[start:end]`, stripped, with what the file's markup says of them."""
    marks = sorted(hints, key=lambda h: h.start)
    out, at, k = [], start, 0
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        raw = text[at:stop]
        body = raw.strip()
        if body:
            first = at + len(raw) - len(raw.lstrip())
            last = first + len(body)
            while k < len(marks) and marks[k].end <= first:
                k += 1
            out.append(_line(first, last, first - at, marks, k))
        at = stop + 1
    return tuple(out)


def _line(start: int, end: int, indent: int, marks: list[Hint], k: int) -> Line:
    heading, bold, kind = 0, False, ""
    while k < len(marks) and marks[k].start < end:
        mark = marks[k]
        if mark.kind == "heading":
            heading = mark.level or 1
        elif mark.kind == "bold":
            bold = bold or (mark.start <= start and mark.end >= end)
        else:
            kind = mark.kind
        k += 1
    return Line(start, end, indent, heading, bold, kind)
