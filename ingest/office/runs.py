"""The visible text of a paragraph: accepted insertions, field results, symbols; no deletions, no hidden text."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..xml_parts import Element
from .styles import Format, Styles
from .wordml import ALTERNATE, FALLBACK, MATH, MATH_TEXT, TEXT_PATH, chosen, switch, value, w

LINE, PAGE = "\n", "\f"     # a line break and a page break among the pieces

_T, _RUN, _RPR, _SDT, _SDT_CONTENT = w("t"), w("r"), w("rPr"), w("sdt"), w("sdtContent")
_RUBY, _RUBY_BASE, _BOX, _FIELD, _INSTRUCTION = w("ruby"), w("rubyBase"), w("txbxContent"), w("fldChar"), w("instrText")
_THROUGH = frozenset(map(w, ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent",
                             "rubyBase")))
_DELETED = frozenset(map(w, ("del", "moveFrom")))
_SIGNS = {w("tab"): " ", w("ptab"): " ", w("cr"): LINE, w("noBreakHyphen"): "-"}
_GRAPHICS = frozenset(map(w, ("drawing", "pict", "object")))
_FLAT = str.maketrans("\t\r\n\u2028\u2029\x85", "      ")     # Word shows these within w:t as blanks
# What Wingdings, Wingdings 2 and Symbol draw for a code, where it says something in a form or a list.
_SYMBOLS = {
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0x6E: "■", 0xA7: "▪", 0x6C: "●",
                  0xA1: "○", 0xFC: "✓", 0xFB: "✗", 0x75: "◆", 0xAB: "★", 0xE0: "→", 0xE8: "→", 0xF0: "→"},
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0x53: "☒", 0xA3: "□", 0x2A: "□", 0x50: "✓", 0x4F: "✗", 0x98: "●", 0x97: "●"},
    "symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB0: "°",
               0xAE: "→", 0xA5: "∞"},
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one run. `page` says that a field computes it: the page's number or the count of pages."""

    text: str
    bold: bool = False
    page: bool = False


class Runs:
    """Reads the paragraphs of one story in order; a field may run over several of them. `boxes` collects the text boxes
    met, `notes` counts what was left out."""

    def __init__(self, styles: Styles, notes: Counter[str], balanced: bool) -> None:
        self._styles, self._notes = styles, notes
        self._fields: list[list[str]] = []      # of each open field: its instruction, and "result" once that is over
        self._balanced = balanced               # fields that do not close would hide all that follows
        self._pieces: list[Piece] = []
        self._format = Format()
        self.boxes: list[Element] = []
        self.toc = False

    def read(self, paragraph: Element, style: Format) -> list[Piece]:
        """The pieces of a paragraph in order. `style` is what its style says of its text."""
        self._pieces, self._format, self.toc = [], style, self._in_toc()
        for child in paragraph:
            self._visit(child)
        return self._pieces

    def _visit(self, node: Element) -> None:
        tag = node.tag
        if tag == _RUN:
            self._run(node)
        elif tag in _THROUGH:
            if tag == w("ins"):
                self._notes["insertions accepted"] += 1
            for child in node:
                self._visit(child)
        elif tag == w("fldSimple"):
            self._simple_field(node)
        elif tag == _SDT:
            self._content_control(node)
        elif tag in _DELETED:
            self._notes["deletions dropped" if tag == w("del") else "moved passages written once"] += 1
        elif tag == ALTERNATE:
            for child in chosen(node):
                self._visit(child)
        elif tag in MATH:
            self._add("".join(t.text or "" for t in node.iter(MATH_TEXT)), False)

    def _content_control(self, node: Element) -> None:
        if switch(node.find(w("sdtPr")), "showingPlcHdr"):
            self._notes["prompts of empty form fields dropped"] += 1
            return
        for child in node.findall(w("sdtContent")):
            self._visit(child)

    def _simple_field(self, node: Element) -> None:
        self._fields.append([node.get(w("instr")) or "", "result"])
        for child in node:
            self._visit(child)
        self._fields.pop()

    def _run(self, run: Element) -> None:
        rpr = run.find(_RPR)
        bold = switch(rpr, "b") if rpr is not None else None
        hidden = switch(rpr, "vanish") if rpr is not None else None
        if rpr is not None and (bold is None or hidden is None) and (name := value(rpr, "rStyle")):
            style = self._styles.character(name)
            # A toggle that both the paragraph's and the run's style switch on is off (17.7.3).
            bold = bool(style.bold) != bool(self._format.bold) if bold is None and style.bold is not None else bold
            hidden = style.hidden if hidden is None else hidden
        bold = bool(self._format.bold) if bold is None else bold
        hidden = bool(self._format.hidden) if hidden is None else hidden
        for child in run:
            self._in_run(child, bold, hidden)

    def _in_run(self, node: Element, bold: bool, hidden: bool) -> None:
        tag = node.tag
        if tag == _T:
            self._text((node.text or "").translate(_FLAT), bold, hidden)
        elif tag == _FIELD:
            self._field(node.get(w("fldCharType")))
        elif tag == _INSTRUCTION:
            if self._fields:
                self._fields[-1][0] += node.text or ""
        elif tag == w("br"):
            self._text(PAGE if node.get(w("type")) == "page" else LINE, bold, hidden)
        elif tag in _SIGNS:
            self._text(_SIGNS[str(tag)], bold, hidden)
        elif tag == w("sym"):
            self._text(_symbol(node), bold, hidden)
        elif tag in _GRAPHICS:
            self._graphic(node)
        elif tag == ALTERNATE:
            for child in chosen(node):
                self._in_run(child, bold, hidden)
        elif tag == _RUBY:
            for base in node.findall(_RUBY_BASE):
                self._visit(base)

    def _text(self, text: str, bold: bool, hidden: bool) -> None:
        if hidden:
            self._notes["hidden characters dropped"] += len(text.strip())
        else:
            self._add(text, bold)

    def _add(self, text: str, bold: bool) -> None:
        fields = self._fields if self._balanced else []
        if text and all(field[1] for field in fields):
            names = [field[0].split()[:1] for field in fields]
            self._pieces.append(Piece(text, bold, any(n and n[0].upper() in ("PAGE", "NUMPAGES") for n in names)))
            self.toc = self.toc or self._in_toc()

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_toc(self) -> bool:
        return self._balanced and any(field[0].split()[:1] == ["TOC"] for field in self._fields)

    def _graphic(self, node: Element) -> None:
        """Note the text boxes of a drawing and the words of its WordArt, each once."""
        for child in node:
            if child.tag in (_BOX, TEXT_PATH):
                self.boxes.append(child)
            elif child.tag == ALTERNATE:
                for part in chosen(child):
                    self._graphic_part(part)
            elif child.tag != FALLBACK:
                self._graphic(child)

    def _graphic_part(self, node: Element) -> None:
        if node.tag in (_BOX, TEXT_PATH):
            self.boxes.append(node)
        else:
            self._graphic(node)


def _symbol(node: Element) -> str:
    """The character that w:sym shows; a bullet for one that only its font knows."""
    try:
        code = int((node.get(w("char")) or "0")[:6], 16)
    except ValueError:
        return ""
    if not 0x20 < code <= 0xFFFF or 0xD800 <= code < 0xE000:
        return ""
    font = (node.get(w("font")) or "").lower()
    if font in _SYMBOLS or 0xE000 <= code <= 0xF8FF:
        return _SYMBOLS.get(font, {}).get(code & 0xFF, "•")
    return chr(code) if chr(code).isprintable() else ""
