"""A page as a light tree, free of the parser that made it, with what every element holds counted once."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
_HIDDEN = re.compile(r"display:none|visibility:hidden")
_TINY = re.compile(r"font-size:0(?:px|pt|em|%)?(?:;|$|!)")


@dataclass(slots=True, eq=False)
class Node:
    """An element. `nth` counts it among the children of its name, `chars` the characters in it that are no blanks,
    `tables` the tables below it."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    nth: int = 1
    depth: int = 0
    children: list[Node | str] = field(default_factory=list)
    chars: int = 0
    tables: int = 0

    @property
    def style(self) -> str:
        """The style attribute in lower case, without blanks."""
        words = self.attrs.get("style")
        return "".join(words.lower().split()) if words else ""

    @property
    def names(self) -> str:
        """Its class and id, in lower case."""
        return f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}".strip().lower()

    def is_hidden(self) -> bool:
        """Whether the page itself says not to show it. Text of no size is hidden, unless something in it has a size
        again: editors set the size to 0 to close gaps between pictures."""
        if "hidden" in self.attrs:
            return True
        if "style" not in self.attrs:
            return False
        if _HIDDEN.search(self.style):
            return True
        return _TINY.search(self.style) is not None and not any("font" in n.style for n in self.walk() if n is not self)

    def elements(self) -> Iterator[Node]:
        """Its children that are elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """It and every element below it, in document order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed([child for child in node.children if isinstance(child, Node)]))

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
        steps = [n.tag if n.tag in ("body", "html") else f"{n.tag}[{n.nth}]" for n in self.ancestors() if n.parent]
        return "/".join(reversed([step for step in steps if step != "html"]))


def count(root: Node) -> None:
    """Fill `chars` and `tables` from the leaves up."""
    for node in reversed(list(root.walk())):
        if node.tag in UNSHOWN:
            continue
        for child in node.children:
            if isinstance(child, str):
                node.chars += len("".join(child.split()))
            else:
                node.chars += child.chars
                node.tables += child.tables + (child.tag == "table")
