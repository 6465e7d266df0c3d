"""Layout `files`: a document in a file of its own, under its source's path."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from typing import Any, Protocol

from .entry import Entry
from .source import Source


class Layout(Protocol):
    """Where documents are written, and when a source's entry may be put into the ledger: after its document is on the disk."""

    def meet(self, source: Source) -> Iterator[tuple[Source, Entry]]:
        """Give a source, in stable order, its place; what can be settled because a new group begins."""

    def holds(self, old: Entry, name: str) -> bool:
        """Whether the output of an earlier entry is where this source would have it, and what was written."""

    def settle(self, source: Source, entry: Entry, facts: dict[str, Any]) -> Iterator[tuple[Source, Entry]]:
        """Take what came of a source; give what is settled by it."""

    def close(self) -> Iterator[tuple[Source, Entry]]:
        """What is settled because nothing more comes."""

    def leftovers(self) -> Iterator[Path]:
        """Files of this layout that no source of the run has, once all are settled."""


class Files:
    """One JSON a document."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def meet(self, source: Source) -> Iterator[tuple[Source, Entry]]:
        """Its place is its name."""
        source.extra = {"output": source.name}
        return iter(())

    def holds(self, old: Entry, name: str) -> bool:
        """By the hash."""
        if old.output != name or old.at is not None:
            return False
        try:
            with (self._out / name).open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == old.output_sha256
        except OSError:
            return False

    def settle(self, source: Source, entry: Entry, facts: dict[str, Any]) -> Iterator[tuple[Source, Entry]]:
        """At once; the document of a source that has none any more goes."""
        if source.name and entry.output is None:
            with suppress(OSError):
                os.unlink(self._out / source.name)
        yield source, entry

    def close(self) -> Iterator[tuple[Source, Entry]]:
        """Nothing waits."""
        return iter(())

    def leftovers(self) -> Iterator[Path]:
        """None that are not known as such."""
        return iter(())
