"""What came of a run of a crawl."""
from __future__ import annotations

from dataclasses import dataclass

from .frontier import FAILED, WAITING


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a run. `states` counts every page of the crawl by its state; `why` is what ended the run before the
    pages did (`pages`, `bytes`, `time`, `stopped`), else `""`; `signal` the one that stopped it,
    `silent` names hosts that did not answer. `reasons` are
    (state, code, detail, address) of what was refused, failed or is gone; `passed` (code, what, number) of links that
    were passed over."""

    states: dict[str, int]
    bytes: int
    why: str
    silent: tuple[str, ...]
    reasons: list[tuple[str, str, str, str]]
    passed: list[tuple[str, str, int]]
    lost_seeds: int
    signal: int
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether nothing waits, nothing failed, and every seed was fetched."""
        return not self.states.get(WAITING) and not self.states.get(FAILED) and not self.lost_seeds
