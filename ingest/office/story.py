"""One story of a Word file (the body, a header, a note) as lines, tables and page breaks, numbers written out."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..blocks import BlockKind
from ..numbering import Lists, Numberer
from ..xml_parts import Element
from .items import CellItems, Grid, Item, Line, PageBreak, RowItems, flat
from .runs import LINE, PAGE, Piece, Runs
from .styles import Format, Styles, format_of
from .wordml import ALTERNATE, TEXT_PATH, chosen, number, switch, value, w

_P, _TBL, _TR, _TC, _SDT, _PPR, _RPR = w("p"), w("tbl"), w("tr"), w("tc"), w("sdt"), w("pPr"), w("rPr")
_THROUGH = frozenset(map(w, ("ins", "moveTo", "smartTag", "customXml", "sdtContent")))
_PAGE_FRAME = re.compile(r"[\s\d\-–—－―·•.,/|()（）第页頁共]*")     # what stands around a page's number
_COLUMNS_MAX = 1000


class Story:
    """Reads the block elements of one story; numbering counts through it."""

    def __init__(self, root: Element, styles: Styles, lists: Lists, notes: Counter[str], name: str = "") -> None:
        self._styles, self._lists, self._notes, self._name = styles, lists, notes, f"{name} " if name else ""
        self._runs = Runs(styles, notes, balanced=_fields_close(root))
        self._numberer = Numberer(lists)
        self._paragraphs = self._tables = 0
        self._held: list[Piece] = []        # of a paragraph whose mark is deleted or hidden: it runs on into the next
        self._held_label = ""

    def read(self, parent: Element, toc: bool = False) -> list[Item]:
        """All items below `parent` in order."""
        items: list[Item] = []
        for node in parent:
            self._node(node, items, toc)
        self._flush(items)
        return items

    def _node(self, node: Element, items: list[Item], toc: bool) -> None:
        tag = node.tag
        if tag == _P:
            items.extend(self._paragraph(node, toc))
        elif tag == _TBL:
            self._flush(items)
            items.append(self._table(node))
        elif tag == _SDT:
            gallery = node.find(f"{w('sdtPr')}/{w('docPartObj')}")
            inside = toc or (value(gallery, "docPartGallery") or "").lower() == "table of contents"
            for content in node.findall(w("sdtContent")):
                items.extend(self.read(content, inside))
        elif tag in _THROUGH:
            items.extend(self.read(node, toc))
        elif tag == ALTERNATE:
            for child in chosen(node):
                self._node(child, items, toc)
        elif tag == w("altChunk"):
            self._notes["embedded files left out"] += 1

    def _paragraph(self, node: Element, toc: bool) -> Iterator[Item]:
        self._paragraphs += 1
        place = f"{self._name}paragraph {self._paragraphs}"
        ppr = node.find(_PPR)
        style_id = value(ppr, "pStyle")
        style = self._styles.format(style_id)
        mark = ppr.find(_RPR) if ppr is not None else None
        pieces = self._runs.read(node, style)
        boxes, self._runs.boxes = self._runs.boxes, []
        toc = toc or self._runs.toc
        stated = format_of(ppr).over(style)
        if switch(ppr, "pageBreakBefore"):
            yield PageBreak(place)
        vanished = bool(switch(mark, "vanish"))
        if vanished or (mark is not None and mark.find(w("del")) is not None):
            if vanished and not self._held and any(p.text.strip() for p in pieces):
                self._held_label = self._label(stated, style_id)
            self._held += pieces
        else:
            label = self._held_label or self._label(stated, style_id)
            yield from _lines(label, [*self._held, *pieces], stated, toc, place)
            self._held, self._held_label = [], ""
        for box in boxes:
            yield from self._box(box)
        if ppr is not None and (sect := ppr.find(w("sectPr"))) is not None and value(sect, "type") != "continuous":
            yield PageBreak(place)

    def _flush(self, items: list[Item]) -> None:
        """Write what waited for a paragraph to run on into where none follows."""
        if self._held:
            place = f"{self._name}paragraph {self._paragraphs}"
            items.extend(_lines(self._held_label, self._held, Format(), False, place))
            self._held, self._held_label = [], ""

    def _label(self, stated: Format, style_id: str | None) -> str:
        """The paragraph's number as Word shows it. The level comes from the paragraph or, where a style brings the
        number, from the level that is tied to that style."""
        if stated.number in (None, "0"):
            return ""
        level = stated.level
        if stated.number_style:
            tied = self._lists.level_of_style(stated.number or "", style_id or stated.number_style)
            if tied is None:
                tied = self._lists.level_of_style(stated.number or "", stated.number_style)
            level = tied if tied is not None else level
        return self._numberer.label(stated.number or "", level or 0)

    def _box(self, box: Element) -> Iterator[Item]:
        """A text box as lines of their own; WordArt keeps its words in an attribute."""
        place = f"{self._name}text box in paragraph {self._paragraphs}"
        if box.tag == TEXT_PATH:
            yield Line(" ".join((box.get("string") or "").split()), "text_box", place=place)
            return
        for line in flat(self.read(box)):
            kind: BlockKind = line.kind if line.kind == "page_number" else "text_box"
            yield Line(line.text, kind, bold=line.bold, align=line.align, place=place)

    def _table(self, table: Element) -> Grid:
        self._tables += 1
        place = f"{self._name}table {self._tables}"
        rows: list[RowItems] = []
        open_cells: dict[int, CellItems] = {}       # by grid column: the cell that one below may continue
        for row in _inner(table, _TR):
            trpr = row.find(w("trPr"))
            if trpr is not None and trpr.find(w("del")) is not None:
                self._notes["deletions dropped"] += 1
                continue
            rows.append(RowItems(self._cells(row, trpr, open_cells), head=bool(switch(trpr, "tblHeader"))))
        return Grid(rows, place)

    def _cells(self, row: Element, trpr: Element | None, open_cells: dict[int, CellItems]) -> list[CellItems]:
        cells: list[CellItems] = []
        column = number(value(trpr, "gridBefore"), 0, _COLUMNS_MAX) or 0
        for node in _inner(row, _TC):
            tcpr = node.find(w("tcPr"))
            width = max(1, number(value(tcpr, "gridSpan"), 1, _COLUMNS_MAX) or 1)
            merge = tcpr.find(w("vMerge")) if tcpr is not None else None
            continues = merge is not None and (merge.get(w("val")) or "continue") == "continue"
            above = open_cells.get(column) if continues else None
            if value(tcpr, "hMerge") == "continue" and cells:
                cells[-1].col_span += width
                self._covered(node)
            elif above is not None:
                above.row_span += 1
                self._covered(node)
                cells.append(CellItems([], width, covered=True))
            else:
                cells.append(CellItems(self.read(node), width))
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = cells[-1]
            column += width
        return cells

    def _covered(self, cell: Element) -> None:
        """Word hides what stands in a cell that another one extends into."""
        hidden = sum(len(t.text or "") for t in cell.iter(w("t")))
        if hidden:
            self._notes["characters under merged cells dropped"] += hidden


def _fields_close(root: Element) -> bool:
    """Whether every field that begins also ends, deleted ones aside."""
    marks = Counter(mark.get(w("fldCharType")) for mark in root.iter(w("fldChar")))
    for deleted in root.iter(w("del"), w("moveFrom")):
        marks.subtract(mark.get(w("fldCharType")) for mark in deleted.iter(w("fldChar")))
    return marks["begin"] == marks["end"]


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through controls and marks around them."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag == _SDT or node.tag in _THROUGH:
            yield from _inner(node, tag)


def _lines(label: str, pieces: list[Piece], stated: Format, toc: bool, place: str) -> Iterator[Item]:
    """The lines of a paragraph, parted at its breaks; the label stands in the first that has text."""
    kind, level = _kind(stated, toc, bool(label))
    line: list[Piece] = []
    for piece in [*pieces, Piece(LINE)]:
        if piece.text not in (LINE, PAGE):
            line.append(piece)
            continue
        text = "".join(p.text for p in line)
        if text.strip() or (label.strip() and piece.text == LINE):
            yield Line(label + text, _page_kind(line, kind), level, _bold(line), stated.align or "", place)
            label = ""
        line = []
        if piece.text == PAGE:
            yield PageBreak(place)


def _kind(stated: Format, toc: bool, numbered: bool) -> tuple[BlockKind, int]:
    if toc or stated.toc:
        return "toc", 0
    if stated.title:
        return "title", 0
    if stated.heading or (stated.outline is not None and stated.outline < 9):
        return "heading", stated.outline + 1 if stated.outline is not None and stated.outline < 9 else stated.heading
    return ("list_item" if numbered else "paragraph"), 0


def _page_kind(line: Iterable[Piece], kind: BlockKind) -> BlockKind:
    """A line that is nothing but the page's number and its frame is a page number."""
    computed, rest = False, []
    for piece in line:
        computed = computed or piece.page
        rest += [] if piece.page else [piece.text]
    return "page_number" if computed and _PAGE_FRAME.fullmatch("".join(rest)) else kind


def _bold(line: Iterable[Piece]) -> bool:
    worded = [piece for piece in line if piece.text.strip()]
    return bool(worded) and all(piece.bold for piece in worded)
