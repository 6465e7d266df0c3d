"""Words of a document as words of Markdown: nothing that stands in them is taken for a mark.

Marks become numeric character references rather than gaining a backslash: these hold in CommonMark, in HTML blocks and
for readers that look for pairs of marks before they look for backslashes."""
from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_~\[\]<>|#]|&(?=#?\w)")
_OPENING = re.compile(r"[-+=:](?=[ \t\-+=:]|$)")
_NUMBERED = re.compile(r"\d{1,9}[.)](?:[ \t]|$)")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def printed(words: str) -> str:
    """The words on one line, controls and halves of characters replaced by U+FFFD."""
    return _CONTROLS.sub("\ufffd", words.replace("\n", " "))


def inline(words: str) -> str:
    """The words as they stand within a line of Markdown."""
    return _MARKS.sub(_reference, printed(words))


def line(words: str) -> str:
    """The words as a line of their own: neither an item, a heading's underline, nor a rule begins there."""
    words = words.strip(" \t\n")
    made = inline(words)
    if _NUMBERED.match(words):
        return re.sub(r"[.)]", _reference, made, count=1)
    return _reference(words[0]) + made[1:] if _OPENING.match(words) else made


def cell(words: str) -> str:
    """The words as a table's cell: on one line, blank where there are none."""
    return " ".join(inline(words).split()) or " "


def _reference(found: re.Match[str] | str) -> str:
    return f"&#{ord(found if isinstance(found, str) else found.group())};"
