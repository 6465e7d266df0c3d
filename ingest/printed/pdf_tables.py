"""The only module that uses pdfplumber: its geometry of rulings makes the cells of tables, and its parser gives the text
that pdfium passes over."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from .page import Char, PrintedPage

Box = tuple[float, float, float, float]     # x0, top, x1, bottom

SNAP = 3.0              # points within which two rulings are one
_EDGES_MAX = 20_000
_LINES_MAX = 1000       # of each page, the longest: each level one is tried against each upright one
_CROSSINGS_MAX = 2500   # finding cells is quadratic in crossings; a page-filling table of 40 by 20 has 861


def cell_boxes(rulings: Sequence[Box]) -> list[list[Box]]:
    """The cells that rulings enclose, a list each table of more than one cell."""
    level = sum(r[3] - r[1] < 0.5 for r in rulings)
    if level < 2 or len(rulings) - level < 2 or len(rulings) > _EDGES_MAX:
        return []
    edges = [{"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
              "orientation": "h" if bottom - top < 0.5 else "v"} for x0, top, x1, bottom in rulings]
    lines = merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    lines = sorted(lines, key=lambda e: (-max(e["x1"] - e["x0"], e["bottom"] - e["top"]), e["top"], e["x0"]))[:_LINES_MAX]
    crossings = edges_to_intersections(lines, SNAP, SNAP)
    if len(crossings) > _CROSSINGS_MAX:
        return []
    return [[(float(a), float(b), float(c), float(d)) for a, b, c, d in cells]
            for cells in cells_to_tables(intersections_to_cells(crossings))]


class SecondReading:
    """A file as pdfplumber reads it, opened when first asked for: five to ten times slower than pdfium."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: PDF | None = None

    def passed_over(self, page: PrintedPage) -> list[Char]:
        """Characters of a page that are not among `page.chars`: text in fonts that are neither in the file nor on this
        machine. None where pdfplumber cannot read the page."""
        try:
            self._pdf = self._pdf or pdfplumber.open(BytesIO(self._data))
            plumbed = self._pdf.pages[page.number - 1]
            found = [_char(char, plumbed) for char in _letters(plumbed.layout)]
            plumbed.close()
        except Exception:   # pdfminer raises whatever its parsing of a damaged file runs into
            return []
        known = {(char.text, round(char.x0), round(char.base)) for char in page.chars}
        return [char for char in found if char is not None and not known.intersection(_near(char))]


def _letters(layout: Iterable[Any]) -> Iterator[Any]:
    """The characters of pdfminer's layout, those in forms too. Taken from there they cost half of `page.chars`."""
    for item in layout:
        if hasattr(item, "fontname"):
            yield item
        elif hasattr(item, "__iter__"):
            yield from _letters(item)


def _char(item: Any, page: Page) -> Char | None:
    """A character in the coordinates of the page as shown; None for one that is not upright or not to be shown."""
    a, _, _, _, x, y = item.matrix
    left = float(x + page.mediabox[0] - page.cropbox[0])
    base = float(page.mediabox[1] + page.height - y - page.cropbox[1])
    text, size = str(item.get_text()), float(item.size)
    if not item.upright or a <= 0 or size < 0.1 or not text or not text.isprintable() or text.startswith("(cid:"):
        return None
    return Char(text, left, left + float(item.x1 - item.x0), base, size, "bold" in str(item.fontname).lower())


def _near(char: Char) -> list[tuple[str, int, int]]:
    x, y = round(char.x0), round(char.base)
    return [(char.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
