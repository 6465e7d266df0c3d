"""A text as a PDF of several pages with a text layer: running head, page numbers, lines broken as a typesetter breaks them."""
from __future__ import annotations

from make_pdf import BOTTOM, LEFT, RIGHT, TOP, Sheet, broken
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from wrap import Parts, is_member

SONG = "STSong-Light"
SIZE, LEAD = 14.0, 24.0
pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))


def pages(page: Parts, font: str = SONG) -> bytes:
    """The title large and centred on the first page, the text below it; a running head and a number on every page."""
    sheet = _Running(page.title, font)
    for line in broken(page.title, RIGHT - LEFT, 20, 0):
        sheet.put(line, 20, centre=True)
    indents = any(line[:1].isspace() for line in page.lines)
    for words in page.plain():
        indent = 2 * SIZE if words[:1].isspace() or not indents else 0.0
        for i, line in enumerate(broken(words.strip(), RIGHT - LEFT, SIZE, indent)):
            sheet.put(line, SIZE, centre=is_member(words), x=LEFT if i else LEFT + indent)
    return sheet.bytes()


class _Running:
    """Lines from the top of the type area down, page after page."""

    def __init__(self, head: str, font: str) -> None:
        self.sheet, self.head, self.font, self.y, self.page = Sheet(), head, font, TOP, 1

    def put(self, words: str, size: float, *, centre: bool = False, x: float = LEFT) -> None:
        """One line."""
        if self.y > BOTTOM:
            self._furnish()
            self.sheet.page()
            self.page, self.y = self.page + 1, TOP
        if centre:
            x = (LEFT + RIGHT - float(pdfmetrics.stringWidth(words, self.font, size))) / 2
        self.sheet.text(x, self.y, words, size, self.font)
        self.y += LEAD

    def _furnish(self) -> None:
        self.sheet.centre(60, self.head, 10.5)
        self.sheet.centre(790, f"— {self.page} —", 10.5)

    def bytes(self) -> bytes:
        """The file."""
        self._furnish()
        return self.sheet.bytes()
