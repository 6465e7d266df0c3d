"""Whether a sentence reports what has been done or is, or arranges what is to be done.

Two sources are weighed. The section's heading (工作回顾, 主要任务 …) speaks for all that stands under it, until a sentence or a
line turns to the other part. Without one, a text is a run of stretches of review and of arrangement, and the cheapest
way through the sentences' own wording, with a price on every change, tells where one turns into the other. Then a
sentence's own words may still overrule.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, cast

from .cues import cues
from .model import Node, PlanText, Sentence
from .view import matching_view

Tense = Literal["done", "planned", "open"]

_REPORT = re.compile("报告|总结|通报|表扬|回顾|述职|公报|讲话")
_PLAN = re.compile("计划|规划|方案|意见|要点|安排|打算|通知|办法|纲要|建议|思路|措施|预案|行动|目标")
# Points for an arrangement (above zero) or a review (below), by class of rules/tense.toml. Weighed on thirty reports
# of all decades: a modal and a perfective outweigh everything but a heading; result wording alone is weak evidence.
_POINTS = (
    ("done", -2.0), ("past", -2.0), ("told", -3.0), ("state", -1.0), ("result", -1.0), ("planned", 2.0), ("effort", 0.8),
    ("answers", 3.0), ("future", 1.5), ("now", 1.0), ("verb", 0.2), ("exact", -0.8), ("against", -1.0),
)
_PLAN_GENRE = 0.4         # a plan that is no report arranges wherever its words leave it open
_PRAISE = re.compile("通报|表扬|表彰")
_PRAISE_GENRE = -0.6      # a circular that commends tells what has been done
_SECTION = 8.0            # a heading that says which
_TURN = 6.0               # a sentence that opens the other part
_ANNOUNCED = 0.4          # how far what was announced counts for sections that say nothing themselves
_CHANGE, _CHANGE_AT_PART = 7.0, 4.0
_YEAR = re.compile(r"(?:19|20)\d\d(?<![\d.]\d{4})(?=年|[—~-](?:19|20)\d\d年)|[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def tenses(plan: PlanText) -> tuple[Tense, ...]:
    """The tense of every sentence of the plan, aligned with `plan.sentences`; told once, so `plan.year` and `kind` must be
    known before the first call."""
    if len(plan.tenses) != len(plan.sentences):
        plan.tenses = _told(plan)
    return cast("tuple[Tense, ...]", plan.tenses)


def _told(plan: PlanText) -> tuple[Tense, ...]:
    points = [_own(plan, s) for s in plan.sentences]
    turns = [_turn(plan, s, p) for s, p in zip(plan.sentences, points, strict=True)]
    moods = _moods_of(plan, turns)
    genre = _genre(plan)
    leans = [p + genre + mood * _SECTION + turn * _TURN for p, mood, turn in zip(points, moods, turns, strict=True)]
    return tuple(map(_tense, points, _stretches(plan, leans), moods))


def _moods_of(plan: PlanText, turns: list[float]) -> list[float]:
    """What is known of the part that each sentence stands in: its heading's word, or that of a turn under the heading."""
    sections = _Moods(plan)
    out: list[float] = []
    node: Node | None = None
    turned = opening = 0.0       # what the node's own sentence turned to; what was announced before
    for s, turn in zip(plan.sentences, turns, strict=True):
        if s.node is not node:
            node, turned = s.node, 0
        mood = sections.of(s.node)
        turned = turn or turned
        opening = turn if turn and _announces(plan.view, s) else 0.0 if mood else opening
        out.append((turned if turned else mood) if mood else opening * _ANNOUNCED if s.node.mark else 0.0)
    return out


def _tense(points: float, planned: bool, mood: float) -> Tense:
    """A stretch's tense, unless the sentence's own words are plainly of the other; a heading is hard to overrule."""
    if planned:
        return "done" if points <= (-3.5 if mood > 0 else -2.5) else "open" if points <= -1 else "planned"
    if mood:
        return "planned" if points >= (4.5 if mood <= -1 else 2.5) else "done"
    return "planned" if points >= 3.5 else "open" if points >= 2 else "done"


def _own(plan: PlanText, s: Sentence) -> float:
    """What the sentence's own words say."""
    view, start, end, total = plan.view, s.start, s.end, 0.0
    for search, points in _searches():
        if search(view, start, end):
            total += points
    return total + _years(view, start, end, plan.year)


@cache
def _searches() -> tuple[tuple[Callable[[str, int, int], object], float], ...]:
    return tuple((cues("tense").pattern(name).search, points) for name, points in _POINTS)


def _years(view: str, start: int, end: int, year: int | None) -> float:
    """Years before the plan's speak for a review, the plan's own and later ones a little for an arrangement."""
    if year is None:
        return 0.0
    found = [int(m.group().translate(_DIGITS)) for m in _YEAR.finditer(view, start, end)]
    if not found:
        return 0.0
    return -1.5 if max(found) < year else 0.8


