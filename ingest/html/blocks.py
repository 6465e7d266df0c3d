"""A page's tree → what it shows, in reading order: paragraphs with their looks, and data tables."""
from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from ..blocks import BlockKind
from ..compose import GridRow
from .counter import marks_of
from .css import NO_SHEET, Sheet
from .node import BLOCKS, UNSHOWN, Node
from .number import item_numbers
from .style import Align, Style, aligned
from .table import grid, is_data

_SEVERAL = re.compile(r" {2,}")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# A line end between two wide characters shows nothing (CSS Text 3, 4.1.3): editors wrap Chinese in mid-word.
_WIDE = "[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…]"
_BREAK = re.compile(rf"(?<={_WIDE})[ \t]{{0,99}}[\r\n][ \t\r\n]{{0,99}}(?={_WIDE})")
_TWICE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD_TAGS = frozenset(("b", "strong", "th")) | _HEADINGS
_PLAIN_TAGS = frozenset(("p", "div", "span", "font", "td", "tr", "tbody", "section", "body", "html", "em", "i", "u", "a"))
_SMALL = 200        # characters, and
_PART = .25         # of the page: hidden elements below both are counters, share texts and traps, none a plan

_UNSEEN = " \t\u3000\xa0\u200b\u200c\u200d\u2060\ufeff\xad"


@dataclass(slots=True)
class Item:
    """A paragraph or a data table. `node` is its nearest block element, `links` counts the characters in links,
    `inner` those that lead to a place on the same page, `hidden` is the element that hides it."""

    text: str
    node: Node
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: bool = False
    align: Align = ""
    links: int = 0
    inner: int = 0
    chars: int = 0
    hidden: Node | None = None
    rows: list[GridRow] | None = None
    info: bool = False


@dataclass(slots=True)
class _Look:
    """What holds for the text being walked. Looks are not changed but copied."""

    bold: bool = False
    align: Align = ""
    link: str = ""
    kept: bool = False          # white space is kept: <pre>
    hidden: Node | None = None
    item: Node | None = None    # the <li>
    level: int = 0              # of the list
    heading: int = 0

    def copy(self) -> _Look:
        """Another one like it."""
        return _Look(self.bold, self.align, self.link, self.kept, self.hidden, self.item, self.level, self.heading)


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    links: int = 0
    inner: int = 0
    chars: int = 0


def items_of(root: Node, sheet: Sheet = NO_SHEET) -> list[Item]:
    """What the page shows below `root`, in order, with the numbers that its style `sheet` gives. Hidden elements of some
    length are in it, marked."""
    flow = _Flow(root, min(_SMALL, _PART * root.chars), sheet, marks_of(root, sheet))
    flow.walk(root, _Look())
    flow.flush(_Look())
    return flow.items


