"""Web archives (WARC, ISO 28500): each page that was fetched, with its address, its date and the charset that the server
named. The only module that knows fastwarc."""
from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from ...schema import JihuaError, Origin, UnsupportedError
from .entry import BROKEN, Entry, as_broken, unread
from .limits import Budget, Counted, Limits

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = re.compile(r"(?:https?|ftp|file):", re.I)
_NO_DOCUMENT = re.compile(r"(?:image|audio|video|font|model)/|text/(?:css|javascript|dns|calendar|vtt)|application/(?:(?:x-)?(?:java|ecma)script|"
                          r"font|x-font|(?:ld\+|manifest\+)?json|x-shockwave-flash|(?:\w+\+)?xml|wasm|x-x509|ocsp|pkix)|text/xml", re.I)
_XHTML = "application/xhtml+xml"
_HEADER = 64_000            # bytes of headers of one record
_RECORDS = ("response", "resource", "conversion", "revisit")


@dataclass(frozen=True, slots=True)
class _Record:
    """What one record's headers say. `reason` is why it holds no document."""

    url: str
    date: str
    kind: str
    media_type: str
    charset: str | None
    reason: str


def entries_warc(file: IO[bytes], name: str, budget: Budget, *, packed: bool = False) -> Iterator[Entry]:
    """The pages of a web archive in the order in which it holds them; of an address that was fetched several times the last.
    What is no page, or did not come (redirects, errors), is left out with its reason. `packed`: what `file` gives is being
    unpacked. Raises UnsupportedError without the library, Broken, TooLargeError."""
    newest: dict[str, tuple[str, int]] = {}
    with suppress(*BROKEN):         # met again below, after what stands before it
        for number, (record, _) in enumerate(_records(file, Budget(budget.limits, budget.packed), packed)):
            if not record.reason and newest.get(record.url, ("", -1)) <= (record.date, number):
                newest[record.url] = (record.date, number)
    file.seek(0)
    for number, (record, raw) in enumerate(_records(file, budget, packed)):
        if record.reason:
            yield Entry(record.url, unread, reason=record.reason, origin=_origin(record))
        elif newest.get(record.url, ("", number))[1] != number:
            yield Entry(record.url, unread, reason="fetched again later", origin=_origin(record))
        else:
            yield Entry(record.url, lambda raw=raw: _payload(raw, budget), origin=_origin(record))       # type: ignore[misc]


def places(path: Path, limits: Limits) -> dict[str, int]:
    """Where in a web archive the newest page of each address begins, of a broken one up to where it is. Raises JihuaError."""
    newest: dict[str, tuple[str, int]] = {}
    with path.open("rb") as file, suppress(*BROKEN):
        for record, raw in _records(file, Budget(limits, path.stat().st_size)):
            if not record.reason and newest.get(record.url, ("", -1))[0] <= record.date:
                newest[record.url] = (record.date, raw.stream_pos)
    return {url: place for url, (_, place) in newest.items()}


def fetcher(path: Path, limits: Limits, known: Mapping[str, int] | None = None) -> Callable[[str], bytes | None]:
    """Looks pages up in a web archive by their address: the newest that came, None where there is none or where it cannot be
    read. The archive is read once for an index of what stands where, unless that is `known`. Errors are those of `entries_warc`."""
    index = places(path, limits) if known is None else known

    def fetch(url: str) -> bytes | None:
        if url not in index:
            return None
        try:
            with path.open("rb") as file:
                file.seek(index[url])
                budget = Budget(limits, limits.max_bytes)
                record, raw = next(_records(file, budget), (None, None))
                if record is None or record.url != url or record.reason:
                    return None
                data = _payload(raw, budget).read(limits.max_bytes + 1)
        except (JihuaError, *BROKEN):
            return None
        return data if len(data) <= limits.max_bytes else None

    return fetch


def _records(file: IO[bytes], budget: Budget, packed: bool = False) -> Iterator[tuple[_Record, WarcRecord]]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise UnsupportedError("reading .warc archives needs a library that is not installed",
                               way_out='Run pip install "jihua[warc]", or unpack it and give the files in it') from error
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
    with as_broken():
        for raw in ArchiveIterator(_Kept(file, budget if packed else None), record_types=wanted, parse_http=False, max_header_len=_HEADER, quirks_mode=True):
            budget.member()
            yield _read(raw), raw


def _read(raw: Any) -> _Record:
    headers, kind = raw.headers, str(raw.record_type)
    url = (headers.get("WARC-Target-URI") or "").strip(" <>")
    date = (headers.get("WARC-Date") or "").strip()
    media_type, charset, reason = (headers.get("Content-Type") or "").strip(), None, ""
    if kind == "revisit":
        held = "identical-payload" in (headers.get("WARC-Profile") or "")       # under another address, or this one
        reason = "its content is in an earlier record" if held else "not fetched again: it had not changed"
    elif not _PAGES.match(url):
        reason = "no page"
    elif raw.is_http:
        reason, media_type, charset = _http(raw)
    if not reason and kind != "conversion" and _NO_DOCUMENT.match(media_type) and not media_type.startswith(_XHTML):
        reason = f"no document ({media_type.partition(';')[0][:60]})"
    return _Record(url or "record", date, kind, media_type, charset, reason)


def _http(raw: Any) -> tuple[str, str, str | None]:
    """Why the answer holds no page, its media type and its charset."""
    try:
        raw.parse_http(auto_decode="all", max_header_len=_HEADER, quirks_mode=True)
        status = raw.http_headers.status_code if raw.http_headers is not None else None
        media_type = (raw.http_headers.get("Content-Type") or "").strip() if raw.http_headers is not None else ""
    except (OSError, ValueError) as error:
        return f"the answer's head is broken: {error}"[:200], "", None
    if status != 200:
        return f"the server answered {status if status else 'nothing that is known'}", media_type, None
    found = re.search(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", media_type, re.I)
    return "", media_type, found[1] if found else None


def _origin(record: _Record) -> Origin:
    return Origin(url=record.url, fetched_at=record.date or None, charset=record.charset,
                  media_type=record.media_type.partition(";")[0].strip().lower() or None)


def _payload(raw: Any, budget: Budget) -> IO[bytes]:
    """The page's bytes, unpacked as the server packed them for the way."""
    return cast(IO[bytes], Counted(cast(IO[bytes], _Payload(raw)), budget))


class _Payload(io.RawIOBase):
    """A record's body."""

    def __init__(self, raw: Any) -> None:
        super().__init__()
        self._reader = raw.reader

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        with as_broken():
            return bytes(self._reader.read(1 << 18 if size < 0 else size))


class _Kept(io.RawIOBase):
    """A file as the library wants it, which closes what it is given."""

    def __init__(self, file: IO[bytes], budget: Budget | None) -> None:
        super().__init__()
        self._file, self._budget, self._at = file, budget, file.tell()

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        once = getattr(self._file, "read1", self._file.read)     # no more at once than there is: what follows may be broken
        data: bytes = once(size)
        self._at += len(data)
        if self._budget:
            self._budget.spend(len(data))
        return data

    def tell(self) -> int:
        """Where the file is."""
        return self._at
