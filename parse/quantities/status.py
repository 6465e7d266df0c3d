"""Whether a quantity is a target or has been reached: the sentence's tense, and what its own clause says otherwise."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ...schema.plan import Status
from ..model import Node, PlanText, Sentence
from ..tense import heading_mood
from .when import Calendar, first_year

_REACHED = re.compile(
    "现有|现已|现在|目前|已(?!成为)|截至|截止|迄今|至今|去年|上年度|(?<![比较])上年(?!同期|增|度)|了(?!解)(?<!为了)|共有|累计(?!完成投资额)"
    "|实有|创历史|新高|比上年|比去年|同比|较上年|较去年"
)
_WANTED = re.compile(
    "力争|争取(?!到)|确保|务必|必须|(?<![重主需纲只])要(?!求|素)|将(?!军)|计划(?:在|投资|新建|完成|安排|到|用|于|实施|建设|总投资)|拟"
    "|目标[为是]|任务[为是]|预期|预计到|预计可|(?:建成|投产|达产|完成|实施)后|[到至]20[0-9]{2}年|努力|力求|应|规划|打算"
    "|可(?:新增|实现|达|形成|带动|安置)"
)
_AS_OF = re.compile("截[至止]|止(?<![禁防制停终为至不]止)[12][0-9X]{3}年")     # what follows in the paragraph is the state on that day
# What overrules a section or sentence of the other kind.
_STRONG = re.compile(
    "现有|现已|目前|已(?!成为)|截至|截止|迄今|至今|(?:我|全)[省市区县镇乡村校院局][仍还尚现]?有(?![望序效力])|[省市区县镇乡村校院境]内现?有(?![望序效力])"
    "|(?:全|本|我)[省市区县镇乡村社]区?总(?:面积|人口|户数)|(?<!直)(?:现|下|所)辖"
    "|(?<![比较与同于由从])去年(?!同期|水平|的?基础|的?(?:预算|决算|计划))|(?<![比较与同于由从])上年(?!同期|度|水平|的?基础|的?(?:预算|决算|计划))"
    "|[成立设建造做办获得有制定完]了|了(?=[0-9])"
)
_PROMISED = re.compile(
    "力争|争取(?!到)|确保|务必|将(?<!即将)(?!军|[\u4e00-\u9fff]{1,8}(?:纳入|列为|作为|由|从))|计划(?:投资|总投资|在|到|新建)|拟(?!定)"
    "|目标[为是]|任务[为是]|预期|要(?:达到|完成|实现|确保|力争|控制|建成|突破|超过|保持)|(?:建成|投产|达产|建成投产|投用|竣工)后"
)
_GOALS = re.compile("(?:预期|主要|奋斗|调控)[^。;!?\n,:]{0,14}?目标(?!任务)[^。;!?\n:,]{0,14}?(?:[是为:]|如下)")
# A heading that names goals and nothing else; one sentence long, it is no heading but what is said (碳达峰目标如期实现。).
_AIMS = re.compile("^[^。;!?,:]{0,16}(?:目标|指标)(?:任务|要求|体系|和任务|与任务|值)?(?:\\([^()]{0,24}\\))?$")
_BACKGROUND = re.compile("^[^。;!?,:]{0,14}(?:背景|现状|回顾|成就|成绩|形势|发展基础|发展环境|存在问题|工作情况|基本情况)$")
_AIMS_MET = re.compile("完成|实现|达成|情况|进展|回顾|对照|距离|存在|分析|责任|管理|考核")
_GOALS_MET = re.compile("完成|超额|实现了|达到|较好|圆满")
_GOALS_REACH = 600       # characters of a sentence that goals are stated over
PAST = "the year it speaks of is past"
ALREADY = "its clause says that it is so already"
UNASKED = "nothing asks for it"
ARRANGED = "the sentence arranges what is to be done"
ARRANGED_BEFORE = "the sentences before it arrange what is to be done"
_NEW_AIM = re.compile("达到?|前|增至|增加|提高|底|新增|新建|再|建成|完成")
_REPORT = re.compile("报告|总结")
_SUMMARY = re.compile("总结$|述职")      # a kind that tells of nothing but what was done
_TELLS = re.compile("(?:现将|现就|现把)[^。;]{0,40}(?:情况|工作|总结)[^。;]{0,8}(?:报告|汇报|通报|总结)如下")      # what follows tells of work done
_PLANS = re.compile("计划|打算|安排|思路|下一步|明年|下半年|今后|[12][0-9]{3}年")
_FIRST_HALF = re.compile("(?:上|前)半年|[一二1-2]季度|(?<![0-9])[1一](?:月份?)?(?:-|至|到)[2-6二三四五六]月")
_BULLET = re.compile("[●○■□◆◇★▲►]|[-—]{2}")
_DASH = re.compile("[-—●·■◆]{1,4} ?$")


def leanings(plan: PlanText, tense: Sequence[str], calendar: Calendar) -> list[str]:
    """The tense of every sentence; an open one is marked with that of the sentence before it in its section. Also open is
    one that looks past and has no word of it: in a plan that reports nothing (where 显著提高 is an aim), or in a list of
    aims parted by semicolons, where only a year of comparison lies behind."""
    report = _REPORT.search(plan.kind or plan.title or "") is not None
    start = "done" if _SUMMARY.search(plan.kind or "") else "" if report else "planned"
    sections = _Sections(plan)
    told = _Told(plan, calendar, sections)
    out: list[str] = []
    node, last, as_of = None, start, False
    for k, (sentence, own) in enumerate(zip(plan.sentences, tense, strict=True)):
        if sentence.node is not node:
            node, last = sentence.node, start
        promised = _PROMISED.search(plan.view, sentence.start, sentence.end) is not None
        as_of = _AS_OF.search(plan.view, sentence.start, sentence.end) is not None or (as_of and not sentence.first and not promised)
        verdict = told.of(k, own, promised)
        own, last = ("open", "done") if verdict == "told" else (verdict or own, last)
        if as_of and not promised:
            own = "done"
        elif own == "done" and not _REACHED.search(plan.view, sentence.start, sentence.end):
            aims = sections.aims(sentence.node) and not calendar.past(sentence)
            after_aim = last == "planned" and k > 0 and plan.view[plan.sentences[k - 1].end - 1] == ";"
            past = last == "done" and not sentence.first or calendar.past(sentence)
            if after_aim or promised or aims or (not report and not past and not told.telling and not sections.reviews(sentence.node)):
                own = "open"
                last = "planned" if promised or aims else last
        last = own if own != "open" else last
        out.append(own if own != "open" else f"open {last}".strip())
    return out


class _Told:
    """What looks back: the account of a past year, which goes on in its paragraph, over semicolons and down a list, that of the
    first half in a plan for the second, and what follows 现将…情况汇报如下. Asked for every sentence in order."""

    def __init__(self, plan: PlanText, calendar: Calendar, sections: _Sections) -> None:
        self._plan, self._calendar, self._sections = plan, calendar, sections
        self._year = first_year(plan)
        self._second_half = (plan.period or "").endswith("-41")
        self._back = self.telling = False

    def of(self, k: int, own: str, promised: bool) -> str:
        """`done` or `told` where the k-th sentence looks back, else an empty string; `own` is its own tense."""
        plan, sentence = self._plan, self._plan.sentences[k]
        view, span = plan.view, (sentence.start, sentence.end)
        before, self._back = self._back, False
        self.telling = self._tells(sentence)
        years = self._calendar.own_years(sentence)
        if promised or not (years or before or self.telling or self._second_half) or _WANTED.search(view, *span):
            return ""
        past = self._year is not None and bool(years) and all(y is not None and y < self._year for y in years)
        past = past or (self._second_half and _FIRST_HALF.search(view, *span) is not None)
        same = k > 0 and view.find("\n", plan.sentences[k - 1].end, sentence.start) < 0
        joined = same or _is_listed(plan, sentence)
        self._back = past or (before and not years and joined)
        if self._back and before and joined and own != "done":
            return "done" if same and not past and view[plan.sentences[k - 1].end - 1] == ";" else "told"
        if past and (own == "open" or self._second_half) or self.telling and own != "done":
            return "told"
        return ""

    def _tells(self, sentence: Sentence) -> bool:
        view, span = self._plan.view, (sentence.start, sentence.end)
        if view.find("如下", *span) >= 0 and _TELLS.search(view, *span):
            return True
        return self.telling and not self._sections.plans(sentence.node) and _PLANS.search(view, *span) is None


def _is_listed(plan: PlanText, sentence: Sentence) -> bool:
    """Whether the sentence opens a line of a list: ——全年…"""
    return _BULLET.match(plan.view, sentence.start) is not None or _DASH.search(
        plan.view, max(plan.start, sentence.start - 4), sentence.start) is not None


class _Sections:
    """Which sections stand under a heading that announces a review, and which under one that announces aims."""

    def __init__(self, plan: PlanText) -> None:
        self._plan, self._known = plan, dict[tuple[str, int], bool]()

    def reviews(self, node: Node) -> bool:
        """Whether this section's heading, or one above it, says that it reviews."""
        return self._under("reviews", node, lambda words: heading_mood(words, self._plan.year) < 0)

    def plans(self, node: Node) -> bool:
        """Whether this section's heading, or one above it, announces arrangements."""
        return self._under("plans", node, lambda words: heading_mood(words, self._plan.year) > 0)

    def aims(self, node: Node) -> bool:
        """Whether this section's heading, or one above it, says that it sets goals; under it, 取得新进展 is one of them."""
        if self._own(node, lambda words: _BACKGROUND.search(words) is not None):      # the nearer heading wins
            return False
        return self._under("aims", node, lambda words: _AIMS.search(words) is not None and _AIMS_MET.search(words) is None)

    def _own(self, node: Node, says: Callable[[str], bool]) -> bool:
        return node.heading is not None and says(self._plan.view[slice(*node.heading)].rstrip("。;: "))

    def _under(self, what: str, node: Node, says: Callable[[str], bool]) -> bool:
        key = what, id(node)
        if key not in self._known:
            again = {"aims": self.aims, "plans": self.plans}.get(what, self.reviews)
            self._known[key] = self._own(node, says) or (node.parent is not None and again(node.parent))
        return self._known[key]


