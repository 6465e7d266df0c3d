"""What comes of a run, and of a panel: progress, failures, the table at the end."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from ..batch.find import Inputs
from ..batch.outcome import Counts, Outcome, total
from ..batch.panel import Gathered
from ..messages import say, told
from .safe import safe

_COLUMNS = ("plans", "sections", "tasks", "dates", "targets", "actuals", "gaps")
_ROWS = 40
"""Documents that the table of a run lists; a longer run shows these and the total."""


def report(outcomes: Iterable[Outcome], inputs: Inputs, out: Path) -> bool:
    """Show what comes of a run as it comes, then its table; whether any source failed."""
    every = list(_watched(outcomes, len(inputs.files)))
    done = [outcome for outcome in every if not outcome.left_out]
    failed = [o for o in done if o.error is not None]
    console = Console()
    console.print(_table(done))
    said = say("done", good=len(done) - len(failed), all=len(done), out=out)
    console.print(Text(safe(said)), soft_wrap=True)
    left_out = inputs.left_out + len(every) - len(done)
    if left_out:
        console.print(say("left_out", n=left_out), style="dim")
    return bool(failed)


def _watched(outcomes: Iterable[Outcome], number: int) -> Iterator[Outcome]:
    """The outcomes, a bar moving with them on a terminal; failures are told at once. The bar is drawn from here only: a
    thread of its own would be alive while worker processes are forked."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, auto_refresh=False, disable=not console.is_terminal) as bar:
        task = bar.add_task(say("converting"), total=number)
        for seen, outcome in enumerate(outcomes, 1):
            if outcome.error is not None:
                label = say(f"code_{outcome.error.code}")
                console.print(Text(safe(f"{label}: {told(outcome.error)}"), style="red"), soft_wrap=True)
            bar.update(task, advance=1, total=max(number, seen), refresh=True)   # an archive's files come on top
            yield outcome


def _table(done: list[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("document"), overflow="fold")
    for column in _COLUMNS:
        table.add_column(say(column), justify="right")
    for outcome in done[:_ROWS]:
        table.add_row(Text(safe(outcome.uri)), *_cells(outcome))
    if len(done) > _ROWS:
        table.add_row(say("more", n=len(done) - _ROWS))
    if len(done) > 1:
        table.add_row(say("total"), *map(str, astuple(total(done) if any(o.counts for o in done) else Counts())),
                      style="bold")
    return table


def _cells(outcome: Outcome) -> Iterator[Text]:
    if outcome.counts is None:
        return (Text("–", style="red") for _ in _COLUMNS)
    return (Text(str(n), style="dim" if n == 0 else "") for n in astuple(outcome.counts))


def panel_report(gathered: Gathered, out: Path) -> bool:
    """Show what came of a panel, and what could not be read; whether there was any such."""
    errors = Console(stderr=True)
    for error in gathered.errors:
        errors.print(Text(safe(told(error)), style="red"), soft_wrap=True)
    said = say("panel_done", rows=gathered.rows, stated=gathered.stated, all=gathered.documents, out=out)
    Console().print(Text(safe(said)), soft_wrap=True)
    return bool(gathered.errors)
