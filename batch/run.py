"""Convert many sources unattended: each in a supervised process, each with an outcome, each done once.

This process parses nothing and opens no source; it hands out, keeps time, and writes the account."""
from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from .. import __version__
from ..schema import DamagedError, JihuaError, OutputError
from .account import Account
from .crew import Came, Crew
from .entry import Entry, changed
from .find import Input
from .fingerprint import fingerprint
from .finish import finish, join
from .guide import Guide
from .intake import Intake
from .launch import Launcher
from .layout import Files, Layout
from .ledger import HOME, Run
from .lock import locked
from .options import Options
from .outcome import Counts
from .process import COMMAND, Event
from .register import Register
from .shards import Shards
from .signals import Stop, stoppable
from .source import Source
from .write import unwritable

_TICK = 0.25
_AHEAD, _HELD = 96, 256_000_000
"""How far sources are met before they are settled: so many for each process, and bytes of files out of archives."""
_AT_ONCE = 256


def run(inputs: Sequence[Input], out: Path, options: Options | None = None, *,
        command: Sequence[str] = COMMAND) -> Iterator[Entry]:
    """Convert the sources into `out`, giving each one's entry as soon as it is settled; the ledger and the manifest there
    have them in stable order.

    What an earlier run did is not done again where source, options, rules and version are the same and the output is
    what was written. With `options.shard` this is one frozen part of the work, for whoever hands out the parts. Raises
    LockedError, OutputError, StoppedError and AccountError; whatever else goes wrong is an entry's outcome."""
    options = options or Options()
    home, shard = out / HOME, str(options.shard or "")
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(*unwritable(out, error).args, source=str(out), way_out="Choose another folder with --out, or make room") from error
    with locked(home, shard), stoppable() as stop:
        work = home / (f"work-{shard}" if shard else "work")
        _emptied(work)
        session = _Session(tuple(inputs), out, work, options, stop, command)
        yield from session.entries()
        join(out, options)


class _Session:
    """One run, from the first question to the manifest."""

    def __init__(self, inputs: tuple[Input, ...], out: Path, work: Path, options: Options, stop: Stop,
                 command: Sequence[str]) -> None:
        self._out, self._work, self._options, self._stop = out, work, options, stop
        mark = fingerprint(options)
        name = f"ledger-{options.shard}" if options.shard else "ledger"
        self._account = Account(out / HOME / f"{name}.sqlite")
        self._run: Run = self._account.begin(__version__, _told(options, self._account))
        self._layout: Layout = Files(out) if options.layout == "files" else Shards(out, work, options.group, options.shard)
        self._register = Register(options, mark, self._run.id, self._layout.holds)
        self._intake = Intake(inputs, options, self._account, self._register, self._run.id, mark)
        settings = {"memory": options.max_memory, "timeout": options.timeout, "out": str(out.resolve()),
                    "work": str(work.resolve()), "reading": dict(options.reading), "max_bytes": options.limits.max_bytes,
                    "limits": asdict(options.limits)}
        self._launcher = Launcher(settings, command)
        self._crew = Crew(options, self._launcher)
        self._guide = Guide(self._intake, options, self._launcher)
        self._mark = mark

    def entries(self) -> Iterator[Entry]:
        """Work until every source has its outcome, then close the account."""
        began, state, number = monotonic(), "failed", None
        try:
            yield from self._worked()
            self._account.write()
            number = finish(self._out, self._account, self._run.id, self._intake.expected, self._layout, self._options)
            state = "finished"
        except (GeneratorExit, KeyboardInterrupt):
            state = "stopped"
            raise
        except JihuaError as error:
            state = "stopped" if error.code == "stopped" else "failed"
            raise
        finally:
            self._crew.end()
            self._guide.end()
            self._launcher.close()
            with suppress(OutputError, DamagedError):     # the error that is on its way says more
                self._account.end(self._run, state, number, monotonic() - began)
            self._account.close()
            shutil.rmtree(self._work, ignore_errors=True)

    def _worked(self) -> Iterator[Entry]:
        sources = self._intake.take()
        looked = monotonic()
        while True:
            more = yield from self._met(sources)
            self._crew.hand_out(soon=self._guide.ask())
            if self._intake.done and not self._crew.waiting and not more:
                yield from self._put(self._layout.close())
                return
            for event in self._heard(0.0 if more else _TICK):
                self._guide.heard(event)
                for came in self._crew.heard(event):
                    yield from self._settled(came)
            self._account.write_when_due()
            if monotonic() - looked > _TICK:
                self._crew.tick()
                self._guide.tick()
                looked = monotonic()

    def _met(self, sources: Iterator[Source | None]) -> Generator[Entry, None, bool]:
        """Decide on sources as they come, as far as there is room; whether there may be more at once."""
        for _ in range(_AT_ONCE):
            self._stop.check()
            if self._enough():
                return False
            source = next(sources, None)
            if source is None:
                return False
            yield from self._put(self._layout.meet(source))
            entry = self._register.decide(source)
            if entry is None:
                self._crew.add(source)
            else:
                yield from self._done(source, entry, {})
        return True

    def _enough(self) -> bool:
        """Whether the crew has all that it should; never so when it has nothing, or nobody would make room."""
        waiting = self._crew.waiting
        return waiting >= _AHEAD * self._options.processes or (waiting > 0 and self._intake.spools.held > _HELD)

    def _heard(self, seconds: float) -> Iterator[Event]:
        """The events that are there, after waiting for the first."""
        try:
            yield self._launcher.events.get(timeout=seconds) if seconds else self._launcher.events.get_nowait()
            for _ in range(_AT_ONCE):
                yield self._launcher.events.get_nowait()
        except Empty:
            return

    def _settled(self, came: Came) -> Iterator[Entry]:
        facts = dict(came.facts)
        if "stop" in facts:
            said = facts["stop"]
            raise OutputError(said["message"], source=came.source.name or str(self._out), place=said["place"], way_out=said["way_out"])
        written = "output_sha256" in facts
        counts = facts.get("counts")
        entry = changed(came.source.entry, outcome=facts["outcome"], detail=facts.get("detail"), run=self._run.id,
                        seen=self._run.id, fingerprint=self._mark, tries=came.source.tries,
                        output=(came.source.name or "") if written else None, counts=Counts(**counts) if counts else None,
                        **{key: facts[key] for key in _FACTS if key in facts})
        yield from self._done(came.source, entry, facts)

    def _done(self, source: Source, entry: Entry, facts: dict[str, Any]) -> Iterator[Entry]:
        self._intake.spools.settled(source)
        yield from self._put(self._layout.settle(source, entry, facts))

    def _put(self, settled: Iterator[tuple[Source, Entry]]) -> Iterator[Entry]:
        for source, entry in settled:
            if source.old is not None and source.old.output not in (None, entry.output):
                self._account.stale(source.old.output)
            self._account.put(entry)
            yield entry


_FACTS = ("output_sha256", "output_bytes", "seconds", "peak_kb", "media_type", "reader", "complete", "gaps", "diagnostics", "parts")


def _told(options: Options, account: Account) -> dict[str, Any]:
    """The options as the ledger keeps them, and where one was put that could not be used."""
    told = {**asdict(options), "shard": str(options.shard) if options.shard else None}
    return {**told, "set_aside": account.set_aside.name} if account.set_aside else told


def _emptied(work: Path) -> None:
    """Throw away what a killed run left, and make the folder anew."""
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(work, error) from error
