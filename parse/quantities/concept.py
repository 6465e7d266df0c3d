"""The concept of an indicator, and which statement of a concept is the plan's own headline."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..model import PlanText
from ..rules import read_toml
from .amount import Amount
from .words import checked_rows

_GOALS = re.compile("预期目标|主要目标|主要预期|奋斗目标|发展目标|主要任务|总体要求|主要指标|调控目标")
_LEVEL_RATE = re.compile("(?:增速|增长率|增幅|增长速度|涨幅|降低率)$")
_ELSEWHERE = re.compile("全国|全省|全自治区|全区|全市|全县|全球|世界")
_OWN_LEVEL = (("国务院|中央|全国|国民经济和社会发展", "全国"), ("省|自治区|新疆|西藏", "全省|全自治区|全区"), ("市|州|盟", "全市|全州"), ("县|区|旗", "全县|全区"))
_BELOW = re.compile("[\u4e00-\u9fff]{1,4}(?:新区|开发区|高新区|自贸区|[县区旗乡镇])(?:的)?$")


@dataclass(frozen=True, slots=True)
class _Concept:
    id: str
    change: str
    units: frozenset[str]


@cache
def _table() -> tuple[dict[str, tuple[_Concept, ...]], tuple[str, ...], tuple[str, ...]]:
    by_name: dict[str, tuple[_Concept, ...]] = {}
    for row in checked_rows("indicators", "concept", ("id", "names", "change", "units", "yes")):
        concept = _Concept(row["id"], row["change"], frozenset(row["units"]))
        for name in row["names"]:
            by_name[name] = (*by_name.get(name, ()), concept)
    affixes = read_toml("indicators")["affixes"]
    longest = [tuple(sorted(affixes[k], key=len, reverse=True)) for k in ("before", "after")]
    return by_name, longest[0], longest[1]


@cache
def concepts_named(text: str) -> tuple[str, ...]:
    """The ids of all concepts whose name the words are, whatever the number."""
    return tuple(c.id for c in _named(text))


def _named(text: str) -> tuple[_Concept, ...]:
    by_name, before, after = _table()
    text = text.replace(" ", "").strip("“”\"、,的")
    for _ in range(4):
        if text in by_name:
            return by_name[text]
        head = next((a for a in before if text.startswith(a) and len(text) > len(a) + 1), None)
        tail = next((a for a in after if text.endswith(a) and len(text) > len(a) + 1), None)
        if head is None and tail is None:
            return ()
        text = text[len(head or ""):len(text) - len(tail or "")]
    return by_name.get(text, ())


def concept_of(amount: Amount, view_text: str) -> str | None:
    """The concept of a quantity by its indicator's words, kind of change and unit; None where it is none of the table."""
    unit = amount.unit
    for concept in _named(view_text):
        if unit not in concept.units and not (amount.unit_code and amount.unit_code in concept.units):
            continue
        rate = _LEVEL_RATE.search(view_text) is not None
        if concept.change == "any" or (concept.change == "level" and amount.change is None and not rate):
            return concept.id
        if concept.change == "rise" and (amount.change in ("increase", "decrease") or rate):
            return concept.id
        if concept.change == "fall" and (amount.change == "decrease" or rate):
            return concept.id
    return None


def mark_headlines(plan: PlanText, amounts: Sequence[Amount]) -> None:
    """Set `headline` on the plan's own statement of each concept for its own period: first where the goals are stated."""
    period = plan.period.split("/")[-1] if plan.period else None
    chosen: dict[str, tuple[int, int]] = {}
    for k, amount in enumerate(amounts):
        if amount.concept is None or amount.status != "target" or not _own(plan, amount):
            continue
        if period and amount.due and amount.due[:4] != period[:4]:
            continue
        if amount.per and plan.period and "/" not in plan.period:      # a yearly average is a goal of several years
            continue
        rank = 0 if _in_goals(plan, amount) else 1
        best = chosen.get(amount.concept)
        if best is None or rank < best[0]:
            chosen[amount.concept] = (rank, k)
    for _, k in chosen.values():
        amounts[k].headline = True


def _in_goals(plan: PlanText, amount: Amount) -> bool:
    low = max(plan.start, plan.view.rfind("\n", plan.start, amount.start))
    return _GOALS.search(plan.view, low, amount.start) is not None


def _own(plan: PlanText, amount: Amount) -> bool:
    """Whether the figure is the plan's own place's: not 全国 in a city's plan, not a district's."""
    start = amount.indicator_span[0] if amount.indicator_span else amount.start
    low = max(plan.start, start - 8)
    words = plan.view[low:start]
    if _BELOW.search(words) and not words.endswith(("全区", "全县", "我区", "我县", "本区", "本县", "自治区")):
        return False
    other = _ELSEWHERE.search(words)
    if other is None:
        return True
    title = plan.title or ""
    own = [places for marks, places in _OWN_LEVEL if re.search(marks, title)]
    return not own or any(re.search(places, other.group()) for places in own)
