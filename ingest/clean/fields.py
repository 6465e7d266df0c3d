"""The page's own fields (title, site, breadcrumb) read back like the text beside them: they are too short to be judged alone."""
from __future__ import annotations

from typing import Any

from ..draft import Draft
from .context import Context
from .crossed import crossed
from .escapes import escapes
from .latin import western
from .mojibake import mojibake

_BESIDE = 4_000          # characters of the text that a field is read with


def page_fields(draft: Draft, context: Context) -> None:
    """Restore the fields of a page whose text was misread."""
    if context.page and any(edit.kind == "mojibake" for edit in draft.edits()):
        context.page = {name: _field(value, draft.source[:_BESIDE], context) for name, value in context.page.items()}


def _field(value: Any, beside: str, context: Context) -> Any:
    if isinstance(value, list):
        return [_field(words, beside, context) for words in value]
    if not isinstance(value, str) or value.isascii() and "\\u" not in value and "%u" not in value:
        return value
    draft, other = Draft(f"{value}\n\n{beside}"), Context(context.source)
    for step in (escapes, western, mojibake, crossed):
        step(draft, other)
    return draft.text[:draft.offset(len(value))]
