"""What the ingest room hands to the parse room beside the text: plain, frozen, without behaviour."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .document import Completeness, Diagnostic, Edit, Page, Place, Table

HintKind = Literal[
    "heading", "bold", "title", "center", "right", "list_item", "quote", "toc", "page_break", "attachment",
]


@dataclass(frozen=True, slots=True)
class Hint:
    """What the file's own markup says of a stretch of `text`: a heading of a level, bold, centred, the title."""

    start: int
    end: int
    kind: HintKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """What the container of a file says of it: a WARC record, a crawler's row. Each holds only where the file itself does
    not say otherwise; `charset` is a label that the bytes must bear out, `fetched_at` and `published` are ISO 8601."""

    url: str | None = None
    fetched_at: str | None = None
    charset: str | None = None
    media_type: str | None = None
    title: str | None = None
    published: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A source after reading and cleaning; `damaged` are spans of `text` with characters lost beside or within."""

    text: str
    media_type: str
    reader: str
    charset: str | None = None
    ocr: bool = False
    fetched_at: str | None = None
    edits: tuple[Edit, ...] = ()
    page: Page = field(default_factory=Page)
    completeness: Completeness = field(default_factory=Completeness)
    tables: tuple[Table, ...] = ()
    source_map: tuple[Place, ...] = ()
    hints: tuple[Hint, ...] = ()
    damaged: tuple[tuple[int, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
