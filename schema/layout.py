"""What the ingest room hands to the parse room beside the text: plain, frozen, without behaviour."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .document import Completeness, Diagnostic, Edit, Page, Table

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
    hints: tuple[Hint, ...] = ()
    damaged: tuple[tuple[int, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
