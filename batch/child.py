"""A process that documents are handed to, seen from inside: limits first, then one message after another until the run
that started it ends. `python -m jihua.batch.child` is started by a run, by nobody else."""
from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, Any

_TICK = 0.5
NO_MEMORY = 77
"""The exit code that says that the memory allowed did not suffice."""


def main() -> None:
    """Take the settings from standard input, then messages, and answer each on what was standard output."""
    messages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    settings = json.loads(messages.readline())
    _end_with(settings["parent"])
    _limit(settings["memory"])
    waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_take, args=(messages, waiting), daemon=True).start()
    if settings["role"] == "scout":
        from .scout import Scout
        answer = Scout(settings).answer
    else:
        from .work import Work
        answer = Work(settings).answer
    _hush()
    _say(answers, {"ready": True})
    while True:
        message = waiting.get()
        _allow(message.get("deadline", settings["timeout"]))
        try:
            for reply in answer(message):
                _say(answers, reply)
        except MemoryError:
            os._exit(NO_MEMORY)


def _say(answers: IO[bytes], reply: dict[str, Any]) -> None:
    try:
        answers.write(json.dumps(reply).encode() + b"\n")
        answers.flush()
    except OSError:
        _end()


def _take(messages: IO[bytes], waiting: SimpleQueue[dict[str, Any]]) -> None:
    """Queue what comes; when nothing can come any more, the run has ended or lets this process go."""
    for line in messages:
        waiting.put(json.loads(line))
    _end()


def _end() -> None:
    """End at once, with whatever was started from here."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _hush() -> None:
    """What libraries print goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_with(parent: int) -> None:
    """Be killed when the run is, even inside a library that never comes back (Linux); elsewhere the closed pipe ends us,
    and the limit on processor time where a library holds Python back."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)      # PR_SET_PDEATHSIG
        if os.getppid() != parent:                          # it ended before that
            _end()


def _limit(memory: int) -> None:
    """No more memory than allowed, no core file. On Linux the system refuses more (private writable memory, so that what a
    library only reserves is free); elsewhere a thread looks at the largest size so far."""
    if sys.platform == "win32":
        return
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        return
    unit = 1 if sys.platform == "darwin" else 1024

    def watch() -> None:
        while True:
            threading.Event().wait(_TICK)
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > memory:
                os.kill(os.getpid(), signal.SIGABRT)
    threading.Thread(target=watch, daemon=True).start()


def _allow(seconds: float) -> None:
    """Processor time for the next message: the deadline on all processors, and a minute, as the run's clock comes first."""
    if sys.platform == "win32":
        return
    import resource
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    most = int(used + (seconds + 60) * (os.cpu_count() or 1))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
