"""Small PDF files for the tests of the PDF reader: Chinese set with the CID font STSong-Light, which needs no font file."""
from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

SONG = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 79.0, 515.0, 120.0, 740.0     # the type area, from the upper left
_NOT_FIRST = "，。；：、！？）》”’,.;:!?)%％"
_UNITS = re.compile(r"[A-Za-z0-9.%À-ÖØ-öø-ɏ]+|.")
pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Sheet:
    """Pages drawn from the upper left corner down."""

    def __init__(self, **more: object) -> None:
        self._out = BytesIO()
        self.canvas = Canvas(self._out, pagesize=(WIDTH, HEIGHT), invariant=1, **more)

    def text(self, x: float, y: float, words: str, size: float = 16, font: str = SONG) -> None:
        """Words with their baseline at `y`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def centre(self, y: float, words: str, size: float = 16) -> None:
        """Words in the middle of the type area."""
        width = pdfmetrics.stringWidth(words, SONG, size)
        self.text((LEFT + RIGHT - width) / 2, y, words, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling."""
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float], words: Sequence[Sequence[str]], size: float = 12) -> None:
        """A ruled table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y, row in zip(ys, words, strict=False):
            for x, cell in zip(xs, row, strict=False):
                self.text(x + 5, y + size + 4, cell, size)

    def page(self) -> None:
        """Begin a new page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._out.getvalue()


def broken(words: str, width: float, size: float, indent: float) -> list[str]:
    """The lines of a paragraph: no closing mark begins a line, no Latin word or number is parted."""
    lines, line, used = [], "", indent
    for unit in _UNITS.findall(words):
        wide = float(pdfmetrics.stringWidth(unit, SONG, size))
        if line and used + wide > width + 0.01 and unit not in _NOT_FIRST:
            lines.append(line)
            line, used = "", 0.0
        line += unit
        used += wide
    return [*lines, line]


def typeset(paragraphs: Sequence[str], *, size: float = 16, lead: float = 28, indent: float = 2, gap: float = 0,
            head: str = "", foot: str = "— {} —") -> bytes:
    """Pages of running text. `indent` is in characters, `gap` in points between paragraphs; `foot` takes the page's
    number."""
    sheet, y, page = Sheet(), TOP, 1

    def furnish() -> None:
        if head:
            sheet.centre(60, head, 10.5)
        if foot:
            sheet.centre(790, foot.format(page), 10.5)

    for words in paragraphs:
        for i, line in enumerate(broken(words, RIGHT - LEFT, size, indent * size)):
            if y > BOTTOM:
                furnish()
                sheet.page()
                page, y = page + 1, TOP
            sheet.text(LEFT if i else LEFT + indent * size, y, line, size)
            y += lead
        y += gap
    furnish()
    return sheet.bytes()


def one_font(codes: str, meanings: dict[int, int]) -> bytes:
    """A page whose font maps each byte of `codes` to a code point of its own."""
    pairs = "".join(f"<{ord(c):02x}> <{meanings.get(ord(c), ord(c)):04x}>\n" for c in sorted(set(codes)))
    cmap = (f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n1 "
            f"begincodespacerange <00> <ff> endcodespacerange\n{len(set(codes))} beginbfchar\n{pairs}endbfchar\nendcmap end end")
    content = f"BT /F 16 Tf 80 700 Td ({codes}) Tj ET"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
               f"<</Length {len(content)}>>stream\n{content}\nendstream",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
               f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream"]
    out, offsets = "%PDF-1.4\n", []
    for i, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{i} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{out}{head}trailer\n<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF".encode()
