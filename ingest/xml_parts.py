"""XML parts of office packages: the only module that imports lxml itself. No entity is ever resolved, nothing is fetched,
and a document type declaration, which neither OPC nor OFD allows, is refused."""
from __future__ import annotations

from typing import cast

from lxml import etree  # type: ignore[import-untyped]

from ..schema import DamagedError
from .docx_xml import Element

_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
           "remove_pis": True}


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
