"""What comes of a run, and of a panel: progress, failures, the table at the end."""
from __future__ import annotations

import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from itertools import islice
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ..batch.entry import Entry
from ..batch.find import Inputs
from ..batch.finish import ended
from ..batch.ledger import entries, gone, runs
from ..batch.outcome import WRITTEN, Counts, total
from ..batch.options import Shard
from ..batch.panel import Gathered
from ..messages import LANGUAGE, say, told
from .safe import one_line, safe
from .why import put_aside

_COLUMNS = ("plans", "sections", "tasks", "dates", "targets", "actuals", "gaps")
_ROWS = 40
"""Documents that the table of a run lists; a longer run shows these and the total."""
_WIDE = 400
"""Characters of a line where there is no terminal that would break it."""
_SILENCE = 30.0
"""Seconds after which a run that has no terminal says how far it is."""


@dataclass(slots=True)
class Tally:
    """What came of the sources so far."""

    number: int = 0
    results: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)
    litter: int = 0
    duplicates: int = 0
    before: int = 0
    began: float = field(default_factory=monotonic)

    def add(self, entry: Entry) -> None:
        """Count one more."""
        self.number += 1
        self.results[entry.outcome] += 1
        self.litter += _litter(entry)
        self.duplicates += entry.duplicate_of is not None
        self.before += entry.run != entry.seen and entry.outcome != "skipped"
        if entry.counts is not None:
            self.counts = total((self.counts, entry.counts))

    @property
    def written(self) -> int:
        """How many have a document."""
        return sum(self.results[result] for result in WRITTEN)

    @property
    def failed(self) -> int:
        """How many have none and should."""
        return self.number - self.written - self.results["skipped"]


def report(settled: Iterable[Entry], inputs: Inputs, out: Path, shard: Shard | None = None) -> bool:
    """Show what comes of a run as it comes, then its table; whether any source failed."""
    tally = Tally()
    for entry in _watched(settled, len(inputs.files), tally):
        tally.add(entry)
    console = Console()
    if not console.is_terminal:
        console.width = _WIDE
    console.print(_table(out, tally))
    said = [say("done", good=tally.written, all=tally.number - tally.results["skipped"], out=out)]
    kept = gone(out)
    said += [say(key, n=f"{n:,}") for key, n in (("unchanged", tally.before), ("duplicates", tally.duplicates),
                                                 ("left_out", tally.litter), ("gone", kept)) if n]
    said += put_aside(runs(out, last=True))
    place, program = shlex.quote(str(out)), _program()
    following = ("next_report", "next_query", "next_export") if ended(out, shard) else ("next_part",)
    said += [say(key, out=place, jihua=program) for key in following if tally.written]
    for number, line in enumerate(said):
        console.print(Text(safe(line), style="dim" if number else ""), soft_wrap=True)
    return bool(tally.failed)


def _program() -> str:
    """The command as it can be typed again: its name where the shell finds it, else the path by which it was called."""
    called = sys.argv[0]
    return shlex.quote(called) if Path(called).stem == "jihua" and shutil.which("jihua") is None else "jihua"


def _watched(settled: Iterable[Entry], number: int, tally: Tally) -> Iterator[Entry]:
    """The entries as they come: a bar on a terminal, elsewhere a line now and then; failures are told at once."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal) as bar:
        task = bar.add_task(say("converting"), total=number, rate="")
        shown = spoken = monotonic()
        for entry in settled:
            yield entry
            if entry.outcome not in (*WRITTEN, "skipped"):
                console.print(Text(one_line(_line(entry)), style="red"), soft_wrap=True)
            now = monotonic()
            if now - shown > 0.1:
                shown = now
                bar.update(task, completed=tally.number, total=max(number, tally.number), rate=_state(tally), refresh=True)
            if not console.is_terminal and now - spoken > _SILENCE:
                spoken = now
                console.print(Text(f"{tally.number:,} / {max(number, tally.number):,} · {_state(tally)}"), soft_wrap=True)


def _state(tally: Tally) -> str:
    """The rate, and how many of each outcome."""
    rate = tally.number / max(monotonic() - tally.began, 0.001)
    results = "  ".join(f"{say('outcome_' + name)} {n:,}" for name, n in sorted(tally.results.items()))
    return f"{rate:,.0f}/s  {results}"


def _line(entry: Entry) -> str:
    """An entry that failed, in a line: outcome, source, what is wrong, place, way out."""
    code = (entry.detail or {}).get("code", entry.outcome)
    label = say(f"code_{code}") if entry.outcome == "error" else say(f"outcome_{entry.outcome}")
    return f"{label}{'：' if LANGUAGE == 'zh' else ': '}{told(entry.error(entry.uri))}"


def _litter(entry: Entry) -> bool:
    return entry.outcome == "skipped" and (entry.detail or {}).get("code") == "litter"


def _table(out: Path, tally: Tally) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("document"), overflow="fold")
    for column in _COLUMNS:
        table.add_column(say(column), justify="right")
    for entry in islice((entry for entry in entries(out) if not _litter(entry)), _ROWS):
        table.add_row(Text(one_line(entry.uri)), *_cells(entry))
    number = tally.number - tally.litter
    if number > _ROWS:
        table.add_row(say("more", n=f"{number - _ROWS:,}"))
    if number > 1:
        table.add_row(say("total"), *map(str, astuple(tally.counts)), style="bold")
    return table


def _cells(entry: Entry) -> Iterator[Text]:
    if entry.counts is None:
        return (Text("–", style="dim" if entry.outcome == "skipped" else "red") for _ in _COLUMNS)
    return (Text(str(n), style="dim" if n == 0 else "") for n in astuple(entry.counts))


def panel_report(gathered: Gathered, out: Path) -> bool:
    """Show what came of a panel, and what could not be read; whether there was any such."""
    errors = Console(stderr=True)
    for error in gathered.errors:
        errors.print(Text(safe(told(error)), style="red"), soft_wrap=True)
    said = say("panel_done", rows=gathered.rows, stated=gathered.stated, all=gathered.documents, out=out)
    Console().print(Text(safe(said)), soft_wrap=True)
    return bool(gathered.errors)
