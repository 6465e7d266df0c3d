"""A task's fields: its verb and object, who, for whom, by when, how often."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ..cues import cues
from ..dates import Placed, Time
from ..model import Found, PlanText
from ..quantities.amount import Amount
from ..words import first_verb
from .actors import acts, ends_among
from .clauses import Clause, clauses
from .lexicon import lexicon
from .names import Span, names
from .verbs import actor_end
from .work import Work

_OBJECT_END = re.compile(r"[;。!?]|—|(?=\([^()]*(?:责任|牵头|负责|配合)[^()]*\))")
_LONGEST_OBJECT = 80
_MADE = ("建设", "管理", "保护", "利用", "改造", "修复")
_THINGS = ("项目", "用地", "工程", "规模", "标准", "单位", "资金", "制度", "办法", "方案", "工作")      # 控制建设项目
_TO = tuple("为成到入于在")
_TAKEN_END = re.compile(r"(?:进行|進行|加以|予以|都|均|全部|及时|及時)+\Z")
_OURS = re.compile(r"(?:我们|我[省市县区乡镇村州旗院校局委部司厅站所园]|本[院校园区村])\Z")
_NO_NAME = re.compile("以(?![上下内外及])|于(?!都)|是|部署$|^(?:[为的]|任何)")     # 以支部, 住宿于一体的商铺
_TIMES = re.compile(r"(?:在?(?:思想|认识|行动)上?\Z|每[年月周季天日学]|今年|明年|全年|年内|年底|定期|都|均|也|还|[0-9]+月)[^、和]{0,12}\Z")
_FOR = re.compile(
    r"(?:面向|针对|为|向|给|替|帮助|对)([^,;。:、为向给]{2,20}?)(?=免费|无偿|及时|定期|上门|优先|提供|开展|举办|组织|发放|进行|开放|办理|讲授|普及|宣传|"
    r"送|赠|解决|搭建|减免|推介|播放|做好|建立|营造|创造|宣讲|\(|实施|给予|排忧)"
)


class Fields:
    """Fills works from what was found in the plan; dates and amounts are looked up by place."""

    def __init__(self, plan: PlanText, dates: Sequence[Found[Time]], placed: Sequence[Placed],
                 amounts: Sequence[Amount]) -> None:
        self.plan, self._dates, self._placed = plan, dates, placed
        self._date_starts = [hit.start for hit in dates]
        order = sorted(range(len(amounts)), key=lambda k: amounts[k].start)
        self._amounts = [(amounts[k].start, amounts[k].end, k) for k in order]

    def text(self, span: Span) -> str:
        """The words of a span, as written."""
        return "".join(self.plan.text[slice(*span)].split())

    def inside(self, start: int, end: int) -> list[int]:
        """Indices of the dates within a span."""
        k = bisect_left(self._date_starts, start)
        out = []
        while k < len(self._dates) and self._dates[k].start < end:
            if self._dates[k].end <= end:
                out.append(k)
            k += 1
        return out

    def amounts(self, start: int, end: int) -> tuple[int, ...]:
        """Indices of the quantities within a span."""
        k = bisect_left(self._amounts, (start,))
        out = []
        while k < len(self._amounts) and self._amounts[k][0] < end:
            if self._amounts[k][1] <= end:
                out.append(self._amounts[k][2])
            k += 1
        return tuple(out)

    def time(self, work: Work, due: Sequence[Span] = ()) -> None:
        """Dates, recurrence and due date of a work; `due` are stretches that tell nothing but the time."""
        found = self.inside(work.start, work.end)
        told = [k for span in due for k in self.inside(*span)]
        work.dates = tuple(sorted({*found, *told}))
        work.rrule = next((self._dates[k].value.rrule for k in (*found, *told) if self._dates[k].value.rrule), work.rrule)
        limits = [k for k in told if self._is_day(k)] or [k for k in found if self._placed[k].role == "deadline" and self._is_day(k)]
        if limits:
            last = limits[-1]
            work.due = self._placed[last].resolved or self._dates[last].value.edtf
        work.amounts = self.amounts(work.start, work.end)

    def _is_day(self, k: int) -> bool:
        time = self._dates[k].value
        return time.type == "DATE" and time.edtf is not None

    def verb(self, work: Work, clause: Clause | None) -> None:
        """The main verb of the clause that orders, or of the one that it leads to, and its object."""
        if clause is None:
            return
        view = self.plan.view
        forbids = None if clause.verb else cues("clauses").pattern("prohibits").search(view, clause.start, clause.end)
        told = first_verb(view, forbids.end(), clause.end) if forbids else None
        if told is not None and told[1] - told[0] > 1:
            clause = replace(clause, verb=told)
        if clause.verb is None or view[clause.verb[0]:clause.end] in ("牵头", "负责", "主办"):
            ahead = (c for c in clauses(view, clause.end, work.end) if c.verb and c.kind in ("order", "aim"))
            clause = next(ahead, clause)
        bound = clause.modal and clause.subject is not None and clause.subject[1] < clause.end
        verb = clause.verb or first_verb(view, clause.subject[1] if bound and clause.subject else clause.start, clause.end)
        if verb is None:
            return
        if view[verb[1] - 1] not in _TO:
            second = lexicon("second").at(view, verb[1], clause.end - 2)
            made = view[verb[1]:verb[1] + second] in _MADE and view.startswith(_THINGS, verb[1] + second)
            verb = verb[0], verb[1] + (0 if made else second)
        verb = verb[0], verb[1] + (view[verb[1]:verb[1] + 1] in ("起", "好"))
        if view[verb[1]:verb[1] + 1] in ("和", "与", "或", "并", "及"):      # 构建和完善体系
            pair = lexicon("do").at(view, verb[1] + 1, clause.end - 2)
            verb = verb[0], verb[1] + (1 + pair if pair else 0)
        low, high = verb
        work.action = self.text((low, high))
        if clause.taken is not None:
            work.object = _TAKEN_END.sub("", self.text(clause.taken)) or None
            return
        stop = _OBJECT_END.search(self.plan.view, high, clause.end)
        end = min(stop.start() if stop else clause.end, high + _LONGEST_OBJECT)
        work.object = self.text((high, end)).strip("，。；、：:,;的") or None

    def subject(self, work: Work, found: Sequence[Clause]) -> None:
        """Who is to do it, where the sentence's own subject says so."""
        for clause in found:
            if clause.subject is None or clause.kind in ("other", "state"):
                continue
            low, high = clause.subject
            if self.plan.view.startswith("由", high):        # 样本由统计站抽取: who stands behind 由
                low, high = high + 1, actor_end(self.plan.view, high + 1, clause.end)
            low = max(low, self.plan.view.rfind("由", low, high) + 1)
            times = _TIMES.search(self.plan.view, low, high)
            high = times.start() if times else high
            ours = _OURS.search(self.plan.view, max(clause.start, low - 4), low)
            low = ours.start() if ours else low
            who = [name for name in names(self.plan.view, low, high) if acts(self.plan.view[slice(*name)])]
            who = [name for name in who if not _NO_NAME.search(self.plan.view[slice(*name)])]
            if who:
                work.actors = tuple(dict.fromkeys(_own(self.text(name)) for name in who))
                return

    def helpers(self, work: Work) -> None:
        """Who is brought in: 会同有关部门制定…."""
        view = self.plan.view
        at = view.find("会同", work.start, work.end)
        if at >= 0:
            stop = actor_end(view, at + 2, work.end)
            found = [name for name in names(view, at + 2, stop) if acts(view[slice(*name)])]
            work.partners = tuple(dict.fromkeys(map(self.text, found)))

    def audience(self, work: Work) -> None:
        """For whom: 为老年人…, 面向居民…."""
        for hit in _FOR.finditer(self.plan.view, work.start, work.end):
            framed = hit.group().startswith("为") and "以" in self.plan.view[max(work.start, hit.start() - 8):hit.start()]
            if ends_among("audience", hit.group(1)) and not framed:      # 以班级为单位 is for nobody
                work.audience = self.text(hit.span(1))
                return


def _own(name: str) -> str:
    return re.sub(r"^(?:[，、：]|同时|另外|此外|特别是|由)+", "", name)
