"""The documents of a folder as tables: exported in a form that the user names, or kept beside them for questions."""
from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..export.flat import MADE, TABLES, Rows
from ..export.stores import duck, lines, parquet, sqlite, xlsx
from ..schema import SCHEMA_VERSION, JihuaError, OutputError
from .documents import documents, files
from .write import write

Writer = Callable[[Iterable[Rows], Path], list[str]]


@dataclass(frozen=True, slots=True)
class Store:
    """A form of tables: who writes it, where it goes unless told otherwise, whether that is a folder."""

    write: Writer
    place: str
    folder: bool


STORES = {
    "parquet": Store(parquet.write, "tables", True),
    "duckdb": Store(duck.write, "jihua.duckdb", False),
    "sqlite": Store(sqlite.write, "jihua.sqlite", False),
    "csv": Store(lines.write_csv, "tables", True),
    "jsonl": Store(lines.write_jsonl, "tables", True),
    "xlsx": Store(xlsx.write, "jihua.xlsx", False),
}
"""What `jihua export --to` takes."""
_OURS = {f"{table.name}.{suffix}" for table in TABLES for suffix in ("parquet", "csv", "jsonl")} | {"datapackage.json"}
_KEPT = Path(".jihua", "tables")
_DRAFT = ".jihua-"
_DAY, _HOUR = 86_400, 3_600
_ELSEWHERE = "Choose another place with --out, or make room"
_APART = "Export with --to parquet to another place, and ask there"
_CONVERT = "Convert first: jihua convert PATH… -o OUT"


@dataclass(slots=True)
class Exported:
    """What came of an export: where it is, how many `documents`, how many had the content of one before (`same`, left
    out), `rows` by table, `notes` on what was cut, and what could not be read."""

    place: Path
    documents: int = 0
    same: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    errors: list[JihuaError] = field(default_factory=list)


def export(out: Path, to: str, place: Path | None = None) -> Exported:
    """Write the tables of all documents in the folder `out` to `place`, in the form `to` (a key of STORES).

    Documents are read one at a time. `place` is there whole or not at all: what stood there before is replaced only
    by the whole. Raises JihuaError where it cannot be written, holds anything else, or `out` has no document."""
    store = STORES[to]
    place = place or Path(store.place)
    _outside(out, place)
    exported = Exported(place)
    with _draft(place, store.folder) as draft:
        exported.notes = store.write(_rows(out, exported), draft)
        if not exported.documents:
            raise JihuaError("holds no converted document", source=str(out), way_out=_CONVERT)
    if to == "sqlite":
        write(place.with_suffix(".metadata.json"), sqlite.metadata(place.stem))
    return exported


def kept(out: Path, making: Callable[[], object], refused: Callable[[JihuaError], None]) -> Path:
    """The folder with the Parquet tables of the documents in `out`: `out` itself where it holds such tables, else
    `out/.jihua/tables/<state>`, made anew when a document was added, changed or removed; `making` is called before that,
    `refused` with what could not be read. Raises JihuaError as `export` does."""
    if (out / "documents.parquet").is_file():
        return out
    place = out / _KEPT / _state(out)
    if not place.is_dir():
        making()
        exported = Exported(place)
        with _draft(place, folder=True, way_out=_APART, first=True) as draft:
            parquet.write(_rows(out, exported), draft)
            if not exported.documents:
                raise JihuaError("holds no converted document", source=str(out), way_out=_CONVERT)
        for error in exported.errors:
            refused(error)
        _tidy(place)
    with suppress(OSError):          # not ours to write in: nobody tidies there either
        os.utime(place)
    return place


def _tidy(place: Path) -> None:
    """Remove the tables of earlier states; those that another process may be making now stay for a day, those that were
    asked within the hour, and so may be being read, until the next time."""
    for other in place.parent.iterdir():
        with suppress(OSError):      # gone by another's hand
            old = time.time() - other.stat().st_mtime > (_DAY if other.name.startswith(_DRAFT) else _HOUR)
            if other.name != place.name and old:
                shutil.rmtree(other, ignore_errors=True)


def _rows(out: Path, exported: Exported) -> Iterator[Rows]:
    """The rows of each document that has not been seen before: a table knows a document by the hash of its source."""
    seen: set[bytes] = set()
    for document in documents(out, exported.errors.append):
        known = bytes.fromhex(document.source.sha256)
        if known in seen:
            exported.same += 1
            continue
        try:
            rows = Rows(document)
        except JihuaError as error:
            exported.errors.append(error.at(document.source.uri))
            continue
        seen.add(known)
        exported.documents += 1
        for name, some in rows.of.items():
            exported.rows[name] = exported.rows.get(name, 0) + len(some)
        yield rows


def _state(out: Path) -> str:
    """A mark of what the tables are made of: version, columns, and each file's path, size and time of change."""
    mark = hashlib.sha256(repr((SCHEMA_VERSION, MADE, [(t.name, t.columns) for t in TABLES])).encode())
    for path in files(out, lambda _: None):
        with suppress(OSError):      # gone since; the next question will see that
            told = path.stat()
            mark.update(f"{os.fsencode(path.relative_to(out))!r} {told.st_size} {told.st_mtime_ns}\n".encode())
    return mark.hexdigest()[:16]


def _outside(out: Path, place: Path) -> None:
    """Tables within the folder of documents would be taken for documents."""
    if place.resolve().is_relative_to(out.resolve()):
        raise JihuaError("lies in the folder of documents", source=str(place), way_out="Choose another place with --out")


@contextmanager
def _draft(place: Path, folder: bool, way_out: str = _ELSEWHERE, *, first: bool = False) -> Iterator[Path]:
    """A place to write at that becomes `place` at the end, and goes when something fails. With `first` whoever is ready first
    makes `place`, and it stays as it is."""
    if not first:
        _replaceable(place, folder)
    draft = place.with_name(f"{_DRAFT}{os.getpid()}.tmp")
    try:
        try:
            _remove(draft)
            yield draft
            _settle(draft)
            if first:
                _become_first(draft, place)
            else:
                _become(draft, place)
        finally:
            _remove(draft)
    except (OSError, sqlite3.Error) as error:
        told = (isinstance(error, OSError) and error.strerror) or str(error)
        raise OutputError(f"cannot be written: {told}", source=str(place), way_out=way_out) from error


def _become(draft: Path, place: Path) -> None:
    """Rename; a folder that stands there goes first, and comes back when that fails."""
    if not place.is_dir():
        draft.replace(place)
        return
    old = draft.with_suffix(".old")
    _remove(old)
    place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        old.rename(place)
        raise
    _remove(old)


def _become_first(draft: Path, place: Path) -> None:
    """Rename, unless another process has made the same by now."""
    try:
        draft.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _replaceable(place: Path, folder: bool) -> None:
    """Nothing but tables of ours is ever replaced by a folder of tables."""
    if place.is_dir() and (not folder or {p.name for p in place.iterdir()} - _OURS):
        raise JihuaError("a folder that holds other files" if folder else "a folder, where a file is to be written",
                         source=str(place), way_out="Choose another place with --out")
    if folder and place.exists() and not place.is_dir():
        raise JihuaError("a file, where a folder is to be written", source=str(place), way_out="Choose another place with --out")


def _settle(draft: Path) -> None:
    """What was written is on the disk before it bears its name."""
    for path in [draft] if draft.is_file() else sorted(draft.iterdir()):
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
