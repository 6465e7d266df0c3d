"""Writing the ledger: opened whole or set aside, rows in batches, each batch on the disk before the next."""
from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from ..schema import OutputError
from .entry import COLUMNS, Entry, check_number, entry_of, row_of
from .ledger import RUN_COLUMNS, SCHEMA, VERSION, Run, damaged, foreign, run_row

_ROWS, _SECONDS = 500, 1.0
"""A batch is written when it has so many rows or is so old. A batch costs two fsyncs, and whatever it held is done again
after a kill."""
_READ = f"SELECT {', '.join(COLUMNS)}, check_number FROM sources"
_MEMBERS = f"{_READ} WHERE container = ? AND member > ? AND seen = ? AND copy >> 32 = ? ORDER BY member LIMIT 500"


@dataclass(frozen=True, slots=True)
class Container:
    """An archive that was opened to its end: with the same bytes and fingerprint it holds the same `members` sources."""

    uri: str
    copy: int
    sha256: str | None
    bytes: int
    mtime_ns: int
    fingerprint: str
    members: int
    seen: int


class Account:
    """The ledger at `path` for one run, which has locked it. `set_aside` is where one that is damaged (`damaged-1-…`) or made
    by another version of jihua (`foreign-1-…`) was put; a row that is not what was written is taken for absent."""

    def __init__(self, path: Path) -> None:
        self.path, self.set_aside = path, _put_aside_if_useless(path) if path.exists() else None
        with self._writing():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA synchronous = FULL")
            if self._db.execute("PRAGMA user_version").fetchone() == (0,):
                self._db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            (self._blank,) = self._db.execute("SELECT NOT EXISTS (SELECT 1 FROM sources) AND NOT EXISTS (SELECT 1 FROM containers)").fetchone()
        self._rows: list[tuple[Any, ...]] = []
        self._containers: list[tuple[Any, ...]] = []
        self._stale: list[tuple[str]] = []
        self._written = monotonic()

    def begin(self, version: str, options: Mapping[str, Any]) -> Run:
        """Enter a new run."""
        with self._writing():
            (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
            run = Run(last + 1, _now(), None, version, dict(options), "running", None, None)
            self._enter(run)
        return run

    def end(self, run: Run, state: str, inputs: int | None, seconds: float) -> None:
        """Write what is waiting, and how the run ended."""
        self.write()
        with self._writing():
            self._enter(replace(run, ended=_now(), state=state, inputs=inputs, seconds=round(seconds, 3)))

    def find(self, uri: str, copy: int) -> Entry | None:
        """What earlier runs say of a source."""
        if self._blank:
            return None
        with self._writing():
            row = self._db.execute(f"{_READ} WHERE uri = ? AND copy = ?",
                                   (uri, copy)).fetchone()
        return entry_of(row) if row else None

    def container(self, uri: str, copy: int) -> Container | None:
        """The archive of this `uri`, where an earlier run opened it to its end."""
        if self._blank:
            return None
        with self._writing():
            row = self._db.execute("SELECT * FROM containers WHERE uri = ? AND copy = ?", (uri, copy)).fetchone()
        whole = bool(row) and check_number(row[:-1]) == row[-1]
        return Container(*row[:-1]) if whole else None

    def members(self, box: Container) -> Iterator[Entry]:
        """The sources that an archive held when it was entered, in order, without those whose row is damaged."""
        after = 0
        while True:
            with self._writing():
                rows = self._db.execute(_MEMBERS, (box.uri, after, box.seen, box.copy)).fetchall()
            if not rows:
                return
            after = rows[-1][COLUMNS.index("member")]
            yield from filter(None, map(entry_of, rows))

    def put(self, entry: Entry) -> None:
        """Enter a source, written with its batch."""
        self._rows.append(row_of(entry))

    def stale(self, output: str) -> None:
        """Note an output of an earlier run that its source has no more."""
        self._stale.append((output,))

    def put_container(self, container: Container) -> None:
        """Enter an archive, written with the batch of its last members."""
        values = tuple(getattr(container, name) for name in Container.__slots__)
        self._containers.append((*values, check_number(values)))

    def write_when_due(self) -> None:
        """Write the batch if it is long or old."""
        if len(self._rows) >= _ROWS or (self._rows and monotonic() - self._written > _SECONDS):
            self.write()

    def write(self) -> None:
        """Write the batch; when this returns it is on the disk. Raises OutputError where there is no room or no right."""
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        with self._writing():
            self._db.execute("BEGIN")
            try:
                self._db.executemany(f"INSERT OR REPLACE INTO sources VALUES ({marks})", self._rows)
                self._db.executemany("INSERT OR REPLACE INTO containers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._containers)
                self._db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", self._stale)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        self._rows.clear()
        self._containers.clear()
        self._stale.clear()
        self._written = monotonic()

    def results(self, seen: int) -> dict[str, int]:
        """How many sources of a run had which outcome."""
        with self._writing():
            return dict(self._db.execute("SELECT outcome, count(*) FROM sources WHERE seen = ? GROUP BY outcome", (seen,)))

    def outputs_to_remove(self, seen: int, *, prune: bool) -> list[str]:
        """Outputs that no source of the run `seen` has any more: of those that it met, and with `prune` of all others."""
        gone = f"UNION SELECT output FROM sources WHERE seen < {seen:d}" if prune else ""
        query = (f"SELECT output FROM (SELECT output FROM stale {gone}) AS old WHERE output IS NOT NULL AND NOT EXISTS "
                 f"(SELECT 1 FROM sources WHERE sources.output = old.output AND seen = {seen:d})")
        with self._writing():
            return [output for (output,) in self._db.execute(query)]

    def forget(self, seen: int, *, prune: bool) -> None:
        """Forget outputs that have been removed, and with `prune` the sources that the run `seen` did not meet."""
        with self._writing():
            self._db.execute("DELETE FROM stale")
            if prune:
                self._db.execute("DELETE FROM sources WHERE seen < ?", (seen,))
                self._db.execute("DELETE FROM containers WHERE seen < ?", (seen,))

    def close(self) -> None:
        """Let the file go; what is waiting is not written."""
        self._db.close()

    def _enter(self, run: Run) -> None:
        values = run_row(run)
        self._db.execute(f"INSERT OR REPLACE INTO runs ({RUN_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _unwritable(self.path, error) from error
        except sqlite3.DatabaseError as error:
            raise damaged(self.path) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _put_aside_if_useless(path: Path) -> Path | None:
    """Where a ledger was put that is not whole or of another version; None where it is whole."""
    why = "foreign" if foreign(path) else "damaged"
    if why == "damaged" and _whole(path):
        return None
    number = 1
    while (aside := path.with_name(f"{why}-{number}-{path.name}")).exists():
        number += 1
    try:
        os.replace(path, aside)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)   # a new ledger must not be mended with it
    except OSError as error:
        raise _unwritable(path, error) from error
    return aside


def _whole(path: Path) -> bool:
    """Whether a ledger is what was written, as far as SQLite can tell; so is one that was not begun before a kill."""
    try:
        with closing(sqlite3.connect(path, timeout=60)) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if version == tables == 0:
                return True
            db.execute(f"SELECT {', '.join(COLUMNS)} FROM sources LIMIT 1").fetchall()
            return bool(version == VERSION and db.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.OperationalError as error:
        if not str(error).startswith("no such"):     # a column or table that is missing is damage, all else the place
            raise _unwritable(path, error) from error
        return False
    except sqlite3.DatabaseError:
        return False


def _unwritable(path: Path, error: Exception) -> OutputError:
    return OutputError(f"the ledger cannot be written: {error}", source=str(path),
                       way_out="Make room or give the right to write there, then run the same command again")
