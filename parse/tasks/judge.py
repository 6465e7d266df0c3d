"""Which sentences are tasks: those that order, forbid or promise an action, not those that report, aim or explain.

A sentence is read clause by clause. It is a task if one of its clauses orders something and nothing in it says that it
only announces, explains or hopes; under headings of aims and principles an order must name something to do.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..cues import cues
from ..model import Node, PlanText, Sentence
from ..tense import Tense
from .actors import acts
from .clauses import Clause, clauses
from .lexicon import lexicon
from .roles import only_roles

_TITLE_OWN_LINE, _TITLE_RUN_IN = 60, 22     # longest heading, in characters, that only names the text under it
_SHORTEST = 4
_SLOGAN = 5          # longest clause of a heading that is a slogan
_ROLES_END = 160     # longest text behind a sentence that only says who and when
_SHORTEST_ITEM = 10  # 加强学习 is a title, whatever stands beside it
_FEWEST = 2          # items beside one's own that tell how items are written here
_SHORT_NAME, _LONGEST_NAME = 6, 40    # of a heading that may tell of aims
_BEFORE = 200        # clauses of a sentence that are looked back to; a run of 50,000 commas must not cost their square
_TOP = 3             # lines in which a document's head stands
_ISSUED = re.compile(r"[ 0-9〇零一二三四五六七八九十年月日号印发]*\Z")
_TOPIC = 12          # 产业, 管理方面: a bare topic before a comma is no statement


_WHY = ("为", "根据", "按照", "依据", "遵照", "结合", "围绕")
_BINDS = ("必须", "应当", "应按", "应由", "应在", "须")
_CALLED = ("各", "每", "全体", "我", "本", "其他", "其余", "有关", "相关")
_BRACKETS = re.compile(r"\s*(?:\([^()]{0,80}\)[。;]?\s*){1,3}")
_DONE_WITH = ("完成", "新增", "实现")
_ASKS = re.compile(r"哪[些里个能]|什么|是否|如何|怎[么样]|何[在以]|要不要|能不能|[吗呢]\?")
_MEASURED = re.compile("(?:达到?|超过|增长|下降|突破|占)[约近]?[0-9.]+%")
_TRAILING = re.compile(r"(?:\([^()]{0,40}\)|[。:;])*\Z")
_BOUND = re.compile(r"(?:要(?<![重主需只必首纲摘紧]要)(?!求|素|点|害)|必须|须|应当|应该|应(?<![响供相适反对效顺呼感一]应)(?![急用对届邀变付诊征酬力有的求]|聘(?!请))|将)")
_QUOTED = re.compile(r"“[^“”]{0,120}\Z")
_FOCUS = ("重点", "关键", "任务", "措施", "主要", "核心", "根本", "首先", "突出")     # 重点是推广良种 orders, 关键是领导 explains


_ABOVE = ("党中央", "中央", "国家", "国务院", "全国", "我国")
_PROVINCE = ("省委", "省政府", "自治区党委", "自治区政府")
_PROVINCES = ("省", "自治区", "北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is a task, the clause that decides it, all of its clauses, and why."""

    task: bool
    order: Clause | None = None
    clauses: tuple[Clause, ...] = ()
    why: str = ""


