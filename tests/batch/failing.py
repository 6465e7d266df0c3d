"""The process of a run on a disk that is full at one write: failing.py FILE K fails the K-th write of all processes
together, counted in FILE; the 0-th is what is taken out of an archive."""
from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any

from jihua.batch import scout, work
from jihua.batch.child import main
from jihua.batch.write import unwritable

COUNT, FAILING = Path(sys.argv[1]), int(sys.argv[2])


def _full(real: Any) -> Any:
    def write(path: Path, *data: Any, **options: Any) -> None:
        with COUNT.open("ab") as file:
            file.write(b".")
        if COUNT.stat().st_size == FAILING:
            raise unwritable(path, OSError(errno.ENOSPC, "No space left on device"))
        real(path, *data, **options)
    return write


def _no_room(_: object, every: object, spool: Path, number: int) -> Any:
    raise unwritable(spool, OSError(errno.ENOSPC, "No space left on device"))


if __name__ == "__main__":
    work.write = _full(work.write)
    if FAILING == 0:
        scout.Scout._portion = _no_room
    main()
