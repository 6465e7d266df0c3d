"""Web pages: all that is shown, in reading order, with the page's own text told from its furniture. The only module
that knows the parser."""
from __future__ import annotations

import re
import warnings
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from .blocks import BlockKind, SourceText
from .charset import decode
from .compose import Composer
from .html_blocks import Item, items_of
from .html_main import kinds, shown, with_title
from .html_node import Node, count
from .html_page import is_info, page_of

_HEAD = 4096          # bytes in which a page declares its charset (browsers look at 1024)
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.I)
_DEEPEST = 150        # levels; what lies deeper hangs at this one, so that no page exhausts the stack


def read_html(data: bytes, name: str = "", *, charset: str | None = None) -> SourceText:
    """The text of a page with its menus, marked as such, its data tables and its metadata. `charset` is the label of
    whatever brought the page, which goes before its own."""
    decoded = decode(data, charset or declared_charset(data))
    root = tree(decoded.text)
    items = shown(items_of(root))
    for item in items:
        item.info = is_info(item)
    chosen = kinds(items, root)
    page = page_of(root, items, chosen)
    chosen = with_title(items, chosen, page.title or "")
    composer = Composer()
    places = {node: node.place() for node in {item.node: None for item in items}}
    for item, kind in zip(items, chosen, strict=True):
        _write(composer, item, kind, places[item.node])
    return SourceText(composer.text, "text/html", "html", decoded.charset, tuple(composer.blocks),
                      tuple(composer.tables), page, diagnostics=decoded.diagnostics)


def declared_charset(data: bytes) -> str | None:
    """The label in a page's meta element or XML prolog."""
    found = _DECLARED.search(data[:_HEAD])
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def tree(text: str) -> Node:
    """The page as nodes. Comments, processing instructions and the like are left out."""
    with warnings.catch_warnings():     # of markup that looks like XML or like an address
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(text.replace("\x00", ""), "lxml", multi_valued_attributes=None)
    root = Node("html", {})
    todo: list[tuple[Tag, Node]] = [(soup, root)]
    while todo:
        tag, node = todo.pop()
        nth: dict[str, int] = {}
        for child in tag.children:
            if isinstance(child, Tag):
                todo.append((child, _hang(child, node, nth)))
            elif type(child) in (NavigableString, CData):
                node.children.append(str(child))
    count(root)
    return root


def _hang(tag: Tag, parent: Node, nth: dict[str, int]) -> Node:
    """A node for the tag below `parent`; its attributes as strings."""
    nth[tag.name] = nth.get(tag.name, 0) + 1
    attrs = {key: str(value) for key, value in tag.attrs.items()}
    while parent.depth >= _DEEPEST and parent.parent is not None:
        parent = parent.parent
    node = Node(tag.name.lower(), attrs, parent, nth[tag.name], parent.depth + 1)
    parent.children.append(node)
    return node


def _write(composer: Composer, item: Item, kind: BlockKind, place: str) -> None:
    """One item as a block or a table; a table that is furniture as one block a row."""
    if item.rows is not None and kind == "cell":
        composer.table(item.rows, place)
        return
    lines = item.text.split("\n") if item.rows is not None else [item.text]
    for line in lines:
        before = len(composer.blocks)
        composer.block(line, kind, level=item.level, place=place, bold=item.bold, align=item.align)
        if item.links and len(composer.blocks) > before:
            composer.blocks[-1] = replace(composer.blocks[-1], link_chars=min(item.links, len(line)))
