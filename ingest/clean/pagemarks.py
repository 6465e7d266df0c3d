"""Page numbers that stand alone on a line: — 3 —, 第3页 共10页, 3/10; bare numbers only where they run through the text."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context
from .fold import lines, whole_line

_MARK = re.compile(
    r"[-－—–─]{1,3}[ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[-－—–─]{1,3}"
    r"|[·•.~～][ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[·•.~～]"
    r"|第[ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[页頁](?:[ \u3000,，/／、]{0,4}[(（]?共[ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[页頁][)）]?)?"
    r"|共[ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[页頁][ \u3000,，/／、]{0,4}第[ \u3000]{0,4}\d{1,4}[ \u3000]{0,4}[页頁]"
    r"|\d{1,4}[ \u3000]{0,2}[/／][ \u3000]{0,2}\d{1,4}"
    r"|[Pp]age[ ]{0,2}\d{1,4}(?:[ ]{0,2}of[ ]{0,2}\d{1,4})?")
_BARE = re.compile(r"\d{1,4}")
_LONGEST = 28
_JUMP = re.compile(r"[（(](?:上接|下[转轉接]|[紧緊]接|文接)[^（）()\n]{0,8}[版页頁][^（）()\n]{0,12}[)）]")
_FRACTION = re.compile(r"\d+\s*[/／]\s*\d+")
_RUN = 3                 # bare numbers in a row that make them page numbers


def page_marks(draft: Draft, context: Context) -> None:
    """Remove page marks with their lines."""
    text = draft.text
    tables = [(draft.offset(t.span[0]), draft.offset(t.span[1])) for t in context.source.tables]
    short = [(start, end, text[start:end]) for start, end in lines(text) if end - start <= _LONGEST]
    found = [line for line in short if _MARK.fullmatch(line[2])]
    fractions = [f for f in found if _FRACTION.fullmatch(f[2])]
    if len(fractions) < _RUN:    # one 3/10 may be a fraction
        found = [f for f in found if f not in fractions]
    found += _running([line for line in short if _BARE.fullmatch(line[2])])
    draft.change(_lines(draft, context, found, tables))
    if "接" in draft.text or "下转" in draft.text or "下轉" in draft.text:
        draft.change(Change(m.start(), m.end(), "", "boilerplate", "page-jump") for m in _JUMP.finditer(draft.text))


def _lines(draft: Draft, context: Context, found: list[tuple[int, int, str]], tables: list[tuple[int, int]]) -> list[Change]:
    text = draft.text
    changes: list[Change] = []
    for start, end, _ in sorted(found):
        low, high = whole_line(text, start, end)
        inside = any(a <= start < b for a, b in tables)
        if not inside and (not changes or low >= changes[-1].end) and low < high:
            context.page_breaks.append(draft.source_offset(low))
            changes.append(Change(low, high, "", "page_number", "page-mark"))
    return changes


def _running(bare: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Bare numbers that count pages: three or more, each one more than the one before, with text between them."""
    runs: list[list[tuple[int, int, str]]] = []
    for mark in bare:
        last = runs[-1][-1] if runs else None
        if last and int(mark[2]) == int(last[2]) + 1 and mark[0] - last[1] > 100:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [mark for run in runs if len(run) >= _RUN for mark in run]
