"""Older Word and Kingsoft files (.doc, .wps), Rich Text, OpenDocument text and Excel workbooks: the only module that uses
firecrawl-anydoc, an optional library (extra `office`). Nothing is sent anywhere: its hosted recognition is never asked for."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ...schema import DamagedError, Diagnostic, EncryptedError, JihuaError, TooLargeError, UnsupportedError
from ...schema.diagnose import diagnostic
from ..blocks import SourceText
from ..compose import Composer
from ..formats import XLSX
from ..package import Package
from . import odt_labels, rtf_labels
from .doc_labels import Labels
from .items import CellItems, Grid, Item, Line, RowItems
from .sheets import sheet_items
from .write import write_items, write_lines

if TYPE_CHECKING:
    import anydoc

DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"
XLS = "application/vnd.ms-excel"
Kind = Literal["doc", "rtf", "odt", "xlsx"]   # xlsx: .xls as well
SLOTS_MAX = 250_000     # cells of a table, blank ones too: 15 s; a small file can hold a million
_SAVE_AS = "save it as .docx with Word, WPS or LibreOffice"
_SAVE_AGAIN = "Open it with the program that wrote it and save it again, or as .docx"
_HIDDEN = re.compile(rb"\bstate=[\"'](?:hidden|veryHidden)[\"']")
_DEPTH = 40             # lists, quotations and tables within each other


def read_doc(data: bytes, name: str) -> SourceText:
    """The source text of a Word 97-2003 or Kingsoft file; see `read_rtf`."""
    return _read(data, name, "doc", DOC)


def read_odt(data: bytes, name: str) -> SourceText:
    """The source text of an OpenDocument text; see `read_rtf`."""
    package = _check(data, name, "LibreOffice")
    try:
        shown = odt_labels.with_labels(package)
    except JihuaError as error:
        raise error.at(name) from error.__cause__
    return _read(shown or data, name, "odt", ODT)


def read_xlsx(data: bytes, name: str) -> SourceText:
    """The source text of an Excel workbook, its hidden sheets aside: each sheet its name, its title, its table with values as
    they are shown, its notes. Errors are those of `read_rtf`."""
    package = _check(data, name, "Excel")
    source = _read(data, name, "xlsx", XLSX)
    hidden = len(_HIDDEN.findall(package.read("xl/workbook.xml") or b""))
    note = (diagnostic("reader-note", f"hidden sheets left out: {hidden}"),) if hidden else ()
    return replace(source, diagnostics=(*source.diagnostics, *note))


def read_xls(data: bytes, name: str) -> SourceText:
    """The source text of an Excel 97-2003 workbook; see `read_xlsx`."""
    return _read(data, name, "xlsx", XLS)


def _check(data: bytes, name: str, program: str) -> Package:
    """The package, looked through for bombs and passwords before anything is unpacked."""
    try:
        return Package(data, program)
    except JihuaError as error:
        raise error.at(name) from error.__cause__


def read_rtf(data: bytes, name: str) -> SourceText:
    """The source text of a Rich Text file: body with tables and automatic numbers, then footnotes and endnotes. Where the
    file does not write its numbers out, the library gives Arabic digits whatever their style is, and a diagnostic tells of
    them, as of those of .doc files. Raises UnsupportedError where the library is not installed, DamagedError,
    EncryptedError, TooLargeError, naming `name`."""
    return _read(rtf_labels.with_labels(data), name, "rtf", RTF)


def _read(data: bytes, name: str, kind: Kind, media_type: str) -> SourceText:
    story = _Story(Labels(data) if kind == "doc" else None)
    try:
        document = _parsed(data, kind)
        items = list(story.items(document.blocks, 0))
    except JihuaError as error:
        raise error.at(name) from error.__cause__
    to = Composer()
    write_items(list(sheet_items(items)) if kind == "xlsx" else items, to)
    for note in document.notes:
        write_lines(list(story.items(note.blocks, 0)), to, "footnote", f"{note.kind} {note.id}")
    return SourceText(text=to.text, media_type=media_type, reader=kind, blocks=tuple(to.blocks), tables=tuple(to.tables),
                      diagnostics=tuple(story.diagnostics()))


def _parsed(data: bytes, kind: Kind) -> anydoc.Document:
    try:
        import anydoc
    except ImportError as error:
        raise UnsupportedError(f"reading .{kind} files needs a library that is not installed",
                               way_out=f'Run pip install "jihua[office]", or {_SAVE_AS}') from error
    try:
        return anydoc.to_document(data, kind if kind != "xlsx" else None)
    except anydoc.EncryptedError as error:
        raise EncryptedError("the document asks for a password", way_out="Save it without a password") from error
    except anydoc.ResourceLimitError as error:
        raise TooLargeError(f"over a limit of the reader: {error.limit}", way_out="Split the document") from error
    except anydoc.ConvertError as error:
        raise DamagedError(f"the file is broken: {error}", way_out=_SAVE_AGAIN) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":    # what Rust raises where it gives up; no Exception
            raise
        raise DamagedError("the file is broken where the reader gave up", way_out=_SAVE_AGAIN) from error


class _Story:
    """Turns the library's blocks into items; places count paragraphs and tables through the file."""

    def __init__(self, labels: Labels | None) -> None:
        self._of_file = labels
        self._paragraphs = self._tables = self._labels = self._deep = 0

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What a reader of the text should know."""
        if self._labels:
            yield diagnostic("reader-note", f"automatic numbers written in Arabic digits, whatever the file shows: {self._labels}")
        if self._deep:
            yield diagnostic("reader-note", f"blocks nested too deeply and left out: {self._deep}")

    def items(self, blocks: Sequence[anydoc.Block], depth: int) -> Iterator[Item]:
        """The blocks in order; a table of layout becomes what stands in it."""
        if depth > _DEPTH:
            self._deep += len(blocks)
            return
        for block in blocks:
            kind = block.kind
            if kind == "paragraph" or kind == "heading":
                yield from self._paragraph(block)
            elif kind == "table" and (table := block.table) is not None:
                yield from self._table(table, depth)
            elif kind == "list" and (found := block.list) is not None:
                yield from self._list(found, depth)
            elif kind == "block_quote":
                yield from self.items(block.blocks or (), depth + 1)
            else:                               # code, formulas
                yield from self._lines([(text, False) for text in (block.text or "").split("\n")])

    def _paragraph(self, block: anydoc.Block) -> Iterator[Line]:
        level = block.level or 0 if block.kind == "heading" else 0
        yield from self._lines(_split(block.content or ()), level)

    def _lines(self, parts: Sequence[tuple[str, bool]], level: int = 0) -> Iterator[Line]:
        self._paragraphs += 1
        for text, bold in parts:
            yield Line(text, "heading" if level else "paragraph", level, bold, place=f"paragraph {self._paragraphs}")

    def _list(self, found: anydoc.List, depth: int) -> Iterator[Item]:
        for number, item in enumerate(found.items, found.start):
            label = self._shown(item.marker_label or _label(found.marker, number))
            begun = False
            for one in self.items(item.blocks, depth + 1):
                if not begun and isinstance(one, Line) and one.text.strip():
                    begun, one = True, Line(label + one.text, "list_item", bold=one.bold, place=one.place)
                yield one

    def _shown(self, label: str) -> str:
        """The label in the file's own style; where that is not known, as the library gives it, which is told."""
        own = self._of_file.own(label) if self._of_file is not None and label else None
        self._labels += bool(label) and own is None
        return label if own is None else own

    def _table(self, table: anydoc.Table, depth: int) -> Iterator[Item]:
        grid = table.grid
        if table.kind == "layout":
            for row in grid:
                for slot in row:
                    cell = slot.cell
                    yield from self.items(cell.blocks, depth + 1) if cell is not None else ()
            return
        if len(grid) * max(map(len, grid), default=0) > SLOTS_MAX:
            raise TooLargeError(f"a table of more than {SLOTS_MAX} cells", place=f"table {self._tables + 1}",
                                way_out="Split the document")
        self._tables += 1
        place = f"table {self._tables}"
        heads = table.header_rows
        rows = [RowItems(list(self._cells(row, r, depth)), r < heads) for r, row in enumerate(grid)]
        yield Grid(rows, place)

    def _cells(self, row: Sequence[anydoc.CellSlot], r: int, depth: int) -> Iterator[CellItems]:
        """The cells of a row; one that extends into it from above is covered, once however wide it is."""
        for c, slot in enumerate(row):
            cell = slot.cell            # each look at it makes a copy
            if cell is not None:
                yield CellItems(list(self.items(cell.blocks, depth + 1)), cell.col_span, cell.row_span)
            elif slot.origin_row != r and slot.origin_col == c:
                yield CellItems([], covered=True)


