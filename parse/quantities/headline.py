"""Which statement of a concept is the plan's own, for its own period: its headline.

A yearly report states its goals in one place (今年的主要预期目标是: …), after the review and after what the years to come
are to bring. So what stands before that place is none, whatever its tense; what is stated there goes before what the
arrangements after it repeat; and a later year's goals, a yearly average, another place's figure are not the plan's own."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ...schema import Span
from ..model import PlanText
from .amount import Amount

_ANNOUNCED = re.compile(
    "(?:预期|主要|奋斗|发展|调控|约束|总体|具体|工作|经济|力争|以下)[^。;!?\n,:]{0,14}?(?:目标|指标)(?!任务)[^。;!?\n:,]{0,14}?(?:[是为:\n]|如下)"
)
_NUMBER = re.compile("[0-9]|百分之|翻番|翻一番")
_SHORT = 12              # characters behind the announcement on its line; with fewer the goals stand on the lines below
_LISTED = 40             # lines of such a list
_FAR = 4_000             # characters that a statement of goals reaches
_ENOUGH = 2              # concepts that make a place the statement of a report's goals
_MANY = 4                # concepts of one sentence that make it the statement where none is announced
_REVIEWS = re.compile("工作报告|工作总结|情况报告")
_AHEAD = re.compile("计划|规划|纲要")
_ELSEWHERE = re.compile("全国|全省|全自治区|全区|全市|全县|全州|全盟|全旗|全球|世界")
_BELOW = re.compile("[\u4e00-\u9fff]{1,4}(?:新区|开发区|高新区|自贸区|[县区旗乡镇])(?:的)?$")
_PART = re.compile("(?:开发区|高新区|园区|产业区|工业区|保税区|自贸[试验]*区|自贸港|新区|[市州省区县]直(?!辖)|[市省州区县](?:本级|属)|[县区]域)(?!建设|发展|管理)")
_PARAGRAPH = re.compile("[\u4e00-\u9fff“”]{1,10}(?:开发区|高新区|园区|自贸区|新区|[县区镇])(?:全年|今年)?(?:要|将|须)")     # is about a part
_FIGURE = re.compile("[0-9][^、]{0,8}、")
_SHARE = re.compile("[0-9](?:%|个百分点)")
_CLAUSE, _NEAR = 60, 6    # characters: of a clause before an indicator, and from a part's name to what is the part's
_OWN_BELOW = ("全区", "全县", "我区", "我县", "本区", "本县", "自治区")
_LEVELS = (("省|自治区$", "全省|全自治区|全区"), ("市$|州$|盟$|地区$", "全市|全州|全盟|全区|全地区"),
           ("[县区旗]$", "全县|全区|全旗"), ("[镇乡]$|街道$", "全镇|全乡"))


def mark_headlines(plan: PlanText, amounts: Sequence[Amount]) -> None:
    """Set `headline` on the plan's own statement of each concept for its own period, at most one a concept."""
    own = [a for a in amounts if a.concept is not None and a.status == "target" and _own_period(plan, a) and _own_place(plan, a)]
    goals = _places(plan)
    stated = [_place_of(goals, amount) for amount in own]
    best, floor = _statement(plan, goals, own, stated)
    if best is None and _reviews_first(plan):
        goals = _unannounced(plan, own)
        stated = [_place_of(goals, amount) for amount in own]
        best, floor = _statement(plan, goals, own, stated)
    chosen: dict[str, tuple[int, Amount]] = {}
    for amount, place in zip(own, stated, strict=True):
        if amount.start < floor or amount.concept is None or (place is None and _goes_on_with_a_part(plan, amount)):
            continue
        rank = 2 if place is None else 0 if place == best else 1
        if amount.concept not in chosen or rank < chosen[amount.concept][0]:
            chosen[amount.concept] = (rank, amount)
    for _, amount in chosen.values():
        amount.headline = True


def _statement(plan: PlanText, goals: Sequence[Span], own: Sequence[Amount], stated: Sequence[int | None]) -> tuple[int | None, int]:
    """The place where most concepts are stated, and the offset before which nothing is the plan's own."""
    concepts: dict[int, set[str]] = {}
    for amount, place in zip(own, stated, strict=True):
        if place is not None and amount.concept is not None:
            concepts.setdefault(place, set()).add(amount.concept)
    best = max(concepts, key=lambda place: (len(concepts[place]), -place), default=None)
    if best is None or len(concepts[best]) < _ENOUGH:
        return None, plan.start
    return best, goals[best][0] if _reviews_first(plan) else plan.start


