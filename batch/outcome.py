"""What came of each source of a run."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from ..schema import Document, JihuaError


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found in a document, or in all of them."""

    plans: int = 0
    sections: int = 0
    tasks: int = 0
    dates: int = 0
    targets: int = 0
    actuals: int = 0
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source of a run: either `counts` and the `output` written, or the `error`; or a file of an archive that was
    `left_out` as litter or data."""

    uri: str
    output: str | None = None
    counts: Counts | None = None
    error: JihuaError | None = None
    left_out: bool = False


def count(document: Document) -> Counts:
    """The counts of one document; sections without a number or heading count as well."""
    plans = document.plans
    return Counts(
        plans=len(plans),
        sections=sum(1 for plan in plans for _ in plan.walk()),
        tasks=sum(len(p.tasks) for p in plans),
        dates=sum(len(p.dates) for p in plans),
        targets=sum(len(p.targets) for p in plans),
        actuals=sum(len(p.actuals) for p in plans),
        gaps=len(document.completeness.gaps),
    )


def total(outcomes: Iterable[Outcome]) -> Counts:
    """The counts of all documents together."""
    rows = [astuple(o.counts) for o in outcomes if o.counts is not None]
    return Counts(*(sum(column) for column in zip(*rows, strict=True)))
