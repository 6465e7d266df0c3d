"""How much of a page's text each item bears: prose weighs its characters, links and lines of the site next to nothing."""
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .blocks import Item
from .node import Node
from .number import has_mark
from .words import is_site_line, names_aside, names_main

PUNCTUATION = re.compile(r"[，。；：、！？,;:!?]")
_SENTENCE_END = re.compile(r"[。；！？：;!?:][”」』）)\]】]{0,2}$")
_ENTRIES = ("li", "td", "dl", "dd")
_SEVERAL = 3
_NUMBERED = 1.5       # what counts for a character of a numbered item: plans are numbered, news are not
_SITE_LINE = 120      # characters; longer lines are not asked whether they are the site's
_ASIDE = .02          # what prose in a sidebar or among comments counts
_WRAPPER = .8         # of the page's prose: an element that holds more is an aside only if the text is named elsewhere;
_WITH_MAIN = .4       # one that holds this much is none if most of it is in an element named as the text


class Weighed(NamedTuple):
    """An item's weight, whether it is a sentence or a numbered item, whether a sentence strong enough to be text by
    itself, and whether it lies in an element of the site."""

    weight: float = 0
    prose: bool = False
    strong: bool = False
    aside: bool = False


def weigh(items: Sequence[Item], root: Node) -> list[Weighed]:
    """Every item's weight, first by itself, then by where it stands."""
    teasers = _teasers(items)
    plain = [_weigh(item) if i not in teasers else Weighed(_ASIDE * item.chars) for i, item in enumerate(items)]
    asides = _Asides(sums(items, plain), root)
    return [Weighed(w.weight * _ASIDE, w.prose, strong=False, aside=True) if item.node in asides else w
            for item, w in zip(items, plain, strict=True)]


def _teasers(items: Sequence[Item]) -> set[int]:
    """Summaries of other pages: prose right below a link, in one list item or cell with it, several times on a page."""
    found = set()
    for i in range(1, len(items)):
        above, item = items[i - 1], items[i]
        if is_mostly_links(above) and not is_mostly_links(item):
            box = item.node.parent
            if item.node is above.node or box is above.node or (box is above.node.parent and box and box.tag in _ENTRIES):
                found.add(i)
    return found if len(found) >= _SEVERAL else set()


def sums(items: Sequence[Item], weighed: Sequence[Weighed]) -> dict[Node, float]:
    """The weight in every element that holds any."""
    total: dict[Node, float] = {}
    levels: list[dict[Node, None]] = []
    for item, w in zip(items, weighed, strict=True):
        if w.weight:
            node = item.node
            total[node] = total.get(node, 0) + w.weight
            while len(levels) <= node.depth:
                levels.append({})
            levels[node.depth][node] = None
    for depth in range(len(levels) - 1, 0, -1):     # each element once, those deepest first
        for node in levels[depth]:
            if node.parent is not None:
                total[node.parent] = total.get(node.parent, 0) + total[node]
                levels[node.parent.depth][node.parent] = None
    return total


def is_mostly_links(item: Item) -> bool:
    """Whether more than half of it is links."""
    return item.links * 2 > item.chars


def _weigh(item: Item) -> Weighed:
    own = item.chars - item.links
    if is_mostly_links(item) or item.info:
        return Weighed()
    if own < _SITE_LINE and is_site_line(item.text, "top", "end", "outside"):
        return Weighed(.1 * own)
    numbered = has_mark(item.text)
    mark = PUNCTUATION.search(item.text)
    weight = own * (_NUMBERED if numbered else 1.0 if mark or own >= 25 else .3)
    ends = mark is not None and ends_sentence(item.text)
    strong = own >= 20 and (ends or (mark is not None and PUNCTUATION.search(item.text, mark.end()) is not None))
    return Weighed(weight, numbered or strong or (ends and not item.text.rstrip().endswith((":", "："))), strong)


def ends_sentence(text: str) -> bool:
    """Whether a paragraph ends as sentences do, or as what announces a list."""
    return _SENTENCE_END.search(text.rstrip()[-3:]) is not None


class _Asides:
    """Whether a node lies in an element of the site; remembers what it was asked."""

    def __init__(self, weights: dict[Node, float], root: Node) -> None:
        self._weights = weights
        self._total = weights.get(root, 0)
        self._known: dict[Node, bool] = {}

    def __contains__(self, node: Node) -> bool:
        known, path = self._known, list[Node]()
        step: Node | None = node
        while step is not None and step not in known:
            path.append(step)
            step = step.parent
        found = step is not None and known[step]
        for step in reversed(path):
            found = found or self._is_aside(step)
            known[step] = found
        return found

    def _is_aside(self, node: Node) -> bool:
        if not names_aside(node):
            return False
        weight = self._weights.get(node, 0)
        if weight <= _WITH_MAIN * self._total:
            return True
        named = [n for n in self._weights if names_main(n) and not names_aside(n) and n not in node.ancestors()]
        if any(self._weights[n] > weight / 2 and node in n.ancestors() for n in named):
            return False
        return weight <= _WRAPPER * self._total or any(node not in n.ancestors() for n in named)
