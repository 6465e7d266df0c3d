"""The scout's keeper: one question at a time, a deadline, a new scout where one dies, and the blame where it belongs."""
from __future__ import annotations

from time import monotonic
from typing import Any

from ..schema import JihuaError, OutputError
from .crew import TRIES, given_up
from .intake import Intake
from .launch import Launcher
from .options import Options
from .process import Event, Process

_BYTES_A_SECOND = 5_000_000
_OUTSIDE, _UNREADY, _START = 8, 3, 300.0


class Guide:
    """The one scout of a run, started when there is something to ask."""

    def __init__(self, intake: Intake, options: Options, launcher: Launcher) -> None:
        self._intake, self._options, self._launcher = intake, options, launcher
        self._scout: Process | None = None
        self._since = 0.0
        self._tries = self._outside = self._unready = 0

    def ask(self) -> bool:
        """Put the next question, if there is one and the last is answered; whether an answer is to come."""
        question = self._intake.question()
        if question is not None:
            self._put(question)
        return self._intake.in_hand() is not None

    def heard(self, event: Event) -> None:
        """Take an answer, or the scout's end."""
        if event.process is not self._scout:
            return
        self._since = monotonic()
        if event.message is None:
            self._lost(event.process)
        elif "ready" in event.message:
            event.process.ready, self._unready = True, 0
        elif "stop" in event.message:
            said = event.message["stop"]
            raise OutputError(said["message"], source=said["source"], place=said["place"], way_out=said["way_out"])
        else:
            self._tries = self._outside = 0
            self._intake.answered(event.message)

    def tick(self) -> None:
        """End a scout that is over its time or memory."""
        source = self._intake.in_hand()
        if self._scout is None or source is None:
            return
        allowed = self._allowed(source.size) if self._scout.ready else _START
        if monotonic() - self._since > allowed:
            self._scout.kill("timeout")
        elif self._scout.memory() > self._options.max_memory:
            self._scout.kill("memory")

    def end(self) -> None:
        """End it now."""
        if self._scout is not None:
            self._scout.kill()
            self._scout.end()
            self._launcher.ended(self._scout)
            self._scout = None

    def _allowed(self, size: int) -> float:
        return self._options.timeout + size / _BYTES_A_SECOND

    def _put(self, question: dict[str, Any]) -> None:
        if self._scout is None:
            self._scout = self._launcher.start("scout")
        self._since = monotonic()
        source = self._intake.in_hand()
        self._scout.send({**question, "deadline": self._allowed(source.size if source else 0)})

    def _lost(self, scout: Process) -> None:
        cause, how = scout.end()
        self._launcher.ended(scout)
        self._scout = None
        source = self._intake.in_hand()
        if source is None:
            return
        if cause == "outside" and self._outside < _OUTSIDE:
            self._outside += 1
        elif not scout.ready and self._unready < _UNREADY:
            self._unready += 1
        elif not scout.ready:
            raise JihuaError(f"processes end before they can work ({how or cause})", way_out="Install jihua anew, or allow more with --max-memory")
        else:
            self._tries += 1
        if self._tries >= TRIES:
            self._tries = self._outside = 0
            result = "crash" if cause == "outside" else cause
            self._intake.give_up(result, given_up(result, how, self._allowed(source.size), self._options.max_memory))
        question = self._intake.again()
        if question is not None:
            self._put(question)
