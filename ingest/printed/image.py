"""Image files: every picture in them a page, read by OCR (extra `ocr`)."""
from __future__ import annotations

from ...schema import JihuaError, UnsupportedError
from ..blocks import SourceText
from ..compose import Composer
from .notes import diagnostics
from .page import PrintedPage
from .scan import OCR_PAGES, Scans, called, installed
from .text import Printed, write_pages

MEDIA_TYPE = "image/*"


def read_image(data: bytes, name: str, *, ocr_pages: int = OCR_PAGES) -> SourceText:
    """The source text of a PNG, JPEG, TIFF (of several pages), BMP, GIF or WebP file. Raises UnsupportedError where OCR is not
    installed or asked for, DamagedError, TooLargeError, naming `name`."""
    try:
        return _read(data, ocr_pages)
    except JihuaError as error:
        raise error.at(name) from error.__cause__


def _read(data: bytes, ocr_pages: int) -> SourceText:
    if not installed() or not ocr_pages:
        way_out = "Allow pages to be read with --ocr-pages" if installed() else 'Run pip install "jihua[ocr]"'
        raise UnsupportedError("the text in a picture is read by OCR only, which is not installed or not asked for",
                               way_out=f"{way_out}, or recognise its text (OCR) and save that as .txt or .pdf")
    from ..ocr.pieces import pages
    read, scans = Printed(), Scans(ocr_pages)
    for number, (picture, width, height) in enumerate(pages(data), 1):
        page = PrintedPage(number, width, height, [], scanned=True)
        read.add(scans.look(page, lambda: picture))      # noqa: B023 (called at once)
    to = Composer()
    write_pages(read, to)
    return SourceText(text=to.text, media_type=media_type(data), reader=called("image", read.pages), blocks=tuple(to.blocks),
                      tables=tuple(to.tables), ocr=True, diagnostics=tuple(diagnostics(read, to)))


def media_type(data: bytes) -> str:
    """The type of an image by its first bytes."""
    marks = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"II*\x00": "image/tiff",
             b"MM\x00*": "image/tiff", b"BM": "image/bmp", b"RIFF": "image/webp"}
    return next((found for mark, found in marks.items() if data.startswith(mark)), MEDIA_TYPE)
