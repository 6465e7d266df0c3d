"""A quantity as the steps of this room hand it on: all fields of the contract's Quantity, with reasons."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ...schema.plan import Change, Op, Status
from ..model import Node


@dataclass(frozen=True, slots=True)
class Level:
    """The level from which a quantity changes."""

    value: Decimal
    unit: str
    span: tuple[int, int]


@dataclass(slots=True)
class Amount:
    """A quantity read from a plan. `value` is in the base unit, exact; `dates` are indices into the plan's dates;
    `why` tells a person how operator, indicator and status were come by."""

    start: int
    end: int
    rule: str
    op: Op
    value: Decimal
    unit: str
    unit_code: str | None = None
    value_high: Decimal | None = None
    indicator: str | None = None
    indicator_span: tuple[int, int] | None = None
    concept: str | None = None
    change: Change | None = None
    baseline: Level | None = None
    per: str | None = None
    due: str | None = None
    dates: tuple[int, ...] = ()
    status: Status = "target"
    modality: str | None = None
    implied: bool = False
    headline: bool = False
    node: Node | None = None
    sentence: int = -1
    why: tuple[str, ...] = ()
