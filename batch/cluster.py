"""A run on many machines: its parts as tasks of Ray. The only module that uses Ray, an optional library (extra `cluster`).

A task is one part of the run (`part.work`) with its own ledger in the folder that all machines see, so that a task, a
machine or this process may die and be started again. Ray moves the list of sources and a number a part, no document."""
from __future__ import annotations

import logging
import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from types import ModuleType
from typing import Any

from ..schema import AccountError, JihuaError, OutputError, UnsupportedError
from .entry import Entry
from .find import Input
from .fingerprint import fingerprint
from .finish import whole
from .ledger import HOME, rows_of
from .lock import locked
from .options import Options, Shard, processors
from .part import Order, work
from .signals import Stop, stoppable
from .write import unwritable

MOST = 500
"""Parts: reading the whole folder opens a ledger for each, and systems let a process open 1,024 files."""
_SOURCES, _FEWEST = 2000, 50
"""Sources of a part: a part costs the start of two processes, about as much as 300 small documents."""
_RETRIES = 16
_TICK, _GRACE, _PATIENCE, _REACH = 0.25, 20.0, 60.0, 10.0


def run_on_cluster(inputs: Sequence[Input], out: Path, options: Options | None = None, *, shards: int = 0, address: str = "",
                   command: Sequence[str] | None = None) -> Iterator[Entry]:
    """Convert the sources into `out` as `shards` parts (0: as many as the folder has, or as suit their number), giving the
    entries of each part as it is done.

    `address` is the cluster's, host:port, as a driver on one of its machines has it; without one RAY_ADDRESS holds, or a
    cluster of this machine alone is started. `options.jobs` is the number of processes for each part (1). Raises what `run`
    raises, UnsupportedError where Ray is not there, JihuaError where the cluster or a part cannot go on."""
    options = replace(options or Options(), shard=None, join=False)
    options = replace(options, jobs=options.jobs or 1)
    address = address or os.environ.get("RAY_ADDRESS", "") or "local"
    out, ray = out.absolute(), _ray(address)
    try:
        (out / HOME).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    frozen = tuple(replace(item, path=item.path.absolute()) for item in inputs)
    with locked(out / HOME, "cluster"), _connected(ray, address), stoppable() as stop:
        n = _parts(out, shards, len(frozen), _processors(ray, options.jobs))
        seen = (out / HOME / "lock-cluster", *[item.path for item in frozen if item.path.exists()][:1])
        order = Order(frozen, out, options, fingerprint(options), seen, command)
        met = bytearray(len(frozen))
        for k, number in _done(ray, order, n, stop):
            for entry in _entries(out / HOME / f"ledger-{Shard(k, n)}.sqlite", number):
                met[entry.ordinal] = 1
                yield entry
        if not all(met):
            raise AccountError(f"{len(frozen):,} sources, but outcomes of {sum(met):,} only", source=str(out), way_out="Please report it")
        whole(out)