def _split(content: Sequence[anydoc.Inline]) -> list[tuple[str, bool]]:
    """The lines of a paragraph, parted at its line breaks, each with whether all of it is bold."""
    lines: list[tuple[str, bool]] = []
    parts: list[str] = []
    bold = True
    for text, heavy in _inlines(content, 0):
        if text == "\n":
            lines.append(("".join(parts), bold and bool(parts)))
            parts, bold = [], True
            continue
        parts.append(text)
        bold = bold and (heavy or not text.strip())
    return [*lines, ("".join(parts), bold and bool(parts))]


def _inlines(content: Sequence[anydoc.Inline], depth: int) -> Iterator[tuple[str, bool]]:
    for inline in content:
        kind, text = inline.kind, inline.text
        if kind == "line_break":
            yield "\n", False
        elif kind == "checkbox":
            yield "☑" if inline.checked else "☐", False
        elif text:
            style = inline.style
            yield text.replace("\n", " "), style is not None and style.bold
        elif kind == "link" and depth < _DEPTH:
            yield from _inlines(inline.content or (), depth + 1)


def _label(marker: str, number: int) -> str:
    """The number of an item; none for a bullet."""
    if marker == "decimal":
        return f"{number}. "
    if marker.endswith("alpha") and 1 <= number <= 26:
        return f"{chr((65 if marker.startswith('upper') else 97) + number - 1)}. "
    return f"{number}. " if marker != "bullet" else ""
