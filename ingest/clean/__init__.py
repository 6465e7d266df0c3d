"""Cleaning: ordered steps, each a list of edits; applying them gives the text, undoing them the source text."""
from __future__ import annotations

from collections.abc import Callable

from ...schema import Cleaned
from ..blocks import SourceText
from ..draft import Draft
from .blocks import furniture_blocks
from .blurb import blurbs
from .bullets import bullets
from .confusable import confusables
from .context import Context
from .crossed import crossed
from .elision import elisions
from .escapes import escapes, lost_runs
from .fields import page_fields
from .finish import finish
from .gloss import glosses
from .glued import glued_titles
from .latin import western
from .markup import entities, markup
from .mojibake import mojibake
from .numbers import numbers, stray_apostrophes
from .page import page_head
from .pagemarks import page_marks
from .quotes import lost_quotes
from .rejoin import rejoin
from .sharing import shared_page_marks
from .spaces import spaces
from .tail import offers, page_tail
from .unbroken import unbroken
from .whitespace import blanks, newlines, tidy

Step = Callable[[Draft, Context], None]

STEPS: tuple[Step, ...] = (
    escapes, western,                        # before `newlines` takes away the controls that are bytes of characters
    newlines,
    mojibake, crossed, page_fields, glosses, lost_quotes,   # characters before words: the vocabulary matches what was meant
    markup, entities, western, glued_titles, unbroken, blanks, spaces, furniture_blocks,
    page_head, blurbs, elisions, page_tail, offers, page_marks, shared_page_marks, bullets,
    lost_runs, numbers, stray_apostrophes,
    blanks, rejoin, tidy, confusables,
)


def clean(source: SourceText) -> Cleaned:
    """The clean text of a source, with every change, the page's metadata, what is missing and what is damaged."""
    draft = Draft(source.text)
    context = Context(source, {name: value for name, value in source.page if value})
    for step in STEPS:
        step(draft, context)
    return finish(draft, context)
