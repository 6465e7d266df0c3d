"""Which numbers are no quantities: ordinals, names, slogans, dates, damaged digits, counts that only announce a list."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model import Found, PlanText
from .spot import Token
from .words import checked_rows, word_list

_QUOTED = re.compile("《[^《》\n]{1,80}》|“[^“”\n]{1,24}”")
# A noun before the number and nothing after it counts, if something is got or made: 购置彩电一台、.
_GOT = re.compile("(?:购置|添置|新建|修建|兴建|建成|安装|配备|举办|召开|引进|改造|增设|设立)[^,。;:!?0-9]{1,12}$")
_RECURS = re.compile("(?:每(?!一)|(?<![上下前后])半年|(?<!第)一[个]?(?:季度|学期))[^,。;:!?\n]{1,20}$")
_CLAUSE_END = re.compile("[,。;、)]|$")
_SPOKEN = 12              # up to a dozen, a Chinese numeral with 个 or 项 is as often a manner of speech as a count
_NOUN = re.compile("[\u4e00-\u9fff]*")
_ABSTRACT_WITHIN = 8      # how far after a counting word the noun may end that makes it mere speech
# What is written of measured time, and of indices that have no unit; looked for shortly before the number.
_MEASURED_TIME = re.compile(
    "(?:时限|时间|期限|周期|寿命|年限|工期|天数|时长|日数|学制|压缩|缩短|压减|减少|不超过|不少于|提速|超期|平均)[^,。;:]{0,10}$"
    "|每[年月季周学半两三][^,。;:]{0,16}(?:至少|不低于|最少|累计|不得少于)$|(?:累计|合计|总计)(?:不少于|至少|达到?)?$")
_MEASURED_YEARS = re.compile("(?:寿命|年限|学制|期限|周期|平均)[^,。;:]{0,10}$")
_INDEX = re.compile("(?:系数|指数|性别比|PMI|CPI|PPI|比值|得分|评分|满意度|分数|成绩|总分|考核|浓度|景气)[^,。;:0-9]{0,8}$"
    "|[千万]人口?[^,。;:0-9]{1,12}数(?:为|达到?|提高到)?$")
# A rate that counts deaths or cases for so many people has no unit: 十万人口火灾死亡率低于0.19.
_RATE = re.compile("(?:死亡|发生|伤亡|受伤|发案|事故|发病|患病|生育)率(?:控制|保持|稳定|下降|降低|降)?(?:在|为|到|至)?$")
# None of what is counted, without a unit: 差错率为0.
_NONE = re.compile("(?:率|数|量|事故|案件?|事件|伤亡|死亡|投诉|上访|发生|感染|差错|缺陷|占比|比例|比重)(?:为|是|达到?|到|至|保持在?|控制在|等于|=)? ?$"
                   "|[\u4e00-\u9fff]{2}(?:控制为|保持为|降为|降至|降到|控制在|保持在|均为|都为|为) ?$")
_NONE_AFTER = re.compile(r" ?(?:[,。;、)(\]\n]|的|$)")
_MEETING = re.compile("代表(?:大会|会|团)")
_DEADLINE = re.compile("内|之内|后|以后|前|以前|来|以来|间|期间|中")


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    after: bool
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    units: frozenset[str]
    small: bool
    digits: bool
    only_one: bool
    many: bool


@cache
def _rows() -> tuple[_Row, ...]:
    out = []
    for row in checked_rows("not_quantities", "refusal", ("id", "side", "pattern", "yes")):
        after = row["side"] == "after"
        pattern = re.compile(row["pattern"] if after else f"(?:{row['pattern']})$")
        out.append(_Row(row["id"], after, pattern, frozenset(row.get("kinds", ())), frozenset(row.get("units", ())),
                        row.get("small", False), row.get("digits", False), row.get("only_one", False), row.get("many", False)))
    return tuple(out)


@cache
def _rows_for(kind: str, small: bool, digits: bool, one: bool) -> tuple[_Row, ...]:
    """The rows that can apply to a number of that kind."""
    return tuple(
        row for row in _rows()
        if (small or not row.small) and (digits or not row.digits) and (one or not row.only_one) and not (one and row.many) and (not row.kinds or kind in row.kinds)
    )


class Refusals:
    """What in one plan is not to be read as a quantity: dates, references, titles, quoted names, damaged stretches."""

    def __init__(self, plan: PlanText, dates: Sequence[Found[Any]], references: Sequence[Found[Any]]) -> None:
        self._view, self._end = plan.view, plan.end
        spans = [(d.start, d.end) for d in dates if getattr(d.value, "type", "DATE") != "DURATION"]
        spans += [(r.start, r.end) for r in references]
        spans += list(plan.damaged)
        spans += [m.span() for m in _QUOTED.finditer(plan.view, plan.start, plan.end)]
        self._spans = sorted(spans)
        self._starts = [s for s, _ in self._spans]
        self._reach: list[int] = []
        for _, end in self._spans:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def reason(self, token: Token) -> str | None:
        """Why the token is no quantity, or None."""
        if self.covers(token.low, token.high):
            return "inside a date, title, reference, quotation or damaged stretch"
        if token.unit.kind == "plain" and token.value == 0 and _NONE.search(self._view, max(0, token.low - 20), token.low) and _NONE_AFTER.match(
                self._view, token.end):
            return None
        if token.unit.kind == "plain" and token.value % 1 and _RATE.search(self._view, max(0, token.start - 24), token.start):
            return None
        if token.unit.kind == "plain" and not _INDEX.search(self._view, max(0, token.start - 20), token.start):
            return "a number without a unit"
        small = not token.digits and token.value < 100 and token.unit.kind not in ("share", "money", "time")
        for row in _rows_for(token.unit.kind, small, token.digits, token.value == 1):
            if (not row.units or token.unit_text in row.units) and self._matches(row, token):
                return row.id
        return self._time(token) or (self._speech(token) if small else None)

    def _matches(self, row: _Row, token: Token) -> bool:
        if row.after:
            return row.pattern.match(self._view, token.end, min(self._end, token.end + 24)) is not None
        return row.pattern.search(self._view, max(0, token.low - 6), token.low) is not None

    def covers(self, start: int, end: int) -> bool:
        """Whether `[start, end)` shares text with a date, title, reference, quotation or damaged stretch."""
        k = bisect_left(self._starts, end)
        return k > 0 and self._reach[k - 1] > start and any(
            s < end and e > start for s, e in self._spans[bisect_right(self._reach, start):k])

    def _time(self, token: Token) -> str | None:
        """Days, months and years are measured only where the words before say so, and never as a deadline."""
        if token.unit.kind == "score":
            return None if _INDEX.search(self._view, max(0, token.start - 20), token.start) else "no index or score before it"
        if token.unit.kind != "span":
            return None
        if _DEADLINE.match(self._view, token.end):
            return "a deadline"
        measured = _MEASURED_YEARS if token.unit_text == "年" else _MEASURED_TIME
        return None if measured.search(self._view, max(0, token.low - 20), token.low) else "a time, not a measure"

    def _speech(self, token: Token) -> str | None:
        """A small Chinese numeral counts concrete things; with 个, 项, 次 … only after a verb of doing."""
        kind, view = token.unit.kind, self._view
        if kind in ("count", "people") and token.value > 1:
            return None
        if kind == "measure" and (token.op != "eq" or len(token.unit_text) > 1 or token.value > 10):
            return None
        if kind == "scaled":
            return "a number without a unit"
        if kind == "event" and _RECURS.search(view, max(0, token.start - 24), token.start):
            return None
        if token.op in ("ge", "le") or _act(view, token.start) or (
                _GOT.search(view, max(0, token.start - 16), token.start) and _CLAUSE_END.match(view, token.end)):
            return self._abstract_noun(token)
        if kind == "vague" and token.value > 1 and word_list("act", "concrete").at(view, token.end, min(self._end, token.end + 6)):
            return None
        if token.value > _SPOKEN and not self._view.startswith("大", token.end):
            return self._abstract_noun(token)
        return "a small number of speech"

    def _abstract_noun(self, token: Token) -> str | None:
        noun = _NOUN.match(self._view, token.end, token.end + _ABSTRACT_WITHIN)
        words = _MEETING.sub("", noun.group()) if noun else ""
        return "speech" if any(w in words for w in _abstract()) else None


@cache
def _abstract() -> tuple[str, ...]:
    return tuple(word_list("act", "abstract"))


def _act(view: str, at: int) -> bool:
    """Whether a verb of doing (with 了, 过, 好) or 每月 stands right before `at`."""
    if at and view[at - 1] in "了过好成起":
        at -= 1
    return word_list("act", "verbs").before(view, at, max(0, at - 6)) is not None
