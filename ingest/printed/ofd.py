"""OFD files, the national format for fixed pages (GB/T 33190-2016): pages in order, lines by place, paragraphs as in PDF."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ...schema import DamagedError, Diagnostic, JihuaError, Page
from ...schema.diagnose import diagnostic
from ..blocks import SourceText
from ..compose import Composer
from ..docinfo import real_author, real_title
from .furniture import Furniture
from .lines import joined, lines_of
from .notes import diagnostics
from .ofd_page import Budget, printed
from .ofd_parts import Ofd, OfdDocument, OfdPage
from .page import PrintedPage
from .scan import OCR_PAGES, Scans, called
from .text import Printed, write_pages

if TYPE_CHECKING:
    from ..ocr.picture import Picture

MEDIA_TYPE = "application/ofd"


def read_ofd(data: bytes, name: str, *, ocr_pages: int = OCR_PAGES) -> SourceText:
    """The source text of an OFD file: paragraphs and tables in reading order, then running heads and feet, the words of
    templates, stamps and watermarks. Signatures are not looked at. At most `ocr_pages` pages that hold pictures and no text
    are read from those; any other page without text is a diagnostic, a file without any an empty text with one. Raises DamagedError, EncryptedError, TooLargeError, naming `name`."""
    try:
        return _source_text(Ofd(data), Scans(ocr_pages))
    except RecursionError as error:
        raise DamagedError("objects nested too deeply", source=name, way_out="Save it again, or as .pdf") from error
    except JihuaError as error:
        raise error.at(name) from error.__cause__


def _source_text(ofd: Ofd, scans: Scans) -> SourceText:
    read, behind, budget = Printed(), list[Furniture](), Budget()
    for document in ofd.documents():
        behind += _take(ofd, document, read, budget, scans)
    to = Composer()
    write_pages(read, to, behind)
    return SourceText(
        text=to.text, media_type=MEDIA_TYPE, reader=called("ofd", read.pages), blocks=tuple(to.blocks),
        tables=tuple(to.tables), ocr=any(page.recognised for page in read.pages),
        page=Page(title=real_title(ofd.about("Title")), author=real_author(ofd.about("Author"))),
        diagnostics=(*diagnostics(read, to), *_left_out(ofd)),
    )


def _take(ofd: Ofd, document: OfdDocument, read: Printed, budget: Budget, scans: Scans) -> list[Furniture]:
    """Take the pages of a document; gives the words of its templates, once each, and of what is stamped on its pages."""
    uses = Counter(name for page in document.pages for name in page.templates)
    behind: list[Furniture] = []
    written: set[str] = set()
    for page in document.pages:
        number = len(read.pages) + 1
        own = printed(page.tree, number, document, budget) if page.tree is not None else PrintedPage(number, 0, 0, [])
        for name in page.templates:
            if name not in document.templates or name in written:
                continue
            written.add(name)
            template = printed(document.templates[name], number, document, budget)
            if uses[name] == 1 and not own.chars:
                own = template          # not a background: some writers put a whole page there
            else:
                behind += _background(template)
        behind += _stamps(page, number, document, budget)
        read.add(scans.look(own, partial(_drawn, ofd, document, own)))
    return behind


def _drawn(ofd: Ofd, document: OfdDocument, page: PrintedPage) -> Picture | None:
    """The pictures of a page where they lie; None where it has none that can be opened."""
    from ..ocr.picture import laid_out
    found = [(box, ofd.picture(document.pictures.get(name, ""))) for name, box in page.pictures]
    return laid_out(page.width, page.height, [(box, data) for box, data in found if data])


def _background(template: PrintedPage) -> Iterator[Furniture]:
    """The lines of a template: heads above the middle of the page, feet below."""
    for row in lines_of(template.chars, template.number):
        line = joined(row)
        yield Furniture("header" if line.base < template.height / 2 else "footer", line.text, template.number)


def _stamps(page: OfdPage, number: int, document: OfdDocument, budget: Budget) -> Iterator[Furniture]:
    for appearance in page.annotations:
        drawn = printed(appearance, number, document, budget)
        lines = [joined(row).text for row in lines_of(drawn.chars, number)]
        text = " ".join([*lines, drawn.slanted]).strip()
        if text:
            yield Furniture("furniture", text, number)


def _left_out(ofd: Ofd) -> Iterator[Diagnostic]:
    for part in ofd.broken:
        yield diagnostic("reader-note", f"{part} is missing or broken and was left out")
