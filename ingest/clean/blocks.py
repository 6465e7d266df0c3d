"""Blocks that the reader has marked as furniture: menus, link lists, running heads, page numbers."""
from __future__ import annotations

from ..draft import Change, Draft
from .context import Context
from .fold import whole_line

_KINDS = {"furniture": "boilerplate", "links": "boilerplate", "header": "boilerplate", "footer": "boilerplate",
          "page_number": "page_number"}


def furniture_blocks(draft: Draft, context: Context) -> None:
    """Remove each such block, and its line where it has one to itself."""
    text = draft.text
    changes: list[Change] = []
    for block in context.source.blocks:
        kind = _KINDS.get(block.kind)
        if kind is None:
            continue
        start, end = draft.offset(block.start), draft.offset(block.end)
        if start >= end:
            continue
        low, high = whole_line(text, start, end)
        if not text[low:start].strip() and not text[end:high].strip():
            start, end = low, high
        if changes and start < changes[-1].end:
            start = changes[-1].end
        if start < end:
            if block.kind in ("header", "footer", "page_number"):
                context.page_breaks.append(block.start)
            changes.append(Change(start, end, "", kind, f"block-{block.kind}"))
    draft.change(changes)