def _turn(plan: PlanText, s: Sentence, points: float) -> float:
    """1 where a sentence, or a line that looks like a heading, turns to arrangements, -1 to a review, else 0."""
    found, view = cues("moods"), plan.view
    if s.first and not s.lead and s.end - s.start <= 40 and view[s.end - 1] not in "。;!?:," and view[s.end:s.end + 1] in "\n":
        return heading_mood(view[s.start:s.end], plan.year)
    if (points >= 0 or _announces(view, s)) and found.has("turn-planned", view, s.start, s.end):
        return 0 if _of_a_past_year(plan, s) else 1
    return -1 if (points <= 0 or _announces(view, s)) and found.has("turn-done", view, s.start, s.end) else 0


def _announces(view: str, s: Sentence) -> bool:
    """Whether a sentence hands over to what follows it: 现将今年工作情况汇报如下, 特制定明年工作计划如下."""
    return view.endswith(("如下:", "如下。", "如下"), s.start, s.end)


def _of_a_past_year(plan: PlanText, s: Sentence) -> bool:
    """Whether a sentence begins with a year before the plan's: 2020年是极为关键的一年 opens a review in 2021."""
    found = _YEAR.match(plan.view, s.start)
    return found is not None and plan.year is not None and int(found.group().translate(_DIGITS)) < plan.year


def _stretches(plan: PlanText, leans: list[float]) -> list[bool]:
    """For each sentence whether it stands in a stretch of arrangement: the two-state path of least cost."""
    review_first = _reviews_first(plan)
    cost = [0.0 if review_first else 3.0, 2.0 if review_first else 0.0]     # of being in review, in arrangement
    came: list[tuple[int, int]] = []
    node: Node | None = None
    for sentence, lean in zip(plan.sentences, leans, strict=True):
        change = _CHANGE if sentence.node is node or not _is_part(sentence.node) else _CHANGE_AT_PART
        node = sentence.node
        back = (0 if cost[0] <= cost[1] + change else 1, 1 if cost[1] <= cost[0] + change else 0)
        cost = [min(cost[0], cost[1] + change) + max(lean, 0.0), min(cost[1], cost[0] + change) + max(-lean, 0.0)]
        came.append(back)
    at = 0 if cost[0] < cost[1] else 1
    out: list[bool] = []
    for back in reversed(came):
        out.append(bool(at))
        at = back[at]
    return out[::-1]


def _is_part(node: Node) -> bool:
    """Whether a node is one of the few parts that a text is made of, where it may well turn."""
    return node.parent is None and (node.mark is None or node.mark.style in ("part", "chapter", "cjk", "formal"))


def _genre(plan: PlanText) -> float:
    """How a text of this kind leans where its words leave it open."""
    if _PRAISE.search(plan.kind or plan.title or ""):
        return _PRAISE_GENRE
    return 0.0 if _reviews_first(plan) else _PLAN_GENRE


def _reviews_first(plan: PlanText) -> bool:
    """A report opens with what has been done, every other kind of plan with what is to be done."""
    name = matching_view(plan.kind or plan.title or "")
    hits = [(m.start(), kind) for kind, pattern in (("report", _REPORT), ("plan", _PLAN)) for m in pattern.finditer(name)]
    return bool(hits) and max(hits)[1] == "report"


class _Moods:
    """What headings say of the text under them, as `heading_mood`; the nearest that speaks wins."""

    def __init__(self, plan: PlanText) -> None:
        self._plan, self._known = plan, dict[int, float]()

    def of(self, node: Node) -> float:
        chain: list[int] = []
        at: Node | None = node
        mood = 0.0
        while at is not None and mood == 0:
            if id(at) in self._known:
                mood = self._known[id(at)]
                break
            chain.append(id(at))
            mood = self._heading(at)
            at = at.parent
        self._known.update(dict.fromkeys(chain, mood))
        return mood

    def _heading(self, node: Node) -> float:
        if node.heading is None or not (node.paragraphs or node.children):
            return 0.0
        return heading_mood(self._plan.view[slice(*node.heading)].rstrip("。;: "), self._plan.year)


def heading_mood(words: str, year: int | None) -> float:
    """What a heading announces: 1 arrangement, -1 a review, -0.5 the state of things, 0 neither or both."""
    if len(words) > 60:
        return 0.0
    found = {name: cues("moods").has(name, words, 0, len(words)) for name in ("done", "background", "planned", "result", "urges")}
    found["done"] = found["done"] or found["result"] and not found["urges"]
    if found["planned"]:
        return 0.0 if found["done"] or found["background"] else 1.0
    if found["done"]:
        return -1.0
    if found["background"]:
        return 0.0 if cues("moods").has("improves", words, 0, len(words)) else -0.5
    years = [int(y.translate(_DIGITS)) for y in _YEAR.findall(words)] if year is not None else []
    return 0.0 if not years or year is None else (-1.0 if max(years) < year else 1.0)
