"""XML, written: elements from names and values, characters that XML has none for replaced, the same bytes every time."""
from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

Element = ElementTree.Element
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]\x00-\x20\x7f-\x9f]{1,2000}", re.I)
_DIGITS = 100
"""Digits before or after the point beyond which a number is no statement of a plan: 1E+999999 would fill a megabyte."""


class Builder:
    """Makes the elements of one file and remembers the characters that no XML 1.0 may hold (`replaced`)."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()

    def text(self, words: str) -> str:
        """The words with every such character replaced by U+FFFD; carriage returns become line feeds, as XML has it."""
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        self.replaced.update(_NO_XML.findall(words))
        return _NO_XML.sub("\ufffd", words)

    def add(self, parent: Element, name: str, value: object = None, /, **attributes: object) -> Element:
        """A child at the parent's end. Attributes of value None are left out; `_` in their names stands for `-`."""
        named = {key.rstrip("_").replace("_", "-"): self.text(plain(v)) for key, v in attributes.items() if v is not None}
        child = ElementTree.SubElement(parent, name, named)
        if value is not None:
            child.text = self.text(plain(value))
        return child


def writable(value: Decimal) -> bool:
    """Whether a number has so few digits that it can be written out in full."""
    return abs(value.adjusted()) < _DIGITS and len(value.as_tuple().digits) < _DIGITS


def plain(value: object) -> str:
    """A value as XML Schema writes it: decimals without exponent, days as `2022-09-30`."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def serialized(root: Element) -> bytes:
    """The tree as UTF-8 with an XML declaration, indented by two, ending in a line feed."""
    ElementTree.indent(root)
    words: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{words}\n'.encode()


def is_address(url: str) -> bool:
    """Whether an address can stand where XML Schema and RFC 5545 want a URI: http(s), a host, no blanks or brackets."""
    return _ADDRESS.fullmatch(url) is not None
