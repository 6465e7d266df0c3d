"""What can come of a source, and how much was found in it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal, get_args

from ..schema import Document

Result = Literal["ok", "partial", "skipped", "error", "timeout", "memory", "crash", "too_large", "encrypted", "unsupported"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""The closed set of outcomes (docs/runs.md)."""
WRITTEN: tuple[Result, ...] = ("ok", "partial")
"""Outcomes with a document."""
QUARANTINED: tuple[Result, ...] = ("error", "timeout", "memory", "crash")
"""Outcomes that `--retry` tries again: another machine, more time or a newer library may do better."""
_OF_CODES: dict[str, Result] = {"unsupported": "unsupported", "encrypted": "encrypted", "too_large": "too_large", "part": "skipped"}
"""The outcome of an error by its code; every other code is an `error`."""
INCOMPLETE = ("no-text", "page-without-text", "charset-lost-bytes")
"""Diagnostics by which a document says that text of its file is missing; `completeness` says so of gaps."""


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


COUNTED = tuple(each.name for each in fields(Counts))
_NUMBERS = attrgetter(*COUNTED)


def numbers(counts: Counts) -> tuple[int, ...]:
    """The counts in the order of COUNTED."""
    values: tuple[int, ...] = _NUMBERS(counts)
    return values


def result_of(code: str) -> Result:
    """The outcome of a source that fails with an error of this code."""
    return _OF_CODES.get(code, "error")


def result(document: Document) -> Result:
    """`partial` where the document says of itself that text is missing, else `ok`."""
    whole = document.completeness.complete and not any(
        d.code in INCOMPLETE or d.severity == "error" for d in document.diagnostics)
    return "ok" if whole else "partial"


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


def total(counts: Iterable[Counts]) -> Counts:
    """The counts of all documents together."""
    rows = [numbers(each) for each in counts]
    return Counts(*(sum(column) for column in zip(*rows, strict=True))) if rows else Counts()
