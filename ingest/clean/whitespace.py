"""White space and invisible characters: one kind of line feed, no controls, no trailing blanks; indents stay."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]++")
_BLANKS = " \u3000\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_TRAILING = re.compile(r"(?<![^\S\n\t])[^\S\n\t]++(?=\n|\Z)")    # the look-behind keeps a long inner run of blanks linear
_BLANK_LINES = re.compile(r"\n++(?:(?<=\n\n\n)|\Z|(?<=\A\n)|(?<=\A\n\n))")      # runs of three, and any at the text's ends
_LOST_SPACES = re.compile(r"^([ \u3000]*+)\?{2,8}(?=[^\s?!])", re.M)


def newlines(draft: Draft, context: Context) -> None:
    """CR LF, CR, form feeds and the Unicode separators become line feeds; what has no width goes."""
    text = draft.text
    changes = [Change(m.start(), m.end(), "\n", "whitespace", "newline") for m in _NEWLINE.finditer(text)]
    if not text.isprintable():
        changes += [Change(m.start(), m.end(), "", "whitespace", "invisible") for m in _INVISIBLE.finditer(text)]
    draft.change(changes)


def blanks(draft: Draft, context: Context) -> None:
    """Blanks at line ends go; so do the `????` that stand for lost no-break spaces before most paragraphs of a page."""
    text = draft.text
    changes = []
    if any(blank + "\n" in text or text.endswith(blank) for blank in _BLANKS):
        changes = [Change(m.start(), m.end(), "", "whitespace", "trailing") for m in _TRAILING.finditer(text)]
    if "??" in text:
        marks = list(_LOST_SPACES.finditer(text))
        if len(marks) >= 3:    # fewer may be somebody's question marks
            changes += [Change(m.end(1), m.end(), "", "whitespace", "lost-spaces") for m in marks]
    draft.change(changes)


def tidy(draft: Draft, context: Context) -> None:
    """At most one empty line between paragraphs, none at the ends: what other steps left behind."""
    text = draft.text
    if "\n\n\n" not in text and not text.startswith("\n") and not text.endswith("\n"):
        return
    changes = []
    for m in _BLANK_LINES.finditer(text):
        inner = 0 < m.start() and m.end() < len(text)
        changes.append(Change(m.start(), m.end(), "\n\n" if inner else "", "whitespace", "empty-lines"))
    draft.change(changes)
