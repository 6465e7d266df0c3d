"""Stopping a run from outside: the first signal lets it put things in order, the second ends it at once."""
from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..schema import StoppedError

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Stop:
    """Whether the run has been asked to stop."""

    def __init__(self) -> None:
        self._signal = 0

    def ask(self, number: int, frame: FrameType | None = None) -> None:
        """Ask it; the second time end this process, and its children with it."""
        if self._signal:
            os._exit(128 + number)
        self._signal = number

    def check(self) -> None:
        """Raise StoppedError if it has been asked."""
        if self._signal:
            error = StoppedError(f"stopped by {signal.Signals(self._signal).name}", way_out="Run the same command again to go on from here")
            error.exit_code = 128 + self._signal
            raise error


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Take the signals that ask to stop, but for those that this process was started to ignore (nohup)."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, stop.ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
