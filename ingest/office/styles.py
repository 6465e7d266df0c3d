"""What a paragraph or character style says, with everything it takes over from the styles it is based on."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..compose import Align
from ..xml_parts import Element
from .wordml import number, switch, value, w

_HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_TOC = re.compile(r"(?:toc|目录|目錄) ?(?:[1-9]|heading|标题|標題)", re.IGNORECASE)
_ALIGN: dict[str | None, Align] = {"center": "center", "right": "right", "end": "right", "left": "", "both": "",
                                   "start": "", "distribute": "", "mediumKashida": ""}


@dataclass(frozen=True, slots=True)
class Format:
    """Properties of a paragraph; None where not stated. `number` is the list instance ("0" switches numbers off) and
    `number_style` the style that names it."""

    number: str | None = None
    level: int | None = None
    number_style: str = ""
    outline: int | None = None
    align: Align | None = None
    bold: bool | None = None
    hidden: bool | None = None
    heading: int = 0
    title: bool = False
    toc: bool = False

    def over(self, base: Format) -> Format:
        """These properties where stated, else those of `base`."""
        own_number = self.number is not None
        return Format(
            number=self.number if own_number else base.number,
            level=self.level if self.level is not None else base.level,
            number_style=self.number_style if own_number else base.number_style,
            outline=self.outline if self.outline is not None else base.outline,
            align=self.align if self.align is not None else base.align,
            bold=self.bold if self.bold is not None else base.bold,
            hidden=self.hidden if self.hidden is not None else base.hidden,
            heading=self.heading or base.heading, title=self.title or base.title, toc=self.toc or base.toc,
        )


def format_of(ppr: Element | None, rpr: Element | None = None) -> Format:
    """What w:pPr states directly, and w:rPr of bold and hidden."""
    numpr = ppr.find(w("numPr")) if ppr is not None else None
    return Format(
        number=value(numpr, "numId"), level=number(value(numpr, "ilvl"), 0, 8),
        outline=number(value(ppr, "outlineLvl"), 0, 9), align=_ALIGN.get(value(ppr, "jc")), bold=switch(rpr, "b"),
        hidden=switch(rpr, "vanish"),
    )


class Styles:
    """The styles of a document, resolved when asked for."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Format] = {}
        self._default = ""
        for style in root.findall(w("style")) if root is not None else ():
            key = style.get(w("styleId")) or ""
            self._elements.setdefault(key, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self._default = self._default or key

    def format(self, style: str | None) -> Format:
        """The properties of a style by its id; of the default paragraph style for None or an id that is not defined."""
        key = style if style in self._elements else self._default
        if key not in self._resolved:
            result = Format()
            for name in self._chain(key):
                result = result.over(self._own(name))
            self._resolved[key] = result
        return self._resolved[key]

    def character(self, style: str | None) -> Format:
        """The properties of a character style; nothing stated for None or an id that is not defined."""
        return self.format(style) if style in self._elements else Format()

    def list_number(self, style: str) -> str | None:
        """The list instance that a list style names."""
        element = self._elements.get(style)
        return format_of(element.find(w("pPr"))).number if element is not None else None

    def _chain(self, key: str) -> Iterator[str]:
        seen: set[str] = set()
        while key in self._elements and key not in seen:
            seen.add(key)
            yield key
            key = value(self._elements[key], "basedOn") or ""

    def _own(self, key: str) -> Format:
        style = self._elements[key]
        stated = format_of(style.find(w("pPr")), style.find(w("rPr")))
        name = (value(style, "name") or "").strip()
        heading = _HEADING.fullmatch(name)
        return replace(
            stated, number_style=key if stated.number is not None else "",
            heading=int(heading.group(1)) if heading else 0, title=name.lower() in _TITLES,
            toc=_TOC.fullmatch(name) is not None,
        )
