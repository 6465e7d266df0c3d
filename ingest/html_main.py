"""Which of a page's items are its own text. Plan pages are lists of short numbered paragraphs, in tables of the 2000s,
between line breaks, or in hidden containers: so prose is weighed by punctuation, number marks and links rather than by
the length of paragraphs, and what is doubtful is kept.

1. Every item has a weight, and every element the sum of the weights in it.
2. The main element is found by going down from the top while one child holds nearly all of the weight.
3. Prose next to it that is not the site's is taken in; link lists, share bars and the like in it are put out."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import BlockKind
from .html_blocks import Item
from .html_node import Node
from .html_number import has_mark
from .html_words import is_site_line, labels, names_aside, names_main

_PUNCTUATION = re.compile(r"[，。；：、！？,;:!?]")
_SENTENCE_END = re.compile(r"[。；！？：;!?:](?:[”」』）)\]】]{0,2})\s*$")
_INTO = frozenset(("html", "body", "div", "section", "article", "main", "td", "tr", "tbody", "table", "form", "center",
                   "font", "span", "frameset", "dd", "dl", "fieldset", "ul", "li"))
_INLINE = ("li", "span", "font")
_NEARLY_ALL = .75     # of the weight, to go down into a child; measured on the sample pages, .7 to .85 give the same
_NAMED = .6           # of the weight, for an element whose name says that it is the text
_LEAST = .4           # of the page's weight that the main element must hold, else the whole page is kept
_HIDDEN_SHARE = .5    # of the visible prose, for hidden prose to be the text
_REACH = 3            # items without prose that may stand between the main element and prose beside it


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item's weight, whether it is a strong sentence, and whether it lies in an element of the site."""

    weight: float
    strong: bool
    aside: bool


def kinds(items: Sequence[Item], root: Node) -> list[BlockKind]:
    """The kind of every item: its own where it belongs to the text, else `links`, `header`, `footer`, `furniture`."""
    if not items:
        return []
    asides = _Asides(root)
    weighed = [_weigh(item, asides) for item in items]
    inside = _chosen(items, weighed, root)
    if not any(inside):
        return [item.kind for item in items]
    first, last = inside.index(True), len(inside) - 1 - inside[::-1].index(True)
    strong = [i for i in range(first, last + 1) if inside[i] and weighed[i].strong]
    top, end = (strong[0], strong[-1]) if strong else (last + 1, last + 1)
    out: list[BlockKind] = []
    for i, item in enumerate(items):
        if inside[i]:
            where = "top" if i < top else "end" if i > end else ""
            out.append(_inner_kind(item, weighed[i], where))
        else:
            out.append(_outer_kind(item, i, first, last))
    return out


class _Asides:
    """Whether a node lies in an element of the site; remembers what it was asked."""

    def __init__(self, root: Node) -> None:
        self._most = .4 * root.chars    # a wrapper of the page may bear any name
        self._known: dict[Node, bool] = {}

    def __contains__(self, node: Node) -> bool:
        path: list[Node] = []
        found = False
        for step in node.ancestors():
            if step in self._known:
                found = self._known[step]
                break
            path.append(step)
        for step in reversed(path):
            found = not names_main(step) and (found or (step.chars < self._most and names_aside(step)))
            self._known[step] = found
        return found


def _weigh(item: Item, asides: _Asides) -> Weighed:
    own = item.chars - item.links
    aside = item.node in asides
    if item.links * 2 > item.chars or item.info:
        return Weighed(0, False, aside)
    marks = len(_PUNCTUATION.findall(item.text))
    numbered = has_mark(item.text)
    sentence = marks > 0 or numbered or own >= 25
    weight = own * (1.0 if sentence else .3) * (.1 if aside else 1.0)
    strong = own >= 20 and marks > 0 and (marks > 1 or _SENTENCE_END.search(item.text) is not None)
    return Weighed(weight, strong and not aside and not is_site_line(item.text, "end"), aside)


def _chosen(items: Sequence[Item], weighed: Sequence[Weighed], root: Node) -> list[bool]:
    """Which items lie in the main element, or beside it and belong to it."""
    weights: dict[Node, float] = {}
    for item, w in zip(items, weighed, strict=True):
        if w.weight:
            for node in item.node.ancestors():
                weights[node] = weights.get(node, 0) + w.weight
    main = _main(root, weights)
    total = weights.get(root, 0)
    members = set(main.walk())
    inside = [item.node in members for item in items]
    held = sum(w.weight for w, yes in zip(weighed, inside, strict=True) if yes)
    if not total or held < _LEAST * total:
        return [not w.aside and item.links * 2 <= item.chars for item, w in zip(items, weighed, strict=True)]
    _take_in(items, weighed, inside)
    return inside


