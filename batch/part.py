"""One part of a run that several machines share, on the machine that does it."""
from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from ..schema import JihuaError, LockedError, OutputError
from .find import Input
from .fingerprint import fingerprint
from .options import Options, Shard
from .process import COMMAND
from .run import run

_PATIENCE, _TICK = 300.0, 1.0
"""Seconds for what another machine has written or held to be seen here: NFS frees the locks of a machine that died after
90 s, and remembers for up to 60 s that a file is not there."""


@dataclass(frozen=True, slots=True)
class Order:
    """What every part of a run is told: the frozen list of sources with paths that are the same everywhere, the folder
    `out` that all machines see, the `fingerprint` that each must have. `seen` are files that the one who ordered sees.
    `command` starts a process in the place of jihua's own."""

    inputs: tuple[Input, ...]
    out: Path
    options: Options
    fingerprint: str
    seen: tuple[Path, ...] = ()
    command: Sequence[str] | None = None


def work(order: Order, shard: Shard) -> int | JihuaError:
    """The number of sources of this part, each of which has its outcome in the part's ledger, or why that is not so.

    Where a machine died with this part in hand, its ledger says what need not be done again."""
    options = replace(order.options, shard=shard)
    try:
        _same_place(order)
        until = monotonic() + _PATIENCE
        while True:
            try:
                return sum(1 for _ in run(order.inputs, order.out, options, command=order.command or COMMAND))
            except LockedError:                 # by a machine that died, or one that is about to notice that it is not wanted
                if monotonic() > until:
                    raise
                sleep(_TICK)
    except JihuaError as error:
        return error.at(f"part {shard} on {socket.gethostname()}")


def _same_place(order: Order) -> None:
    """Raise an error where this machine has another jihua, or does not see what it must."""
    if fingerprint(order.options) != order.fingerprint:
        raise JihuaError("another jihua, or other versions of its libraries", way_out="Install the same on all machines")
    until = monotonic() + _PATIENCE / 5
    for path in order.seen:
        while not path.exists():
            if monotonic() > until:
                raise OutputError(f"{path} is not seen", way_out="Sources and output must lie where every machine has them under the same path")
            sleep(_TICK)
