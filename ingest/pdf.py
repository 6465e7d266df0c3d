"""PDF files with a text layer: paragraphs put together again, ruled tables, headings by size."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..schema import Diagnostic, JihuaError, Page, TooLargeError
from ..schema.diagnose import diagnostic
from .blocks import SourceText
from .compose import Composer
from .docinfo import real_author, real_title
from .pdf_chars import Pdf, PdfPage
from .pdf_columns import Placed, in_order
from .pdf_furniture import Furniture, Row, part_furniture
from .pdf_grid import RuledTable, ruled_tables
from .pdf_headings import kinds
from .pdf_lines import lines_of
from .pdf_notes import take_notes
from .pdf_paragraphs import body_size, paragraphs
from .pdf_tables import SecondReading

MEDIA_TYPE = "application/pdf"
CHARS_MAX = 20_000_000
_UNKNOWN_MIN = 10       # characters without meaning that are worth a note


@dataclass(slots=True)
class _Read:
    """What was taken out of the pages before they are put together."""

    pages: list[PdfPage] = field(default_factory=list)      # without their characters
    rows: dict[int, list[Row]] = field(default_factory=dict)
    tables: dict[int, list[RuledTable]] = field(default_factory=dict)
    title: str = ""
    author: str = ""


def read_pdf(data: bytes, name: str) -> SourceText:
    """The source text of a PDF: paragraphs and tables in reading order, then footnotes, running heads and feet, page
    numbers. A page without a text layer is a diagnostic, a file without any an empty text with one. Raises DamagedError,
    EncryptedError, TooLargeError, naming `name`."""
    try:
        read = _read(data)
    except JihuaError as error:
        raise error.at(name) from error.__cause__
    to = Composer()
    rows, furniture = part_furniture(read.pages, read.rows)
    body = body_size([line for page in rows.values() for row in page for line in row])
    notes = [note for page in read.pages for note in take_notes(rows[page.number], page.number, body)]
    _write_body(read, rows, to)
    _write_furniture(read, [*notes, *furniture], to)
    return SourceText(
        text=to.text, media_type=MEDIA_TYPE, reader="pdf", blocks=tuple(to.blocks), tables=tuple(to.tables),
        page=Page(title=real_title(read.title), author=real_author(read.author)),
        diagnostics=tuple(_diagnostics(read)),
    )


def _read(data: bytes) -> _Read:
    read, total, second = _Read(), 0, SecondReading(data)
    with Pdf(data) as pdf:
        read.title, read.author = pdf.property("Title"), pdf.property("Author")
        for page in pdf.pages():
            total += len(page.chars)
            if total > CHARS_MAX:
                raise TooLargeError(f"more than {CHARS_MAX} characters", place=f"page {page.number}",
                                    way_out="Split the document")
            if page.lost:
                found = second.passed_over(page)
                page.chars.extend(found)
                page.lost = 0 if found else page.lost
            tables, rest = ruled_tables(page)
            read.rows[page.number], read.tables[page.number] = lines_of(rest, page.number), tables
            page.rulings.clear()
            page.chars.clear()
            read.pages.append(page)
    return read


def _write_body(read: _Read, rows: dict[int, list[Row]], to: Composer) -> None:
    """Paragraphs with tables between them; a paragraph does not run on over a table."""
    stretches: list[list[Placed] | tuple[RuledTable, int]] = [[]]
    for page in read.pages:
        placed = in_order(rows[page.number], page.width)
        for table in read.tables[page.number]:
            above = [p for p in placed if p.line.base <= table.box[1] + 1]
            placed = [p for p in placed if p.line.base > table.box[1] + 1]
            _open(stretches).extend(above)
            stretches.append((table, page.number))
        _open(stretches).extend(placed)
    widths = {page.number: page.width for page in read.pages}
    everything = [p for s in stretches if isinstance(s, list) for p in s]
    found = paragraphs([s for s in stretches if isinstance(s, list)], widths)
    flat = [p for stretch in found for p in stretch]
    facts = iter(kinds(flat, body_size([p.line for p in everything])))
    texts = iter(found)
    for stretch in stretches:
        if isinstance(stretch, list):
            for paragraph in next(texts):
                kind, level = next(facts)
                to.block(paragraph.text, kind, level=level, place=f"page {paragraph.page}", bold=paragraph.bold,
                         align=paragraph.align)
        else:
            to.table(stretch[0].rows, f"page {stretch[1]} table {len(to.tables) + 1}")


def _open(stretches: list[list[Placed] | tuple[RuledTable, int]]) -> list[Placed]:
    """The stretch of lines being filled: a new one after a table."""
    last = stretches[-1]
    if isinstance(last, list):
        return last
    fresh: list[Placed] = []
    stretches.append(fresh)
    return fresh


def _write_furniture(read: _Read, furniture: Sequence[Furniture], to: Composer) -> None:
    """Footnotes, running heads and feet, each wording once, then page numbers, then words set at an angle."""
    seen: set[str] = set()
    for item in furniture:
        if item.kind != "page_number" and item.text not in seen:
            seen.add(item.text)
            to.block(item.text, item.kind, place=f"page {item.page}")
    for item in furniture:
        if item.kind == "page_number":
            to.block(item.text, item.kind, place=f"page {item.page}")
    slanted: set[str] = set()
    for page in read.pages:
        if page.slanted.strip() and page.slanted not in slanted:
            slanted.add(page.slanted)
            to.block(page.slanted, "furniture", place=f"page {page.number}")


def _diagnostics(read: _Read) -> Iterator[Diagnostic]:
    empty = [page.number for page in read.pages if not read.rows[page.number] and not read.tables[page.number]]
    if len(empty) == len(read.pages):
        yield diagnostic("no-text", f"none of the {len(empty)} pages has a text layer; recognise the text (OCR) first")
        return
    for number in empty:
        yield diagnostic("page-without-text", f"page {number} has no text layer; recognise its text (OCR)")
    for page in read.pages:
        if page.unknown >= _UNKNOWN_MIN:
            yield diagnostic("reader-note", f"page {page.number}: {page.unknown} characters in fonts that do not say "
                                            "what they mean; recognise the page (OCR)")
        if page.lost:
            yield diagnostic("reader-note", f"page {page.number}: {page.lost} pieces of text in a font that is not in the "
                                            "file may be missing")
    scanned = [page.number for page in read.pages if page.scanned and page.number not in empty]
    if scanned:
        yield diagnostic("reader-note", f"{len(scanned)} pages are pictures with recognised text, which may be "
                                        f"wrong; the first is page {scanned[0]}")
    radicals = sum(page.radicals for page in read.pages)
    if radicals:
        yield diagnostic("reader-note", f"{radicals} characters that the fonts give as radicals or compatibility forms "
                                        "were read as the characters that they show")

