"""XML parts of office packages, and web pages: the only module that imports lxml itself. No entity is ever resolved,
nothing is fetched, and a document type declaration in a part, which neither OPC nor OFD allows, is refused."""
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol, cast

from lxml import etree  # type: ignore[import-untyped]

from ..schema import DamagedError

_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
           "remove_pis": True}


class Element(Protocol):
    """What the readers use of an lxml element. `tag` is not a string for comments and entities."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> Element | None: ...
    def findall(self, path: str) -> list[Element]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def __iter__(self) -> Iterator[Element]: ...


def parse_part(blob: bytes, part: str) -> Element:
    """The root of a part's tree. Raises DamagedError for what is not well-formed or declares a document type."""
    way_out = "Save the document again with the program that wrote it"
    try:
        root = etree.fromstring(blob, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedError(f"not well-formed XML: {error}", place=part, way_out=way_out) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("the XML declares a document type, which may expand without end", place=part, way_out=way_out)
    return cast(Element, root)


class Listener(Protocol):
    """What is told of a page's markup as it is read: comments and instructions are not."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def data(self, words: str) -> None: ...
    def end(self, tag: str) -> None: ...
    def close(self) -> object: ...


def parse_page(markup: bytes, listener: Listener) -> bool:
    """Tell of a web page in UTF-8, however broken. Gives whether all of it was read, which it is not beyond a depth of 2,048
    elements."""
    parser = etree.HTMLParser(target=listener, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        etree.fromstring(markup, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        pass     # of a page without content
    return not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def local(element: Element) -> str:
    """An element's name without its namespace: writers use several addresses for one, or none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names, whatever their namespace."""
    for name in path:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """The children of a name, whatever their namespace."""
    return [e for e in element if local(e) == name] if element is not None else []


def words(element: Element | None) -> str:
    """An element's text without blanks around it; empty where it is absent."""
    return (element.text or "").strip() if element is not None else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def put(element: Element, text: str | None = None, drop: Collection[str] = ()) -> None:
    """Change an element: its first words, and attributes to drop by name."""
    changed = cast(Any, element)
    if text is not None:
        changed.text = text
    for key in [key for key in element.attrib if key.rpartition("}")[2] in drop]:
        del changed.attrib[key]


def take_out(element: Element) -> None:
    """Take an element out of its tree; a root stays."""
    parent = cast(Any, element).getparent()
    if parent is not None:
        parent.remove(element)


def serialised(root: Element) -> bytes:
    """A part's tree as XML again."""
    return cast(bytes, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
