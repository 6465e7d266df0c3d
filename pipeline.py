"""One source, one Document: ingest, parse, validate; nothing else."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .ingest.flow import ingest
from .parse.flow import parse
from .schema import DamagedError, Document, JihuaError, Source, TooLargeError

MAX_BYTES = 64_000_000
"""The largest source that is read unless the caller asks for more; a whole volume of plans is under 10 MB."""
_WORKING = 16
"""Bytes of `max_bytes` that a character of text counts for: text that is nothing but figures takes up to 1.7 kB of memory
a character, so that the default stops at 4 million characters, far beyond any plan."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A document, and by the id of a hit the reasons why it was read as it was."""

    document: Document
    notes: Mapping[str, tuple[str, ...]]


def convert(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """The Document of a file or of its bytes.

    `uri` is what the result calls its source; without it the file's name, or `""` for bytes. Raises JihuaError, with
    source, place and way out, for whatever cannot be converted; TooLargeError beyond `max_bytes`."""
    return explain(source, uri=uri, max_bytes=max_bytes).document


def explain(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int = MAX_BYTES) -> Explained:
    """The Document as `convert` gives it, with the reasons for its hits."""
    name = uri if uri is not None else ("" if isinstance(source, bytes) else Path(source).name)
    data = source if isinstance(source, bytes) else read_bytes(Path(source), max_bytes)
    try:
        _within(len(data), max_bytes, name)
        cleaned = ingest(data, name)
        _within(len(cleaned.text) * _WORKING, max_bytes, name)
        parsed = parse(cleaned)
    except JihuaError as error:
        raise error.at(name) from error
    document = Document(
        source=Source(uri=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), media_type=cleaned.media_type,
                      charset=cleaned.charset, reader=cleaned.reader, ocr=cleaned.ocr, fetched_at=cleaned.fetched_at),
        page=cleaned.page, text=cleaned.text, edits=list(cleaned.edits), completeness=cleaned.completeness,
        plans=list(parsed.plans), tables=list(cleaned.tables),
        diagnostics=[*cleaned.diagnostics, *parsed.diagnostics],
    )
    return Explained(document, parsed.notes)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file; never more than one beyond `max_bytes` are read."""
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise DamagedError(f"cannot be read: {error.strerror}", source=str(path),
                           way_out="Check that the file exists and that you may read it") from error
    _within(len(data), max_bytes, str(path))
    return data


def _within(size: int, max_bytes: int, name: str) -> None:
    if size > max_bytes:
        raise TooLargeError(f"larger than {max_bytes:,} bytes, or {max_bytes // _WORKING:,} characters", source=name,
                            way_out="Allow more with --max-bytes (max_bytes= in Python), or split the file")
