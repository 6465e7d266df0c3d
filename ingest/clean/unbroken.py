"""Text that has lost its line ends: paragraphs told only by the two wide blanks with which each begins."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context

_LONG = 300              # characters of a line that is several paragraphs
_FEWEST = 4              # indents in it
_SHARE = 0.5             # of them that stand behind the end of a sentence
_INDENT = re.compile(r"(?<=\S)[ \xa0\t\u3000]*\u3000\u3000[ \xa0\t\u3000]*+(?=\S)")
_ENDS = frozenset("。！？；：”）!?;:)")


def unbroken(draft: Draft, context: Context) -> None:
    """A line feed for each indent in the midst of a long line that has several of them behind sentences."""
    text, changes, at = draft.text, [], 0
    while "\u3000\u3000" in text and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at >= _LONG:
            changes += _breaks(text, at, end)
        at = end + 1
    draft.change(changes)


def _breaks(text: str, start: int, end: int) -> list[Change]:
    found = list(_INDENT.finditer(text, start, end))
    ended = sum(1 for m in found if text[m.start() - 1] in _ENDS)
    if len(found) < _FEWEST or ended < _SHARE * len(found):
        return []
    return [Change(m.start(), m.end(), "\n", "whitespace", "lost-break") for m in found]
