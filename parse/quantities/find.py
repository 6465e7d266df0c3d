"""Every quantity of a plan: spot the numbers, refuse what is none, pair, name, and place each in its context."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

from ...schema.plan import Op
from ..dates.time import Time
from ..model import Found, PlanText, Sentence
from ..tense import tenses
from .amount import Amount
from .change import change_of, change_of_name
from .concept import concept_of
from .headline import mark_headlines
from .implied import implied
from .indicator import Name, Namer
from .nouns import Nouns
from .pairs import Reading, join_ranges, share_comparators, with_baselines
from .phrases import Trimmer
from .refuse import Refusals
from .spot import Token, plain, spot
from .status import goes_on, leanings, status_of
from .table import Rows
from .when import Calendar, first_year, per_of, year_of

_MODALITY = re.compile("确保|力争|争取(?!到)|努力|务必|必须|预期(?!寿命)|约束性|预计|计划(?=[新完投引用达建在])|严格控制|力求|务求|原则上")


_RATE_BEFORE = re.compile("(?:率|比例|比重|占比|分)(?:[\u4e00-\u9fff]{1,6}的|达到?|在|为)?$")
_OF_SORT = re.compile("的(?:各?[省市州县区镇乡村户]|班级?|年级|单位|学校|企业|地区|部门|机构|街道|社区|科室|班组|个人|人员|教师|学生|干部|考生|学员|教职工|品种|店)")
_MISHAP = re.compile(r"的?(?:[\u4e00-\u9fff]{0,8}|\([^()]{1,12}\))(?:事故|火灾|案件|上访|伤亡事件|灾害|停电|中断)")
_AS_STANDARD = re.compile(r"(?:\([^()]{1,16}\))?的(?:标准|条件|[^,。;]{1,6}标准)")
# What a bracket says of the things named before it: 企业(年用水量1万立方米及以上).
_IN_BRACKET = re.compile(r"\((?:[\u4e00-\u9fff]{2,12})$")
_BRACKET_ENDS = re.compile(r"(?:的[\u4e00-\u9fff]{1,6})?\)(?=[\u4e00-\u9fff])")
_SETTLEMENT = re.compile("的?[\u4e00-\u9fff]{0,6}?(?:自然村|村组|村庄|村寨|村民小组|居民点|聚居[点区]|安置[点区]|自然屯|规模企业)(?![0-9]|达到?[0-9])")
_SORTED = re.compile("的(?!资金|经费|投资|资产)[\u4e00-\u9fff]{0,10}(?<![建造设修])")
_BY_SIZE = re.compile("(?:总|计划总?|年|固定资产)?(?:投资|产值|销售收入|主营业务收入|营业收入|税收|纳税|利税|注册资本)额?")
# Another place's figure beside the own one, or what is striven for: 增长11%(全国10.7%、全省10.1%), 增长8%、力争9%.
_ELSEWHERE = re.compile("[(、,](?:(?:全[国省市州县]|[省市]均)(?:平均)?|并?(?:力争|争取)(?:达到?|实现)?)")
_PER_LABEL = re.compile("每[^,。;:\n]{1,8}: ?$")
_HAN = "\u4e00"


def find_quantities(plan: PlanText, dates: Sequence[Found[Time]], references: Sequence[Found[Any]]) -> list[Amount]:
    """The quantities of a plan in order of the text. Needs `plan.sentences`; uses the plan's year and period if known."""
    found = _Finder(plan, dates, references).amounts()
    mark_headlines(plan, found)
    return found