def _ray(address: str) -> ModuleType:
    """Ray, with nothing sent to its makers; a cluster of this machine alone speaks to itself only."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address == "local":
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")     # whatever it is called, it means the loopback
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")      # it warns of this
    try:
        import ray
    except ImportError as error:
        raise UnsupportedError("running on a cluster needs the library ray", way_out='Run pip install "jihua[cluster]"') from error
    return ray


@contextmanager
def _connected(ray: ModuleType, address: str) -> Iterator[None]:
    """Be a driver of the cluster; what runs there for this driver ends with it."""
    more = {"num_cpus": processors(), "include_dashboard": False} if address == "local" else {}
    try:
        if found := re.fullmatch(r"\[?([^/]+?)\]?:(\d{1,5})", address):      # Ray itself tries for many minutes
            socket.create_connection((found[1], int(found[2])), timeout=_REACH).close()
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **more)
        ray._private.worker._worker_logs_enabled = False      # it prints the deaths of nodes on standard output, and has no option
    except (OSError, ValueError, RuntimeError) as error:
        raise JihuaError(f"the cluster cannot be reached: {str(error).splitlines()[0][:200]}", source=address,
                         way_out="Check --address; this machine must be one of the cluster's (ray start)") from error
    try:
        yield
    finally:
        ray.shutdown()


def _processors(ray: ModuleType, jobs: int) -> float:
    """The processors of the cluster; JihuaError where no machine has as many as a part asks for, which Ray would wait for without
    a word. A cluster that has none as yet may be about to get machines."""
    found = [float(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
    if 0 < max(found, default=0) < jobs:
        raise JihuaError(f"no machine of the cluster has {jobs} processors", way_out=f"Work with fewer in a part: --jobs {max(found):.0f}")
    return sum(found)


def _parts(out: Path, wanted: int, sources: int, processors: float) -> int:
    """How many parts: those that the folder was converted in before, or as many as are asked for, or as are worth it."""
    before = {path.stem.partition("-of-")[2] for path in (out / HOME).glob("ledger*.sqlite")}
    if before and before != {str(wanted)} and (wanted or len(before) > 1 or before == {""}):
        raise JihuaError("was converted in another way before: " + ", ".join(f"{n} parts" if n else "whole" for n in sorted(before)),
                         source=str(out), way_out="Choose another folder with --out, or the same number with --shards")
    if before or wanted:
        return wanted or int(before.pop())
    return min(MOST, max(1, -(-sources // _SOURCES), min(int(4 * processors), sources // _FEWEST)))


def _done(ray: ModuleType, order: Order, n: int, stop: Stop) -> Iterator[tuple[int, int]]:
    """Each part as it is done, with the number of its sources."""
    task = ray.remote(num_cpus=order.options.jobs, max_retries=_RETRIES, scheduling_strategy="SPREAD")(work)
    told = ray.put(order)
    pending: dict[Any, int] = {task.remote(told, Shard(k, n)): k for k in range(1, n + 1)}
    try:
        while pending:
            stop.check()
            ready, _ = ray.wait(list(pending), num_returns=1, timeout=_TICK)
            for each in ready:
                k = pending.pop(each)
                yield k, _number(ray, each, Shard(k, n))
    except BaseException:
        _cancel(ray, list(pending))
        raise


def _number(ray: ModuleType, each: Any, shard: Shard) -> int:
    try:
        result: int | JihuaError = ray.get(each)
    except ray.exceptions.RayTaskError as error:
        told = str(error).strip().splitlines()[-1][:300]
        raise JihuaError(told, source=f"part {shard}", way_out="Install the same on all machines; if that is so, please report it") from error
    except ray.exceptions.RayError as error:
        raise JihuaError(f"given up after {_RETRIES} deaths of its machine or process ({type(error).__name__})", source=f"part {shard}",
                         way_out="Look after the cluster, then run the same command again") from error
    if isinstance(result, JihuaError):
        raise result
    return result


def _cancel(ray: ModuleType, pending: list[Any]) -> None:
    """Let the parts put their ledgers in order and end, as long as that takes no longer than it should."""
    with suppress(Exception):
        for each in pending:
            ray.cancel(each, force=False, recursive=False)
        ray.wait(pending, num_returns=len(pending), timeout=_GRACE)


def _entries(path: Path, number: int) -> Iterator[Entry]:
    """The entries of a part, which must be as many as it told; a network drive may take its time to show them."""
    until = monotonic() + _PATIENCE
    while (found := sum(1 for _ in rows_of(path)) if path.exists() else -1) != number:
        if monotonic() > until:
            if found < 0:
                raise OutputError("is not seen", source=str(path), way_out="The output must lie where every machine has it under the same path")
            raise AccountError(f"{number:,} sources, but {found:,} outcomes", source=str(path), way_out="Please report it")
        sleep(1)
    yield from rows_of(path)
