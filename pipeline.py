"""One source, one Document: ingest, parse, validate; nothing else."""
from __future__ import annotations

import hashlib
from pathlib import Path

from .ingest.flow import ingest
from .parse.flow import parse
from .schema import DamagedError, Document, JihuaError, Source


def convert(source: str | Path | bytes, *, uri: str | None = None) -> Document:
    """The Document of a file or of its bytes.

    `uri` is what the result calls its source; without it the file's name, or `""` for bytes. Raises JihuaError, with
    source, place and way out, for whatever cannot be converted."""
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    name = uri if uri is not None else ("" if isinstance(source, bytes) else Path(source).name)
    try:
        cleaned = ingest(data, name)
        parsed = parse(cleaned)
    except JihuaError as error:
        raise error.at(name) from error
    return Document(
        source=Source(uri=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), media_type=cleaned.media_type,
                      charset=cleaned.charset, reader=cleaned.reader, ocr=cleaned.ocr, fetched_at=cleaned.fetched_at),
        page=cleaned.page, text=cleaned.text, edits=list(cleaned.edits), completeness=cleaned.completeness,
        plans=list(parsed.plans), tables=list(cleaned.tables),
        diagnostics=[*cleaned.diagnostics, *parsed.diagnostics],
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedError(f"cannot be read: {error.strerror}", source=str(path),
                           way_out="Check that the file exists and that you may read it") from error
