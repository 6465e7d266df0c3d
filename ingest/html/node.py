"""A page as a light tree, free of the parser that made it, with what every element holds counted once."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .style import PLAIN, Style, style_of

# Elements whose content is not shown as text.
UNSHOWN = frozenset((
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "option", "optgroup", "select",
    "datalist", "svg", "canvas", "audio", "video", "object", "applet", "embed", "iframe", "img", "map", "area", "input",
    "rp", "rt", "colgroup", "col", "param", "source", "track", "base", "basefont", "bgsound"))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp"))


@dataclass(slots=True, eq=False)
class Node:
    """An element. `chars` counts the characters in it that are no blanks, `tables` the tables
    below it; `where` is its place once that was asked for."""

    tag: str
    attrs: Mapping[str, str]
    parent: Node | None = None
    depth: int = 0
    children: list[Node | str] = field(default_factory=list)
    chars: int = 0
    tables: int = 0
    where: str | None = None

    @property
    def style(self) -> Style:
        """What its style attribute says."""
        return style_of(self.attrs["style"]) if "style" in self.attrs else PLAIN

    @property
    def names(self) -> str:
        """Its class and id, in lower case."""
        return f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}".strip().lower()

    def is_hidden(self) -> bool:
        """Whether the page itself says not to show it. Text of no size is hidden, unless something in it has a size
        again: editors set the size to 0 to close gaps between pictures."""
        if "hidden" in self.attrs:
            return True
        style = self.style
        if style.hidden or not style.tiny:
            return style.hidden
        return not any(node.style.sized for node in self.walk() if node is not self)

    def elements(self) -> Iterator[Node]:
        """Its children that are elements."""
        return iter([child for child in self.children if isinstance(child, Node)])

    def walk(self) -> Iterator[Node]:
        """It and every element below it, in document order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed([child for child in node.children if isinstance(child, Node)]))

    def release(self) -> None:
        """Undo the links upward in the tree below, which is then freed as soon as nothing holds it: as cycles, the nodes would
        wait for the collector, and cost it a tenth of a page's reading."""
        todo = [self]
        while todo:
            node = todo.pop()
            node.parent = None
            todo += [child for child in node.children if isinstance(child, Node)]

    def ancestors(self) -> Iterator[Node]:
        """It and every element above it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def words(self) -> str:
        """All its text, blanks as they are shown."""
        parts: list[str] = []
        todo: list[Node | str] = [self]
        while todo:
            item = todo.pop()
            if isinstance(item, str):
                parts.append(item)
            elif item.tag not in UNSHOWN or item is self:
                todo.extend(reversed(item.children))
        return " ".join("".join(parts).split())

    def place(self) -> str:
        """Where it stands: `body/div[2]/p[5]`."""
        if self.where is None:
            self.where = ""
            if self.parent is not None:
                self.parent._place_children(self.parent.place())
        return self.where

    def _place_children(self, here: str) -> None:
        nth: dict[str, int] = {}
        above = f"{here}/" if here else ""
        for child in self.elements():
            tag = child.tag
            if tag == "html":
                child.where = here
            elif tag == "body":
                child.where = f"{above}body"
            else:
                nth[tag] = nth.get(tag, 0) + 1
                child.where = f"{above}{tag}[{nth[tag]}]"
