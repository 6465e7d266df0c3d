"""Every sentence of a plan with the section that it stands in, in order of the text.

A sentence ends with `。 ; ! ?` of either width or with its heading, paragraph or table row. Within brackets, quotation
marks and book-title marks it goes on, as long as these are closed within a short stretch of the same paragraph.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from .model import Node, PlanText, Sentence

# A closed pair is stepped over as a whole; the bounds keep a mark that is never closed from costing more than a glance.
_STEP = re.compile(r"\([^()\n]{0,200}\)|“[^“”\n]{0,120}”|《[^《》\n]{0,80}》|[。;!?]++[”’\"')]*+|\n")
_ENDS = "。;!?\n."
# Where a text ends its sentences with full stops of the narrow kind, as some pages do throughout.
_DOT = re.compile(r"\.(?<=[一-龥)”》]\.)(?=[一-龥“《(]|[ \t]*(?:\n|\Z))")
_STEP_DOTTED = re.compile(_STEP.pattern + "|" + _DOT.pattern)
_FEWEST_DOTS = 3
# Who answers for the sentence before it, put behind its full stop: a sentence of its own.
_ROLES = re.compile(r"\((?:[^()]{2,180}(?:负责|指导|牵头|配合|参与|参加|协助|协办)|(?:责任|牵头|配合|负责)[^():]{0,8}:[^()]{2,180})\)")
_CLOSED = re.compile(r"[。!?]”(?![,、;。:!?)的等])")
_BULLET = re.compile(r"[ \t\n\r*#]*[-•●◆■□▪○※·✦➤►][ \t]*(?=[一-龥“《(])")     # a list's mark belongs to no sentence
_WORD = re.compile(r"[^\s。;!?,、:.()“”\"'·—\-~…*#|_]")
_BLANK = " \t\n\r*#"


def sentences(plan: PlanText) -> tuple[Sentence, ...]:
    """The sentences of all of the plan's nodes, headings included; number marks belong to none.

    A table's row, cells and all, is one sentence that bears its table's index and its own."""
    rows = _Rows(plan)
    step = _STEP_DOTTED if _dotted(plan.view[plan.start:plan.end]) else _STEP
    out: list[Sentence] = []
    for node in plan.nodes:
        if node.heading is not None:
            lead = bool(node.paragraphs or node.children)
            out += _cut(plan.view, *node.heading, node, step, lead=lead)
        for start, end in node.paragraphs:
            out += _paragraph(plan.view, start, end, node, rows, step)
    out.sort(key=lambda s: s.start)
    return tuple(out)


def _paragraph(view: str, start: int, end: int, node: Node, rows: _Rows, step: re.Pattern[str]) -> Iterator[Sentence]:
    """A paragraph's sentences; the table rows in it stay whole."""
    at = start
    for row_start, row_end, row in rows.within(start, end):
        if row_start > at:
            yield from _cut(view, at, row_start, node, step)
        low, high = max(at, row_start), min(row_end, end)
        if low < high and _WORD.search(view, low, high):
            yield Sentence(low, high, node, first=True, row=row)
        at = max(at, high)
    if at < end:
        yield from _cut(view, at, end, node, step)


def _cut(view: str, start: int, end: int, node: Node, step: re.Pattern[str], lead: bool = False) -> Iterator[Sentence]:
    at, first = start, True
    for stop in _stops(view, start, end, step):
        low, high = _trimmed(view, at, stop)
        at = stop
        if low < high and _WORD.search(view, low, high):
            yield Sentence(low, high, node, lead=lead and first, first=first)
            first = False


def _stops(view: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[int]:
    opens = -1               # where a sentence behind another begins
    for step in pattern.finditer(view, start, end):
        stop = step.end()
        if step.start() == opens and _ROLES.fullmatch(view, opens, stop):
            yield stop
        if view[stop - 1] == "。":
            opens = stop
        if view[step.start()] in _ENDS or (view[stop - 1] == "”" and _CLOSED.match(view, stop - 2, end)):
            yield stop
    yield end


def _dotted(view: str) -> bool:
    """Whether narrow full stops end the sentences of a text."""
    dots = sum(1 for _ in _DOT.finditer(view))
    return dots >= _FEWEST_DOTS and dots > 2 * view.count("。")


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    bullet = _BULLET.match(view, start, end)
    start = bullet.end() if bullet else start
    while start < end and view[start] in _BLANK:
        start += 1
    while end > start and view[end - 1] in _BLANK:
        end -= 1
    return start, end


class _Rows:
    """The table rows of a plan in order of the text: `(start, end, (table, row))`."""

    def __init__(self, plan: PlanText) -> None:
        self._rows = sorted(
            (row[0].span[0], row[-1].span[1], (t, r))
            for t, table in enumerate(plan.tables) for r, row in enumerate(table.rows)
            if row and plan.start <= row[0].span[0] < plan.end
        )

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """The rows that share text with `[start, end)`; rows follow one another and never overlap."""
        k = bisect_right(self._rows, start, key=lambda row: row[1])
        while k < len(self._rows) and self._rows[k][0] < end:
            yield self._rows[k]
            k += 1
