"""The way into a crawl, which tells plainly when the library it needs is not installed."""
from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from ..schema import JihuaError, OutputError, UnsupportedError
from .ended import Ended
from .frontier import Frontier
from .journal import Event, Journal
from .options import Options
from .urls import seed


def folder_of(out: Path) -> Path:
    """The folder of a WARC's state and log."""
    return out.with_name(out.name + ".crawl")


def crawl(seeds: Sequence[str], out: Path, options: Options, tell: Callable[[Event], None] = lambda _: None) -> Ended:
    """Crawl from the seeds into the WARC `out`, or go on with what is there; once in a process.

    Each event is told as it comes. Raises ValueError for a seed that is no address of a page, OutputError where
    nothing can be written, LockedError where another crawl is at work, JihuaError where `out` exists and is none of ours,
    UnsupportedError where the library is not installed."""
    try:
        from .run import Run
    except ImportError as error:
        raise UnsupportedError("crawling needs a library that is not installed",
                               way_out='Run pip install "jihua[crawl]"') from error
    urls = [seed(text) for text in seeds]
    folder = folder_of(out)
    if out.exists() and out.stat().st_size and not (folder / "state.sqlite").exists():
        raise JihuaError("there is such a file, and no state of a crawl beside it", source=str(out),
                         way_out="Choose another name with -o, or bring its .crawl folder back")
    frontier = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        frontier = Frontier(folder / "state.sqlite")
        with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
            return Run(frontier, out, options, Journal(log, tell)).through(urls)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"cannot be written: {reason}", source=str(folder),
                         way_out="Choose another name with -o, or make room; the next run goes on from here") from error
    finally:
        if frontier is not None:
            frontier.close()
