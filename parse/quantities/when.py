"""How often and by when: `per` of a rate, the year that a number is for, `due` of a target."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..dates.time import Time
from ..model import Found, Node, PlanText, Sentence

_PER = re.compile(
    "每(?:个)?(?P<n>[两二三四五六七八九十2-9]|十二|半)?个?(?P<u>周|星期|月|季度|季|年|天|日|小时|学年)|(?P<avg>[年月日周季])均|"
    "(?P<one>(?<![上前下头近这那同当十百二三])一[年月周](?!来|以来|级|后|前|内|中|间|度|期)|一个月|一季度(?=至少|不少于))(?=[^,。;]{0,4}(?:不少于|至少|不低于|开展|组织|举办|召开|[0-9一二两三四五六七八九]))|(?P<by>按[年月周日])"
    "|(?P<half>(?<![上下前后每])半年)(?=[\u4e00-\u9fff]{0,6}(?:[一1]次|不少于))"
)
_STEP = {"周": ("W", 1), "星期": ("W", 1), "月": ("M", 1), "季度": ("M", 3), "季": ("M", 3), "年": ("Y", 1), "天": ("D", 1), "日": ("D", 1), "学年": ("Y", 1)}
_COUNT = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def per_of(words: str) -> str | None:
    """The ISO 8601 duration of the last rate word in the words: 每周 → P1W, 年均 → P1Y, 每三个月 → P3M; None without."""
    found = list(_PER.finditer(words))
    if not found:
        return None
    last = found[-1]
    if last.group("avg"):
        return {"年": "P1Y", "月": "P1M", "日": "P1D", "周": "P1W", "季": "P3M"}[last.group("avg")]
    if last.group("one"):
        return "P1M" if "月" in last.group() else "P1W" if "周" in last.group() else "P3M" if "季" in last.group() else "P1Y"
    if last.group("half"):
        return "P6M"
    if last.group("by"):
        return {"年": "P1Y", "月": "P1M", "周": "P1W", "日": "P1D"}[last.group()[1]]
    many, unit = last.group("n"), last.group("u")
    if unit == "小时":
        return "PT1H"
    letter, step = _STEP[unit]
    if many == "半":
        return "P6M" if unit == "年" else None
    if many:
        step *= int(many) if many.isascii() else 12 if many == "十二" else _COUNT[many]
    return f"P{step}{letter}"


class Calendar:
    """The dates of one plan, for what stands near a number."""

    def __init__(self, plan: PlanText, dates: Sequence[Found[Time]]) -> None:
        self._plan, self._dates = plan, dates
        self._starts = [d.start for d in dates]

    def within(self, low: int, high: int) -> list[int]:
        """Indices of the dates that stand in `[low, high)`."""
        k = bisect_left(self._starts, low)
        out = []
        while k < len(self._dates) and self._starts[k] < high:
            out.append(k)
            k += 1
        return out

    def own_years(self, sentence: Sentence) -> list[int | None]:
        """The year of every time that the sentence speaks of, without 全年, asides in brackets and those that it only compares
        with; None for one unknown."""
        low, high = sentence.start, min(sentence.end, sentence.start + _REACH)
        hits = [self._dates[k] for k in self.within(low, high)]
        if not hits:
            return []
        view = self._plan.view
        return [year_of(self._anchored(hit)) for hit in hits if not self._is_basis(hit, low) and not view.startswith("全年", hit.start)
                and view.rfind("(", low, hit.start) <= view.rfind(")", low, hit.start)]

    def _is_basis(self, hit: Found[Time], low: int) -> bool:
        view = self._plan.view
        return _BASIS.search(view, max(low, hit.start - 3), hit.start) is not None or _BASIS_AFTER.match(view, hit.end) is not None or (
            _AS_BASE.search(view, max(low, hit.start - 2), hit.start) is not None and _AS_BASE_AFTER.match(view, hit.end) is not None)

    def past(self, sentence: Sentence) -> bool:
        """Whether the sentence speaks of a time before the plan's first year, and of none after it."""
        first = first_year(self._plan)
        edtfs = [self._dates[k].value.edtf or "" for k in self.within(sentence.start, min(sentence.end, sentence.start + _REACH))]
        years = [year for edtf in edtfs if (year := year_of(edtf.split("/")[-1])) is not None]
        return first is not None and bool(years) and max(years) < first

    def governing(self, low: int, high: int, *, background: bool = True) -> tuple[int, str] | None:
        """The last point in time said before `high`, from `low` on, that is no basis of comparison: its index and EDTF,
        anchored by the plan's year where that is known. Without `background`, five years that only name a plan, or
        whose beginning or end a year is (“十四五”规划, 实现“十四五”良好开局), are passed over."""
        low = max(low, high - _REACH)
        k = bisect_left(self._starts, high)
        while k > 0 and self._starts[k - 1] >= low:
            k -= 1
            hit = self._dates[k]
            if hit.value.type != "DATE" or hit.value.edtf is None or hit.end > high:
                continue
            if self._is_basis(hit, low):
                continue
            if not background and "/" in hit.value.edtf and self._is_background(hit):
                continue
            return k, self._anchored(hit)
        return None

    def _is_background(self, hit: Found[Time]) -> bool:
        view = self._plan.view
        means = _YEARS.search(view, hit.start, hit.end) or _YEARS_AFTER.match(view, hit.end)
        named = _FIVE_YEAR_PLAN.match(view, hit.start) is not None and not means
        return named or _ONE_OF_THEM.match(view, hit.end) is not None

    def ahead(self, sentence: Sentence, start: int) -> str | None:
        """The later year that the sentences before in the paragraph, or the headings above, speak of: 到2025年; the fifth
        year for 今后五年. None where they speak of the plan's own period or of nothing."""
        year = self._plan.year
        if year is None:
            return self._said_ahead(sentence)
        far = max(self._plan.start, sentence.start - _REACH)
        low = max(far, self._plan.view.rfind("\n", far, sentence.start) + 1)
        spans = [(low, sentence.start)]
        node: Node | None = sentence.node
        while node is not None:
            if node.heading is not None:
                spans.append(node.heading)
            node = node.parent
        for low, high in spans:
            found = self.governing(low, min(high, start), background=False)
            said = year_of(found[1]) if found else None
            if found and said is not None:
                return found[1] if said > year else None
            if _FIVE_YEARS.search(self._plan.view, low, min(high, start)):
                return str(year + 4)
        return None

    def five_years(self, low: int, high: int) -> str | None:
        """The fifth year, where 今后五年 is said between `low` and `high`."""
        found = _FIVE_YEARS.search(self._plan.view, low, high)
        return str(self._plan.year + 4) if found and self._plan.year is not None else None

    def _said_ahead(self, sentence: Sentence) -> str | None:
        """The year that the sentences before in the paragraph set as a mark (到2025年, 2025年底前), where the plan has none."""
        view, high = self._plan.view, sentence.start
        far = max(self._plan.start, high - _REACH)
        low = max(far, view.rfind("\n", far, high) + 1)
        chain = max(low, view.rfind("。", far, high) + 1)
        if high - 1 > chain and view.rfind(";", max(chain, high - 2), high) >= 0:      # 2004年的目标是:…;…
            said = self.governing(chain, high, background=False)
            if said is not None and year_of(said[1]) is not None:
                return said[1]
        found = self.governing(low, high, background=False) if low < high else None
        if found is None or year_of(found[1]) is None:
            return None
        hit = self._dates[found[0]]
        return found[1] if _UNTIL.search(view, max(low, hit.start - 2), hit.start) or _UNTIL_AFTER.match(view, hit.end) else None

    def _anchored(self, hit: Found[Time]) -> str:
        """The date's last point; a relative or bare one in the plan's year, where that is known."""
        edtf = hit.value.edtf or ""
        edtf = edtf.split("/")[-1] or edtf
        if not edtf.startswith("XXXX") or self._plan.year is None:
            return edtf
        return f"{self._plan.year + (hit.value.offset or 0)}{edtf[4:]}"


