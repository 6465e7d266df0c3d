"""PDF files with a text layer: paragraphs put together again, ruled tables, headings by size."""
from __future__ import annotations

from functools import partial

from ...schema import JihuaError, Page
from ..blocks import SourceText
from ..compose import Composer
from ..docinfo import real_author, real_title
from .notes import diagnostics
from .pdf_chars import Pdf
from .pdf_tables import SecondReading
from .scan import OCR_PAGES, Scans, called
from .text import Printed, write_pages

MEDIA_TYPE = "application/pdf"


def read_pdf(data: bytes, name: str, *, ocr_pages: int = OCR_PAGES) -> SourceText:
    """The source text of a PDF: paragraphs and tables in reading order, then footnotes, running heads and feet, page
    numbers. At most `ocr_pages` pages whose text layer is missing or wrong are read from what they show; any other page
    without text is a diagnostic, a file without any an empty text with one. Raises DamagedError, EncryptedError,
    TooLargeError, naming `name`."""
    try:
        read, page = _read(data, Scans(ocr_pages))
    except JihuaError as error:
        raise error.at(name) from error.__cause__
    to = Composer()
    write_pages(read, to)
    return SourceText(
        text=to.text, media_type=MEDIA_TYPE, reader=called("pdf", read.pages), blocks=tuple(to.blocks),
        tables=tuple(to.tables), page=page, ocr=any(one.recognised for one in read.pages),
        diagnostics=tuple(diagnostics(read, to)),
    )


def _read(data: bytes, scans: Scans) -> tuple[Printed, Page]:
    read, second = Printed(), SecondReading(data)
    with Pdf(data) as pdf:
        about = Page(title=real_title(pdf.property("Title")), author=real_author(pdf.property("Author")))
        for page in pdf.pages():
            if page.lost:
                found = second.passed_over(page)
                page.chars.extend(found)
                page.lost = 0 if found else page.lost
            read.add(scans.look(page, partial(pdf.picture, page.number)))
    return read, about
