"""A crawl from its seeds to its end: hosts side by side, checkpoints, limits, and what came of it."""
from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from .. import __version__
from .ended import Ended
from .fetch import Fetcher, fetching
from .frontier import REFUSED, WAITING, Frontier, Page
from .journal import Journal
from .lane import Lane
from .options import Options, Refusal
from .urls import Scope
from .visit import Visitor, too_far
from .warc import WarcWriter

_CHECKPOINT = 2.0         # seconds between two, and so the most that a crash costs
_TICK = .2                # seconds after which a stop is noticed
_SILENT = 5               # pages in a row that a host may leave without any answer before it is left for this run


@dataclass(slots=True)
class Run:
    """One run of a crawl: `through` its seeds and what waited, once in a process."""

    frontier: Frontier
    out: Path
    options: Options
    journal: Journal
    began: float = field(default_factory=time.monotonic)
    silent: dict[str, int] = field(default_factory=dict)
    why: str = ""
    signal: int = 0

    def through(self, seeds: list[str]) -> Ended:
        """Crawl until nothing waits or a limit is met. Raises OutputError where the WARC cannot be written."""
        scope = self._prepared(seeds)
        warc = WarcWriter(self.out, self.frontier.meta("length", 0), f"jihua {__version__}")
        self._checkpoint(warc)

        async def drive(fetcher: Fetcher) -> None:
            await self._drive(Visitor(self.options, scope, self.frontier, warc, self.journal, fetcher), fetcher)
        try:
            if self.frontier.hosts():
                fetching(self.options, agent(self.options.contact), drive)
            self._checkpoint(warc)
        finally:                              # after an error the next run begins at the last checkpoint
            warc.close()
        return self._ended()

    def _prepared(self, seeds: list[str]) -> Scope:
        """The scope of all seeds, those of earlier runs included; new seeds noted, refused pages judged anew, an update
        begun where one is asked for and none is under way."""
        scope = Scope(self.options)
        for url in (*self.frontier.seeds(), *seeds):
            scope.add_seed(url)
        if self.options.update and not self.frontier.hosts():
            self.frontier.renew()
        self.frontier.again()
        for url in self.frontier.urls():
            scope.refusal(url)                # counts those that are alike
        for page, before in self.frontier.refused():
            self._judge_anew(page, before, scope)
        for url in seeds:
            refusal = scope.refusal(url) if not self.frontier.known(url) else None
            if self.frontier.add(url, "seed", depth=0, refused=refusal) and refusal:
                self.journal.note("refused", url, code=refusal.code, detail=refusal.detail)
        self.journal.note("begun", seeds=seeds, update=self.options.update)
        return scope

    def _judge_anew(self, page: Page, before: Refusal, scope: Scope) -> None:
        """A refused page waits again if nothing known speaks against it under the options of this run."""
        if before.code in ("type", "scheme") and not self.options.update:
            return
        if before.code == "too-large" and int(before.detail.replace(",", "")) >= self.options.bytes_each:
            return
        refusal = Refusal("depth") if page.depth > self.options.depth else (
            scope.refusal(page.url) or too_far(self.options, page.kind, page.chain, page.redirects))
        if refusal is None:
            self.frontier.settle(page, WAITING)
        else:
            self.frontier.settle(page, REFUSED, code=refusal.code, detail=refusal.detail)

    async def _drive(self, visitor: Visitor, fetcher: Fetcher) -> None:
        """One task a host, as many as may be asked side by side, until nothing waits or a limit is met."""
        tasks: dict[str, asyncio.Task[None]] = {}
        kept = time.monotonic()
        while True:
            for host, task in list(tasks.items()):
                if task.done():
                    await tasks.pop(host)
            self.why = self._limit_met(fetcher)
            if self.why:
                break
            waiting = [host for host in self.frontier.hosts() if self.silent.get(host, 0) < _SILENT]
            for host in waiting:
                if host not in tasks and len(tasks) < self.options.hosts:
                    tasks[host] = asyncio.create_task(self._host(host, visitor, fetcher))
            if not tasks:
                break
            await asyncio.wait(tasks.values(), timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
            if time.monotonic() - kept > _CHECKPOINT:
                self._checkpoint(visitor.warc)
                kept = time.monotonic()
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)

    async def _host(self, host: str, visitor: Visitor, fetcher: Fetcher) -> None:
        """The pages of one host, one after another."""
        lane = Lane(self.options.delay)
        while self.silent.get(host, 0) < _SILENT and not self._limit_met(fetcher):
            page = self.frontier.next(host)
            if page is None:
                break
            self.silent[host] = 0 if await visitor.visit(page, lane) else self.silent.get(host, 0) + 1

    def _limit_met(self, fetcher: Fetcher) -> str:
        if fetcher.stopping:
            self.signal = fetcher.stopping
            return "stopped"
        if time.monotonic() - self.began > self.options.seconds_all:
            return "time"
        if self.frontier.pages >= self.options.pages:
            return "pages"
        return "bytes" if self.frontier.bytes >= self.options.bytes_all else ""

    def _checkpoint(self, warc: WarcWriter) -> None:
        length = warc.sync()
        self.journal.file.flush()
        self.frontier.commit(length)

    def _ended(self) -> Ended:
        silent = tuple(sorted(host for host, n in self.silent.items() if n >= _SILENT))
        states = self.frontier.states()
        why = self.why if states.get(WAITING) else ""
        ended = Ended(states, self.frontier.bytes, why, silent, self.frontier.reasons(),
                      self.frontier.passed_over(), self.frontier.lost_seeds(), self.signal, time.monotonic() - self.began)
        self.journal.note("ended", states=states, bytes=ended.bytes, why=why, silent=list(silent))
        return ended


def agent(contact: str) -> str:
    """What the crawl calls itself: `jihua/0.1.0 (contact)`."""
    return f"jihua/{__version__}" + (f" (+{contact})" if contact else "")
