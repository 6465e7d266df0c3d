"""A folder of converted documents → one panel; a file that is no document costs a line, not the panel."""
from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..export.json import loads
from ..export.panel import Row, lines, rows
from ..schema import DamagedError, Document, JihuaError
from .find import readable
from .write import write


@dataclass(slots=True)
class Gathered:
    """What came of a panel: its `rows`, the `documents` read, those of them that gave a row, and what could not be read."""

    rows: int = 0
    documents: int = 0
    stated: int = 0
    errors: list[JihuaError] = field(default_factory=list)


def gather(folder: Path, out: Path) -> Gathered:
    """Write the panel of all `.json` documents in a folder and its folders, in order of their paths, to `out`.

    Documents are read one at a time. Raises JihuaError where `out` cannot be written."""
    gathered = Gathered()
    write(out, lines(row for document in _documents(folder, gathered) for row in _counted(document, gathered)))
    return gathered


def _documents(folder: Path, gathered: Gathered) -> Iterator[Document]:
    for path in sorted(_below(folder), key=lambda p: readable(p.relative_to(folder).as_posix()).split("/")):
        try:
            document = loads(_read(path), readable(str(path)))
        except JihuaError as error:
            gathered.errors.append(error)
            continue
        gathered.documents += 1
        yield document


def _read(path: Path) -> bytes:
    """A document's bytes, whatever their number: the limit on sources holds for what was converted."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedError(f"cannot be read: {error.strerror}", source=readable(str(path)),
                           way_out="Check that the file exists and that you may read it") from error


def _below(folder: Path) -> Iterator[Path]:
    """Every `.json` file below a folder; hidden ones and hidden folders are left out, links to folders not followed."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if name.lower().endswith(".json") and not name.startswith("."))


def _counted(document: Document, gathered: Gathered) -> Iterator[Row]:
    number = gathered.rows
    for row in rows(document):
        gathered.rows += 1
        yield row
    gathered.stated += gathered.rows > number