class _Flow:
    """Walks the tree and closes a line wherever a browser does."""

    def __init__(self, block: Node, small: float, sheet: Sheet, marks: dict[Node, str]) -> None:
        self.block = block     # the nearest block element
        self.small = small     # characters; a hidden element with fewer is passed over
        self.sheet, self.marks = sheet, marks
        self.items: list[Item] = []
        self.line = _Line()
        self.labels: dict[Node, str] = {}

    def walk(self, node: Node, look: _Look) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._text(child, look)
            elif child.tag == "br":
                self.flush(look)
            elif child.tag not in UNSHOWN:
                self._element(child, look)

    def _element(self, node: Node, look: _Look) -> None:
        style = node.style
        inner = self._look(node, look, style)
        if (style.hidden or style.tiny or "hidden" in node.attrs) and node.is_hidden():
            if node.chars < self.small:
                return
            inner = inner.copy() if inner is look else inner
            inner.hidden = look.hidden or node
        if node.tag not in BLOCKS and not style.block:
            self._mark(node, inner)
            self.walk(node, inner)
            return
        self.flush(look)
        outer, self.block = self.block, node
        self._block(node, inner)
        self.flush(inner)
        self.block = outer

    def _block(self, node: Node, look: _Look) -> None:
        if node.tag == "table" and is_data(node):
            self._table(node, look)
            return
        if node.tag == "ol" or (node.tag == "ul" and (self.sheet or node.attrs)):
            self.labels.update(item_numbers(node, self.sheet))
        self._mark(node, look)
        self.walk(node, look)

    def _mark(self, node: Node, look: _Look) -> None:
        if self.marks and node in self.marks:
            self._piece(self.marks[node], look)

    def _look(self, node: Node, look: _Look, style: Style) -> _Look:
        """How an element changes the look of what stands in it."""
        tag, attrs = node.tag, node.attrs
        if tag in _PLAIN_TAGS and not (style.looks or "align" in attrs or "href" in attrs):
            return look
        new = look.copy()
        if tag in _BOLD_TAGS or style.bold:
            new.bold = True
        elif style.bold is not None:
            new.bold = False
        if tag == "table":     # its own align moves the table, and text in it begins anew
            new.align = ""
        elif style.align is not None:
            new.align = style.align
        elif words := attrs.get("align", "center" if tag == "center" else ""):
            new.align = aligned(words.lower())
        if tag == "a" and "href" in attrs:
            new.link = attrs["href"].strip() or "#"
        elif tag in ("pre", "xmp", "textarea") or style.kept:
            new.kept = True
        elif tag in ("ul", "ol"):
            new.level += 1
        elif tag == "li":
            new.item = node
        elif tag in _HEADINGS:
            new.heading = int(tag[1])
        return new

    def _text(self, words: str, look: _Look) -> None:
        inside = words.strip(" \t\n\r\f")
        if not inside and not look.kept:     # blanks: nothing at a line's beginning, else one
            if self.line.parts:
                self.line.parts.append(" ")
            return
        if "&" in inside:
            words = _TWICE.sub(lambda m: html.unescape(m.group()), words)
            inside = words.strip(" \t\n\r\f")
        if look.kept:
            first, *more = re.split(r"\r\n|\n|\r", words)
            self._piece(first.expandtabs(4), look)
            for row in more:
                self.flush(look)
                self._piece(row.expandtabs(4), look)
            return
        if "\n" in inside or "\r" in inside:
            words = _BREAK.sub("", words)
        self._piece(_BLANKS.sub(" ", words), look)

    def _piece(self, words: str, look: _Look) -> None:
        if not words:
            return
        line, chars = self.line, len("".join(words.split()))
        line.parts.append(words)
        line.chars += chars
        if look.bold:
            line.bold += chars
        if look.link:
            line.links += chars
            line.inner += chars if look.link[0] == "#" != look.link else 0

    def flush(self, look: _Look) -> None:
        """Close the line: an item if it shows anything."""
        line = self.line
        if not line.parts:
            return
        self.line = _Line()
        whole = "".join(line.parts)
        if not line.chars or not whole.strip(_UNSEEN):
            return
        text = whole.rstrip() if look.kept else (_SEVERAL.sub(" ", whole) if "  " in whole else whole).strip(" ")
        label = self.labels.pop(look.item, "") if look.item else ""
        kind, level = _kind(look)
        self.items.append(Item(
            label + text, self.block, kind, level, line.bold == line.chars, look.align, line.links,
            line.inner, line.chars + len(label), look.hidden))

    def _table(self, table: Node, look: _Look) -> None:
        """A data table; its caption is a paragraph before it."""
        for child in table.elements():
            if child.tag == "caption":
                self._element(child, look)
        counted, inside, plain = _Line(), _Flow(table, self.small, self.sheet, self.marks), _Look()

        def content(cell: Node) -> tuple[str, bool]:
            inside.block, inside.items = cell, []
            cell_look = inside._look(cell, plain, cell.style)
            inside.walk(cell, cell_look)
            inside.flush(cell_look)
            for item in inside.items:
                counted.chars, counted.links = counted.chars + item.chars, counted.links + item.links
            return " ".join(i.text.strip() for i in inside.items), all(i.bold for i in inside.items)

        rows = grid(table, content)
        text = "\n".join("\t".join(cell.text for cell in row.cells) for row in rows)
        if counted.chars:
            self.items.append(Item(text, table, "cell", links=counted.links, chars=counted.chars, hidden=look.hidden,
                                   rows=rows))


def _kind(look: _Look) -> tuple[BlockKind, int]:
    if look.heading:
        return "heading", look.heading
    return ("list_item", look.level) if look.item else ("paragraph", 0)
