"""The text of printed pages, whatever the format that holds them: paragraphs put together again, ruled tables, headings
by size, then footnotes, running heads and feet, page numbers."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...schema import TooLargeError
from ..compose import Composer
from .columns import Placed, in_order
from .footnotes import take_notes
from .furniture import Furniture, Row, part_furniture
from .grid import RuledTable, ruled_tables
from .headings import kinds
from .lines import lines_of
from .page import PrintedPage
from .paragraphs import body_size, paragraphs
from .runon import Stretch, run_on

CHARS_MAX = 20_000_000


@dataclass(slots=True)
class Printed:
    """What was taken out of the pages before they are put together."""

    pages: list[PrintedPage] = field(default_factory=list)      # without their characters
    rows: dict[int, list[Row]] = field(default_factory=dict)
    tables: dict[int, list[RuledTable]] = field(default_factory=dict)
    chars: int = 0

    def add(self, page: PrintedPage) -> None:
        """Take the lines and tables of a page, whose characters are let go. Raises TooLargeError."""
        self.chars += len(page.chars)
        if self.chars > CHARS_MAX:
            raise TooLargeError(f"more than {CHARS_MAX} characters", place=f"page {page.number}",
                                way_out="Split the document")
        tables, rest = ruled_tables(page)
        self.rows[page.number], self.tables[page.number] = lines_of(rest, page.number), tables
        page.rulings.clear()
        page.chars.clear()
        self.pages.append(page)


def write_pages(read: Printed, to: Composer, behind: Sequence[Furniture] = ()) -> None:
    """Write the pages in reading order; `behind` is furniture that the file itself sets apart, such as templates."""
    rows, furniture = part_furniture(read.pages, read.rows)
    body = body_size([line for page in rows.values() for row in page for line in row])
    notes = [note for page in read.pages for note in take_notes(rows[page.number], page.number, body)]
    heads = _write_body(read, rows, to)
    _write_furniture(read, [*notes, *furniture, *heads, *behind], to)


def _write_body(read: Printed, rows: dict[int, list[Row]], to: Composer) -> list[Furniture]:
    """Paragraphs with tables between them; a paragraph does not run on over a table. Gives the repeated heads of tables."""
    stretches: list[Stretch] = [[]]
    for page in read.pages:
        placed = in_order(rows[page.number], page.width)
        for table in read.tables[page.number]:
            above = [p for p in placed if p.line.base <= table.box[1] + 1]
            placed = [p for p in placed if p.line.base > table.box[1] + 1]
            _open(stretches).extend(above)
            stretches.append((table, page.number))
        _open(stretches).extend(placed)
    stretches, heads = run_on(stretches)
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
                         align=paragraph.align, boxes=paragraph.boxes)
        else:
            to.table(stretch[0].rows, f"page {stretch[1]} table {len(to.tables) + 1}")
    return heads


def _open(stretches: list[Stretch]) -> list[Placed]:
    """The stretch of lines being filled: a new one after a table."""
    last = stretches[-1]
    if isinstance(last, list):
        return last
    fresh: list[Placed] = []
    stretches.append(fresh)
    return fresh


def _write_furniture(read: Printed, furniture: Sequence[Furniture], to: Composer) -> None:
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
