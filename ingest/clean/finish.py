"""From the cleaned draft to `Cleaned`: every note and span of the source is led to its place in the final text."""
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...schema import Cell, Cleaned, Completeness, Diagnostic, Gap, Hint, HintKind, Page, Place, Table
from ...schema.diagnose import diagnostic
from ..blocks import Block
from ..draft import Draft
from .context import Context

_HINTS: dict[str, HintKind] = {
    "heading": "heading", "title": "title", "list_item": "list_item", "quote": "quote", "toc": "toc",
    "page_break": "page_break",
}

_PAGE = re.compile(r"page (\d+)\b")


def finish(draft: Draft, context: Context) -> Cleaned:
    """The cleaned source, all offsets those of the final text."""
    source = context.source
    return Cleaned(
        text=draft.text, media_type=source.media_type, reader=source.reader, charset=source.charset, ocr=source.ocr,
        edits=draft.edits(), page=Page(**context.page), completeness=_completeness(draft, context),
        tables=tuple(t for t in (_table(draft, t) for t in source.tables) if t is not None),
        source_map=tuple(place for block in source.blocks for place in _places(draft, block)),
        hints=_hints(draft, context), damaged=tuple(sorted({_span(draft, s) for s in context.damaged})),
        diagnostics=(*(_moved(draft, told) for told in source.diagnostics),
                     *(diagnostic(code, message, _span(draft, span) if span else None) for code, message, span in context.notes)),
    )


def _moved(draft: Draft, told: Diagnostic) -> Diagnostic:
    """A reader's diagnostic, its span led to the final text."""
    return told.model_copy(update={"span": _span(draft, told.span)}) if told.span else told


def _span(draft: Draft, span: tuple[int, int]) -> tuple[int, int]:
    start, end = draft.offset(span[0]), draft.offset(span[1])
    return start, max(start, end)


def _places(draft: Draft, block: Block) -> Iterator[Place]:
    """Where what is left of a block stands in the file, a place for each of its stretches on printed pages."""
    at = block.start
    for chars, page, box in block.boxes:
        span = _trimmed(draft, (at, min(at + chars, block.end)))
        at += chars
        if span is not None:
            place = block.place if block.kind == "cell" else f"page {page}"
            yield Place(span=span, place=place, page=page, box=_rounded(box))
    span = None if block.boxes else _trimmed(draft, (block.start, block.end))
    if span is not None and block.place:
        paged = _PAGE.match(block.place)
        yield Place(span=span, place=block.place, page=int(paged.group(1)) if paged else None)


def _trimmed(draft: Draft, span: tuple[int, int]) -> tuple[int, int] | None:
    """What is left of a stretch of the source, without blanks at its ends; None where that is nothing."""
    start, end = _span(draft, span)
    body = draft.text[start:end]
    start, end = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
    return (start, end) if start < end else None


def _rounded(box: tuple[float, float, float, float]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """To a tenth of a point, a quarter of the width of a hair."""
    x0, top, x1, bottom = (Decimal(f"{edge:.1f}") for edge in box)
    return x0, top, x1, bottom


def _completeness(draft: Draft, context: Context) -> Completeness:
    gaps = [Gap(at=draft.offset(g.at), chars=g.chars, quote=g.quote) for g in sorted(context.gaps, key=lambda g: g.at)]
    return Completeness(complete=not gaps, declared_chars=context.declared_chars, shown_chars=context.shown_chars, gaps=gaps)


def _hints(draft: Draft, context: Context) -> tuple[Hint, ...]:
    found = [*context.hints, *(h for b in context.source.blocks for h in _block_hints(b))]
    out = {}
    for hint in found:
        span = _trimmed(draft, (hint.start, hint.end))
        if span is None and hint.kind == "page_break":
            span = (draft.offset(hint.start),) * 2
        if span is not None:
            out[*span, hint.kind] = Hint(*span, hint.kind, hint.level)
    return tuple(out[key] for key in sorted(out))


def _block_hints(block: Block) -> list[Hint]:
    hints = []
    if block.kind in _HINTS:
        hints.append(Hint(block.start, block.end, _HINTS[block.kind], block.level))
    if block.bold:
        hints.append(Hint(block.start, block.end, "bold"))
    if block.align:
        hints.append(Hint(block.start, block.end, block.align))
    return hints


def _table(draft: Draft, table: Table) -> Table | None:
    """The table with its spans led over; None where none of its text is left."""
    span = _span(draft, table.span)
    if not draft.text[span[0]:span[1]].strip():
        return None
    texts: dict[str, str] = {}
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            place = _span(draft, cell.span)
            as_read = draft.source[cell.span[0]:cell.span[1]] == cell.text
            text = draft.text[place[0]:place[1]] if as_read else cell.text
            texts[cell.text] = text
            cells.append(Cell(text=text, span=place, row_span=cell.row_span, col_span=cell.col_span))
        rows.append(cells)
    return Table(id=table.id, span=span, header=[texts.get(h, h) for h in table.header], rows=rows)
