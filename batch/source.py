"""A source on its way through a run: where its bytes are, what is known of it, what was tried."""
from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .entry import Entry


@dataclass(frozen=True, slots=True)
class Box:
    """The container of a member: its file, its `uri`, and the file that tells where its pages are, if there is one."""

    path: str
    uri: str
    places: str = ""


@dataclass(slots=True)
class Source:
    """A source and what the run knows of it so far, as the `entry` to be; `settled` where that is all.

    `path` is the file, or the spool in which `offset` begins a member; `box` tells where the pages beside a member are. `name` is where its document would go. `old` is
    what the ledger says from earlier; `sound` that this has been found to stand."""

    entry: Entry
    path: str = ""
    offset: int | None = None
    box: Box | None = None
    name: str = ""
    old: Entry | None = None
    sound: bool = False
    settled: bool = False
    tries: int = 0
    outside: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    place: int = 0
    group: int = 0

    @property
    def size(self) -> int:
        """Its bytes, as far as known."""
        return self.entry.bytes or 0


@dataclass(slots=True)
class Spools:
    """The files that hold members until these are settled, and the bytes in them."""

    held: int = 0
    _waiting: Counter[str] = field(default_factory=Counter)
    _sizes: dict[str, int] = field(default_factory=dict)

    def add(self, path: str, sources: int, size: int) -> None:
        """A file that so many sources lie in."""
        if sources:
            self._waiting[path], self._sizes[path] = sources, size
            self.held += size

    def keep(self, path: str) -> None:
        """One more needs a file."""
        if path:
            self._waiting[path] += 1

    def settled(self, source: Source) -> None:
        """A source needs its bytes no more; the last one takes the file along."""
        if source.offset is None:
            return
        source.offset = None
        self.release(source.path)
        if source.box is not None:
            self.release(source.box.places)

    def release(self, path: str) -> None:
        """One less needs a file."""
        if not path:
            return
        self._waiting[path] -= 1
        if not self._waiting[path]:
            del self._waiting[path]
            self.held -= self._sizes.pop(path, 0)
            with suppress(OSError):
                os.unlink(path)
