"""What became of one file, told in lines."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from ..batch.entry import Entry
from ..batch.ledger import Run
from ..messages import in_words, say, told
from ..schema.codes import CODES
from .safe import one_line

_COLOURS = {"ok": "green", "partial": "yellow", "skipped": "dim"}
_ASIDE = {"damaged": "set_aside_damaged", "foreign": "set_aside_foreign"}


def reason(entry: Entry) -> str:
    """Why a source has no document of its own, or not a whole one: a line, empty where there is nothing to say."""
    if entry.duplicate_of is not None:
        return say("why_duplicate", other=entry.duplicate_of)
    if not entry.detail:
        return say("why_gaps", n=entry.gaps) if entry.gaps else ""
    return told(entry.error())


def put_aside(runs: Iterable[Run]) -> list[str]:
    """That runs set ledgers aside, which were damaged or made by another version of jihua: a line for each of the two."""
    kinds = {str(run.options["set_aside"]).partition("-")[0] for run in runs if run.options.get("set_aside")}
    return [say(key) for kind, key in _ASIDE.items() if kind in kinds]


def show_why(entries: Sequence[Entry]) -> None:
    """Print what became of each of the sources."""
    console = Console(highlight=False)
    for entry in entries:
        head = Text(one_line(entry.uri), style="bold")
        console.print(head.append(f"  {say('outcome_' + entry.outcome)}", style=_COLOURS.get(entry.outcome, "red")), soft_wrap=True)
        for key, value in _facts(entry):
            console.print(Text(f"  {say(key)}: {one_line(value)}"), soft_wrap=True)


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    if why := reason(entry):
        yield "why", why
    if entry.output:
        yield "why_output", entry.output + (f" @{entry.at}" if entry.at is not None else "")
    if entry.counts is not None:
        yield "why_found", ", ".join(f"{say(name)} {n}" for name, n in asdict(entry.counts).items() if n) or "0"
    for code, n in sorted(entry.diagnostics.items()):
        said = in_words(CODES[code][1]) if code in CODES else ""
        yield "why_note", f"{code} × {n}" + (f" ({said})" if said else "")
    if entry.container and entry.container != entry.uri:
        yield "why_container", entry.container
    for key, value in (entry.origin or {}).items():
        if value:
            yield "why_origin", f"{key} {value}"
    if entry.bytes is not None:
        yield "why_file", f"{entry.bytes:,} B" + (f", SHA-256 {entry.sha256}" if entry.sha256 else "")
    if entry.reader:
        yield "why_reader", f"{entry.reader} ({entry.media_type})"
    if entry.seconds:
        yield "why_cost", f"{entry.seconds:.2f} s, {entry.peak_kb // 1024} MB" + (f", × {entry.tries}" if entry.tries > 1 else "")