def status_of(
    plan: PlanText, tense: str, low: int, start: int, end: int, year: int | None, recurs: bool = False,
) -> tuple[Status, str]:
    """Target or actual for a number at `[start, end)` whose clause begins at `low`. `tense` is the sentence's leaning,
    `year` the year its own clause speaks of, `recurs` whether it is a rate. The reason comes with it."""
    view = plan.view
    own = view[low:end + 2]
    first = first_year(plan)
    if year is not None and first is not None and year != first:
        if year > first and not _STRONG.search(own):
            return "target", "the year it is for lies ahead"
        if year < first and not _PROMISED.search(own):
            return "actual", PAST
    if tense != "planned" and _states_goals(view, low) and not _STRONG.search(own):
        return "target", "the sentence states goals"
    if tense == "planned":
        if _STRONG.search(own):
            return "actual", ALREADY
        return "target", ARRANGED
    if tense == "done":
        if _PROMISED.search(own) and not _REACHED.search(own):
            return "target", "its clause promises it"
        if recurs and not _REACHED.search(own) and not _REPORT.search(plan.kind or plan.title or ""):
            return "target", "it is to recur"
        return "actual", "the sentence reports what has been done"
    wanted, reached = _WANTED.search(own), _REACHED.search(own)
    if wanted and not reached:
        return "target", "its clause asks for it"
    if tense == "open planned" and not _STRONG.search(own):
        return "target", ARRANGED_BEFORE
    return "actual", UNASKED


def _states_goals(view: str, at: int) -> bool:
    """Whether the sentence before `at` announces goals (主要预期目标是: …), other than as reached."""
    far = max(0, at - _GOALS_REACH)
    start = max(view.rfind("。", far, at), view.rfind("\n", far, at), far)
    found = _GOALS.search(view, start, at)
    return found is not None and not _GOALS_MET.search(view, max(start, found.start() - 20), found.start())


def goes_on(plan: PlanText, before: str, own: str, since: int, low: int, end: int) -> bool:
    """Whether a number whose neighbour is so already goes on in the same breath: 现有班级36个，学生1568人. `before` and `own`
    are the reasons for the status of the two, `since` is where the neighbour ends."""
    if before == PAST and re.search("[,;:]", plan.view[since:end]) is None:      # 2019年已建的8个村、3个镇
        before = ALREADY
    return before in (ALREADY, UNASKED) and own in (ARRANGED, ARRANGED_BEFORE) and not (
        _WANTED.search(plan.view, low, end) or _NEW_AIM.search(plan.view, low, end))