class Judge:
    """Judges the sentences of one plan in order; keeps in mind whether a run of aims is being read."""

    def __init__(self, plan: PlanText) -> None:
        self._plan = plan
        self._goal_nodes: dict[int, bool] = {}
        self._goal_run = False
        self._titles: frozenset[str] | None = None
        self._drill = any(word in (plan.title or "") for word in ("预案", "应急", "处置"))      # tells what to do if something happens

    def __call__(self, s: Sentence, tense: Tense) -> Verdict:
        view = self._plan.view
        if s.first:
            self._goal_run = False
        if s.end - s.start < _SHORTEST:
            return Verdict(False, why="too short")
        if view[s.end - 1] == "?" and _ASKS.search(view, s.start, s.end):
            return Verdict(False, why="asks")
        if self._signs(s):
            return Verdict(False, why="signature")
        if cues("tasks").has("goal-opens", view, s.start, s.end):
            self._goal_run = True
            return Verdict(False, why="opens aims")
        if tense == "done":
            return Verdict(False, why="reports")
        if not s.lead and view[s.start:s.end] in self._listed():
            return Verdict(False, why="contents")
        if s.lead and self._names(s):
            return Verdict(False, why="heading")
        words = view[s.start:s.end]
        for name in ("label", "closing", "sees", "explains"):
            if cues("tasks").has(name, words, 0, len(words)):
                return Verdict(False, why=name)
        if tense == "planned" and cues("tasks").match("calendar", view, s.start, s.end):
            return Verdict(True, why="calendar")      # 第三周：期中考试: what a calendar sets is arranged
        return self._read(s, tense)

    def _listed(self) -> frozenset[str]:
        """What headings over text of their own say: a line with the same words stands in a table of contents."""
        if self._titles is None:
            view = self._plan.view
            self._titles = frozenset(view[s.start:s.end] for s in self._plan.sentences if s.lead and view[s.end - 1] not in "。;!:")
        return self._titles

    def _signs(self, s: Sentence) -> bool:
        """Whether a line only names who issues the plan: in the signature, or at the top over a document (…文件)."""
        view, plan = self._plan.view, self._plan
        if plan.signature is not None and s.start >= plan.signature:
            return acts(_ISSUED.sub("", view[s.start:s.end]))
        return s.end <= plan.lines[:_TOP][-1].end and view.endswith("文件", s.start, s.end) and acts(view[s.start:s.end - 2])

    def _read(self, s: Sentence, tense: Tense) -> Verdict:
        announced = cues("tasks").pattern("announces").search(self._plan.view, s.start, s.end)
        if announced and announced.end() >= s.end - 1 or self._addresses(s) or self._introduces(s):
            return Verdict(False, why="announces")
        found: list[Clause] = []
        if not self._order(s, tense, found):
            if not (self._goal_run or self._under_goals(s.node)) and self._says("norm", s):
                return Verdict(True, None, tuple(found), "norm")
            return Verdict(False, clauses=tuple(found), why="orders nothing")
        self._goal_run = self._goal_run and not found[-1].modal
        return Verdict(True, found[-1], tuple(found), found[-1].kind)

    def _addresses(self, s: Sentence) -> bool:
        """Whether a line only names those whom a letter is for."""
        view = self._plan.view
        if view[s.end - 1] != ":":
            return False
        last = max(view.rfind(",", s.start, s.end), view.rfind("、", s.start, s.end)) + 1
        return acts(view[max(last, s.start):s.end - 1])

    def _order(self, s: Sentence, tense: Tense, found: list[Clause]) -> bool:
        """Whether a clause makes the sentence a task; `found` takes in the clauses up to that one."""
        goals = self._goal_run or self._under_goals(s.node)
        ahead: Iterable[Clause] = clauses(self._plan.view, s.start, s.end)
        topic = -1
        said = cues("tasks")
        if said.has("stands-for", self._plan.view, s.start, s.end) or said.has("meant-for", self._plan.view, s.start, s.end):
            ahead = every = list(ahead)
            topic = max((k for k, c in enumerate(every) if self._states(c)), default=-1)
            if 0 <= topic and self._plan.view.startswith("就是", every[topic].start):
                topic = len(every)       # what follows 就是 says what the word before means
        supposed = False            # a clause before supposes: only what is bound to be done then is an order
        told = follows = goes_on = False      # a clause before says what becomes of a thing; the sentence opens with a consequence
        past = 0                    # clauses that say what somebody has done
        for k, clause in enumerate(ahead):
            before = found[-_BEFORE:]
            found.append(clause)
            explained = k <= topic and not (k < topic and (clause.effort or self._bound(clause)))
            if self._of_others(clause) or cues("tasks").has("meant-for", self._plan.view, clause.start, clause.end):
                told = True
                continue
            carried = (told and not (self._called(clause) and sum(b.thing for b in before) < 2) or follows) and not clause.effort or goes_on
            carried = carried and not clause.modal
            supposed = supposed or cues("tasks").has("supposes", self._plan.view, clause.start, clause.end)
            if clause.kind == "order" and not clause.modal and not clause.effort and clause.subject is None \
                    and self._plan.view.startswith(_BINDS, clause.end + 1):
                continue            # 发布资料,必须使用…: what the rule is about
            follows_up = self._drill or cues("tasks").match("at-once", self._plan.view, clause.start, clause.end)
            if (supposed and not follows_up or self._foretold(clause, before)) and not self._bound(clause):
                continue
            if not explained and not carried and self._orders(clause, before, goals, tense):
                return True
            did = clause.kind == "other" and clause.verb is not None and not clause.thing
            past += 2 if did and tense == "open" and cues("clauses").match("we", self._plan.view, clause.start, clause.end) else did
            told = told or past > 1 or _tells(clause) and not self._plan.view.startswith("以及", clause.start)
            goes_on = goes_on or clause.kind == "order" and not self._bound(clause) and self._is_so(clause)
            follows = follows or clause.kind == "consequence" and all(c.kind == "phrase" for c in before)
        return False

    def _orders(self, c: Clause, before: list[Clause], goals: bool, tense: Tense) -> bool:
        if c.kind == "aim":
            if goals or c.thing or tense == "open":
                return False
            if c.verb and _MEASURED.match(self._plan.view, c.verb[0], c.end) and c.subject is not None:
                return False                 # 党员达到80%以上: a measure of them
            if c.verb and self._plan.view[slice(*c.verb)] in _DONE_WITH:
                before = [b for b in before if not self._labels(b)]
            by_somebody = c.subject is not None and all(b.kind == "phrase" for b in before)
            return c.effort or not before or by_somebody or c.modal and (c.subject is not None or self._bound(c))
        if c.kind != "order":
            return False
        if not c.modal and cues("tasks").has("allows", self._plan.view, c.start, c.end):
            return False
        if not self._bound(c) and self._is_so(c):
            return False
        if c.verb and c.verb[0] > c.start and cues("tasks").match("rate-is", self._plan.view, c.verb[1], c.end):
            return False       # 学生巩固率达100%: the verb is part of what is measured
        if not c.modal and cues("tasks").has("is-how", self._plan.view, c.start, c.end):
            return False
        if self._goal_run:
            return c.modal and not c.vague and not c.thing or all(b.kind == "phrase" for b in before) and _acts(c)
        if goals:
            return not c.thing and not c.vague
        return c.modal or tense == "planned" or not c.thing and c.subject is None

    def _says(self, name: str, s: Sentence) -> bool:
        words = self._plan.view[s.start:s.end]
        return cues("tasks").has(name, words, 0, len(words))

    def _bound(self, c: Clause) -> bool:
        """Whether 要, 必须, 应 stands in the clause: bound to be done, not only hoped for."""
        hit = _BOUND.search(self._plan.view, c.start, c.end)
        return hit is not None and hit.group() != "将"

    def _foretold(self, c: Clause, before: list[Clause]) -> bool:
        """Whether 将 tells what will become of the thing that the clause before names: 粮食产量,也将大幅增加."""
        view = self._plan.view
        if not before or c.subject is not None or not c.modal or cues("clauses").match("we", view, c.start, c.end):
            return False
        last = before[-1]
        time = cues("clauses").match("time", view, last.start, last.end)
        if time and time.end() == last.end:
            return False
        name = view.find("作为", last.start, last.end)      # 学生会作为…,将
        topic = last.kind == "other" and last.verb is None and not acts(view[last.start:last.end if name < 0 else name])
        hit = _BOUND.search(view, c.start, c.end)
        return topic and hit is not None and hit.group() == "将" and not cues("clauses").has("phrase-end", view, last.start, last.end)

    def _labels(self, c: Clause) -> bool:
        """Whether a clause only names what the sentence is about: 造林绿化:…."""
        return c.kind == "phrase" and self._plan.view[c.end:c.end + 1] == ":"

    def _is_so(self, c: Clause) -> bool:
        """Whether words before the verb say that something can be or goes on."""
        return c.verb is not None and cues("tasks").has("is-so", self._plan.view, c.start, c.verb[0])

    def _introduces(self, s: Sentence) -> bool:
        """Whether a sentence before the first numbered item tells why this plan is made: 为…,制定青山县防汛行动方案."""
        view, plan = self._plan.view, self._plan
        if s.node.mark is not None or not plan.kind or not view.startswith(_WHY, s.start):
            return False
        words = _TRAILING.sub("", view[s.start:s.end])
        made = cues("tasks").pattern("makes-this").search(words)
        return made is not None and words.endswith((plan.kind[-2:], "方案", "计划", "规划", "预案"))

    def _called(self, c: Clause) -> bool:
        """Whether a clause names who is to act, as an order does: 各村…."""
        if c.subject is None:
            return False
        who = self._plan.view[slice(*c.subject)]
        return who.startswith(_CALLED) and acts(who)

    def _of_others(self, c: Clause) -> bool:
        """Whether the clause tells, in a plan of a region, what those above it do: 省委大力推进试验区建设."""
        region = self._plan.region
        if c.subject is None or c.modal or not region or region == "全国":
            return False
        who = self._plan.view[slice(*c.subject)]
        return who.startswith(_ABOVE) or not region.endswith(_PROVINCES) and who.startswith(_PROVINCE)

    def _states(self, c: Clause) -> bool:
        view = self._plan.view
        if cues("tasks").has("meant-for", view, c.start, c.end):
            return True
        hit = cues("tasks").pattern("stands-for").search(view, c.start, c.end)
        if hit is None or _BOUND.search(view, c.start, hit.start()) or _QUOTED.search(view, c.start, hit.start()):
            return False
        if view[max(c.start, hit.start() - 2):hit.start()] not in _FOCUS:
            return True
        length = lexicon("do", "vague", "adverb", "modal").at(view, hit.end(), c.end)
        return not length or view[hit.end():hit.end() + length] in lexicon("noun")

    def _names(self, s: Sentence) -> bool:
        """Whether a heading only names what follows: short, and no more than a pair of clauses."""
        view, length = self._plan.view, s.end - s.start
        if _BRACKETS.fullmatch(view, s.end, s.node.end) or s.node.end - s.end < _ROLES_END and only_roles(view, s.end, s.node.end):
            return False         # nothing follows but who or when
        if self._says("norm", s):
            return False         # 每月举办一次培训
        rest_of_line = view.find("\n", s.end)
        run_in = view[s.end:rest_of_line if rest_of_line >= 0 else None].strip(" *#") != ""
        commas = view.count(",", s.start, s.end)
        if run_in:
            if view[s.end - 1] == ";" or length > _TITLE_RUN_IN:
                return False         # one of several in the same item
            return _slogan(view[s.start:s.end]) if commas else not self._among_sentences(s)
        if commas and view[s.end - 1] == "。" and not s.node.paragraphs:
            return False         # a full sentence over a list
        if view[s.end - 1] in "。;" and self._among_sentences(s):
            return False
        return length <= _TITLE_OWN_LINE and commas <= 2

    def _among_sentences(self, s: Sentence) -> bool:
        """Whether the items beside a sentence's own are full sentences with no text of theirs: then it is one too."""
        mark = s.node.mark
        if s.end - s.start < _SHORTEST_ITEM:
            return False
        siblings = [n for n in self._siblings(s.node) if n is not s.node and n.mark and mark and n.mark.style == mark.style]
        plain = [n for n in siblings if n.heading and not (n.paragraphs or n.children) and self._plan.view[n.heading[1] - 1] in "。;!"]
        return len(plain) >= _FEWEST and 2 * len(plain) >= len(siblings)

    def _siblings(self, node: Node) -> list[Node]:
        if node.parent is not None:
            return node.parent.children
        return [n for n in self._plan.nodes if n.parent is None]

    def _under_goals(self, node: Node) -> bool:
        """Whether the nearest heading that tells stands over aims, ideas or principles."""
        known = self._goal_nodes.get(id(node))
        if known is None:
            known = self._is_goal(node) if node.heading else (node.parent is not None and self._under_goals(node.parent))
            self._goal_nodes[id(node)] = known
        return known

    def _is_goal(self, node: Node) -> bool:
        view = self._plan.view
        if node.heading is not None and (node.paragraphs or node.children) and node.heading[1] - node.heading[0] <= _LONGEST_NAME:
            low, high = node.heading
            step = lexicon("adverb").at(view, low, high)
            step = step if lexicon("do", "vague", "aim", "adverb").at(view, low + step, high) else 0      # 科学技术 is no adverb
            verb = max(lexicon("do", "aim").at(view, low, high), step)
            if verb > 1 and high - low > _SHORT_NAME and view[low:low + verb] not in lexicon("noun"):
                return False         # 加强… stands over arrangements
            if not lexicon("vague").at(view, low, high):
                if cues("tasks").has("goal-heading", view, low, high):
                    return not _mixed(view[low:high])
                if cues("moods").has("planned", view, low, high):
                    return False
        return node.parent is not None and self._under_goals(node.parent)


def _slogan(words: str) -> bool:
    """A heading of short clauses: 统一领导,分级负责."""
    return all(len(part) <= _SLOGAN for part in words.rstrip("。!:").split(",")) and not any(c.isdigit() for c in words)


def _mixed(heading: str) -> bool:
    """A heading such as 目标和主要任务 stands over arrangements too."""
    return any(word in heading for word in ("任务", "措施", "政策", "安排", "工作重点", "重点工作"))


def _acts(c: Clause) -> bool:
    return not (c.vague or c.thing)


def _tells(c: Clause) -> bool:
    """Whether a clause says of a thing what becomes of it; what follows without a modal goes on about that thing."""
    return c.kind == "other" and c.thing and c.end - c.start > _TOPIC