class _Finder:
    def __init__(self, plan: PlanText, dates: Sequence[Found[Time]], references: Sequence[Found[Any]]) -> None:
        self._plan, self._view = plan, plan.view
        self._calendar = Calendar(plan, dates)
        self._refusals = Refusals(plan, dates, references)
        self._nouns = Nouns(plan.view, Trimmer(plan.view, [(d.start, d.end) for d in dates]))
        self._namer = Namer(plan, self._nouns)
        self._rows = Rows(plan)
        self._tenses = leanings(plan, tenses(plan), self._calendar)

    def amounts(self) -> list[Amount]:
        out: list[Amount] = []
        for index, sentence, tokens in self._by_sentence():
            readings = with_baselines(self._kept(tokens), self._view, self._plan.text)
            if sentence.row is not None and self._rows.is_data(sentence):
                out += self._rows.amounts(sentence, index, readings)
            elif readings:
                out += self._sentence(index, sentence, readings)
        out += implied(self._plan, self._tenses, self._refusals, self._nouns)
        out.sort(key=lambda a: (a.start, a.end))
        return out

    def _by_sentence(self) -> Iterator[tuple[int, Sentence, list[Token]]]:
        """Every sentence with its numbers; numbers outside all sentences (section marks) fall away."""
        tokens = list(spot(self._view, self._plan.text, self._plan.start, self._plan.end))
        k = 0
        for index, sentence in enumerate(self._plan.sentences):
            while k < len(tokens) and tokens[k].low < sentence.start:
                k += 1
            first = k
            while k < len(tokens) and tokens[k].high <= sentence.end:
                k += 1
            if k > first:
                mine = tokens[first:k]
                for token in mine:
                    token.start, token.end = max(token.start, sentence.start), min(token.end, sentence.end)
                yield index, sentence, mine

    def _kept(self, tokens: list[Token]) -> list[Token]:
        joined = join_ranges(tokens, self._view)
        share_comparators(joined, self._view)
        kept = [t for t in joined if (t.unit.kind == "plain" and not self._refusals.covers(t.low, t.high)) or self._refusals.reason(t) is None]
        kept = self._without_thresholds(kept)
        # A bare number may be the level that the next one starts from (由3.2提高到5.1亿元); else it needs an index before it.
        return [t for k, t in enumerate(kept) if t.unit.kind != "plain" or self._leads(kept, k) or self._refusals.reason(t) is None
                or self._follows(kept, k)]

    def _follows(self, tokens: list[Token], k: int) -> bool:
        """Whether an index rises to this number from the one before (系数由0.50提高到0.52)."""
        if not k or tokens[k - 1].unit.kind != "plain" or self._refusals.reason(tokens[k - 1]) is not None:
            return False
        return len(with_baselines(tokens[k - 1:k + 1], self._view, self._plan.text)) == 1

    def _without_thresholds(self, tokens: list[Token]) -> list[Token]:
        """The tokens that are no mere thresholds; 至少 before one is meant for the count (至少引进1亿元以上的项目2个)."""
        out: list[Token] = []
        meant = False
        for k, token in enumerate(tokens):
            if self._is_threshold(tokens, k):
                meant = token.verb > 0
                continue
            if meant and token.op == "eq":
                token.op = "ge"
            meant = False
            out.append(token)
        return out

    def _leads(self, tokens: list[Token], k: int) -> bool:
        if k + 1 >= len(tokens) or not tokens[k].digits or tokens[k + 1].unit.kind == "plain":
            return False
        pair = with_baselines(tokens[k:k + 2], self._view, self._plan.text)
        return len(pair) == 1

    def _is_threshold(self, tokens: list[Token], k: int) -> bool:
        """亿元以上 in 1000个5亿元以上项目 and 投资5亿元以上项目57个 only says what is counted."""
        token = tokens[k]
        if token.op in ("ge", "le", "gt", "lt") and self._sorts(token) or self._in_bracket(token):
            return True
        if token.op not in ("ge", "le", "gt", "lt") or token.unit.kind not in ("money", "measure", "people", "count"):
            return False
        if not "\u4e00" <= self._view[token.end:token.end + 1] <= "\u9fff" or self._view[token.end] in "和及":
            return False
        if self._view[token.end] == "的":
            return token.unit.kind == "money" and k + 1 < len(tokens) and tokens[k + 1].unit.kind in ("vague", "count", "event") and (
                _SORTED.fullmatch(self._view, token.end, tokens[k + 1].start) is not None)
        if k and (tokens[k - 1].end == token.start or _BY_SIZE.fullmatch(self._view, tokens[k - 1].end, token.start)) and tokens[k - 1].unit.kind in ("count", "vague", "people"):
            return True
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        return token.unit.kind != "count" and after is not None and after.start - token.end <= 12 and after.unit.kind in ("count", "vague", "people") and (
            re.search("[,。;、:]", self._view[token.end:after.start]) is None)

    def _in_bracket(self, token: Token) -> bool:
        """Whether a bracket tells by the number, open to one side or a range, which of the things before it are meant."""
        if token.op not in ("ge", "le", "gt", "lt", "range") or _BRACKET_ENDS.match(self._view, token.end) is None:
            return False
        return _IN_BRACKET.search(self._view, max(0, token.start - 16), token.start) is not None

    def _sorts(self, token: Token) -> bool:
        """Whether the number only tells one sort of things from others: 流失率超过5%的班级, 死亡3人以上的事故, 30户以上的村组."""
        if token.unit.kind == "share":
            return _OF_SORT.match(self._view, token.end) is not None and _RATE_BEFORE.search(self._view, max(0, token.start - 12), token.start) is not None
        if token.unit_text in ("户", "人") and _SETTLEMENT.match(self._view, token.end):
            return True
        if token.op == "lt" and token.unit.kind == "money" and _AS_STANDARD.match(self._view, token.end):      # 按收入低于4000元的标准
            return True
        return token.unit.kind in ("people", "time", "money") and _MISHAP.match(self._view, token.end) is not None

    def _sentence(self, index: int, sentence: Sentence, readings: list[Reading]) -> list[Amount]:
        names = self._namer.names(sentence, readings)
        out: list[Amount] = []
        for k, (reading, name) in enumerate(zip(readings, names, strict=True)):
            low = name.low
            in_series = k > 0 and names[k - 1].low == low
            amount = self._amount(index, sentence, reading, name, out[-1] if in_series else None)
            if out and amount.change is None and amount.unit == out[-1].unit and _ELSEWHERE.fullmatch(self._view, out[-1].end, amount.start):
                amount.change = out[-1].change
            if out and goes_on(self._plan, _reason(out[-1]), _reason(amount), out[-1].end, low, amount.end):
                amount.status, amount.due, amount.modality = "actual", None, None
                amount.why = (*amount.why[:-1], out[-1].why[-1])
            out.append(amount)
        return out

    def _amount(self, index: int, sentence: Sentence, reading: Reading, name: Name, before: Amount | None) -> Amount:
        token, low = reading.token, min(name.low, reading.token.start)
        change, value, verb = change_of(self._view, token, low)
        if change is None and name.how.startswith("分别"):
            change = change_of_name(name.text)
        if before is not None and change is None and change_of_name(before.indicator or "") is None:
            change = before.change
        if reading.baseline is not None and change == "multiply":
            change = None
        unit = "倍" if token.unit_text == "番" else token.unit_text
        when = self._calendar.governing(sentence.start, token.start)
        own = self._calendar.governing(low, token.start)
        per = per_of(self._view[low:token.high]) or (before.per if before else None) or self._per_label(sentence, low)
        status, reason = status_of(self._plan, self._tenses[index], low, token.start, token.end,
                                   self._year_for(own, when, self._tenses[index]), recurs=per is not None and change is None)
        dates = self._calendar.within(low, token.end)
        high = token.value_high if token.value_high is None else plain(token.value_high)
        amount = Amount(
            start=token.start, end=token.end, rule=_rule(token, change), op=cast(Op, token.op), value=plain(value), value_high=high,
            unit=unit, unit_code=self._code(token), change=change, baseline=reading.baseline, per=per, status=status,
            node=sentence.node, sentence=index, indicator=self._text(name, sentence), indicator_span=name.span,
        )
        if status == "target":
            amount.due = self._due(when, sentence, token)
            amount.modality = self._modality(sentence, token)
            dates = sorted({*dates, *([when[0]] if when and amount.due else [])})
        amount.dates = tuple(dates)
        amount.concept = concept_of(amount, self._view[slice(*name.span)] if name.span else name.text)
        amount.why = tuple(filter(None, (
            f"op {token.op}: {token.words}" if token.words else "", f"change {change}: {verb}" if change else "",
            f"indicator: {name.how}" if name.text else "", f"{status}: {reason}",
        )))
        return amount

    def _per_label(self, sentence: Sentence, low: int) -> str | None:
        """The rate that a label before the words gives (每季度末:召开一次)."""
        label = _PER_LABEL.search(self._view, max(sentence.start, low - 16), low)
        return per_of(label.group()) if label else None

    def _code(self, token: Token) -> str | None:
        """The unit's code; 元 after 新台币 is another money."""
        taiwan = token.unit.code == "CNY" and self._view.endswith("新台币", 0, token.start)
        return "TWD" if taiwan else token.unit.code

    def _text(self, name: Name, sentence: Sentence) -> str | None:
        return self._plan.text[slice(*name.span)] if name.span else self._own_script(name.text, sentence) or None

    def _own_script(self, words: str, sentence: Sentence) -> str:
        """Words put together from the view, in the script that their sentence is written in."""
        span = slice(sentence.start, sentence.end)
        if self._view[span] == self._plan.text[span]:
            return words
        own = {v: t for v, t in zip(self._view[span], self._plan.text[span], strict=True) if v != t and v > _HAN}
        return "".join(own.get(c, c) for c in words)

    def _due(self, when: tuple[int, str] | None, sentence: Sentence, token: Token) -> str | None:
        """By when: the date that governs it if it is not past, what the paragraph or the headings look ahead to, else the
        end of the plan's own period."""
        if when is not None and when[1] != "XXXX":
            year = year_of(when[1])
            if year is None or year >= (first_year(self._plan) or 0):
                return when[1]
        ahead = self._calendar.ahead(sentence, token.start) or self._calendar.five_years(sentence.start, token.start)
        if not self._plan.period or (ahead is not None and self._plan.year is not None):
            return ahead
        return ahead or self._plan.period.split("/")[-1] or None

    def _year_for(self, own: tuple[int, str] | None, when: tuple[int, str] | None, tense: str) -> int | None:
        """The year that decides between target and actual: its own clause's, else a later one that the sentence names."""
        if own is not None:
            return year_of(own[1])
        year = year_of(when[1]) if when else None
        first = first_year(self._plan)
        if year is None or first is None:
            return None
        return year if year > first or tense != "planned" else None

    def _modality(self, sentence: Sentence, token: Token) -> str | None:
        found = list(_MODALITY.finditer(self._view, max(sentence.start, token.start - 60), token.low))
        last = found[-1] if found else None
        return self._plan.text[last.start():last.end()] if last else None


def _reason(amount: Amount) -> str:
    """Why it is a target or an actual, without the word itself."""
    return amount.why[-1].partition(": ")[2]


def _rule(token: Token, change: str | None) -> str:
    """A name for how it was found: kind of unit, comparator, change."""
    return "-".join(filter(None, ("quantity", token.unit.kind, token.op if token.op != "eq" else "", change or "")))
