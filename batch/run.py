"""Convert many sources, one by one or side by side; a bad one never stops the others."""
from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from ..export.json import dumps
from ..pipeline import Limits, convert, is_archive, members
from ..schema import JihuaError
from .find import Input
from .names import Names
from .outcome import Outcome, count
from .write import write

FAULT = "This is a fault of jihua, not of the file; please report it with the file"
_AHEAD, _HELD = 64, 128_000_000
"""How far a run gets ahead of the first outcome that is not there yet: jobs a process, and bytes of files out of
archives."""


@dataclass(frozen=True, slots=True)
class Job:
    """One source, a file or the bytes of an archive's member, and where its document goes."""

    source: Path | bytes
    uri: str
    out: Path
    name: str
    max_bytes: int

    @property
    def held(self) -> int:
        """Bytes that it keeps in memory."""
        return len(self.source) if isinstance(self.source, bytes) else 0


def run(inputs: Sequence[Input], out: Path, *, jobs: int = 1, limits: Limits | None = None) -> Iterator[Outcome]:
    """The outcome of each source, in order, as soon as it and all before it are done. An archive gives one for each file
    in it.

    Each document is written to `out` under its source's path with `.json` added. `jobs` above 1 works in as many
    processes; what is written does not depend on it."""
    work = _work(inputs, out, limits or Limits())
    return _pooled(work, jobs) if jobs > 1 else (_settled(item) for item in work)


def _work(inputs: Sequence[Input], out: Path, limits: Limits) -> Iterator[Job | Outcome]:
    """What there is to do, and what came of members that there is nothing to do with."""
    names = Names(item.uri for item in inputs)
    for item, name in zip(inputs, names.first, strict=True):
        if is_archive(item.path):
            yield from _members(item, out, names, limits)
        else:
            yield Job(item.path, item.uri, out, name, limits.max_bytes)


def _members(item: Input, out: Path, names: Names, limits: Limits) -> Iterator[Job | Outcome]:
    try:
        for member in members(item.path, uri=item.uri, limits=limits):
            if member.left_out or member.error is not None:
                yield Outcome(member.uri, error=member.error, left_out=member.left_out)
            else:
                yield Job(member.data, member.uri, out, names.name(member.uri), limits.max_bytes)
    except Exception as error:    # the other files must not suffer from this one either
        yield Outcome(item.uri, error=_told(error, item.uri))


def _settled(item: Job | Outcome) -> Outcome:
    return work_off(item) if isinstance(item, Job) else item


def work_off(job: Job) -> Outcome:
    """Convert and write one source; whatever goes wrong comes back as the outcome's error."""
    try:
        document = convert(job.source, uri=job.uri, max_bytes=job.max_bytes)
        write(job.out / job.name, dumps(document))
        return Outcome(job.uri, job.name, count(document))
    except Exception as error:    # a fault of ours must not cost the user the other files
        return Outcome(job.uri, error=_told(error, job.uri))


def _told(error: Exception, uri: str) -> JihuaError:
    if isinstance(error, JihuaError):
        return error.at(uri)
    if isinstance(error, MemoryError):
        return JihuaError("not enough memory", source=uri, way_out="Convert it alone, or on a larger machine")
    cause = f"{type(error).__name__}: {error}"[:300].replace("\n", " ")
    return JihuaError(cause, source=uri, way_out=FAULT)


def _pooled(work: Iterator[Job | Outcome], jobs: int) -> Iterator[Outcome]:
    waiting: deque[tuple[Job | Outcome, Future[Outcome] | None]] = deque()
    held = 0
    with ProcessPoolExecutor(jobs) as pool:
        try:
            for item in work:
                waiting.append((item, _submitted(pool, item)))
                held += item.held if isinstance(item, Job) else 0
                while waiting and (len(waiting) > _AHEAD * jobs or held > _HELD):
                    first, future = waiting.popleft()
                    held -= first.held if isinstance(first, Job) else 0
                    yield _result(first, future)
            while waiting:
                yield _result(*waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, item: Job | Outcome) -> Future[Outcome] | None:
    try:
        return pool.submit(work_off, item) if isinstance(item, Job) else None
    except BrokenProcessPool:
        return None


def _result(item: Job | Outcome, future: Future[Outcome] | None) -> Outcome:
    if isinstance(item, Outcome):
        return item
    try:
        return future.result() if future is not None else _alone(item)
    except BrokenProcessPool:     # some document brought its process down; each is tried once more, alone
        return _alone(item)


def _alone(job: Job) -> Outcome:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work_off, job).result()
        except BrokenProcessPool:
            return Outcome(job.uri, error=JihuaError("its process died", source=job.uri, way_out=FAULT))
