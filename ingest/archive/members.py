"""The documents of an archive, one at a time, archives in it opened in turn. Nothing is written under a member's name."""
from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from ...schema import DamagedError, JihuaError, Origin, TooLargeError, UnsupportedError
from ..pages.neighbours import Fetch
from .containers import ROWS, STREAMS, container_kind, entries, may_hold
from .entry import BROKEN, Entry
from .limits import Budget, Limits, OverBudget, lift

_IN_MEMORY = 16_000_000     # bytes of an archive in an archive beyond which it waits on the disk
_PIECE = 1 << 18
_AGAIN = "Fetch or save it again: the file is not whole"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container. `uri` is the container's, `!/` and the path in it: `a.zip!/dir/b.doc`; a container that is a
    document itself (a mail) is a member with its own uri. `error` is why it cannot be read, `left_out` that it was not asked
    for or is no document, with the `reason` where there is one to tell; `origin` is what its container says of it; `neighbours` gives the files beside it, which
    may be further pages of a web page, where its container gives them singly (zips and web archives)."""

    uri: str
    data: bytes = b""
    error: JihuaError | None = None
    left_out: bool = False
    origin: Origin | None = None
    reason: str = ""
    neighbours: Fetch | None = None

    def read(self) -> bytes:
        """The file's bytes; raises the JihuaError that stands in their way."""
        if self.error is not None:
            raise self.error.at(self.uri)
        return self.data


def members(file: IO[bytes], uri: str, limits: Limits, leave: Callable[[str], bool],
            path: Path | None = None) -> Iterator[Member]:
    """Every file of the container `file` and of the containers in it, in the order in which they are held. `path` is where it
    lies, for those in several volumes.

    What goes wrong comes as a member with an error: of its own where only it is broken, else as a last member with the
    archive's own uri. Files whose path in their archive `leave` approves are not read. No more than one document and,
    for each archive in an archive, 16 MB are in memory at a time."""
    budget = Budget(limits, file.seek(0, io.SEEK_END))
    walk = _Walk(budget, leave)
    try:
        yield from walk.archive(file, container_kind(file, uri, path), uri, 1, path)
    except OverBudget as error:
        yield Member(uri, error=error.at(uri))


@dataclass(frozen=True, slots=True)
class _Walk:
    budget: Budget
    leave: Callable[[str], bool]

    def archive(self, file: IO[bytes], kind: str, uri: str, depth: int, path: Path | None = None) -> Iterator[Member]:
        number, place = 0, ""
        try:
            for entry in entries(file, kind, uri, self.budget, path):
                number, place = number + 1, entry.name or ""
                yield from self._entry(entry, kind, uri if entry.name is None else f"{uri}!/{entry.name}", depth)
        except OverBudget:
            raise
        except JihuaError as error:
            yield Member(uri, error=error.at(uri))
            return
        except BROKEN as error:
            yield Member(uri, error=_damaged("archive", error, uri, place))
            return
        if not number:
            yield Member(uri, error=UnsupportedError("the archive holds no file", source=uri, way_out="Leave it out"))

    def _entry(self, entry: Entry, kind: str, uri: str, depth: int) -> Iterator[Member]:
        if entry.reason or entry.name is not None and self.leave(entry.name):
            yield Member(uri, left_out=True, reason=entry.reason, origin=entry.origin)
            return
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            error = entry.error or self._unpack(entry, kind, cast(IO[bytes], spool), uri)
            whole = entry.name is None or kind in ROWS
            inner = container_kind(cast(IO[bytes], spool), uri) if error is None and not whole else ""
            if inner and inner not in ROWS and depth >= self.budget.limits.max_depth:
                error = TooLargeError(f"archives stand more than {depth} deep in each other", way_out=lift("depth"))
            if error is not None:
                yield Member(uri, error=error.at(uri))
            elif inner:
                yield from self.archive(cast(IO[bytes], spool), inner, uri, depth + 1)
            else:
                spool.seek(0)
                yield Member(uri, spool.read(), origin=entry.origin)

    def _unpack(self, entry: Entry, kind: str, spool: IO[bytes], uri: str) -> JihuaError | None:
        """Put the file's bytes into `spool`, or tell why not. What breaks a stream breaks all that follows, and is
        raised; elsewhere a member stands for itself."""
        try:
            with entry.open() as stream:
                return self._copy(stream, spool, uri)
        except BROKEN as error:
            if kind in STREAMS:
                raise
            return _damaged("file", error, uri)

    def _copy(self, stream: IO[bytes], spool: IO[bytes], uri: str) -> JihuaError | None:
        most, size, inner = self.budget.limits.max_bytes, 0, False
        while piece := stream.read(_PIECE):
            inner = may_hold(piece, uri) if not size else inner
            size += len(piece)
            if size > most and not inner:
                break
            spool.write(piece)
        if size > most and not (inner and container_kind(spool, uri)):
            return TooLargeError(f"larger than {most:,} bytes",
                                 way_out="Allow more with --max-bytes (max_bytes= in Python), or split the file")
        return None


def _damaged(what: str, error: Exception, uri: str, place: str = "") -> DamagedError:
    cause = " ".join(str(error).split())[:200] or type(error).__name__
    cause = cause.partition(" for file ")[0]            # zipfile names the member in a charset of its own; the uri has it
    return DamagedError(f"the {what} is cut off or broken: {cause}", source=uri, place=place, way_out=_AGAIN)
