"""A process that documents are handed to, seen from the run: started, written to, listened to, ended with all it started."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any, Literal, NamedTuple

from ..schema import JihuaError
from .child import NO_MEMORY

COMMAND = (sys.executable, "-m", "jihua.batch.child")
"""How a process is started; a test that needs documents to go wrong starts another."""
_LONGEST = 64_000_000
"""Bytes of a message beyond which a process is taken to have lost its senses."""
Cause = Literal["timeout", "memory", "crash", "outside"]
_NEAR = 0.8
"""A process that dies by itself after it had this part of its memory limit died of the limit: libraries in C do not come
back from an allocation that is refused."""


class Event(NamedTuple):
    """A message of a process, or None once it has ended."""

    process: Process
    message: dict[str, Any] | None


class Process:
    """One child, in a process group of its own, so that whatever it starts ends with it.

    What it says is put into `events` by a thread. Its own standard output and error go nowhere once it is ready: a
    library may print without end."""

    def __init__(self, events: SimpleQueue[Event], settings: Mapping[str, Any], command: Sequence[str] = COMMAND) -> None:
        self.ready, self.ended = False, False
        self.limit = int(settings["memory"])
        self._killed: Cause | None = None
        self._events = events
        self._child = _started(command)
        self._in, self._out = _pipe(self._child.stdin), _pipe(self._child.stdout)
        threading.Thread(target=self._listen, daemon=True).start()
        self.send({**settings, "parent": os.getpid()})

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid

    def send(self, *messages: Mapping[str, Any]) -> None:
        """Hand it messages; one that has ended does not get them, and its end comes as an event."""
        with suppress(OSError, ValueError):
            self._in.write(b"".join(json.dumps(message).encode() + b"\n" for message in messages))
            self._in.flush()

    def kill(self, cause: Cause = "outside") -> None:
        """End it and whatever it has started, now; the first cause counts."""
        if not self.ended:
            self._killed = self._killed or cause
            self._sweep()
            with suppress(OSError):
                self._child.kill()

    def memory(self) -> int:
        """Bytes that it has in memory now; 0 where the system does not say."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError, ValueError):
            return 0

    def end(self) -> tuple[Cause, str]:
        """Wait for its end; why it ended, and how in words. `outside` where someone else ended it."""
        peak = 0
        if hasattr(os, "waitid"):       # its number is not free for others before its group is swept
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
            self._sweep()
        if hasattr(os, "wait4") and not self.ended:
            with suppress(ChildProcessError):
                _, status, usage = os.wait4(self.pid, 0)
                self._child.returncode = os.waitstatus_to_exitcode(status)
                peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        code = self._child.wait()
        self.ended = True
        for stream in (self._in, self._out):
            with suppress(OSError):
                stream.close()
        if self._killed:
            return self._killed, ""
        if -code in (getattr(signal, name, 0) for name in ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")):
            return "outside", _told(code)
        if -code == getattr(signal, "SIGXCPU", 0):
            return "timeout", _told(code)
        return "memory" if code == NO_MEMORY or peak > _NEAR * self.limit else "crash", _told(code)

    def _sweep(self) -> None:
        """Kill what is in its group: also what it has started and left behind."""
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)

    def _listen(self) -> None:
        while line := self._line():
            self._events.put(Event(self, line))
        self._events.put(Event(self, None))

    def _line(self) -> dict[str, Any] | None:
        line, message = b"", None
        with suppress(OSError, ValueError):
            line = self._out.readline(_LONGEST)
            message = json.loads(line) if line.endswith(b"\n") else None
        if line.endswith(b"\n") or len(line) == _LONGEST:
            if not isinstance(message, dict):       # not what we say; a line cut off by its end is no more than that
                self.kill("crash")
        return message if isinstance(message, dict) else None


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **apart)
    except OSError as error:
        raise JihuaError(f"no process can be started: {error.strerror}", way_out="Work with fewer: --jobs 1") from error


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _told(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
