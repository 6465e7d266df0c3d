"""The first source of each content, kept on the disk, so that the memory of a run does not grow with its sources."""
from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from ..schema import OutputError


class Firsts:
    """From the key of a content to the `uri` that had it first, in a table of this run alone: SQLite keeps up to 2 MB of it in
    memory and the rest in a file without a name in the folder for temporary files. Raises OutputError where that is full."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; CREATE TABLE firsts (key BLOB PRIMARY KEY, uri) WITHOUT ROWID; BEGIN;")

    def before(self, key: bytes, uri: str) -> str | None:
        """The `uri` that had this content before; None where this one is the first, which is noted."""
        with _room():
            if self._db.execute("INSERT OR IGNORE INTO firsts VALUES (?, ?)", (key, uri)).rowcount:
                return None
            (first,) = self._db.execute("SELECT uri FROM firsts WHERE key = ?", (key,)).fetchone()
        return str(first)

    def __contains__(self, key: bytes) -> bool:
        with _room():
            return self._db.execute("SELECT 1 FROM firsts WHERE key = ?", (key,)).fetchone() is not None


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"cannot be written: {error}", source=tempfile.gettempdir(),
                          way_out="Make room, or name another folder for temporary files in TMPDIR") from error
