"""Mutated files handed to the readers, in a child with limits of time and memory, so that a crash or a hang has a name.

A file is known by its format and number: the same two always make the same bytes. `Finding`s are what must not be:
an exception that is no JihuaError, a crash, memory or time beyond the limits."""
from __future__ import annotations

import json
import os
import random
import resource
import select
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import jihua
from fuzz_mutate import mutated
from fuzz_seeds import Seeds, seeds
from jihua.pipeline import Limits, convert, is_archive, members
from jihua.schema import JihuaError

SECONDS, MEGABYTES = 60.0, 2048      # a file: time on the wall, on a machine that has other work; address space of the child
_PICTURES = (".png", ".jpg", ".tif", ".bmp", ".gif", ".webp")    # looked at without being recognised, which takes seconds
_LIMITS = Limits(max_bytes=8_000_000, max_unpacked=32_000_000, max_members=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """What must not be, and the file that did it: `make(kind, number)` gives it again."""

    kind: str
    number: int
    what: str


@dataclass(slots=True)
class Report:
    """Of one format: files, outcomes by code, the slowest file in seconds of the processor, memory above the child's own in MB."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_number: int = 0
    memory: int = 0
    findings: list[Finding] = field(default_factory=list)


def make(kind: str, number: int, known: Seeds) -> tuple[str, bytes]:
    """Name and bytes of a mutated file; number 0 and up to the count of the seeds are these themselves."""
    dice = random.Random(f"{kind}-{number}")
    name, data = known[kind][number % len(known[kind])]
    return (name, data) if number < len(known[kind]) else (name, mutated(kind, data, dice))


def outcome(name: str, data: bytes, folder: Path) -> str:
    """`ok`, the code of the error, or for archives both joined; any other exception goes through."""
    path = folder / ("f" + Path(name).suffix)
    path.write_bytes(data)
    try:
        if path.suffix in _PICTURES:
            from jihua.ingest.ocr.pieces import pages  # its library is an extra
            return "ok" if list(pages(data)) else "empty"
        if not is_archive(path):
            return _one(data, name)
        said: Counter[str] = Counter()
        for member in members(path, uri=name, limits=_LIMITS):
            said[member.error.code if member.error else _one(member.data, member.uri)] += 1
        return "+".join(sorted(said)) or "empty"
    except JihuaError as error:
        assert error.message and str(error)
        return error.code


def _one(data: bytes, name: str) -> str:
    try:
        document = convert(data, uri=name, max_bytes=_LIMITS.max_bytes, ocr_pages=0)
    except JihuaError as error:
        assert error.message and str(error)
        return error.code
    assert document.source.bytes == len(data)
    return "ok"


def run(kind: str, start: int, stop: int, known: Seeds | None = None) -> Report:
    """The report on the files `[start, stop)` of a format."""
    known = known if known is not None else seeds()
    report = Report()
    while start < stop:
        for number, said, seconds, memory in _child(kind, start, stop, known):
            start, report.files = number + 1, report.files + 1
            report.memory = max(report.memory, memory)
            if seconds > report.slowest:
                report.slowest, report.slowest_number = seconds, number
            code, _, what = said.partition(": ")
            report.outcomes[code] += 1
            if what:
                report.findings.append(Finding(kind, number, said))
    return report


def _child(kind: str, start: int, stop: int, known: Seeds) -> Iterator[tuple[int, str, float, int]]:
    """Number, outcome, seconds and peak megabytes of each file, until the child ends; its death is the outcome of the file in hand."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _work(kind, start, stop, known, write)
    os.close(write)
    number, rest = start, b""
    try:
        while True:
            ready, _, _ = select.select([read], [], [], SECONDS)
            block = os.read(read, 65536) if ready else None
            if not block:
                if block is None:
                    os.kill(child, signal.SIGKILL)
                _, status = os.waitpid(child, 0)
                if number < stop and (block is None or status):
                    yield number, f"timeout: longer than {SECONDS:g} s" if block is None else f"crash: wait status {status}", SECONDS if block is None else 0.0, 0
                return
            *rows, rest = (rest + block).split(b"\n")
            for row in rows:
                number, said, seconds, memory = json.loads(row)
                yield number, said, seconds, memory
                number += 1
    finally:
        os.close(read)


def _work(kind: str, start: int, stop: int, known: Seeds, write: int) -> None:
    """The child: one line a file. It leaves by `_exit`, whatever happens."""
    status = 1
    try:
        most = _mapped() + (MEGABYTES << 20)         # the parent's libraries are mapped already
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        with tempfile.TemporaryDirectory() as folder, open(write, "w", encoding="utf-8") as out:
            base = _peak()
            for number in range(start, stop):
                name, data = make(kind, number, known)
                at = time.process_time()
                try:
                    said = outcome(name, data, Path(folder))
                except BaseException as error:
                    place = traceback.extract_tb(error.__traceback__)[-1]
                    said = f"{type(error).__name__}: {str(error)[:200]} in {Path(place.filename).name}:{place.lineno}"
                out.write(json.dumps([number, said, time.process_time() - at, _peak() - base]) + "\n")
                out.flush()
        status = 0
    finally:
        os._exit(status)


def _mapped() -> int:
    """Bytes of address space that this process has; 0 where the system does not say."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
    return 0


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def warm(known: Seeds) -> None:
    """Loads every reader once, so that children share it."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in known:
            for name, data in known[kind]:
                outcome(name, data, Path(folder))


__all__ = ["Finding", "Report", "jihua", "make", "outcome", "run", "seeds", "warm"]
