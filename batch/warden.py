"""A process that outlives the run by a moment: when the run ends, however it does, it kills the groups of the processes that
are left, so that what a reader has started does not stay behind.

Started by launch.py as a script, with nothing but the standard library, as it must be there before anything can go wrong.
It is told `+` and `-` with a number for each process that begins and ends; the end of its input is the end of the run."""
from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Keep account until the input ends, then kill."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin.buffer:
        number = int(line[1:])
        if line.startswith(b"+"):
            groups.add(number)
        else:
            groups.discard(number)
    for group in groups:
        with suppress(OSError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