def _unannounced(plan: PlanText, own: Sequence[Amount]) -> list[Span]:
    """The last sentence that states many concepts at once: 综合考虑，今年生产总值增长8%，固定资产投资增长9%，…"""
    concepts: dict[int, set[str]] = {}
    for amount in own:
        concepts.setdefault(amount.sentence, set()).add(amount.concept or "")
    many = max(concepts, key=lambda k: (len(concepts[k]), k), default=None)
    if many is None or len(concepts[many]) < _MANY:
        return []
    return [(plan.sentences[many].start, plan.sentences[many].end)]


def _place_of(goals: Sequence[Span], amount: Amount) -> int | None:
    k = bisect_right(goals, (amount.start, amount.start)) - 1
    return k if k >= 0 and amount.start < goals[k][1] else None


def _own_period(plan: PlanText, amount: Amount) -> bool:
    period = plan.period.split("/")[-1] if plan.period else None
    if period and amount.due and amount.due[:4] != period[:4]:
        return False
    return not (amount.per and plan.period and "/" not in plan.period)      # a yearly average is a goal of several years


def _reviews_first(plan: PlanText) -> bool:
    title = plan.title or plan.kind or ""
    return _REVIEWS.search(title) is not None and _AHEAD.search(title) is None


def _places(plan: PlanText) -> list[Span]:
    """Every place where goals are announced: to the end of the line, or over the lines of the list that follows."""
    view, out = plan.view, list[Span]()
    for found in _ANNOUNCED.finditer(view, plan.start, plan.end):
        end = _line_end(plan, found.end() - 1 if found.group().endswith("\n") else found.end())
        if end - found.end() < _SHORT:
            end = _list_end(plan, end)
        if out and found.start() < out[-1][1]:
            out[-1] = out[-1][0], found.start()
        out.append((found.start(), min(end, found.end() + _FAR)))
    return out


def _line_end(plan: PlanText, at: int) -> int:
    end = plan.view.find("\n", at, min(plan.end, at + _FAR))
    return end if end >= 0 else min(plan.end, at + _FAR)


def _list_end(plan: PlanText, at: int) -> int:
    """The end of the lines with numbers that follow; empty lines count as nothing."""
    end = at
    for _ in range(_LISTED):
        while at < plan.end and plan.view[at].isspace():
            at += 1
        stop = _line_end(plan, at)
        if at >= plan.end or not _NUMBER.search(plan.view, at, stop):
            break
        at = end = stop
    return end


def _own_place(plan: PlanText, amount: Amount) -> bool:
    """Whether the figure is the plan's own place's: not 全国 in a city's plan, not a district's."""
    start = amount.indicator_span[0] if amount.indicator_span else amount.start
    clause = re.split("[,。;:!?()\n]", plan.view[max(plan.start, start - _CLAUSE):start])[-1]
    words = re.split("[、 ]", clause)[-1][-8:]
    if (_BELOW.search(words) and not words.endswith(_OWN_BELOW)) or _of_a_part(clause) or _PARAGRAPH.match(plan.view, _line_start(plan, start)):
        return False
    other = _ELSEWHERE.match(plan.view, start) or _ELSEWHERE.search(words)
    if other is None:
        return True
    own = [places for marks, places in _LEVELS if re.search(marks, plan.region or "")]
    return not own or re.search(own[0], other.group()) is not None


def _line_start(plan: PlanText, at: int) -> int:
    return max(plan.view.rfind("\n", max(plan.start, at - _FAR), at) + 1, plan.start)


def _of_a_part(clause: str) -> bool:
    """Whether the figures of a series are a part's: 开发区工业投资增长20%、规上工业增加值 …; 州直旅游收入."""
    found = list(_PART.finditer(clause))
    after = clause[found[-1].end():] if found else ""
    return bool(found) and (len(after) <= _NEAR or _FIGURE.search(after) is not None)


def _goes_on_with_a_part(plan: PlanText, amount: Amount) -> bool:
    """Whether an earlier clause of the sentence gives shares of a part and none since speaks of the whole place:
    园区税收增长15%，进出口总额增长20%."""
    start = amount.indicator_span[0] if amount.indicator_span else amount.start
    sentence = re.split("[。;:!?\n]", plan.view[max(plan.start, start - 2 * _CLAUSE):start])[-1]
    found = list(_PART.finditer(sentence))
    after = sentence[found[-1].end():] if found else ""
    return _SHARE.search(after) is not None and _ELSEWHERE.search(after) is None
