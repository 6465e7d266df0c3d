"""Messages of Outlook (.msg, [MS-OXMSG]): the body, and what is attached as files of their own."""
from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.errors import MessageError
from email.parser import HeaderParser
from email.utils import parsedate_to_datetime
from typing import IO

from ...schema import DamagedError, Origin, TooLargeError
from ...schema.diagnose import diagnostic
from ..archive.entry import Broken, Entry
from ..archive.limits import Budget
from ..blocks import SourceText
from ..html.read import read_html
from ..ole import Compound, compound
from ..text.charset import decode
from ..text.plain import read_text
from .outlook_rtf import page_in, unpacked
from .read import without_reply

OUTLOOK = "application/vnd.ms-outlook"
_WAY = "Open it in Outlook and save its text as .html or .txt, and its attachments as files"
_MOST, _DEEP, _NOTED = 64_000_000, 5, 50
"""Bytes of Rich Text; messages within each other; attachments that are named."""
_CHINA = timezone(timedelta(hours=8))
_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = "0037", "1000", "1013", "1009", "007D"
_SENT, _RECEIVED, _MESSAGE_PAGE, _INTERNET_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_LONG, _SHORT, _SHOWN, _DATA = "3707", "3704", "3001", "3701"


def read_msg(data: bytes, name: str = "") -> SourceText:
    """The body of the message, as HTML where it has such a form, else as text or Rich Text; subject and date are title and
    time of publication. Who wrote it is a private matter and left out. Attachments are named in diagnostics. Raises
    DamagedError, TooLargeError, UnsupportedError where the library is not installed."""
    with _opened(data) as file:
        message = _Message(file, ())
        source = _source(message)
        subject, sent = message.subject, message.sent
        names = [attached.name for attached in message.attached()]
    notes = [diagnostic("reader-note", f"attached, and no part of this text: {one}") for one in names[:_NOTED]]
    if len(names) > _NOTED:
        notes.append(diagnostic("reader-note", f"attached, and no part of this text: {len(names) - _NOTED} more"))
    page = source.page.model_copy(update={"title": subject or source.page.title, "author": None, "published": sent})
    return replace(source, media_type=OUTLOOK, reader="outlook", page=page, diagnostics=(*source.diagnostics, *notes))


