"""Which reader takes which format, and what to say of the formats that none takes."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from ..schema import Diagnostic, Origin, Page, UnsupportedError
from ..schema.diagnose import diagnostic
from .blocks import SourceText
from .formats import DOCX, XLSX, Format, formats, known_endings, suffix
from .printed.scan import OCR_PAGES
from .sniff import sniff

# Media type, module of this room, function. A module is loaded when its format is met: lxml or pdfium take longer to
# load than a text takes to convert.
READERS: tuple[tuple[str, str, str], ...] = (
    ("text/plain", "text.plain", "read_text"),
    ("text/markdown", "text.markdown", "read_markdown"),
    ("text/html", "html.read", "read_html"),
    ("multipart/related", "mail.read", "read_page"),
    ("message/rfc822", "mail.read", "read_mail"),
    (DOCX, "office.docx", "read_docx"),
    ("application/pdf", "printed.pdf", "read_pdf"),
    ("application/ofd", "printed.ofd", "read_ofd"),
    ("application/msword", "office.anydoc", "read_doc"),
    ("application/rtf", "office.anydoc", "read_rtf"),
    ("application/vnd.oasis.opendocument.text", "office.anydoc", "read_odt"),
    (XLSX, "office.anydoc", "read_xlsx"),
    ("application/vnd.ms-excel", "office.anydoc", "read_xls"),
    ("application/vnd.ms-outlook", "mail.outlook", "read_msg"),
    ("text/csv", "office.csv_table", "read_csv"),
    ("image/*", "printed.image", "read_image"),
)


_PICTURED = ("application/pdf", "application/ofd", "image/*")   # whose readers recognise pages
_LABELLED = ("text/plain", "text/html", "text/csv")     # whose readers take the charset that a container names


def read(data: bytes, name: str = "", origin: Origin | None = None, ocr_pages: int = OCR_PAGES) -> SourceText:
    """The source text of a file, by the reader of its content's format. What `origin` says of it fills what the file leaves
    open; its charset is a label as a page's own is. At most `ocr_pages` pages that are pictures are recognised.

    Raises UnsupportedError for a format without a reader, DamagedError and EncryptedError for files that are not
    whole or ask for a password, each with the way out."""
    media_type = sniff(data, name)
    reader = _reader(media_type)
    if reader is None:
        raise _refusal(media_type, name)
    options: dict[str, object] = {}
    if origin and origin.charset and media_type in _LABELLED:
        options["charset"] = origin.charset
    if origin and origin.url and media_type == "text/html":
        options["url"] = origin.url
    if media_type in _PICTURED:
        options["ocr_pages"] = ocr_pages
    source = reader(data, name, **options)
    notes = [*source.diagnostics, *_mismatch(media_type, name)]
    if not source.text.strip() and all(d.code != "no-text" for d in notes):
        notes.append(diagnostic("no-text", "the file holds no text"))
    return replace(source, page=_page(source.page, origin), diagnostics=tuple(notes))


def _page(page: Page, origin: Origin | None) -> Page:
    """The page's facts, with those that its container tells where it does not tell them itself."""
    if origin is None:
        return page
    told = {name: getattr(origin, name) for name in ("title", "site", "published", "url")}
    return page.model_copy(update={name: value for name, value in told.items() if value and not getattr(page, name)})


def _reader(media_type: str) -> Callable[..., SourceText] | None:
    for known, module, function in READERS:
        if known == media_type:
            return cast(Callable[..., SourceText], getattr(import_module(f".{module}", __package__), function))
    return None


def _format(media_type: str) -> Format:
    return formats().get(media_type) or Format(media_type, media_type, (), "Save it as .docx, .pdf, .html or .txt")


def _refusal(media_type: str, name: str) -> UnsupportedError:
    known = _format(media_type)
    ending = suffix(name)
    other = f", whatever its name .{ending} says" if ending in known_endings() - set(known.names) else ""
    message = f"this is {known.called}{other}; no reader takes it"
    return UnsupportedError(message, place="the file's first bytes", way_out=known.way_out)


def _mismatch(media_type: str, name: str) -> list[Diagnostic]:
    """A note where the name promises another format. Text and Markdown pass for each other."""
    ending, known = suffix(name), _format(media_type)
    alike = {"text/plain", "text/markdown"}
    allowed = {n for t in (alike if media_type in alike else {media_type}) for n in _format(t).names}
    if not ending or ending in allowed or ending not in known_endings():
        return []
    return [diagnostic("suffix-mismatch", f"named .{ending}, but the content is {known.called}")]
