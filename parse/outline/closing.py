"""Where a paragraph without a mark belongs: to the item before it, to that item's parent, or to the plan itself.

The last item of a series of single paragraphs does not own what follows the series; a plan's closing words, its
signature and its date belong to no item.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Node, PlanText
from ..rules import load
from .events import Event

_STOPPED = re.compile(r"[。;!?][”\")'\]]{0,2}$")
_DATED = re.compile(r"[0-9〇零一二三四五六七八九xX*×_]{2,4} ?年.{1,4}月.{1,4}[日号]$")
_SIGNED = 30         # a line of a signature is shorter
_ENUMERATED = {"shi", "dash", "circled", "di", "arabic_paren"}


@dataclass(slots=True)
class Open:
    """A section that is open while the lines go by; `single` says that it has had one paragraph only."""

    node: Node
    event: Event
    single: bool = True
    plain: int = 0      # earlier items of its series, all of one paragraph
    inline: bool = False     # its series began in mid-paragraph


class Closing:
    """Knows the plan's end: `depth` tells how many open sections stay open for a text."""

    def __init__(self, plan: PlanText, events: Sequence[Event]) -> None:
        self._view = plan.view
        items = [k for k, e in enumerate(events) if e.form]
        self._last_item = items[-1] if items else -1
        self._next = _next_item(events)
        self._signature = _signature(plan.view, events, self._last_item)
        self._ended = False

    def depth(self, k: int, event: Event, stack: Sequence[Open]) -> int:
        depth = len(stack)
        if not depth or event.line == stack[-1].event.line:
            return depth
        if k > self._last_item and (self._ended or k >= self._signature or self._farewell(event)):
            self._ended = True
            return 0
        if not _STOPPED.search(self._view, max(0, stack[-1].node.end - 4), stack[-1].node.end) and stack[-1].single:
            return depth
        while depth and self._series_over(stack[depth - 1], self._next[k]):
            depth -= 1
        return depth

    def _farewell(self, event: Event) -> bool:
        hit = load("outline").match(self._view, event.start, event.end)
        return hit is not None and hit.rule.value in ("farewell", "attached")

    def _series_over(self, item: Open, following: Event | None) -> bool:
        """Whether a paragraph behind this item stands behind its whole series."""
        event = item.event
        if event.mark is None or (following is not None and _continues(event, following)):
            return False
        if item.inline or (not event.first and event.mark.style in _ENUMERATED):
            return True
        if not item.single or not _STOPPED.search(self._view, event.body, event.end):
            return False
        return item.plain >= (1 if event.mark.style in _ENUMERATED else 2)


def _continues(event: Event, following: Event) -> bool:
    return following.form == event.form and (following.value == event.value + 1 or not event.value)


def _next_item(events: Sequence[Event]) -> list[Event | None]:
    out: list[Event | None] = [None] * len(events)
    following = None
    for k in range(len(events) - 1, -1, -1):
        out[k] = following
        if events[k].form:
            following = events[k]
    return out


def _signature(view: str, events: Sequence[Event], last_item: int) -> int:
    """The index of the first line of the signature at the plan's end; past the end where there is none."""
    k = len(events)
    while k - 1 > last_item and len(events) - k < 6 and _unstopped(view, events[k - 1]):
        k -= 1
    tail = events[k:]
    dated = any(_DATED.search(view[e.start:e.end]) or e.kind == "right" for e in tail)
    return k if dated else len(events)


def _unstopped(view: str, event: Event) -> bool:
    return event.end - event.start <= _SIGNED and not _STOPPED.search(view, event.start, event.end)
