"""Footnotes at the foot of a PDF page: smaller type below the text, each note begun by its mark."""
from __future__ import annotations

import re

from .furniture import Furniture, Row
from .lines import TextLine, is_latin, joined

_SMALLER = 0.88         # of the body's size: notes are set one or two sizes smaller (小五 under 小四 is 0.75)
_ROWS_MAX = 30
_MARK = re.compile(r"(?:[①-⑳*＊†]|[\[［〔]?\d{1,3}[\]］〕]?(?=[^\d.,，、%％年月日]))")


def take_notes(rows: list[Row], page: int, body: float) -> list[Furniture]:
    """Take the footnotes off the end of a page's rows. Small lines that no mark begins are left: a table's note or a
    source stands where it belongs."""
    start = len(rows)
    while start > 1 and len(rows) - start < _ROWS_MAX and joined(rows[start - 1]).size <= _SMALLER * body:
        start -= 1
    lines = [joined(row) for row in rows[start:]]
    first = next((i for i, line in enumerate(lines) if _MARK.match(line.text)), None)
    if first is None or start == 1:
        return []
    del rows[start + first:]
    return [Furniture("footnote", text, page) for text in _texts(lines[first:])]


def _texts(lines: list[TextLine]) -> list[str]:
    """The notes, lines of one joined."""
    out: list[str] = []
    for line in lines:
        if not out or _MARK.match(line.text):
            out.append(line.text)
        else:
            out[-1] += (" " if is_latin(out[-1][-1]) and is_latin(line.text[0]) else "") + line.text
    return out
