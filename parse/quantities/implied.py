"""Quantities that words imply without a number: 全覆盖 is 100 %, 零事故 is 0."""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..model import PlanText
from .amount import Amount
from .nouns import Nouns
from .refuse import Refusals
from .status import status_of

_WORDS = re.compile("(?P<all>全覆盖|全员覆盖|全达标|全部达标|全普及)(?=[,。;!、)\n]|$)|零(?P<none>事故|伤亡|上访|投诉|发生|发案|感染|增长|缺陷|死亡|差错|违纪|新增|传播|案件|火灾|非访|目标|排放|差评|跑动|拖欠|辍学)")


def implied(plan: PlanText, tense: Sequence[str], refusals: Refusals, nouns: Nouns) -> list[Amount]:
    """The implied quantities of a plan, in order of the text; those in quotation marks or titles are names."""
    out: list[Amount] = []
    k = 0
    for match in _WORDS.finditer(plan.view, plan.start, plan.end):
        while k < len(plan.sentences) and plan.sentences[k].end <= match.start():
            k += 1
        if k == len(plan.sentences) or plan.sentences[k].start > match.start() or refusals.covers(*match.span()):
            continue
        amount = _amount(plan, tense[k], k, match, nouns)
        if amount is not None:
            out.append(amount)
    return out


def _amount(plan: PlanText, tense: str, k: int, match: re.Match[str], nouns: Nouns) -> Amount | None:
    sentence = plan.sentences[k]
    low, high = nouns.chunk(sentence.start, match.start())
    text, span = nouns.left(low, high)
    every = match.group("all") is not None
    if every and (not text or plan.view[high - 1] == "、"):     # one of a row of catchwords names nothing that is covered
        return None
    status, reason = status_of(plan, tense, low, match.start(), match.end(), None)
    if not every and not (text and match.group("none") in ("增长", "新增")):     # 接待费零增长: the growth of something
        span = match.span("none")
    return Amount(
        start=match.start(), end=match.end(), rule="quantity-implied", op="eq", value=Decimal(100 if every else 0),
        unit="%" if every else "", unit_code="%" if every else None, indicator=plan.text[slice(*span)] if span else text,
        indicator_span=span, status=status, implied=True, node=sentence.node, sentence=k,
        due=(plan.period.split("/")[-1] or None) if plan.period and status == "target" else None,
        why=(f"implied: {match.group()}", f"{status}: {reason}"),
    )
