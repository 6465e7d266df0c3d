"""Which of a page's items are its own text. Plan pages are lists of short numbered paragraphs, in tables of the 2000s,
between line breaks, or in hidden containers: so prose is weighed by punctuation, number marks and links rather than by
the length of paragraphs, and what is doubtful is kept.

1. Every item has a weight, and every element the sum of the weights in it.
2. The main element is found by going down from the top while one child holds nearly all of the weight.
3. Prose next to it that is not the site's is taken in; link lists, share bars and the like in it are put out."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..blocks import BlockKind
from .blocks import Item
from .node import Node
from .number import has_mark
from .weight import PUNCTUATION, Weighed, ends_sentence, is_mostly_links, sums, weigh
from .words import is_site_line, names_main, opens_links

_DIGITS = r"[\d\sＯＸXx×*〇○零一二三四五六七八九十]"
_SIGNED = re.compile(rf"{_DIGITS}{{2,6}}年{_DIGITS}{{1,5}}月{_DIGITS}{{1,5}}日|附件?\s?\d{{0,2}}[:：].{{2,60}}")
_INTO = frozenset(("html", "body", "div", "section", "article", "main", "td", "tr", "tbody", "table", "form", "center",
                   "font", "span", "frameset", "dd", "dl", "fieldset", "ul", "li"))
_INLINE = ("li", "span", "font")
_NEARLY_ALL = .75     # of the weight, to go down into a child; measured on the sample pages, .7 to .85 give the same
_NAMED = .6           # of the weight, for an element whose name says that it is the text
_LEAST = .4           # of the page's weight that the main element must hold, else the whole page is kept
_HIDDEN_PROSE = 200   # characters of hidden prose that are text in any case, or
_HIDDEN_SHARE = .5    # of the visible prose
OUTER = frozenset(("furniture", "links", "header", "footer"))
_REACH = 3            # items without prose that may stand between the main element and prose beside it


def kinds(items: Sequence[Item], root: Node, body: Node | None = None) -> list[BlockKind]:
    """The kind of every item: its own where it belongs to the text, else `links`, `header`, `footer`, `furniture`. `body`
    is the element that holds the text, where that is known."""
    if not items:
        return []
    weighed = weigh(items, root)
    inside = _chosen(items, weighed, root) if body is None else _within(items, root, body)
    if not any(inside):
        return _all_prose(items)
    first, last = inside.index(True), len(inside) - 1 - inside[::-1].index(True)
    prose = [i for i in range(first, last + 1) if inside[i] and weighed[i].prose]
    top, end = (prose[0], prose[-1]) if prose else (last + 1, last + 1)
    out: list[BlockKind] = []
    for i, item in enumerate(items):
        if inside[i]:
            where = "top" if i < top else "end" if i > end else ""
            out.append(_inner_kind(item, weighed[i], where))
        else:
            out.append(_outer_kind(item, i, first, last))
    _put_out_titles(items, out, end + 1)
    return out if any(kind not in OUTER for kind in out) else _all_prose(items)


def _put_out_titles(items: Sequence[Item], out: list[BlockKind], start: int) -> None:
    """Below the text, what stands under a heading for related pages are their titles, though they may not be linked."""
    head = next((i for i in range(start, len(items)) if out[i] == "furniture" and opens_links(items[i].text)), len(items))
    for i in range(head + 1, len(items)):
        if out[i] not in OUTER and items[i].rows is None and items[i].chars <= 60 and not _signs(items[i]):
            out[i] = "links"


def _all_prose(items: Sequence[Item]) -> list[BlockKind]:
    """Where nothing is sure: all but links, or, on a page of links, all."""
    kept: list[BlockKind] = ["links" if is_mostly_links(item) else item.kind for item in items]
    return kept if any(kind != "links" for kind in kept) else [item.kind for item in items]


def _chosen(items: Sequence[Item], weighed: Sequence[Weighed], root: Node) -> list[bool]:
    """Which items lie in the main element, or beside it and belong to it."""
    weights = sums(items, weighed)
    main = _main(root, weights, _table_boxes(items))
    total = weights.get(root, 0)
    inside = _within(items, root, main)
    held = sum(w.weight for w, yes in zip(weighed, inside, strict=True) if yes)
    if not total or held < _LEAST * total:
        return [not (w.aside or is_mostly_links(item)) for item, w in zip(items, weighed, strict=True)]
    _take_in(items, weighed, inside)
    return inside


def _within(items: Sequence[Item], root: Node, main: Node) -> list[bool]:
    """Which items lie in the main element."""
    known = {root: main is root, main: True}
    for item in items:
        if item.node not in known:
            path, step = [item.node], item.node.parent
            while step is not None and step not in known:
                path.append(step)
                step = step.parent
            known.update(dict.fromkeys(path, step is not None and known[step]))
    return [known[item.node] for item in items]


def _table_boxes(items: Sequence[Item]) -> set[Node]:
    """The data tables, and the elements that hold nothing else."""
    boxes: set[Node] = set()
    for item in items:
        if item.rows is not None:
            boxes.update(node for node in item.node.ancestors() if node.chars == item.node.chars)
    return boxes


def _main(root: Node, weights: dict[Node, float], tables: set[Node]) -> Node:
    """The smallest element that holds nearly all of the text, or one named so that holds most of it. `tables` hold
    data: words before and after them belong to them."""
    total = weights.get(root, 0)
    node = root
    while True:
        children = [c for c in node.elements() if c.tag in _INTO and c not in tables]
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
            if weighed[i].strong or (weighed[i].prose and i == edge + step):
                for k in range(edge + step, i + step, step):
                    inside[k] = not is_mostly_links(items[k])
                edge = i
            i += step
    first, last = inside.index(True), len(inside) - 1 - inside[::-1].index(True)
    for start, step, belongs in ((first, -1, _heads), (last, 1, _signs)):
        i = start + step
        while 0 <= i < len(items) and belongs(items[i]) and not weighed[i].aside:
            inside[i] = True
            i += step


def _heads(item: Item) -> bool:
    """Whether a line looks like a heading directly above the text."""
    if item.links or item.chars > 60 or is_site_line(item.text, "top", "outside"):
        return False
    return item.kind == "heading" or (item.bold and item.align == "center")


def _signs(item: Item) -> bool:
    """Whether a line looks like what stands below a document: organisation and date at the right, attachments."""
    if item.links or item.chars > 60 or is_site_line(item.text, "end", "outside"):
        return False
    return item.align == "right" or _SIGNED.fullmatch(item.text.strip()) is not None


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
    return item.chars < 30 or not ends_sentence(item.text)


def _outer_kind(item: Item, i: int, first: int, last: int) -> BlockKind:
    if is_mostly_links(item):
        return "links"
    return "header" if i < first else "footer" if i > last else "furniture"


def shown(items: Sequence[Item]) -> list[Item]:
    """The items without the small things that the page hides: share texts, traps, templates. What holds prose stays:
    the whole text on pages that show it by a script, its second half behind a button."""
    prose: dict[Node | None, int] = {}
    for item in items:
        if not is_mostly_links(item) and (PUNCTUATION.search(item.text) or has_mark(item.text)):
            prose[item.hidden] = prose.get(item.hidden, 0) + item.chars - item.links
    least = min(_HIDDEN_PROSE, max(40, prose.get(None, 0) * _HIDDEN_SHARE))
    return [item for item in items if item.hidden is None or prose.get(item.hidden, 0) > least
            or (item.hidden in prose and names_main(item.hidden))]


def with_title(items: Sequence[Item], chosen: list[BlockKind], title: str) -> list[BlockKind]:
    """The kinds, with the line that bears the page's title as `title`: the first of the text if it is there, else the
    last before the text, which so stays with it."""
    own = [i for i, kind in enumerate(chosen) if kind not in OUTER]
    if len(_bare(title)) < 4 or not own:
        return chosen
    at = next((found for bare in (_close, _bare) if (found := _bearing(items, own, title, bare))), [])
    return ["title" if i in at else kind for i, kind in enumerate(chosen)]


def _bearing(items: Sequence[Item], own: Sequence[int], title: str, bare: Callable[[str], str]) -> list[int]:
    """The lines that read as the title once `bare` has been taken of both."""
    wanted = bare(title)
    before = range(own[0] - 1, -1, -1)
    return _titled(items, own[:8], wanted, bare) or [
        i for i in before if bare(items[i].text) == wanted and not items[i].links][:1]


def _titled(items: Sequence[Item], opening: Sequence[int], wanted: str, bare: Callable[[str], str]) -> list[int]:
    """The first line, or up to four lines together, that read as the title."""
    for k in range(len(opening)):
        joined = ""
        for n in range(k, min(k + 4, len(opening))):
            joined += bare(items[opening[n]].text)
            if joined == wanted:
                return list(opening[k:n + 1])
            if not wanted.startswith(joined):
                break
    return []


def _close(text: str) -> str:
    """Words without blanks. Signs tell a title masked as ××年 from a subtitle that writes **年."""
    return "".join(text.split())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
