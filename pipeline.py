"""One source, one Document: ingest, parse, validate; nothing else."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .ingest.archive.containers import container_kind
from .ingest.archive.limits import Limits
from .ingest.archive.members import Member
from .ingest.archive.members import members as members_of
from .ingest.archive.shelf import Shelf, places_of
from .ingest.flow import ingest
from .ingest.pages.hints import may_go_on
from .ingest.pages.litter import beside, beside_in_archive, is_litter
from .ingest.pages.neighbours import Fetch, Folder
from .ingest.printed.scan import OCR_PAGES
from .schema import DamagedError, Document, JihuaError, Origin, Source, TooLargeError

__all__ = ["MAX_BYTES", "OCR_PAGES", "Explained", "Fetch", "Folder", "Limits", "Member", "Origin", "Shelf", "beside", "convert", "explain",
           "is_archive", "is_litter", "may_go_on", "members", "places_of", "read_bytes"]
MAX_BYTES = Limits().max_bytes
"""The largest source that is read unless the caller asks for more; a whole volume of plans is under 10 MB."""
_WORKING = 16
"""Bytes of `max_bytes` that a character of text counts for: text that is nothing but figures takes up to 1.7 kB of memory
a character, so that the default stops at 4 million characters, far beyond any plan."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A document, and by the id of a hit the reasons why it was read as it was."""

    document: Document
    notes: Mapping[str, tuple[str, ...]]


def convert(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int = MAX_BYTES,
            origin: Origin | None = None, neighbours: Fetch | None = None,
            ocr_pages: int = OCR_PAGES) -> Document:
    """The Document of a file or of its bytes.

    At most `ocr_pages` pages that are pictures are recognised (OCR), where the extra `ocr` is installed.

    `uri` is what the result calls its source; without it the file's name, or `""` for bytes; `origin` is what a
    container says of it (`Member.origin`). A web page that goes on in other files (下一页, frames) is put together from those
    beside it, which `neighbours` gives for bytes: a name as the page writes it to bytes or None. Raises JihuaError, with
    source, place and way out, for whatever cannot be converted; TooLargeError beyond `max_bytes`."""
    return explain(source, uri=uri, max_bytes=max_bytes, origin=origin, neighbours=neighbours,
                   ocr_pages=ocr_pages).document


def explain(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int = MAX_BYTES,
            origin: Origin | None = None, neighbours: Fetch | None = None,
            ocr_pages: int = OCR_PAGES) -> Explained:
    """The Document as `convert` gives it, with the reasons for its hits."""
    name = uri if uri is not None else ("" if isinstance(source, bytes) else Path(source).name)
    data = source if isinstance(source, bytes) else read_bytes(Path(source), max_bytes)
    if neighbours is None and not isinstance(source, bytes):
        neighbours = Folder(Path(source), max_bytes)
    try:
        _within(len(data), max_bytes, name)
        cleaned = ingest(data, name, origin, ocr_pages=ocr_pages, neighbours=neighbours)
        _within(len(cleaned.text) * _WORKING, max_bytes, name)
        from .parse.flow import parse  # whoever only opens archives need not wait for the rules
        parsed = parse(cleaned)
    except JihuaError as error:
        raise error.at(name) from error
    document = Document(
        source=Source(uri=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), media_type=cleaned.media_type,
                      charset=cleaned.charset, reader=cleaned.reader, ocr=cleaned.ocr,
                      fetched_at=origin.fetched_at if origin else cleaned.fetched_at),
        page=cleaned.page, text=cleaned.text, edits=list(cleaned.edits), completeness=cleaned.completeness,
        plans=list(parsed.plans), tables=list(cleaned.tables), source_map=list(cleaned.source_map),
        diagnostics=[*cleaned.diagnostics, *parsed.diagnostics],
    )
    return Explained(document, parsed.notes)


def members(source: str | Path, *, uri: str | None = None, limits: Limits | None = None,
            leave: Callable[[str], bool] = beside_in_archive) -> Iterator[Member]:
    """The files of an archive and of the archives in it, in the order in which it holds them; of any other file, the file
    itself.

    A member's `neighbours` open the archive a second time, when the first is asked for.
    `leave` is asked with a file's path in its archive which to pass over: unless told otherwise litter and data, as in
    folders. Raises nothing: what cannot be read is a member with its error."""
    path, limits = Path(source), limits or Limits()
    name = uri if uri is not None else path.name
    if not is_archive(path):
        try:
            yield Member(name, read_bytes(path, limits.max_bytes))
        except JihuaError as error:
            yield Member(name, error=error)
        return
    shelf, inside = Shelf(path, limits), f"{name}!/"
    with path.open("rb") as file:
        for member in members_of(file, name, limits, leave, path):
            known = shelf.beside(member.uri.removeprefix(inside)) if member.uri.startswith(inside) else None
            yield replace(member, neighbours=known) if known else member


def is_archive(path: Path) -> bool:
    """Whether a file holds others (an archive, a mail, a crawler's dump …: docs/containers.md); not so for one that is broken,
    cannot be opened or is none."""
    try:
        with path.open("rb") as file:
            return bool(container_kind(file, path.name, path))
    except OSError:
        return False


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
