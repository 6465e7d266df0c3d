"""Quantities that words imply without a number: 全覆盖 is 100 %, 零事故 is 0."""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..model import PlanText
from .amount import Amount
from .refuse import Refusals
from .status import status_of
from .when import Calendar

_WORDS = re.compile("(?P<all>全覆盖|全员覆盖|全达标|全部达标|全普及)|零(?P<none>事故|伤亡|上访|投诉|发生|发案|感染|增长|缺陷|死亡|差错|违纪|新增|传播|案件|火灾|非访|目标|排放|差评|跑动|拖欠|辍学)")
_NOUN = re.compile("[\u4e00-\u9fffA-Za-z]{2,14}$")
_HOLLOW = re.compile("^(?:[和与及实现确保推动基本全面力争达到做的进一步继续着推进促进努力争取是有]|继续)+|(?:实现|确保|推动|基本|全面|力争|达到|推进|促进|努力|争取|的|要|将)+$")


def implied(plan: PlanText, tense: Sequence[str], refusals: Refusals, calendar: Calendar) -> list[Amount]:
    """The implied quantities of a plan, in order of the text; those in quotation marks or titles are names."""
    out: list[Amount] = []
    k = 0
    for match in _WORDS.finditer(plan.view, plan.start, plan.end):
        while k < len(plan.sentences) and plan.sentences[k].end <= match.start():
            k += 1
        if k == len(plan.sentences) or plan.sentences[k].start > match.start() or refusals.covers(*match.span()):
            continue
        out.append(_amount(plan, tense[k], k, match))
    return out


def _amount(plan: PlanText, tense: str, k: int, match: re.Match[str]) -> Amount:
    sentence = plan.sentences[k]
    noun = _NOUN.search(plan.view, sentence.start, match.start())
    low, high = noun.span() if noun else (match.start(), match.start())
    head = _HOLLOW.match(plan.view[low:high])
    low += head.end() if head else 0
    words = _HOLLOW.sub("", plan.view[low:high])
    every = match.group("all") is not None
    status, reason = status_of(plan, tense, max(sentence.start, match.start() - 30), match.start(), match.end(), None)
    indicator = words if every else match.group("none")
    span = (low, low + len(words)) if every else match.span("none")
    return Amount(
        start=match.start(), end=match.end(), rule="quantity-implied", op="eq", value=Decimal(100 if every else 0),
        unit="%" if every else "", unit_code="%" if every else None, indicator=plan.text[slice(*span)] or None if indicator else None,
        indicator_span=span if indicator else None, status=status, implied=True, node=sentence.node, sentence=k,
        due=(plan.period.split("/")[-1] or None) if plan.period and status == "target" else None,
        why=(f"implied: {match.group()}", f"{status}: {reason}"),
    )
