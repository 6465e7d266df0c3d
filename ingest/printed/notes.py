"""What a reader of printed pages should know: pages without text, fonts without meaning, recognised text."""
from __future__ import annotations

from collections.abc import Iterator

from ...schema import Diagnostic
from ...schema.diagnose import diagnostic
from ..compose import Composer
from .page import PrintedPage
from .text import Printed

_UNKNOWN_MIN = 10       # characters without meaning that are worth a note
_DOUBTFUL = 0.8         # confidence below which a line may be misread; lines of clean scans have .95 and more
_TOLD = 20              # doubtful lines told one by one of a file's; the others are counted
_WAYS = {
    "library": 'run pip install "jihua[ocr]" to have it recognised (OCR)',
    "limit": "allow more pages to be recognised (OCR) with --ocr-pages",
    "picture": "what it shows cannot be drawn; recognise it (OCR) and give the text",
    "": "recognising (OCR) found no more text in what it shows",
}


def diagnostics(read: Printed, to: Composer) -> Iterator[Diagnostic]:
    """Everything to tell of the pages that were written to `to`."""
    textless = {page.number for page in read.pages if not read.rows[page.number] and not read.tables[page.number]}
    if len(textless) == len(read.pages):
        why = next((page.unread for page in read.pages if page.unread), "")
        yield diagnostic("no-text", f"none of the {len(textless)} pages has a text layer; {_WAYS[why]}")
    for page in read.pages:
        if page.number in textless and not page.blank and len(textless) < len(read.pages):
            yield diagnostic("page-without-text", f"page {page.number} has no text layer; {_WAYS[page.unread]}")
    for page in read.pages:
        yield from _of_page(page)
    recognised = [page for page in read.pages if page.recognised is not None]
    if recognised:
        yield from _recognised(recognised, to)
    layered = [page.number for page in read.pages if page.scanned and not page.wrong and page.number not in textless
               and page.recognised is None]
    if layered:
        yield diagnostic("reader-note", f"{len(layered)} pages are pictures with recognised text, which may be "
                                        f"wrong; the first is page {layered[0]}")
    radicals = sum(page.radicals for page in read.pages)
    if radicals:
        yield diagnostic("reader-note", f"{radicals} characters that the fonts give as radicals or compatibility forms "
                                        "were read as the characters that they show")


def _of_page(page: PrintedPage) -> Iterator[Diagnostic]:
    if page.wrong and page.recognised is not None:
        yield diagnostic("text-layer-replaced", f"page {page.number}: {page.wrong}; read from its picture instead")
    elif page.wrong:
        yield diagnostic("text-layer-wrong", f"page {page.number}: {page.wrong}; {_WAYS[page.unread]}")
    elif page.unknown >= _UNKNOWN_MIN:
        yield diagnostic("reader-note", f"page {page.number}: {page.unknown} characters in fonts that do not say "
                                        "what they mean")
    if page.lost:
        yield diagnostic("reader-note", f"page {page.number}: {page.lost} pieces of text in a font that is not in the "
                                        "file may be missing")


def _recognised(pages: list[PrintedPage], to: Composer) -> Iterator[Diagnostic]:
    """One note on all recognised pages, then what is doubtful, line by line with its place in the text."""
    found = [(page.number, page.recognised) for page in pages if page.recognised is not None]
    count = sum(len(one.lines) for _, one in found)
    mean = sum(sum(sure for _, sure in one.lines) for _, one in found) / max(1, count)
    yield diagnostic("reader-note", f"{len(found)} pages were read from their pictures (OCR), {count} lines, "
                                    f"confidence {mean:.2f}; the first is page {found[0][0]}")
    for number, one in found:
        if one.stamped or one.aside:
            yield diagnostic("reader-note", f"page {number}: {one.stamped} lines in red (seals, stamps) and {one.aside} "
                                            "unreadable ones were set aside")
    doubtful = [(number, text, sure) for number, one in found for text, sure in one.lines if sure < _DOUBTFUL]
    for number, text, sure in doubtful[:_TOLD]:
        yield diagnostic("ocr-low-confidence", f"page {number}: read with confidence {sure:.2f}", _span(to, number, text))
    if len(doubtful) > _TOLD:
        yield diagnostic("ocr-low-confidence", f"{len(doubtful) - _TOLD} more lines were read with a confidence below {_DOUBTFUL}")


def _span(to: Composer, number: int, line: str) -> tuple[int, int] | None:
    """Where a line of a page stands in the text: in a block that begins on the page or runs on to it."""
    for block in to.blocks:
        here = block.place.startswith(f"page {number}") or any(box.page == number for box in block.boxes)
        at = to.text.find(line, block.start, block.end) if here and len(line) <= block.end - block.start else -1
        if at >= 0:
            return at, at + len(line)
    return None
