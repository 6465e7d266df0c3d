"""What the cleaning steps share besides the draft. Notes are kept by source offset, so that later changes cannot move them."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...schema import Hint, HintKind
from ..blocks import SourceText
from ..draft import Draft


@dataclass(frozen=True, slots=True)
class GapNote:
    """Missing text at a source offset; `chars` as the page declares them."""

    at: int
    chars: int | None
    quote: str


@dataclass(slots=True)
class Context:
    """The source as read, and what the steps have noted so far."""

    source: SourceText
    page: dict[str, Any] = field(default_factory=dict)
    gaps: list[GapNote] = field(default_factory=list)
    damaged: list[tuple[int, int]] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    notes: list[tuple[str, str, tuple[int, int] | None]] = field(default_factory=list)   # code, message, source span
    page_breaks: list[int] = field(default_factory=list)   # source offsets of page marks that were removed
    declared_chars: int | None = None
    shown_chars: int | None = None

    def set_page(self, name: str, value: Any) -> None:
        """Fill a field of the page that neither the reader nor an earlier line has given."""
        if value and not self.page.get(name):
            self.page[name] = value

    def note(self, draft: Draft, code: str, message: str, start: int, end: int) -> None:
        """A diagnostic about `[start, end)` of the draft's present text."""
        self.notes.append((code, message, source_span(draft, start, end)))

    def hint(self, draft: Draft, start: int, end: int, kind: HintKind, level: int = 0) -> None:
        """What markup said of `[start, end)` of the draft's present text."""
        self.hints.append(Hint(*source_span(draft, start, end), kind, level))


def source_span(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """The source span of a stretch of the present text."""
    low = draft.source_offset(start)
    return low, max(low, draft.source_offset(end))
