"""Totals against their parts, and one indicator with two values: reported, never corrected."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from ..model import PlanText
from .amount import Amount

_PARTS = re.compile("其中")
_BREAK = re.compile("[。;!?\n]|其中")
_MOST, _FARTHEST = 40, 1_000      # no total in the source documents has more parts, or farther off
Note = tuple[str, str, tuple[int, int]]


def consistency(plan: PlanText, amounts: Sequence[Amount]) -> list[Note]:
    """`sum-mismatch` where the parts after 其中 exceed their total, `value-conflict` where a headline concept is given
    two values for the same time: code, message, span."""
    return [*_sums(plan, amounts), *_conflicts(amounts)]


def _sums(plan: PlanText, amounts: Sequence[Amount]) -> list[Note]:
    out: list[Note] = []
    for found in _PARTS.finditer(plan.view, plan.start, plan.end):
        total = _total(plan, amounts, found.start())
        if total is None:
            continue
        k, whole = total
        parts = _parts(plan, amounts, k + 1, found.end(), whole)
        added = sum((p.value for p in parts), Decimal(0))
        if len(parts) > 1 and added > whole.value:
            message = f"{plan.text[whole.start:whole.end]} is less than its {len(parts)} parts, which make {added:f} {whole.unit}"
            out.append(("sum-mismatch", message, (whole.start, parts[-1].end)))
    return out


def _total(plan: PlanText, amounts: Sequence[Amount], at: int) -> tuple[int, Amount] | None:
    """The last amount before 其中 that is a level and close enough to be its total."""
    k = bisect_right(amounts, at, key=lambda a: a.start) - 1
    if k < 0:
        return None
    whole = amounts[k]
    near = 0 <= at - whole.end <= 12 and plan.view.count("。", whole.end, at) <= 1
    level = whole.op == "eq" and whole.change is None and whole.unit not in ("%", "个百分点", "‰")
    return (k, whole) if near and level else None


def _parts(plan: PlanText, amounts: Sequence[Amount], k: int, at: int, whole: Amount) -> list[Amount]:
    """The exact levels in the total's unit from `at` to the sentence's end or the next 其中, at most `_MOST`."""
    stop = _BREAK.search(plan.view, at, min(plan.end, at + _FARTHEST))
    end = stop.start() if stop else min(plan.end, at + _FARTHEST)
    out = []
    for amount in amounts[k:k + _MOST]:
        if amount.start >= end:
            break
        if amount.unit == whole.unit and amount.op == "eq" and amount.change is None:
            out.append(amount)
    return out


def _conflicts(amounts: Sequence[Amount]) -> list[Note]:
    heads = {a.concept: a for a in amounts if a.headline}
    out: list[Note] = []
    for amount in amounts:
        head = heads.get(amount.concept) if amount.concept else None
        if head is None or amount is head or amount.status != head.status or amount.due != head.due or amount.per != head.per:
            continue
        if amount.op == head.op == "eq" and amount.value != head.value and amount.indicator == head.indicator:
            out.append(("value-conflict", f"{head.indicator}: {head.value:f} and {amount.value:f} {head.unit}", (amount.start, amount.end)))
    return out
