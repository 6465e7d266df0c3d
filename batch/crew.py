"""The processes that convert: each with a few sources in hand, a deadline for the first of them, and a successor when it dies.

A source whose process dies, takes too long or too much memory is tried once more, alone in a new process. Whoever else was
waiting in the same process is handed to another; a death from outside, as by the system when memory is short, blames nobody
the first few times."""
from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from ..schema import JihuaError
from .launch import Launcher
from .options import Options
from .outcome import Result
from .process import Cause, Event, Process
from .source import Source

_DEPTH, _LOW, _BYTES = 6, 3, 100_000
"""Sources that a process may have in hand, so that it never waits for the next, unless they are larger than this; more are
handed to it together once it has no more than `_LOW`."""
_ENOUGH = 24
"""Sources waiting for each process before another one is started: a start costs as much as 30 small documents."""
_OUTSIDE = 8
_UNREADY = 5
_START = 300.0
TRIES = 2


@dataclass(slots=True)
class Hand:
    """A process with what it has in hand, in order, since when the first is being worked on, and what it has done."""

    process: Process
    sources: deque[Source] = field(default_factory=deque)
    since: float = field(default_factory=monotonic)
    done: int = 0
    alone: bool = False
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a source: `facts` of its entry, or the `cause` for which it is given up."""

    source: Source
    facts: Mapping[str, Any]


class Crew:
    """Sources in with `add`, what came of them out of `heard` and `tick`."""

    def __init__(self, options: Options, launcher: Launcher) -> None:
        self._options, self._launcher = options, launcher
        self._hands: dict[Process, Hand] = {}
        self._ready: deque[Source] = deque()
        self._again: deque[Source] = deque()       # to be tried alone
        self._unready = 0
        self._number = 0

    @property
    def waiting(self) -> int:
        """Sources that have no outcome yet."""
        return len(self._ready) + len(self._again) + sum(len(hand.sources) for hand in self._hands.values())

    def add(self, source: Source) -> None:
        """Take a source."""
        self._ready.append(source)

    def hand_out(self, soon: bool = False) -> None:
        """Give every process enough to do, and start those that are worth it; one already if there will be something soon."""
        while max(self._wanted(), soon) > sum(1 for hand in self._hands.values() if not hand.leaving):
            process = self._launcher.start("work")
            self._hands[process] = Hand(process)
        for hand in self._hands.values():
            if hand.process.ready and not hand.leaving:
                self._give(hand)

    def heard(self, event: Event) -> Iterator[Came]:
        """What an event means for the sources."""
        hand = self._hands.get(event.process)
        if hand is None:
            return
        if event.message is None:
            yield from self._lost(hand)
        elif hand.leaving:
            return                                  # what it had in hand is with others by now
        elif "ready" in event.message:
            hand.process.ready, hand.since, self._unready = True, monotonic(), 0
        else:
            yield from self._told(hand, event.message)

    def tick(self) -> None:
        """End processes that are over their time or memory; their end comes as an event."""
        now = monotonic()
        for hand in self._hands.values():
            allowed = self._deadline(hand) if hand.process.ready else _START
            if now - hand.since > allowed and (hand.sources or not hand.process.ready):
                hand.process.kill("timeout")
            elif hand.process.memory() > self._options.max_memory:
                hand.process.kill("memory")

    def end(self) -> None:
        """End every process now."""
        for hand in self._hands.values():
            hand.process.kill()
        for hand in self._hands.values():
            hand.process.end()
            self._launcher.ended(hand.process)
        self._hands.clear()

    def _wanted(self) -> int:
        """How many processes are worth having now. Each source to be tried alone has one that has done nothing yet."""
        here = [hand for hand in self._hands.values() if not hand.leaving]
        used = sum(1 for hand in here if hand.done or hand.sources)
        if self._again and used == len(here) == self._options.processes:
            idle = next((hand for hand in here if not hand.sources), None)
            if idle is not None:
                self._dismiss(idle)
        large = sum(1 for source in self._ready if source.size > _BYTES) if len(self._ready) <= _ENOUGH else 0
        alone = used + len(self._again) if self._again else 0
        return min(self._options.processes, max(-(-self.waiting // _ENOUGH), large, alone))

    def _give(self, hand: Hand) -> None:
        if self._again and not hand.done and not hand.sources:
            hand.alone = True
            hand.process.send(self._taken(hand, self._again.popleft()))
        if len(hand.sources) > _LOW or hand.alone:
            return
        messages = []
        while self._ready and self._room(hand, self._ready[0]):
            messages.append(self._taken(hand, self._ready.popleft()))
        if messages:
            hand.process.send(*messages)

    def _room(self, hand: Hand, source: Source) -> bool:
        if not hand.sources:
            return True
        if len(hand.sources) >= _DEPTH or len(self._ready) <= len(hand.sources) * len(self._hands):
            return False
        return sum(each.size for each in hand.sources) + source.size < _BYTES

    def _taken(self, hand: Hand, source: Source) -> dict[str, Any]:
        """The message about a source that is from now on in the hand."""
        if not hand.sources:
            hand.since = monotonic()
        hand.sources.append(source)
        self._number += 1
        entry = source.entry
        message: dict[str, Any] = {"id": self._number, "path": source.path, "offset": source.offset, "size": entry.bytes, "uri": entry.uri,
                   "sha256": entry.sha256, "origin": entry.origin, "box": source.box and asdict(source.box), "deadline": self._options.deadline(source.size),
                   **source.extra}
        if "scratch" in message:
            message["scratch"] += f"-{hand.process.pid}"
        return message

    def _deadline(self, hand: Hand) -> float:
        return self._options.deadline(hand.sources[0].size) if hand.sources else self._options.timeout

    def _told(self, hand: Hand, message: dict[str, Any]) -> Iterator[Came]:
        source = hand.sources.popleft()
        hand.done, hand.since = hand.done + 1, monotonic()
        source.tries += 1
        alone, hand.alone = hand.alone, False
        if message.get("outcome") == "memory":
            self._dismiss(hand)
            if not alone:
                self._again.append(source)
                return
            message["detail"] = _given_up("memory", "", self._options, source)
        elif message["peak_kb"] * 1000 > self._options.max_memory // 2:
            self._dismiss(hand)
        yield Came(source, message)

    def _dismiss(self, hand: Hand) -> None:
        """Let it go once it has done what it has in hand, which others take if there is much of it."""
        hand.leaving = True
        self._ready.extendleft(reversed(hand.sources))
        hand.sources.clear()
        hand.process.kill()

    def _lost(self, hand: Hand) -> Iterator[Came]:
        """A process has ended: blame the first source in hand, pass on the others."""
        cause, how = hand.process.end()
        self._launcher.ended(hand.process)
        del self._hands[hand.process]
        if hand.leaving:
            return
        if not hand.process.ready:
            self._unready += 1
            if self._unready >= _UNREADY:
                raise JihuaError(f"processes end before they can work ({how or cause})", way_out="Install jihua anew, or allow more with --max-memory")
        blamed = hand.sources.popleft() if hand.sources else None
        self._ready.extendleft(reversed(hand.sources))
        if blamed is None:
            return
        if cause == "outside" and blamed.outside < _OUTSIDE:
            blamed.outside += 1
            (self._again if hand.alone else self._ready).appendleft(blamed)
            return
        blamed.tries += 1
        if not hand.alone and blamed.tries < TRIES:
            self._again.append(blamed)
            return
        result: Result = "crash" if cause == "outside" else cause
        yield Came(blamed, {"outcome": result, "detail": _given_up(result, how, self._options, blamed)})


def _given_up(result: Result, how: str, options: Options, source: Source) -> dict[str, str]:
    return given_up(result, how, options.deadline(source.size), options.max_memory)


def given_up(result: Result | Cause, how: str, seconds: float, memory: int) -> dict[str, str]:
    """What is said of a source that brought its process down twice."""
    said = {
        "timeout": (f"took more than {seconds:.0f} seconds", "Allow more with --timeout, and --retry"),
        "memory": (f"took more than {memory:,} bytes of memory", "Allow more with --max-memory, and --retry"),
    }
    message, way_out = said.get(result, (f"its process died ({how or 'killed'})", "Convert it alone; please report it with the file"))
    return {"code": str(result), "message": message, "place": "", "way_out": way_out}
