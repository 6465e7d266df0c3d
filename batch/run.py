"""Convert many sources, one by one or side by side; a bad one never stops the others."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from ..export.json import dumps
from ..pipeline import MAX_BYTES, convert
from ..schema import JihuaError
from .find import Input
from .names import output_names
from .outcome import Outcome, count
from .write import write

FAULT = "This is a fault of jihua, not of the file; please report it with the file"


@dataclass(frozen=True, slots=True)
class Job:
    """One source and where its document goes."""

    path: Path
    uri: str
    out: Path
    name: str
    max_bytes: int


def run(inputs: Sequence[Input], out: Path, *, jobs: int = 1, max_bytes: int = MAX_BYTES) -> Iterator[Outcome]:
    """The outcome of each source, in order, as soon as it and all before it are done.

    Each document is written to `out` under its source's path with `.json` added. `jobs` above 1 works in as many
    processes; what is written does not depend on it."""
    names = output_names(item.uri for item in inputs)
    work = [Job(item.path, item.uri, out, name, max_bytes) for item, name in zip(inputs, names, strict=True)]
    return _pooled(work, jobs) if jobs > 1 and len(work) > 1 else map(work_off, work)


def work_off(job: Job) -> Outcome:
    """Convert and write one source; whatever goes wrong comes back as the outcome's error."""
    try:
        document = convert(job.path, uri=job.uri, max_bytes=job.max_bytes)
        write(job.out / job.name, dumps(document))
        return Outcome(job.uri, job.name, count(document))
    except JihuaError as error:
        return Outcome(job.uri, error=error.at(job.uri))
    except MemoryError:
        return Outcome(job.uri, error=JihuaError("not enough memory", source=job.uri,
                                                 way_out="Convert it alone, or on a larger machine"))
    except Exception as error:    # a fault of ours must not cost the user the other files
        cause = f"{type(error).__name__}: {error}"[:300].replace("\n", " ")
        return Outcome(job.uri, error=JihuaError(cause, source=job.uri, way_out=FAULT))


def _pooled(work: Sequence[Job], jobs: int) -> Iterator[Outcome]:
    with ProcessPoolExecutor(min(jobs, len(work))) as pool:
        futures = [pool.submit(work_off, job) for job in work]
        try:
            for job, future in zip(work, futures, strict=True):
                yield _result(job, future)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(job: Job, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:     # some document brought its process down; each is tried once more, alone
        return _alone(job)


def _alone(job: Job) -> Outcome:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work_off, job).result()
        except BrokenProcessPool:
            return Outcome(job.uri, error=JihuaError("its process died", source=job.uri, way_out=FAULT))
