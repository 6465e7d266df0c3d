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
_ENDS = "。;!?\n"
# Who answers for the sentence before it, put behind its full stop: a sentence of its own.
_ROLES = re.compile(r"\((?:[^()]{2,180}(?:负责|指导|牵头|配合|参与|参加|协助|协办)|(?:责任|牵头|配合|负责)[^():]{0,8}:[^()]{2,180})\)")
_CLOSED = re.compile(r"[。!?]”(?![,、;。:!?)的等])")
_WORD = re.compile(r"[^\s。;!?,、:.()“”\"'·—\-~…*#|_]")
_BLANK = " \t\n\r*#"


def sentences(plan: PlanText) -> tuple[Sentence, ...]:
    """The sentences of all of the plan's nodes, headings included; number marks belong to none.

    A table's row, cells and all, is one sentence that bears its table's index and its own."""
    rows = _Rows(plan)
    out: list[Sentence] = []
    for node in plan.nodes:
        if node.heading is not None:
            lead = bool(node.paragraphs or node.children)
            out += _cut(plan.view, *node.heading, node, lead=lead)
        for start, end in node.paragraphs:
            out += _paragraph(plan.view, start, end, node, rows)
    out.sort(key=lambda s: s.start)
    return tuple(out)


def _paragraph(view: str, start: int, end: int, node: Node, rows: _Rows) -> Iterator[Sentence]:
    """A paragraph's sentences; the table rows in it stay whole."""
    at = start
    for row_start, row_end, row in rows.within(start, end):
        if row_start > at:
            yield from _cut(view, at, row_start, node)
        low, high = max(at, row_start), min(row_end, end)
        if low < high and _WORD.search(view, low, high):
            yield Sentence(low, high, node, first=True, row=row)
        at = max(at, high)
    if at < end:
        yield from _cut(view, at, end, node)


def _cut(view: str, start: int, end: int, node: Node, lead: bool = False) -> Iterator[Sentence]:
    at, first = start, True
    for stop in _stops(view, start, end):
        low, high = _trimmed(view, at, stop)
        at = stop
        if low < high and _WORD.search(view, low, high):
            yield Sentence(low, high, node, lead=lead, first=first)
            first = False


def _stops(view: str, start: int, end: int) -> Iterator[int]:
    opens = -1               # where a sentence behind another begins
    for step in _STEP.finditer(view, start, end):
        stop = step.end()
        if step.start() == opens and _ROLES.fullmatch(view, opens, stop):
            yield stop
        if view[stop - 1] == "。":
            opens = stop
        if view[step.start()] in _ENDS or (view[stop - 1] == "”" and _CLOSED.match(view, stop - 2, end)):
            yield stop
    yield end


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
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
