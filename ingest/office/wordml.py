"""Names and small look-ups of WordprocessingML (ECMA-376 Part 1, 17)."""
from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..xml_parts import Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_VML = "urn:schemas-microsoft-com:vml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ALTERNATE, CHOICE, FALLBACK = f"{{{MC}}}AlternateContent", f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
MATH_TEXT, TEXT_PATH = f"{{{_MATH}}}t", f"{{{_VML}}}textpath"
MATH = frozenset({f"{{{_MATH}}}oMath", f"{{{_MATH}}}oMathPara"})


@cache
def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{_MAIN}}}{name}"


VAL = w("val")


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of the child `name`; None where it is absent."""
    child = element.find(w(name)) if element is not None else None
    return child.get(VAL) if child is not None else None


def switch(element: Element | None, name: str) -> bool | None:
    """A toggle property such as `w:b`: on, off, or None where it is not stated."""
    child = element.find(w(name)) if element is not None else None
    return None if child is None else child.get(VAL) not in ("0", "false", "off")


def number(text: str | None, low: int = -1_000_000, high: int = 1_000_000) -> int | None:
    """A whole number kept between bounds; None for anything else."""
    try:
        return max(low, min(high, int(text))) if text is not None and len(text) < 20 else None
    except ValueError:
        return None


def chosen(alternate: Element) -> Iterator[Element]:
    """What one branch of mc:AlternateContent holds: the first choice that is not empty, else the fallback."""
    for branch in alternate:
        if branch.tag in (CHOICE, FALLBACK) and next(iter(branch), None) is not None:
            yield from branch
            return
