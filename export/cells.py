"""Words around a span, and words that go into the cell of a spreadsheet."""
from __future__ import annotations

import re
from itertools import pairwise

from ..schema import Span

_ENDS = "。;!?；！？\n"
_END = re.compile(f"[{_ENDS}]")
_FAR = 2000
"""Characters on either side of a quantity beyond which its sentence is cut."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings of cells that a spreadsheet takes for a formula, those it turns to half width among them."""
_NUMBER = re.compile(r"-\d+(?:\.\d+)?(?:E[+-]?\d+)?")


def sentence(text: str, span: Span) -> str:
    """The words around a span, to the nearest ends of sentences or lines, without the blanks around them."""
    low, high = max(0, span[0] - _FAR), span[1] + _FAR
    before = max(text.rfind(end, low, span[0]) for end in _ENDS)
    after = _END.search(text, span[1], high)
    return text[before + 1 if before >= 0 else low:after.end() if after else high].strip()


def sentences(text: str) -> list[str]:
    """A text cut at the ends of its sentences and lines, without the blanks around each; none is empty."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    cut = (text[start:end].strip() for start, end in pairwise(ends))
    return [words for words in cut if words]


def guarded(words: str) -> str:
    """Words that a spreadsheet does not take for a formula: `'` before those that begin like one and are no number."""
    return f"'{words}" if words.startswith(_FORMULA) and not _NUMBER.fullmatch(words) else words