def entries_msg(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The message, under no name, then what is attached; of an attached message its body, in a file called by its subject,
    and what is attached to it. Errors are those of `read_msg`."""
    most = budget.limits.max_bytes
    data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError(f"larger than {most:,} bytes", way_out="Allow more with --max-bytes (max_bytes= in Python), or split the file")
    yield Entry(None, lambda: io.BytesIO(data))
    with _opened(data) as opened:
        yield from _entries(_Message(opened, ()), "", budget)


def _entries(message: _Message, above: str, budget: Budget) -> Iterator[Entry]:
    for one in message.attached():
        budget.member()
        called = f"{above}{one.name}"
        if one.message is None:
            budget.spend(len(one.data))
            yield Entry(called, lambda one=one: io.BytesIO(one.data))      # type: ignore[misc]
            continue
        kind, body, label = one.message.body()
        if body:
            origin = Origin(title=one.message.subject, published=one.message.sent, charset=label)
            yield Entry(f"{called}.{kind}", lambda body=body: io.BytesIO(body), origin=origin)      # type: ignore[misc]
        if above.count("/") < _DEEP:
            yield from _entries(one.message, f"{called}/", budget)


@contextmanager
def _opened(data: bytes) -> Iterator[Compound]:
    try:
        with compound(data, "msg") as file:
            yield file
    except (Broken, MessageError, LookupError, ValueError) as error:
        raise DamagedError("the message is cut off or broken", way_out=_WAY) from error


def _source(message: _Message) -> SourceText:
    kind, body, label = message.body()
    if kind == "html":
        return read_html(body, charset=label)
    if kind == "rtf":
        from ..office.anydoc import read_rtf
        return read_rtf(body, "")
    return read_text(body, charset=label)


class _Attached:
    """Something attached: its name, and its bytes or, where it is a message, that."""

    def __init__(self, name: str, data: bytes, message: _Message | None) -> None:
        self.name, self.data, self.message = name, data, message


class _Message:
    """A message: the file itself, or a storage in it, at `where`."""

    def __init__(self, file: Compound, where: tuple[str, ...]) -> None:
        self._file, self._where = file, where
        self._here = file.below.get(where, {})
        fixed = self._stream("__properties_version1.0")
        start = 24 if where else 32
        self._fixed = {int.from_bytes(fixed[at + 2:at + 4], "little"): fixed[at + 8:at + 16]
                       for at in range(start, len(fixed) - 15, 16)}
        page = self._number(_INTERNET_PAGE) or self._number(_MESSAGE_PAGE)
        self.label = f"cp{page}" if page else None
        words = self._number(_MESSAGE_PAGE)
        self._label = f"cp{words}" if words else self.label

    @property
    def subject(self) -> str | None:
        """The subject without Re: and 转发：."""
        return without_reply(" ".join(self.words(_SUBJECT).split())) or None

    @property
    def sent(self) -> str | None:
        """When it was sent: the sender's local time as its header tells, else the time in China."""
        try:
            told = HeaderParser().parsestr(self.words(_HEADERS)[:50_000]).get("date", "")
            return parsedate_to_datetime(str(told)).replace(tzinfo=None).isoformat(timespec="seconds")
        except (ValueError, TypeError, IndexError, OverflowError, MessageError):
            ticks = self._number(_SENT, 8) or self._number(_RECEIVED, 8)
        try:
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            return moment.astimezone(_CHINA).replace(tzinfo=None).isoformat(timespec="seconds") if ticks else None
        except OverflowError:
            return None

    def body(self) -> tuple[str, bytes, str | None]:
        """`html`, `txt` or `rtf`, the bytes of it, and their charset as the message names it."""
        page = self._stream(f"__substg1.0_{_HTML}0102")
        if page.strip():
            return "html", page, self.label
        if words := self.words(_HTML):
            return "html", words.encode("utf-8", "replace"), "utf-8"
        plain = self.words(_BODY)
        packed = self._stream(f"__substg1.0_{_RTF}0102")
        try:
            rich = unpacked(packed, _MOST) if packed and not plain.strip() else b""
        except ValueError:
            rich = b""
        if rich and (found := page_in(rich, self.label)):
            return ("html" if found[0] == "html" else "txt"), found[1].encode("utf-8", "replace"), "utf-8"
        return ("rtf", rich, None) if rich else ("txt", plain.encode("utf-8", "replace"), None)

    def attached(self) -> Iterator[_Attached]:
        """What is attached, in its order; pictures of the body itself, which it names by their id, are left out."""
        for name in sorted(one for one in self._here if one.lower().startswith("__attach_version1.0_#")):
            part = _Message(self._file, (*self._where, name))
            inner = f"__substg1.0_{_DATA}000D"
            message = _Message(self._file, (*part._where, inner)) if inner in part._here else None
            if message is not None and not message._fixed:
                continue                        # an object of some program that was embedded
            called = (part.words(_LONG) or part.words(_SHORT) or part.words(_SHOWN)).strip("\0 ")
            if message is not None:
                called = message.subject or called
            elif part.words("3712") and called.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp")):
                continue
            yield _Attached(called or str(int(name[-8:], 16) + 1), part._stream(f"__substg1.0_{_DATA}0102"), message)

    def words(self, number: str) -> str:
        """A property that is words, `""` where there is none."""
        wide = self._stream(f"__substg1.0_{number}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self._stream(f"__substg1.0_{number}001E").rstrip(b"\0"), self._label).text

    def _number(self, which: int, size: int = 4) -> int:
        return int.from_bytes(self._fixed.get(which, b"")[:size], "little")

    def _stream(self, name: str) -> bytes:
        return self._file.read(*self._where, name) if name in self._here else b""
