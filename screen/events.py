"""A run as events for programs: a JSON object a line on standard output, as things happen."""
from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from time import monotonic

from ..batch.entry import Entry
from ..batch.find import Inputs
from ..batch.ledger import runs
from ..batch.outcome import RESULTS
from ..schema import JihuaError
from .run import Tally


def events(settled: Iterable[Entry], inputs: Inputs, out: Path) -> bool:
    """Write `begin`, a `source` for each as it is settled, and `end`, or `error` where the run cannot go on; whether any
    source failed. docs/runs.md lists their fields."""
    tally, began = Tally(), monotonic()
    _write("begin", sources=len(inputs.files), out=str(out))
    try:
        for entry in settled:
            tally.add(entry)
            _write("source", uri=entry.uri, outcome=entry.outcome, detail=entry.detail, output=entry.output, at=entry.at,
                   duplicate_of=entry.duplicate_of, sha256=entry.sha256, bytes=entry.bytes, seconds=entry.seconds,
                   unchanged=entry.run != entry.seen)
    except JihuaError as error:
        _write("error", code=error.code, message=error.message, source=error.source, place=error.place, way_out=error.way_out)
        raise
    _write("end", sources=tally.number, outcomes={name: tally.results[name] for name in RESULTS}, counts=asdict(tally.counts),
           seconds=round(monotonic() - began, 3),
           set_aside=[run.options["set_aside"] for run in runs(out, last=True) if run.options.get("set_aside")])
    return bool(tally.failed)


def _write(event: str, **fields: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
