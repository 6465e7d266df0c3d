"""Pages whose text is a picture, or whose text layer is wrong: read from what they show, where OCR is installed."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from .layers import LITTLE, Layers
from .page import PrintedPage

if TYPE_CHECKING:
    from ..ocr.picture import Picture
    from ..ocr.scan import Recogniser

OCR_PAGES = 50          # pages of a file that are recognised unless the caller asks for more: three minutes
_LIBRARIES = ("rapidocr", "onnxruntime")
_FEWER = 0.3            # of the characters of a wrong text layer: a page in whose picture fewer are found keeps its layer
_MORE = 10              # characters that a picture with a few words of text must show besides


def installed() -> bool:
    """Whether the libraries of the extra `ocr` are there."""
    return all(find_spec(name) is not None for name in _LIBRARIES)


def _short() -> str:
    """What is missing where a page cannot be recognised."""
    return "limit" if installed() else "library"


def called(reader: str, pages: Sequence[PrintedPage]) -> str:
    """The reader's name, with that of the recogniser where it read a page."""
    return f"{reader}+rapidocr" if any(page.recognised for page in pages) else reader


class Scans:
    """Looks at the pages of one file in order; at most `pages` of them are recognised."""

    def __init__(self, pages: int = OCR_PAGES) -> None:
        self._layers = Layers()
        self._recogniser: Recogniser | None = None
        self._left = pages if installed() else 0

    def look(self, page: PrintedPage, draw: Callable[[], Picture | None]) -> PrintedPage:
        """The page; where its text layer is missing or wrong, what was read from the picture that `draw` makes of it. The
        page as it is, with the reason noted, where there is no picture or OCR is not installed or used up."""
        page.wrong = self._layers.wrong(page) if page.chars else ""
        if page.chars and not page.wrong:
            return page
        if page.chars and not self._left:
            page.unread = _short()
            return page
        picture = draw()
        if picture is None:
            page.wrong, page.unread = "", "picture"
            return page
        return self._read(page, picture) or page

    def _read(self, page: PrintedPage, picture: Picture) -> PrintedPage | None:
        from ..ocr.picture import is_blank
        if is_blank(picture):
            page.blank = not page.chars
            return None
        if not self._left:
            page.unread = _short()
            return None
        if self._recogniser is None:
            from ..ocr.scan import Recogniser
            self._recogniser = Recogniser()
        self._left -= 1
        found = self._recogniser.page(page.number, picture, page.width, page.height)
        if page.chars and len(found.chars) < (len(page.chars) * _FEWER if len(page.chars) >= LITTLE else len(page.chars) + _MORE):
            page.wrong = ""
            return None
        found.wrong, found.scanned = page.wrong, page.scanned
        return found
