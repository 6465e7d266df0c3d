"""Bytes in, clean text out: what the file is, what it says, and every change made to its words."""
from __future__ import annotations

from ..schema import Cleaned, Origin
from .clean import clean
from .pages.neighbours import Fetch
from .printed.scan import OCR_PAGES
from .readers import read


def ingest(data: bytes, name: str = "", origin: Origin | None = None, ocr_pages: int = OCR_PAGES,
           neighbours: Fetch | None = None) -> Cleaned:
    """The cleaned text of one file. `name` helps to tell formats apart that look alike (Markdown, text) and names the
    file in errors; `origin` is what its container says of it; at most `ocr_pages` of its pages are recognised (OCR);
    `neighbours` gives the files beside a web page, which may be its further pages and frames. Raises JihuaError for what cannot be read."""
    source = read(data, name, origin, ocr_pages)
    if neighbours is not None and source.media_type == "text/html":
        from .pages.whole import whole  # with the parser, which takes longer to load than a text takes to convert
        source = whole(data, name, source, neighbours)
    return clean(source)
