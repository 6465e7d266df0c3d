"""Mail and web pages saved as mail (MHTML, RFC 2557): the text that a reader of it sees. Pictures stay shut; attachments are
documents of their own (mail_parts.py)."""
from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from ...schema import DamagedError, Diagnostic, TooLargeError
from ...schema.diagnose import diagnostic
from ..blocks import SourceText
from ..html.read import read_html
from ..text.charset import decode
from ..text.plain import read_text
from ..timestamp import iso_stamp

PAGE, MAIL = "multipart/related", "message/rfc822"
_BROWSER = "Open it in a browser and save it as .html"
_MESSAGE = "Save the message's text as .html or .txt, and its attachments as files"
_LINES, _NESTED, _WORK = 2_000_000, 200, 50_000_000
"""Lines, parts within parts, and the product of both, which is what the parser's time goes with: 8 s at the most."""
_PARAMETERS = 8_000         # characters of a header with parameters, whose reading takes time with their square
_HEADER = re.compile(rb"^content-(?:type|disposition):([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.I | re.M)
ODD = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)
"""What the library raises."""
_WORDS = 2_000              # characters of a header that is words
_REPLY = re.compile(r"(?:(?:re|fwd?|回复|答复|转发|回覆|轉寄)\s{0,3}[:：]\s{0,3})++", re.I)
_NOTED = 50


def read_page(data: bytes, name: str = "") -> SourceText:
    """The page of an MHTML file as `read_html` gives it; its title and address come from the file where the page has none.
    The file's date is when it was saved, and tells nothing of the page."""
    message = parsed(data, _BROWSER)
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise DamagedError("the saved page is cut off or holds no page", way_out=_BROWSER)
    start = _start(message, pages)
    pages.sort(key=lambda part: (part is not start, -len(payload(part))))
    sources = (_html(part) for part in pages)
    source = next((one for one in sources if one.text.strip()), None) or _html(pages[0])    # a frameset has no text itself
    page = source.page.model_copy(update={"title": source.page.title or _words(message, "subject") or None,
                                          "url": source.page.url or _address(message, pages[0])})
    return replace(source, media_type=PAGE, reader="mail", page=page)


def read_mail(data: bytes, name: str = "") -> SourceText:
    """The body of a mail, as HTML where it has such a form, else as text; subject and date are title and time of
    publication. Who wrote it is a private matter and left out. Attachments are named in diagnostics."""
    message = parsed(data, _MESSAGE)
    parts = list(_parts(message))
    bodies = [part for part in parts if not _is_attached(part)]
    found = [_html(part) for part in bodies if part.get_content_type() == "text/html"][:1]
    if not any(source.text.strip() for source in found):
        found = [_text(part) for part in bodies if part.get_content_type() == "text/plain"][:1] or found
    source = found[0] if found else SourceText("", MAIL, "mail")
    title = without_reply(_words(message, "subject")) or source.page.title
    saved = message["content-location"] is not None        # a page saved as a mail of one part: the date is the saving's
    page = source.page.model_copy(update={"title": title, "author": None,
                                          "published": source.page.published if saved else _date(message)})
    return replace(source, media_type=MAIL, reader="mail", page=page,
                   diagnostics=(*source.diagnostics, *_attachments(parts)))


def without_reply(subject: str) -> str:
    """A subject without Re: and 转发：."""
    return _REPLY.sub("", subject).strip()


def parsed(data: bytes, way_out: str) -> Message:
    """The message, with its parts; refused where reading it would take out of measure."""
    lines = data.count(b"\n")
    nested = len(re.findall(rb"multipart/|message/", data, re.I))
    if lines > _LINES or nested > _NESTED or lines * nested > _WORK:
        raise TooLargeError(f"{lines:,} lines in {nested:,} parts within parts", way_out=way_out)
    if any(len(found.group(1)) > _PARAMETERS for found in _HEADER.finditer(data)):
        raise TooLargeError(f"a header of more than {_PARAMETERS:,} bytes", way_out=way_out)
    try:
        return email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    except ODD as error:
        raise DamagedError("the message is cut off or broken", way_out=way_out) from error


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; those of a message that is attached are its own affair."""
    todo = [message]
    while todo:
        part = todo.pop()
        below = part.get_payload() if part.is_multipart() else None
        if part.get_content_maintype() == "multipart" and isinstance(below, list):
            todo.extend(one for one in reversed(below) if isinstance(one, Message))
        else:
            yield part


def _start(message: Message, pages: list[Message]) -> Message:
    """The part that the file names as its page: by Content-ID (RFC 2387) or by address, else the first."""
    start = str(message.get_param("start") or "").strip()
    where = {str(message[key]).strip() for key in ("content-location", "snapshot-content-location") if message[key]}
    named = (part for part in pages if (start and str(part["content-id"]).strip() == start)
             or str(part["content-location"]).strip() in where)
    return next(named, pages[0])


def _html(part: Message) -> SourceText:
    return read_html(payload(part), charset=_charset(part))


def _text(part: Message) -> SourceText:
    return read_text(payload(part), charset=_charset(part))


def payload(part: Message) -> bytes:
    """The bytes of a part as they were before they were encoded for the way; none where that is broken."""
    try:
        data = part.get_payload(decode=True)
    except ODD:
        return b""
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except ODD:
        return None


def _words(message: Message, name: str) -> str:
    """A header's words, decoded (RFC 2047), or by their bytes where a program left out to encode them."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return _plain(raw)


def _plain(raw: str) -> str:
    raw = raw[:_WORDS]
    if not raw.isascii():
        return " ".join(decode(raw.encode("utf-8", "surrogateescape")).text.split())
    try:
        pieces = decode_header(raw)
    except ODD:
        return " ".join(raw.split())
    words = "".join(words if isinstance(words, str) else decode(words, label).text for words, label in pieces)
    return " ".join(words.split())


def _date(message: Message) -> str | None:
    """When it was sent, in the sender's local time, as the contract has it."""
    words = _words(message, "date")
    try:
        return parsedate_to_datetime(words).replace(tzinfo=None).isoformat(timespec="seconds")
    except (*ODD, OverflowError):
        return iso_stamp(words)


def _address(message: Message, page: Message) -> str | None:
    found = (_words(one, key) for one in (page, message) for key in ("content-location", "snapshot-content-location"))
    return next((words for words in found if words.startswith(("http://", "https://"))), None)


def _is_attached(part: Message) -> bool:
    return bool(part.get_content_disposition() == "attachment" or name_of(part)
                or part.get_content_maintype() not in ("text", "multipart"))


def attached(message: Message) -> list[Message]:
    """The parts that are attached; pictures of the body itself, which it names by their id, are none."""
    return _attached(list(_parts(message)))


def _attached(parts: list[Message]) -> list[Message]:
    return [part for part in parts if _is_attached(part)
            and not (part["content-id"] and part.get_content_disposition() != "attachment")]


def name_of(part: Message) -> str:
    """The name that a part was given, `""` for none."""
    try:
        return _plain(part.get_filename() or "")
    except ODD:
        return ""


def _attachments(parts: list[Message]) -> Iterator[Diagnostic]:
    """A note for each attachment, which is a document of its own."""
    found = _attached(parts)
    for part in found[:_NOTED]:
        yield diagnostic("reader-note", f"attached, and no part of this text: {name_of(part) or part.get_content_type()}")
    if len(found) > _NOTED:
        yield diagnostic("reader-note", f"attached, and no part of this text: {len(found) - _NOTED} more")
