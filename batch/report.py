"""A run in figures, out of its ledger: outcomes, slowest, largest, completeness, diagnostics, each with its files."""
from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import ledger
from .entry import Entry
from .outcome import RESULTS, WRITTEN, Counts, total

SHOWN = 200
"""Files that a group names; manifest.jsonl has all of them."""
_EXTREMES = 20
_Ranked = tuple[float, int, Entry]


@dataclass(slots=True)
class Group:
    """Sources that have something in common: how many, how often it occurs in them, and the first of them in order."""

    sources: int = 0
    times: int = 0
    files: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry, times: int = 1) -> None:
        """Take in one more source."""
        self.sources += 1
        self.times += times
        if len(self.files) < SHOWN:
            self.files.append(entry)


@dataclass(slots=True)
class Summary:
    """What came of all sources. `reasons` are by the error's code, `seconds` and `sizes` by the power of two below (of
    milliseconds, of bytes), `readers` counts documents. Memory does not grow with the number of sources."""

    inputs: int = 0
    outcomes: dict[str, Group] = field(default_factory=lambda: {name: Group() for name in RESULTS})
    totals: Counts = field(default_factory=Counts)
    planless: Group = field(default_factory=Group)
    incomplete: Group = field(default_factory=Group)
    duplicates: Group = field(default_factory=Group)
    reasons: dict[str, Group] = field(default_factory=dict)
    diagnostics: dict[str, Group] = field(default_factory=dict)
    readers: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    slowest: list[Entry] = field(default_factory=list)
    largest: list[Entry] = field(default_factory=list)

    @property
    def written(self) -> int:
        """Documents written, complete or not."""
        return sum(self.outcomes[name].sources for name in WRITTEN)

    @property
    def failed(self) -> int:
        """Sources that could not be converted."""
        return self.inputs - self.written - self.outcomes["skipped"].sources


def summarise(entries: Iterable[Entry]) -> Summary:
    """The figures of a run's entries, which are passed through once, in order."""
    summary = Summary()
    slowest: list[_Ranked] = []
    largest: list[_Ranked] = []
    for k, entry in enumerate(entries):
        _take(summary, entry)
        _keep(slowest, (entry.seconds, -k, entry))
        _keep(largest, (entry.bytes or 0, -k, entry))
    summary.slowest = [entry for seconds, _, entry in sorted(slowest, key=_first, reverse=True) if seconds]
    summary.largest = [entry for size, _, entry in sorted(largest, key=_first, reverse=True) if size]
    return summary


def _first(item: _Ranked) -> tuple[float, int]:
    return item[:2]


def _keep(heap: list[_Ranked], item: _Ranked) -> None:
    heapq.heappush(heap, item)      # never compares entries: the place in order is unique
    if len(heap) > _EXTREMES:
        heapq.heappop(heap)


def _take(summary: Summary, entry: Entry) -> None:
    summary.inputs += 1
    summary.outcomes[entry.outcome].add(entry)
    if entry.seconds > 0:
        summary.seconds[math.floor(math.log2(max(1.0, entry.seconds * 1000)))] += 1
    if entry.bytes:
        summary.sizes[entry.bytes.bit_length() - 1] += 1
    if entry.duplicate_of is not None:
        summary.duplicates.add(entry)
    for code in _codes(entry):
        summary.reasons.setdefault(code, Group()).add(entry)
    for code, times in entry.diagnostics.items():
        summary.diagnostics.setdefault(code, Group()).add(entry, times)
    if entry.counts is not None:
        summary.readers[entry.reader or ""] += 1
        summary.totals = total((summary.totals, entry.counts))
        if not entry.counts.plans:
            summary.planless.add(entry)
    if entry.complete is False or entry.gaps:
        summary.incomplete.add(entry, entry.gaps)


def _codes(entry: Entry) -> Iterator[str]:
    """The code of what stood in the way of a source that gave no document."""
    if entry.outcome not in WRITTEN and entry.outcome != "skipped":
        yield (entry.detail or {}).get("code") or entry.outcome


def called(out: Path, name: str, most: int) -> tuple[list[Entry], int]:
    """The sources of a folder's runs that a name means, the first `most` and how many in all: those of that `uri`; where
    there are none, those whose path or output ends in it, or in whose path it ends; else those in the archive of that name."""
    exact = ledger.entry(out, name)
    if exact:
        return exact[:most], len(exact)
    for means in (_means, _holds):
        found: list[Entry] = []
        number = 0
        for one in ledger.entries(out, gone=True):
            if means(name, one, out):
                number += 1
                found += [one] if number <= most else []
        if number:
            break
    return found, number


def _holds(name: str, one: Entry, out: Path) -> bool:
    """Whether a source lies in an archive of that name, or in one within one."""
    parts = one.uri.split("!/")
    archives = ("!/".join(parts[:k]) for k in range(1, len(parts)))
    wanted = Path(name).as_posix()
    return any(_ends(archive, wanted) or _ends(wanted, archive) for archive in archives)


def _means(name: str, one: Entry, out: Path) -> bool:
    wanted = name if "://" in name else Path(name).as_posix()
    output = one.output or ""
    return (_ends(one.uri, wanted) or _ends(wanted, one.uri) or bool(output) and
            (_ends(output, wanted) or _ends(wanted, f"{out.name}/{output}")))


def _ends(path: str, tail: str) -> bool:
    return path == tail or path.endswith(("/" + tail, "!/" + tail))
