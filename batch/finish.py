"""The end of a run: the sum is right, what nobody needs any more is gone, the manifest stands."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..schema import AccountError
from .account import Account
from .entry import Entry
from .layout import Layout
from .ledger import HOME, entries, rows_of, runs
from .options import Options, Shard
from .write import SYNCS, unwritable, write

_TOLD = ("uri", "sha256", "outcome", "detail", "output", "at", "output_sha256", "duplicate_of")


def finish(out: Path, account: Account, run: int, expected: int, layout: Layout, options: Options) -> int:
    """The number of sources, each of which has an outcome; AccountError where it is not the number of those met.

    Removes outputs that no source has any more and writes `manifest.jsonl`; of shards, each writes one of its own."""
    if SYNCS:
        os.sync()
    number = sum(account.results(run).values())
    if number != expected:
        raise AccountError(f"{expected:,} sources, but {number:,} outcomes", source=str(out), way_out="Please report it")
    for output in account.outputs_to_remove(run, prune=options.prune):
        _remove(out, output)
    for path in layout.leftovers():
        _remove(out, path.relative_to(out).as_posix())
    account.forget(run, prune=options.prune)
    if options.shard is None:
        whole(out)
    else:
        write(out / HOME / f"manifest-{options.shard}.jsonl", _lines(rows_of(account.path)), drafts=out / HOME, lasting=True)
    return number


def join(out: Path, options: Options) -> None:
    """Write the manifest of all parts, where every one has ended. To be called once the run's own end is in its ledger, so
    that of two that end at the same time one sees both."""
    if options.shard is not None and options.join and ended(out, options.shard):
        whole(out)


def ended(out: Path, shard: Shard | None) -> bool:
    """Whether all parts have ended that `shard` is one of; so has a run that is no part."""
    if shard is None:
        return True
    if sum(1 for _ in (out / HOME).glob(f"manifest-*-of-{shard.n}.jsonl")) < shard.n:
        return False                             # before each ledger is opened for nothing
    last = runs(out, last=True)
    return len(last) == shard.n and all(each.state == "finished" for each in last)


def whole(out: Path) -> None:
    """Write `manifest.jsonl` from all ledgers of the folder."""
    write(out / "manifest.jsonl", _lines(entries(out)), drafts=out / HOME, lasting=True)


def _lines(every: Iterator[Entry]) -> Iterator[bytes]:
    for entry in every:
        told: dict[str, Any] = {name: getattr(entry, name) for name in _TOLD}
        yield json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False).encode() + b"\n"


def _remove(out: Path, output: str) -> None:
    """Take away an output, and the folders that it leaves empty."""
    path = out / output
    try:
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == out or out not in folder.parents:
                return
            os.rmdir(folder)
    except OSError as error:
        if path.exists():
            raise unwritable(path, error) from error
