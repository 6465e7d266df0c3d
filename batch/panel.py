"""The documents of a folder → one panel; a file that is no document costs a line, not the panel."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..export.panel import Row, lines, rows
from ..schema import Document, JihuaError
from .documents import documents
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
    for document in documents(folder, gathered.errors.append):
        gathered.documents += 1
        yield document


def _counted(document: Document, gathered: Gathered) -> Iterator[Row]:
    number = gathered.rows
    for row in rows(document):
        gathered.rows += 1
        yield row
    gathered.stated += gathered.rows > number
