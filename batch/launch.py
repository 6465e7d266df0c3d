"""Starting processes for a run, under the eye of the warden."""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from .process import COMMAND, Event, Process

_WARDEN = (sys.executable, "-I", "-S", str(Path(__file__).with_name("warden.py")))


class Launcher:
    """Starts the processes of one run and knows which there are. What they say comes into `events`."""

    def __init__(self, settings: Mapping[str, Any], command: Sequence[str] = COMMAND) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        self._settings, self._command = settings, command
        self._there: set[int] = set()
        self._warden: subprocess.Popen[bytes] | None = None

    def start(self, role: str) -> Process:
        """A new process of a role, `work` or `scout`."""
        process = Process(self.events, {**self._settings, "role": role}, self._command)
        self._there.add(process.pid)
        self._tell(f"+{process.pid}\n")
        return process

    def ended(self, process: Process) -> None:
        """Its end has been seen, and its group is gone."""
        self._there.discard(process.pid)
        self._tell(f"-{process.pid}\n")

    def close(self) -> None:
        """Let the warden go; all processes have ended."""
        if self._warden is not None and self._warden.stdin is not None:
            with suppress(OSError):
                self._warden.stdin.close()
            self._warden.wait()
            self._warden = None

    def _tell(self, line: str) -> None:
        """Tell the warden, or a new one everything: this one may have been killed."""
        if not hasattr(os, "killpg"):
            return
        try:
            if self._warden is None or self._warden.stdin is None:
                raise BrokenPipeError
            self._warden.stdin.write(line.encode())
            self._warden.stdin.flush()
        except OSError:
            self._renew()

    def _renew(self) -> None:
        if self._warden is not None:
            with suppress(OSError):
                self._warden.kill()
            self._warden.wait()
        with suppress(OSError):
            self._warden = subprocess.Popen(_WARDEN, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                            start_new_session=True)
            assert self._warden.stdin is not None
            self._warden.stdin.write("".join(f"+{pid}\n" for pid in sorted(self._there)).encode())
            self._warden.stdin.flush()