_REACH = 600              # as far back as a date is taken to govern a number; keeps a text of one line linear
_FIVE_YEARS = re.compile("(?:今后|未来|下一?个?)五年")
_FIVE_YEAR_PLAN = re.compile("[“\"『「]?十?[一二三四五六七八九]五")
_YEARS = re.compile("期间|时期|末")
_YEARS_AFTER = re.compile("[”\"』」]?(?:期间|时期|期?末|[,:、])")
_ONE_OF_THEM = re.compile("[^。;!?\n]{0,24}?(?:开局|起步|开篇|收官|第[一二三四]年|首年|之年)")
_AS_BASE = re.compile("以[“\"]?$")       # 以2017年面积为基数
_AS_BASE_AFTER = re.compile("[^,。;]{0,20}为基[数值准期点]")
_BASIS_AFTER = re.compile("的?(?:基础|水平|同期|相比|实绩|基数|平均|(?:不变|可比|现行)?价(?:格|计算)?(?![值位差]))")
_UNTIL = re.compile("[到至] ?$")
_UNTIL_AFTER = re.compile("年?[底末]?前|[底末]")
_BASIS = re.compile("(?:按照?|[比较与同占是由从自为]|[低高快好优多少大小强]于|超过) ?[“\"]?$")


def year_of(edtf: str | None) -> int | None:
    """The year of an EDTF date, None where it is masked."""
    return int(edtf[:4]) if edtf and edtf[:4].isdigit() else None


def first_year(plan: PlanText) -> int | None:
    """The first year that the plan is for: what lies before it has been reached, None where the plan does not say."""
    return plan.year or year_of(plan.period)
