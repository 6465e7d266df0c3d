"""Layout `shards`: documents of consecutive sources in one file of JSON Lines, which is on the disk before the ledger
knows of it. A group is as many sources as the options say, in stable order; the files of an archive are groups of their own."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..schema import OutputError
from .entry import Entry, changed
from .options import Shard
from .source import Source
from .write import unwritable, write

FOLDER = "shards"


@dataclass(slots=True)
class Line:
    """Where a document's line lies now: a file, from a byte on, so long, of that hash."""

    path: Path
    at: int
    size: int
    digest: str


@dataclass(slots=True)
class Group:
    """Sources in order, what came of each, and where its line lies."""

    number: int
    box: int | None
    name: str
    sources: list[Source] = field(default_factory=list)
    entries: list[Entry | None] = field(default_factory=list)
    lines: list[Line | None] = field(default_factory=list)
    left: int = 0
    closed: bool = False
    scratch: set[Path] = field(default_factory=set)


class Shards:
    """JSON Lines in `out/shards`. `home` is where lines wait until their group is whole."""

    def __init__(self, out: Path, home: Path, size: int, shard: Shard | None) -> None:
        self._out, self._home, self._size = out, home, size
        self._prefix = f"{FOLDER}/part-{f'{shard}-' if shard else ''}"
        self._groups: dict[int, Group] = {}
        self._last: Group | None = None
        self._number = 0
        self._written: set[str] = set()

    def meet(self, source: Source) -> Iterator[tuple[Source, Entry]]:
        """Put the source into the group that is being filled, or into the next."""
        box = source.entry.ordinal if source.entry.container else None
        last = self._last
        if last is not None and (last.box != box or len(last.sources) >= self._size):
            last.closed = True
            yield from self._when_whole(last)
            last = None
        if last is None:
            last = self._last = Group(self._number, box, f"{self._prefix}{self._number:05}.jsonl")
            self._groups[last.number] = last
            self._number += 1
        source.place, source.group = len(last.sources), last.number
        source.extra = {"scratch": str(self._home / f"lines-{last.number}")}
        last.sources.append(source)
        last.entries.append(None)
        last.lines.append(None)
        last.left += 1

    def holds(self, old: Entry, name: str) -> bool:
        """By the hash of its line, in whatever group it was."""
        return old.at is not None and self._read(self._line(old)) is not None

    def settle(self, source: Source, entry: Entry, facts: dict[str, Any]) -> Iterator[tuple[Source, Entry]]:
        """With its group."""
        group = self._groups[source.group]
        if "scratch" in facts:
            path = Path(facts["scratch"])
            group.scratch.add(path)
            group.lines[source.place] = Line(path, facts["at"], facts["output_bytes"], facts["output_sha256"])
        elif entry.output is not None:                  # from an earlier run
            group.lines[source.place] = self._line(entry)
        group.entries[source.place] = entry
        group.left -= 1
        yield from self._when_whole(group)

    def close(self) -> Iterator[tuple[Source, Entry]]:
        """The last group is whole once its sources are."""
        if self._last is not None:
            self._last.closed = True
            yield from self._when_whole(self._last)

    def leftovers(self) -> Iterator[Path]:
        """Parts of earlier runs that are none of this one."""
        for path in sorted((self._out / FOLDER).glob(f"{Path(self._prefix).name}[0-9]*.jsonl")):
            if f"{FOLDER}/{path.name}" not in self._written:
                yield path

    def _when_whole(self, group: Group) -> Iterator[tuple[Source, Entry]]:
        if not group.closed or group.left or group.number not in self._groups:
            return
        places = self._places(group)
        if any(place is not None for place in places) and not self._stands(group, places):
            self._rescue(group)
            write(self._out / group.name, self._pieces(group), drafts=self._home, lasting=True)
        if any(place is not None for place in places):
            self._written.add(group.name)
        del self._groups[group.number]
        for path in group.scratch:
            with suppress(OSError):
                os.unlink(path)
        for source, entry, place in zip(group.sources, group.entries, places, strict=True):
            assert entry is not None
            yield source, changed(entry, output=None if place is None else group.name, at=place)

    def _places(self, group: Group) -> list[int | None]:
        """Where each line begins in the group's file."""
        places: list[int | None] = []
        end = 0
        for line in group.lines:
            places.append(None if line is None else end)
            end += line.size if line else 0
        return places

    def _stands(self, group: Group, places: list[int | None]) -> bool:
        """Whether the file is there already, line for line."""
        path = self._out / group.name
        if any(line and (line.path != path or line.at != place) for line, place in zip(group.lines, places, strict=True)):
            return False
        with suppress(OSError):
            return path.stat().st_size == sum(line.size for line in group.lines if line)
        return False

    def _rescue(self, group: Group) -> None:
        """Copy what other groups still need of the file that is about to be replaced."""
        path = self._out / group.name
        for other in self._groups.values():
            for place, line in enumerate(other.lines):
                if other is group or line is None or line.path != path:
                    continue
                data, kept = self._need(line), self._home / f"lines-{other.number}-kept"
                try:
                    with kept.open("ab") as file:
                        other.lines[place] = Line(kept, file.tell(), line.size, line.digest)
                        file.write(data)
                except OSError as error:
                    raise unwritable(kept, error) from error
                other.scratch.add(kept)

    def _pieces(self, group: Group) -> Iterator[bytes]:
        for line in group.lines:
            if line is not None:
                yield self._need(line)

    def _need(self, line: Line) -> bytes:
        data = self._read(line)
        if data is None:
            raise OutputError("the disk does not give back what was written", source=str(line.path),
                              way_out="Run the same command again, on another disk")
        return data

    def _line(self, entry: Entry) -> Line:
        return Line(self._out / (entry.output or ""), entry.at or 0, entry.output_bytes or 0, entry.output_sha256 or "")

    def _read(self, line: Line) -> bytes | None:
        """The line, or None where it is not what was written."""
        try:
            with line.path.open("rb") as file:
                file.seek(line.at)
                data = file.read(line.size)
        except OSError:
            return None
        return data if sha256(data).hexdigest() == line.digest else None
