"""One run at a time in an output folder; the lock goes with the process, however it ends."""
from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..schema import LockedError, OutputError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], shared: bool) -> None:
        """Lock a byte far behind what is written, so that others can read who holds it."""
        if not shared:
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str], shared: bool) -> None:
        """Lock the file, or raise OSError where another process has."""
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

_BUSY = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_ANOTHER = "Write to another drive, or mount this one with locks (Lustre: -o flock)"


@contextmanager
def locked(home: Path, shard: str = "") -> Iterator[None]:
    """Hold the folder for this run. A run over all sources holds it alone; runs over shards share it, each shard with one.

    Raises LockedError, with the other's number, where it is held, OutputError where the folder cannot be written."""
    with _held(home / "lock", shared=bool(shard)):
        if not shard:
            yield
            return
        with _held(home / f"lock-{shard}", shared=False):
            yield


@contextmanager
def _held(path: Path, shared: bool) -> Iterator[None]:
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", source=str(path),
                          way_out="Choose another folder with --out, or make room") from error
    with file:
        try:
            _take(file, shared)
        except OSError as error:
            if error.errno not in _BUSY:
                raise OutputError(f"the drive knows no locks: {error.strerror}", source=str(path), way_out=_ANOTHER) from error
            file.seek(0)
            raise LockedError(f"another run works here (process {file.read(20).strip() or '?'})", source=str(path.parent.parent),
                              way_out="Wait for it, end it, or choose another folder with --out") from error
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
