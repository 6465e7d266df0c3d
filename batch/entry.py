"""A row of the ledger: one source of a run and what came of it."""
from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from ..schema import JihuaError
from .outcome import COUNTED, Counts, Result, numbers

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One source. Those of one run in stable order are sorted by `ordinal`, the place of what the user gave, then `member`,
    the place in that archive (0 for a file that is none).

    `copy` tells apart sources of the same `uri`, as an archive may hold them. `container` is the archive that the run
    opened. `bytes`, `mtime_ns` (null for members) and `sha256` are the source's; `origin` is what its container says of
    it. `parts` are the files beside a web page on the disk that were asked for its further pages and frames, each with its
    bytes and `mtime_ns`, or null where there was none; `{}` for a page in a container that may have such; else null.
    `detail` is `code`, `message`, `place`, `way_out` of whatever stands in the way. `output` is a path in the output
    folder, `at` the byte where the document begins in a shard, null in a file of its own; `seconds`, `peak_kb` and `tries`
    are what it took; `run` is the run that did the work, `seen` the last one that met the source."""

    uri: str
    outcome: Result
    ordinal: int = 0
    member: int = 0
    copy: int = 0
    container: str | None = None
    bytes: int | None = None
    mtime_ns: int | None = None
    sha256: str | None = None
    origin: Mapping[str, str | None] | None = None
    parts: Mapping[str, Sequence[int] | None] | None = None
    detail: Mapping[str, str] | None = None
    duplicate_of: str | None = None
    output: str | None = None
    at: int | None = None
    output_sha256: str | None = None
    output_bytes: int | None = None
    seconds: float = 0.0
    peak_kb: int = 0
    tries: int = 1
    media_type: str | None = None
    reader: str | None = None
    counts: Counts | None = None
    complete: bool | None = None
    gaps: int = 0
    diagnostics: Mapping[str, int] = field(default_factory=dict)
    fingerprint: str = ""
    run: int = 0
    seen: int = 0

    def error(self, source: str = "") -> JihuaError:
        """What stands in the way of it, as an error that names `source`; without words where nothing does."""
        said = self.detail or {}
        return JihuaError(said.get("message") or "", source=source, place=said.get("place") or "", way_out=said.get("way_out") or "")


COLUMNS = tuple(each.name for each in fields(Entry))
_VALUES = attrgetter(*COLUMNS)
_JSON = ("origin", "parts", "detail", "diagnostics", "counts")
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_JSONS = tuple(_PLACES[name] for name in _JSON)


def changed(entry: Entry, **values: Any) -> Entry:
    """The entry with other values: `dataclasses.replace` at a third of its time, as each source is changed a few times."""
    all_values = list(_VALUES(entry))
    for name, value in values.items():
        all_values[_PLACES[name]] = value
    return Entry(*all_values)


def row_of(entry: Entry) -> tuple[Value, ...]:
    """The entry as values of the columns, and at the end their check number."""
    values: list[Any] = list(_VALUES(entry))
    if entry.counts is not None:
        values[_PLACES["counts"]] = dict(zip(COUNTED, numbers(entry.counts), strict=True))
    for place in _JSONS:
        if values[place] is not None:
            values[place] = json.dumps(values[place], ensure_ascii=False) if values[place] else "{}"
    if entry.complete is not None:
        values[_PLACES["complete"]] = int(entry.complete)
    return (*values, check_number(values))


def entry_of(row: tuple[Any, ...]) -> Entry | None:
    """The entry of a row; None where the row is not what was written."""
    if check_number(row[:-1]) != row[-1]:
        return None
    values = list(row[:-1])
    for place in _JSONS:
        if values[place] is not None:
            values[place] = json.loads(values[place])
    counts, complete = values[_PLACES["counts"]], values[_PLACES["complete"]]
    values[_PLACES["counts"]] = None if counts is None else Counts(**counts)
    values[_PLACES["complete"]] = None if complete is None else bool(complete)
    return Entry(*values)


def check_number(values: list[Value] | tuple[Value, ...]) -> int:
    """A number that changes when any of the values does, by which a damaged row is known."""
    return zlib.crc32(repr(tuple(values)).encode("utf-8", "backslashreplace"))
