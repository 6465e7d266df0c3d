"""A page's markup → nodes. The parser is libxml2's through lxml: a parser after the HTML Living Standard clones elements
that are not closed, so that 39 kB of markup take 1.3 GB, and goes down a deep page by recursion."""
from __future__ import annotations

import re
from collections.abc import Mapping

from ...schema import TooLargeError
from ..xml_parts import parse_page
from .node import UNSHOWN, Node

_DEEPEST = 150        # levels; what lies deeper hangs at this one, so that no page exhausts the stack
_UNREAD = frozenset(("script", "template"))
_HEADS = frozenset(("title", "meta", "link", "style"))
_NO_ATTRIBUTES: Mapping[str, str] = {}
_CROWD = 1_000        # attributes of one tag: the parser compares each with all others, 20,000 take it a second,
_LARGE = 100_000      # and in a page of fewer characters 2 s at the most
_TAG = rb"<[A-Za-z][^\s/>]*+"
_ATTRIBUTE = rb"[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_CROWDED = re.compile(rb"%b(?:%b){%d}" % (_TAG, _ATTRIBUTE, _CROWD))
# Pages that never close their <font> or <b> reach any depth: without their inline tags, and then with no tags but those
# that end each other, they have one that the parser takes.
_INLINE = re.compile(rb"</?(?:font|span|b|i|u|strong|em|a|small|big|center|o:p|st1:\w{1,30})\b[^<>]{0,6000}>", re.I)
_NESTING = re.compile(rb"</?(?!(?:p|br|hr|title|script|style|h[1-6])\b)[A-Za-z][^<>]{0,6000}>", re.I)


def tree(text: str) -> tuple[Node, list[Node]]:
    """The page as nodes below a root of no meaning, and those of them that tell of it and are not shown: title, meta,
    link and style. Comments, processing instructions and scripts are left out. Raises TooLargeError for a tag of more than 1,000 attributes in a large page."""
    markup = text.encode("utf-8", "replace").replace(b"\x00", b"")
    if len(text) > _LARGE and _CROWDED.search(markup):
        raise TooLargeError(f"a tag of more than {_CROWD:,} attributes", way_out="Open it in a browser and save it as .html")
    growing = _Growing()
    whole = parse_page(markup, growing)
    for tags in (_INLINE, _NESTING):
        if not whole:
            markup = tags.sub(b" ", markup)
            growing = _Growing()
            whole = parse_page(markup, growing)
    return growing.grown()


class _Growing:
    """A tree as the parser tells of it, tag by tag; what every node holds is counted as it ends."""

    def __init__(self) -> None:
        self.stack = [Node("html", {})]
        self.words: list[str] = []
        self.heads: list[Node] = []
        self.data = self.words.append
        """Some of an element's text."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self.words:
            self._text()
        stack = self.stack
        parent = stack[-1] if len(stack) <= _DEEPEST else stack[_DEEPEST - 1]
        node = Node(tag, attributes or _NO_ATTRIBUTES, parent, parent.depth + 1)
        parent.children.append(node)
        stack.append(node)
        if tag in _HEADS:
            self.heads.append(node)

    def end(self, tag: str) -> None:
        """The element ends."""
        if self.words:
            self._text()
        node = self.stack.pop()
        parent = node.parent
        if parent is not None and node.tag not in UNSHOWN:
            parent.chars += node.chars
            if node.tables or node.tag == "table":
                parent.tables += node.tables + (node.tag == "table")

    def close(self) -> None:
        """The page ends, and with it all that it left open."""
        while len(self.stack) > 1:
            self.end("")
        if self.words:
            self._text()

    def grown(self) -> tuple[Node, list[Node]]:
        """The root and the heads, which are then held no more: the parser, which holds this, is freed late."""
        self.close()
        root, heads = self.stack.pop(), self.heads
        self.heads = []
        return root, heads

    def _text(self) -> None:
        words = self.words[0] if len(self.words) == 1 else "".join(self.words)
        self.words.clear()
        node = self.stack[-1]
        bare = words.split()
        if not bare:
            node.children.append(words)
        elif node.tag == "noframes" and "<" in words:     # the parser leaves its markup alone
            inside = _Growing()
            parse_page(words.encode("utf-8", "replace"), inside)
            below = inside.grown()[0]
            node.children += below.children
            node.chars += below.chars
        elif node.tag not in _UNREAD:
            node.children.append(words)
            node.chars += len("".join(bare))
