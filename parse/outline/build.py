"""Items and texts in order → the tree of sections."""
from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Node, PlanText
from .closing import Closing, Open
from .events import Event
from .heading import split_item
from .rank import Ranks

_SMALL = {"dash", "di", "shi", "circled", "arabic_paren"}   # all that a foreword has
_HEADING = 40                         # characters of a heading's second line
_STOPPED = re.compile(r"[。;!?]$")


class Tree:
    """Takes events in order; `roots` is the tree so far."""

    def __init__(self, plan: PlanText, events: Sequence[Event]) -> None:
        self.plan, self.events = plan, events
        self.ranks = Ranks([(e.form, e.value) for e in events if e.form])
        self.closing = Closing(plan, events)
        self.roots: list[Node] = []
        self.stack: list[Open] = []

    def build(self) -> list[Node]:
        for k, event in enumerate(self.events):
            if event.form:
                self._item(event)
            else:
                self._text(k, event)
        for root in self.roots:
            _span(root)
        return self.roots

    def _item(self, event: Event) -> None:
        depth = self._depth(event)
        plain, inline = 0, not event.first
        if depth < len(self.stack) and self.stack[depth].event.form == event.form:
            before = self.stack[depth]
            plain = before.plain + 1 if before.single else -99
            inline = before.inline if event.value > 1 else inline
        del self.stack[depth:]
        node = Node(event.start, event.end, event.mark)
        node.heading, rest = split_item(self.plan.text, self.plan.view, event.body, event.end)
        if rest:
            node.paragraphs.append(rest)
        self._attach(node)
        self.stack.append(Open(node, event, True, plain, inline))

    def _attach(self, node: Node) -> None:
        if not self.stack:
            self.roots.append(node)
            return
        parent = self.stack[-1].node
        node.parent = parent
        parent.children.append(node)

    def _depth(self, event: Event) -> int:
        """How many of the open sections stay open over this item."""
        same = [k for k, o in enumerate(self.stack) if o.event.form == event.form]
        inline = event.value == 1 and not event.first and event.mark is not None and event.mark.style in _SMALL
        if inline and same and self.stack[same[-1]].event.first:
            return len(self.stack)                  # a paragraph's own series within an item of a like series
        if event.value:
            next_of = [k for k in same if self.stack[k].event.value + 1 == event.value]
            if next_of:
                return max(next_of, key=lambda k: (self.stack[k].event.first == event.first, k))
        leveled = [k for k, o in enumerate(self.stack) if o.event.level]
        if event.level and leveled:
            higher = [k for k in leveled if self.stack[k].event.level < event.level]
            return self._below(higher[-1] + 1, event) if higher else leveled[0]
        if same:
            return same[-1]
        depth = len(self.stack)
        if self._holds(event):
            return depth
        while depth and not self._above(self.stack[depth - 1].event, event):
            depth -= 1
        return depth

    def _holds(self, event: Event) -> bool:
        """Whether a bare heading 3. holds the series (一) that begins right behind it, in a plan that has (一) nowhere above 1."""
        if not self.stack or event.form != "cjk_paren" or event.value != 1 or not event.first:
            return False
        top = self.stack[-1]
        bare = not top.node.children and not top.node.paragraphs and not _STOPPED.search(self.plan.view, top.node.start, top.node.end)
        return bare and top.event.form == "arabic" and top.event.first and self.ranks.told("cjk_paren", "arabic") is not True

    def _below(self, depth: int, event: Event) -> int:
        """How far open sections whose markup was forgotten hold a heading that the file's markup shows: 第三章 in bold only
        stands between the headings of 第二篇 and 第一节."""
        while depth < len(self.stack) and not self.stack[depth].event.level and self.stack[depth].event.form != event.form \
                and self.stack[depth].event.mark and event.mark and self.ranks.above(self.stack[depth].event.form, event.form):
            depth += 1
        return depth

    def _above(self, outer: Event, inner: Event) -> bool:
        if outer.form == "standing":
            return inner.mark is not None and (inner.mark.style in _SMALL or inner.mark.style == "decimal")
        if outer.form == "annex":
            return True
        if outer.level and not inner.level:
            return True
        if outer.form == "di第" and outer.first and inner.first and inner.value == 1:
            return self.ranks.told(inner.form, outer.form) is not True    # 第五, on a line of its own holds (1) (2) (3)
        return self.ranks.above(outer.form, inner.form)

    def _text(self, k: int, event: Event) -> None:
        """A paragraph goes to the innermost open section that is not closed by then."""
        keep = min(self.closing.depth(k, event, self.stack), self._announced(k, event))
        del self.stack[keep:]
        if self.stack:
            top = self.stack[-1]
            if top.single and self._completes(top.node, event):
                return
            if event.line != top.event.line:
                top.single = False
            top.node.paragraphs.append((event.start, event.end))
        elif self.roots and self.roots[-1].mark is None and self.roots[-1].heading is None:
            self.roots[-1].paragraphs.append((event.start, event.end))
        else:
            self.roots.append(Node(event.start, event.end, paragraphs=[(event.start, event.end)]))


    def _announced(self, k: int, event: Event) -> int:
        """How deep a paragraph may stand that ends with a colon and announces the series that begins behind it."""
        following = self.events[k + 1] if k + 1 < len(self.events) else None
        if following is None or following.value != 1 or self.plan.view[event.end - 1] != ":":
            return len(self.stack)
        return next((k for k, o in enumerate(self.stack) if o.event.form == following.form), self._depth(following))

    def _completes(self, node: Node, event: Event) -> bool:
        """Whether a text is (the rest of) the heading before it: the mark stood alone, or the line broke in a word list
        or in brackets; then the heading takes it in."""
        words = self.plan.view[event.start:event.end]
        if len(words) > _HEADING or node.paragraphs or node.children or _STOPPED.search(words):
            return False
        if node.heading is None:
            node.heading = (event.start, event.end)
        elif _breaks_off(self.plan.view[node.heading[0]:node.heading[1]]):
            node.heading = (node.heading[0], event.end)
        else:
            return False
        node.end = event.end
        return True


def _breaks_off(words: str) -> bool:
    return words[-1] in "、,和与及“(《" or any(words.count(a) > words.count(b) for a, b in ("“”", "()", "《》"))


def _span(node: Node) -> int:
    """Let every section's span take in its paragraphs and children; gives its end."""
    ends = [node.end, *(end for _, end in node.paragraphs), *(_span(child) for child in node.children)]
    node.end = max(ends)
    return node.end
