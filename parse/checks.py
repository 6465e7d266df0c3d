"""What in a plan cannot be right, or is not all there: reported with its place, never corrected."""
from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Node, PlanText
from .tasks import Work

Note = tuple[str, str, tuple[int, int]]

_LOST_DIGITS = re.compile("\ufffd[0-9]|(?<![0-9.,])[0-9][0-9.,]*+\ufffd")
# 达到 %以上, 增长××%: the number was deleted, or masked, between its verb and its unit.
_DELETED = re.compile(
    "(?:达到|达|增长|提高到?|下降|降低|上升|控制在|不低于|不少于|不超过|超过|突破|完成|实现|投资|投入|为)"
    "(?:(?: {0,4}|[xX×*_]{1,4} ?)(?:%|‰|个百分点)|(?: {1,4}|[xX×*_]{1,4} ?)[万亿]?(?:元|人|吨|亩|户)(?![a-z]))"
)
# 20xx亩, xx0.9%, xx.51亿元: digits that a mask took the place of; a year's is no damage.
_MASKED = re.compile(
    "(?<![0-9a-zA-Z.])(?:[0-9]{1,4}[xX×*]{1,4}|[xX×*]{1,4}\\.?[0-9][0-9.]{0,8}) ?(?:%|‰|个百分点|[万亿]?(?:元|人|吨|亩|户|公里|平方米|个|家|名|株|头))(?![a-z])"
)
# What each cannot be without, far faster to look for; the pattern; what is said of it.
_DAMAGE = (
    (re.compile("\ufffd"), _LOST_DIGITS, "digits of this number were lost"),
    (re.compile("[%‰元人吨亩户点]"), _DELETED, "the number is missing before its unit"),
    (re.compile("[xX×*]"), _MASKED, "digits of this number are masked"),
)


def checks(plan: PlanText, roots: Sequence[Node], works: Sequence[Work]) -> list[Note]:
    """Code, message and span: sections that were inferred, numbers without their digits, tasks due before the plan."""
    return [*_inferred(roots), *_damaged_numbers(plan), *_overdue(plan, works)]


def _inferred(roots: Sequence[Node]) -> list[Note]:
    return [
        ("section-inferred", "the section's own number and heading are missing", (node.start, node.end))
        for root in roots for node in root.walk() if node.inferred
    ]


def _damaged_numbers(plan: PlanText) -> list[Note]:
    found = []
    for sign, pattern, message in _DAMAGE:
        if sign.search(plan.view, plan.start, plan.end):
            found += [("damaged-number", f"{message}: no value is reported", m.span()) for m in pattern.finditer(plan.view, plan.start, plan.end)]
    return found


def _overdue(plan: PlanText, works: Sequence[Work]) -> list[Note]:
    issued = _bound(plan.issued, "-01-01") if plan.issued else None
    if issued is None:
        return []
    late = [(work, _bound(work.due, "-12-31")) for work in works if work.due]
    return [
        ("due-before-issued", f"due {work.due}, before the plan of {plan.issued}", (work.start, work.end))
        for work, due in late if due is not None and due < issued
    ]


def _bound(edtf: str, rest: str) -> str | None:
    """The first or last day of an EDTF date, as `rest` completes it; None where a digit is masked or a season meant."""
    point = edtf.split("/")[-1 if rest == "-12-31" else 0]
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", point) is None:
        return None
    return point + {4: rest, 7: rest[3:], 10: ""}[len(point)]