def _main(root: Node, weights: dict[Node, float]) -> Node:
    """The smallest element that holds nearly all of the text, or one named so that holds most of it."""
    total = weights.get(root, 0)
    node = root
    while True:
        children = [c for c in node.elements() if c.tag in _INTO]
        best = max(children, key=lambda c: weights.get(c, 0), default=None)
        if best is None or weights.get(best, 0) < _NEARLY_ALL * weights.get(node, 0):
            break
        if best.tag in _INLINE and not any(c.tag in _INTO or c.tag in ("p", "br") for c in best.elements()):
            break
        node = best
    named = [n for n, w in weights.items() if w >= _NAMED * total and n.tag in _INTO and names_main(n)]
    if named and node not in named and not any(n in named for n in node.ancestors()):
        return max(named, key=lambda n: n.depth)
    return node


def _take_in(items: Sequence[Item], weighed: Sequence[Weighed], inside: list[bool]) -> None:
    """Add the prose that stands directly before and after: a lead, a part in a container of its own."""
    first, last = inside.index(True), len(inside) - 1 - inside[::-1].index(True)
    for start, step in ((first, -1), (last, 1)):
        edge, i = start, start + step
        while 0 <= i < len(items) and abs(i - edge) <= _REACH + 1:
            if weighed[i].aside or items[i].info:
                break
            if weighed[i].strong:
                for k in range(edge + step, i + step, step):
                    inside[k] = items[k].links * 2 <= items[k].chars
                edge = i
            i += step


def _inner_kind(item: Item, weighed: Weighed, where: str) -> BlockKind:
    if item.info:
        return "furniture"
    if _is_link(item):
        if item.inner * 2 > item.links:
            return "toc"
        if where or not has_mark(item.text):     # a numbered line amid the text is a heading that the site has linked
            return "links"
    if weighed.aside or is_site_line(item.text, where):
        return "furniture"
    return item.kind


def _is_link(item: Item) -> bool:
    """Whether a line is little but links; a whole sentence is none, nor is the name of an attached file."""
    if item.links * 5 <= item.chars * 3 or item.text.lstrip().startswith("附"):
        return False
    return item.chars < 30 or _SENTENCE_END.search(item.text) is None


def _outer_kind(item: Item, i: int, first: int, last: int) -> BlockKind:
    if item.links * 2 >= item.chars:
        return "links"
    return "header" if i < first else "footer" if i > last else "furniture"


def is_info(item: Item) -> bool:
    """Whether a table tells about the document rather than holding its data: its labels are those of information
    tables (索引号, 发文机关, 发布日期)."""
    if item.rows is None:
        return False
    cells = ["".join(cell.text.split()) for row in item.rows for cell in row.cells if cell.text]
    known = sum(1 for cell in cells if cell.rstrip(":：") in labels() or cell.strip("[]【】") in labels())
    return known >= 3 and known * 4 >= len(cells)


def shown(items: Sequence[Item]) -> list[Item]:
    """The items without what the page hides: share texts, traps, templates. A hidden element stays where it holds the
    text itself, as on pages that show it by a script."""
    prose: dict[Node | None, int] = {}
    for item in items:
        if item.links * 2 <= item.chars and (_PUNCTUATION.search(item.text) or has_mark(item.text)):
            prose[item.hidden] = prose.get(item.hidden, 0) + item.chars - item.links
    least = prose.get(None, 0) * _HIDDEN_SHARE
    return [item for item in items if item.hidden is None or prose.get(item.hidden, 0) > max(least, 40)]


def with_title(items: Sequence[Item], chosen: list[BlockKind], title: str) -> list[BlockKind]:
    """The kinds, with the line that bears the page's title as `title`: the first of the text if it is there, else the
    last before the text, which so stays with it."""
    wanted = _bare(title)
    own = [i for i, kind in enumerate(chosen) if kind not in ("furniture", "links", "header", "footer")]
    if len(wanted) < 4 or not own:
        return chosen
    opening = own[:8]
    at = _titled(items, opening, wanted)
    if not at and wanted not in "".join(_bare(items[i].text) for i in opening):
        before = range(own[0] - 1, -1, -1)
        at = [i for i in before if _bare(items[i].text) == wanted and not items[i].links][:1]
    return ["title" if i in at else kind for i, kind in enumerate(chosen)]


def _titled(items: Sequence[Item], opening: Sequence[int], wanted: str) -> list[int]:
    """The first line, or up to four lines together, that read as the title."""
    for k in range(len(opening)):
        joined = ""
        for n in range(k, min(k + 4, len(opening))):
            joined += _bare(items[opening[n]].text)
            if joined == wanted:
                return list(opening[k:n + 1])
            if not wanted.startswith(joined):
                break
    return []


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
