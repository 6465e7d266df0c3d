"""The account of a folder of outputs: one row a source, one a run, in SQLite; it outlives a kill and a loss of power."""
from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from ..schema import DamagedError, UnsupportedError
from .entry import COLUMNS, Entry, entry_of

HOME = ".jihua"
"""The folder in the output folder that holds the account and whatever a run needs while it works."""
SCHEMA = f"""
CREATE TABLE sources ({", ".join(COLUMNS)}, check_number, PRIMARY KEY (uri, copy));
CREATE INDEX sources_in_order ON sources (seen, ordinal, member);
CREATE INDEX sources_by_output ON sources (output);
CREATE INDEX sources_of_containers ON sources (container, member);
CREATE TABLE containers (uri, copy, sha256, bytes, mtime_ns, fingerprint, members, seen, check_number,
    PRIMARY KEY (uri, copy));
CREATE TABLE stale (output PRIMARY KEY);
CREATE TABLE runs (id INTEGER PRIMARY KEY, started, ended, version, options, state, inputs, seconds);
"""
VERSION = 2
"""To be raised with every change of COLUMNS or SCHEMA."""
_AGAIN = "Run jihua convert again: it sets the ledger aside and makes it anew"
_READ = f"SELECT {', '.join(COLUMNS)}, check_number FROM sources"


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `started` and `ended` are UTC; `state` is `running`, `finished`, `stopped` (by a signal) or `failed`; a run
    that was killed stays `running`. `inputs` is the number of sources, once all are counted."""

    id: int
    started: str
    ended: str | None
    version: str
    options: Mapping[str, Any]
    state: str
    inputs: int | None
    seconds: float | None


def ledgers(out: Path) -> list[Path]:
    """The ledgers of an output folder: one, or one for each shard that worked into it. Where a folder was worked into in
    both ways, or with different numbers of shards, those of the way that was taken last.

    Those that another version of jihua made count as little as those that were set aside; where there are no others,
    UnsupportedError."""
    ways: dict[str, list[Path]] = {}
    found = sorted((out / HOME).glob("ledger*.sqlite"))
    ours = [path for path in found if not foreign(path)]
    if found and not ours:
        raise UnsupportedError("the ledger was made by another version of jihua", source=str(found[0]), way_out=_AGAIN)
    for path in ours:
        ways.setdefault(path.stem.partition("-of-")[2], []).append(path)
    if len(ways) < 2:
        return next(iter(ways.values()), [])
    return max(ways.values(), key=lambda paths: max((run.started for path in paths for run in _runs(path)), default=""))


def entries(out: Path, *, gone: bool = False) -> Iterator[Entry]:
    """The sources of the last run (of each shard), in stable order; after a stopped run, those that it had reached.

    With `gone` also those of earlier runs that the last one did not meet. Raises DamagedError for a ledger that is not
    what was written, or where there is none, UnsupportedError for that of another version."""
    found = ledgers(out)
    if not found:
        raise DamagedError("no ledger of a run", source=str(out), way_out="Name a folder that jihua convert wrote")
    yield from heapq.merge(*(rows_of(path, gone=gone) for path in found), key=lambda e: (e.ordinal, e.member, e.uri, e.copy))


def entry(out: Path, uri: str) -> list[Entry]:
    """What became of the source of this `uri`; several where an archive holds the name more than once."""
    found = []
    for path in ledgers(out):
        with _reading(path) as ledger:
            found += [_whole(row, path) for row in ledger.execute(f"{_READ} WHERE uri = ? ORDER BY copy", (uri,))]
    return found


def runs(out: Path, *, last: bool = False) -> list[Run]:
    """Every run into the folder, by the time at which it began; with `last` the last one of each ledger."""
    found = [_runs(path) for path in ledgers(out)]
    chosen = [max(each, key=lambda run: run.id) for each in found if each] if last else [run for each in found for run in each]
    return sorted(chosen, key=lambda run: (run.started, run.id))


def gone(out: Path) -> int:
    """How many sources of earlier runs the last one did not meet."""
    number = 0
    for path in ledgers(out):
        with _reading(path) as ledger:
            number += ledger.execute("SELECT count(*) FROM sources WHERE seen < (SELECT max(id) FROM runs)").fetchone()[0]
    return number


def _runs(path: Path) -> list[Run]:
    with _reading(path) as ledger:
        return [run_of(row) for row in ledger.execute(f"SELECT {RUN_COLUMNS} FROM runs")]


RUN_COLUMNS = ", ".join(each.name for each in fields(Run))


def run_of(row: tuple[Any, ...]) -> Run:
    """The run of a row."""
    values = dict(zip(RUN_COLUMNS.split(", "), row, strict=True))
    return Run(**{**values, "options": json.loads(values["options"])})


def run_row(run: Run) -> tuple[Any, ...]:
    """The run as values of its columns."""
    return tuple(json.dumps(value, sort_keys=True) if isinstance(value, dict) else value for value in astuple(run))


def rows_of(path: Path, *, gone: bool = False) -> Iterator[Entry]:
    """The sources in one ledger, in stable order."""
    last = "" if gone else "WHERE seen = (SELECT max(id) FROM runs)"
    with _reading(path) as ledger:
        for row in ledger.execute(f"{_READ} {last} ORDER BY ordinal, member, uri, copy"):
            yield _whole(row, path)


def _whole(row: tuple[Any, ...], path: Path) -> Entry:
    found = entry_of(row)
    if found is None:
        raise damaged(path)
    return found


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger for reading, a run beside it or not."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=60)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error


def damaged(path: Path) -> DamagedError:
    """The error of a ledger that is not what was written."""
    return DamagedError("the ledger is damaged", source=str(path), way_out=_AGAIN)


def foreign(path: Path) -> bool:
    """Whether another version of jihua made the ledger, by the number that SQLite keeps for us in a file's head; False for
    one that is new or has no such head."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[60:64], "big") not in (0, VERSION)
