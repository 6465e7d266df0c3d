"""Writing WARC 1.1 (ISO 28500:2017): each record a gzip member of its own, so that a file can be cut between any two.

Payloads are written as the server's bytes, without the compression and chunks they came in: the headers that told of
these are kept under other names (`X-Crawler-…`), as Common Crawl does, and Content-Length is that of what stands there.
"""
from __future__ import annotations

import base64
import gzip
import hashlib
import os
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import IO

from ..schema import DamagedError, OutputError

_PROFILES = {"same": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
             "unmodified": "http://netpreserve.org/warc/1.1/revisit/server-not-modified"}
_STANDARD = "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_UNDONE = ("content-encoding", "transfer-encoding", "content-length")
Headers = Iterable[tuple[str, str]]


def digest_of(data: bytes) -> str:
    """`sha1:` and the SHA-1 in base 32, as the standard's examples have it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


class WarcWriter:
    """Appends to the WARC `path`, cut to `length` first: what stands beyond was not finished. `.gz` in the name compresses.
    Raises DamagedError for a file shorter than that, OutputError where nothing can be written."""

    def __init__(self, path: Path, length: int, software: str) -> None:
        self._gzip = path.name.endswith(".gz")
        self._path = path
        try:
            self._file: IO[bytes] = path.open("r+b" if path.exists() else "x+b")
            if self._file.seek(0, os.SEEK_END) < length:
                raise DamagedError("shorter than the crawl left it", source=str(path),
                                   way_out="Bring the whole file back, or crawl to another name with -o")
            self._file.truncate(length)
            self._file.seek(length)
        except OSError as error:
            raise self._told(error) from error
        if not length:
            fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n{_STANDARD}\r\n"
            self._write({"WARC-Type": "warcinfo", "WARC-Filename": path.name,
                         "Content-Type": "application/warc-fields"}, fields.encode(), "")

    def response(self, url: str, date: str, status: int, headers: Headers, body: bytes, digest: str, ip: str,
                 kind: str) -> str:
        """Write what a server answered; the record's id. `kind` says what the page is to the crawl."""
        block = _http(status, headers, body)
        about = {"WARC-Type": "response", "WARC-Target-URI": url, "WARC-IP-Address": ip, "WARC-Payload-Digest": digest,
                 "Content-Type": "application/http;msgtype=response", "WARC-Jihua-Kind": kind}
        return self._write(about, block, date)

    def revisit(self, url: str, date: str, status: int, headers: Headers, digest: str, ip: str, *, profile: str,
                of: tuple[str, str, str]) -> str:
        """Write that an earlier record holds the payload: `profile` is `same` or `unmodified`, `of` the earlier one's id,
        address and date."""
        about = {"WARC-Type": "revisit", "WARC-Target-URI": url, "WARC-IP-Address": ip, "WARC-Payload-Digest": digest,
                 "WARC-Profile": _PROFILES[profile], "WARC-Refers-To": of[0], "WARC-Refers-To-Target-URI": of[1],
                 "WARC-Refers-To-Date": of[2], "Content-Type": "application/http;msgtype=response"}
        return self._write(about, _http(status, headers, b""), date)

    def sync(self) -> int:
        """Bring everything to the disk; the file's length."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._told(error) from error
        return self._file.tell()

    def close(self) -> None:
        """Close the file; what could not be written any more is left behind."""
        with suppress(OSError):
            self._file.close()

    def _write(self, about: dict[str, str], block: bytes, date: str) -> str:
        record = f"<urn:uuid:{uuid.uuid4()}>"
        about = {"WARC-Type": about["WARC-Type"], "WARC-Record-ID": record, "WARC-Date": date or now(), **about,
                 "WARC-Block-Digest": digest_of(block), "Content-Length": str(len(block))}
        head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in about.items() if value) + "\r\n"
        data = head.encode() + block + b"\r\n\r\n"
        try:
            self._file.write(gzip.compress(data, 6, mtime=0) if self._gzip else data)
        except OSError as error:
            raise self._told(error) from error
        return record

    def _told(self, error: OSError) -> OutputError:
        return OutputError(f"cannot be written: {error.strerror}", source=str(self._path),
                          way_out="Choose another name with -o, or make room; the next run goes on from here")


def _http(status: int, headers: Headers, body: bytes) -> bytes:
    """A response as HTTP/1.1 has it."""
    lines = [f"HTTP/1.1 {status} {responses.get(status, '')}".rstrip()]
    for name, value in headers:
        name, value = _line(name), _line(value)
        lines.append(f"X-Crawler-{name}: {value}" if name.lower() in _UNDONE else f"{name}: {value}")
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body


def _line(text: str) -> str:
    return " ".join(text.split())


def now() -> str:
    """This moment as a WARC tells it, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
