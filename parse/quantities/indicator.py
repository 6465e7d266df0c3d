"""What each number of a sentence measures."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import PlanText, Sentence
from .members import halves_of, members_of, whole
from .nouns import Nouns
from .pairs import Reading, alike
from .spot import Token
from .words import word_list

_SERIES = re.compile(" ?(?:、|和|与|及|,?以及) ?")
_FROM = re.compile("(?:由|从|自|(?<!占)比(?![重例率])|超过|高于|低于)[^,。;:!?\n由从比]{0,20}$")
_TITLE_WORDS = re.compile("工作|任务|安排|目标|要求|情况|建设|加强|推进|做好|回顾|措施|关于|计划|发展")
_PREDICATE = re.compile("[\u4e00-\u9fff]{2,10}(?=[,。;、()\n0-9]|$)")
_SHARED_HEAD = 6          # how many half nouns in a row may wait for one head
_SIDES = ("城镇", "农村", "城市", "乡村", "农民", "男性", "女性", "省级", "市级", "县级")
_AGAINST = re.compile("(?:高于|低于|快于|慢于|好于|高出|超出|优于)(?:全|年初|上年|去年|平均|预期)|[比较](?=全[国省市州县区])")
_TOTAL = re.compile("(?:[,、] ?)?(合计|总计|共计)(?:为|达到?)?")
_SPENT = re.compile("(?:专项|主要|重点)?(?:用于|用作|支持|补助|投向|投入到?|奖励)")
_CLAUSE_END = re.compile("[,;。:!?\n]")
_FIGURE = re.compile("[0-9.,]{2,}|[一二三四五六七八九十百千万亿〇]{3}")      # a clause that is a number itself names nothing
_PLACES = re.compile("(?:[一二三四五六七八九十两]|[\u4e00-\u9fff]{1,6})[区县市镇乡州旗]")
# How much of what was planned: 完成年度计划的105%, 为预算的98%, 完成全年任务589亿元.
_OF_PLAN = re.compile(
    "(?P<verb>超额完成|完成|占|达到?|实现|为|是|相当于|超)了?(?P<plan>(?:[省市州县区镇乡局年季月]|全[省市县区年]|本年|年度|年初|当年|上级|下达|期初|半年|[一二三四]季度"
    "|[\u4e00-\u9fff]{2,8}(?:下达|确定)|签约|投资|销售|产值|收入|调整后?|变动|政府|党委|人大|批准|确定|安排|考核|的){0,6}(?:计划|预算|(?:目标)?任务|(?:任务|计划)?目标|(?:考核)?指标|计划任务)[数值]?)的?$")
_OF_PLAN_REACH = 30
_OF_A_LEVEL = re.compile("(?:达到?|相当于|提高到|恢复[到至])[^,。;:]{2,20}(?:水平|平均数?|工资|收入|标准|均值|同期)的$")     # 达到全国平均水平的80%
_FAR_FROM = re.compile("(?:高于|低于|快于|慢于|好于|高出|超出|优于)[^,。;:0-9]{0,20}$")       # 增速高于规划目标1.2个百分点
_PER_HEAD = re.compile("每(?:[十百千万亿]+|[0-9]+)[名个位]?[\u4e00-\u9fff]{0,6}?(?=拥有|配备|有(?!效))(?:拥有|配备|有)?")
_LISTED_MONEY = re.compile("、((?:计划)?总?投资)$")
_OF_BODY = re.compile("^[\u4e00-\u9fff]{1,6}?(?:部门|本级)")
_BODY = re.compile("^[\u4e00-\u9fff]{1,6}(?:部门|本级)$")
_OPENED = re.compile("(存|进)、(贷款|出口)")
_INVESTED = re.compile("(?:投资|出资|注资|耗资|斥资|引资)$")
_ARE = re.compile("(?:为|是|属于?)(?=[\u4e00-\u9fff]{2,12}(?:[,。;、)(\n]|$))")
_Noun = tuple[str, "tuple[int, int] | None"]


@dataclass(frozen=True, slots=True)
class Name:
    """The words for what is measured; `span` where they stand together. `low` is where the words before the number begin."""

    text: str
    span: tuple[int, int] | None
    low: int
    how: str
    base: str = ""      # the thing alone, where `text` adds a stage or a place to it

    @property
    def thing(self) -> str:
        """What the next number inherits."""
        return self.base or self.text


class Namer:
    """Names the readings of one plan, sentence by sentence."""

    def __init__(self, plan: PlanText, nouns: Nouns) -> None:
        self._plan, self._view, self._nouns = plan, plan.view, nouns
        self._last: tuple[int, Name] | None = None      # where the sentence before ends, and its last name

    def names(self, sentence: Sentence, readings: Sequence[Reading]) -> list[Name]:
        """One name a reading, in order; the text is empty where nothing says what is measured."""
        out: list[Name] = []
        k = 0
        while k < len(readings):
            size = self._series(readings, k)
            if size > 1:
                out += self._shared(sentence, readings, k, size, out)
            else:
                out.append(self._one(sentence, readings, k, out))
            k += size
        if out:
            self._last = sentence.end, out[-1]
        return out

    def _before(self, sentence: Sentence) -> Name | None:
        """The last name of the sentence before, if only a semicolon parts it from this one."""
        if self._last is None or sentence.start - self._last[0] > 2 or self._view[self._last[0] - 1] != ";":
            return None
        return self._last[1] if self._last[1].text else None

    def _series(self, readings: Sequence[Reading], k: int) -> int:
        """How many numbers follow one another with nothing but 、 or 和 between, from the k-th on."""
        size = 1
        while k + size < len(readings):
            one, two = readings[k + size - 1].token, readings[k + size].token
            if readings[k + size].baseline or not alike(one, two) or not _SERIES.fullmatch(self._view, one.end, two.start):
                break
            size += 1
        return size

    def _chunk(self, sentence: Sentence, readings: Sequence[Reading], k: int) -> tuple[int, int]:
        """The words before the k-th number that may name it, without the level that it starts from."""
        low = readings[k - 1].token.end if k else sentence.start
        high = readings[k].token.start
        aside = self._aside(sentence, low, high) if k else None
        if aside is not None:
            j = k - 1
            while j >= 0 and readings[j].token.end > aside:
                j -= 1
            return self._nouns.chunk(readings[j].token.end if j >= 0 else sentence.start, aside)
        level = readings[k].baseline
        if level is not None:
            start = _FROM.search(self._view, max(low, level.span[0] - 24), level.span[0])
            high = start.start() if start else level.span[0]
        of = _OF_A_LEVEL.search(self._view, max(low, high - _OF_PLAN_REACH), high) if readings[k].token.unit.kind == "share" else None
        high = of.start() if of else high
        return self._nouns.chunk(low, max(low, high))

    def _aside(self, sentence: Sentence, low: int, high: int) -> int | None:
        """Where the bracket opens that the number before stands in, if it closes before this one and only a verb follows."""
        close = self._view.find(")", low, high)
        if close < 0 or self._view.find("(", low, close) >= 0:
            return None
        after = self._nouns.trimmer.trim(*self._nouns.chunk(close + 1, high))
        opened = self._view.rfind("(", max(sentence.start, low - 200), low)
        return opened if opened >= 0 and after[0] >= after[1] else None

    def _one(self, sentence: Sentence, readings: Sequence[Reading], k: int, before: list[Name]) -> Name:
        token = readings[k].token
        low, high = self._chunk(sentence, readings, k)
        planned = self._planned(sentence, low, high, token, before)
        if planned is not None:
            return planned
        right = self._right(sentence, readings, k)
        text, span = self._nouns.left(low, high)
        if right and (token.unit.kind not in ("share", "rate", "score", "plain") or self._view.startswith("的", token.end)):
            if token.unit.kind == "share" and text and self._is_respect(right[0]):
                return Name(text + right[0], None, low, "the words before and after the number")
            told = self._told(token) if token.unit.kind == "event" else None
            if told is not None:
                return Name(self._view[slice(*told)] + right[0], None, low, "what is done so many times")
            invested = token.unit.kind in ("money", "scaled") and token.end == token.high and span is not None and span[1] == token.start and _INVESTED.search(text) is not None
            if not invested and not (text and token.unit.kind in ("money", "measure", "time") and self._view.startswith("的", token.end)):
                return Name(right[0], right[1], low, "the noun after the number")
        if right and token.unit.kind == "share" and token.start - low <= 1 and not self._view[low:token.start].strip() and token.unit_text in ("%", ""):
            return Name(right[0], right[1], low, "the noun after the number")
        far = _FAR_FROM.search(text) if token.unit.name == "个百分点" or token.unit.kind in ("money", "people") else None
        if far is not None and not right and (before or far.start()):
            text, span = text[:far.start()], (span[0], span[0] + far.start()) if span and far.start() else None
        total = _TOTAL.fullmatch(self._view, low, high) if not text and before else None
        if total is not None:
            text, span = total.group(1), total.span(1)
        if token.verb and token.unit.kind != "share":
            does_it = self._nouns.left(token.verb, token.low)
            text, span = does_it if does_it[0] and does_it[0] not in word_list("act", "verbs") else (text, span)
        if not text and not right and self._view.startswith("人口", token.high - 2):
            text, span = "人口", (token.high - 2, token.high)
        told = self._told(token) if token.unit.kind == "event" and not right else None
        if told is not None and text and (span is None or span[1] < told[0]):
            return Name(text + self._view[slice(*told)], None, low, "what is done so many times")
        listed = _LISTED_MONEY.search(text) if text and token.unit.kind == "money" and before else None
        if listed is not None:      # 投资2亿元的广场、投资3亿元的中心
            text, span = listed.group(1), (span[1] - len(listed.group(1)), span[1]) if span else None
        if before and before[-1].text and text in word_list("stop", "weak"):
            text, span = "", None
        if text:
            told = None
        if told is not None:
            return Name(self._view[slice(*told)], told, low, "what is done so many times")
        if not text and not right and token.unit.kind == "money":
            end = self._nouns.trimmer.right(low, high)[1]
            given = word_list("act", "given").before(self._view, end, low)
            if given is not None:
                return Name(given[0], (end - len(given[0]), end), low, "what the money is given as")
        if not text:
            purpose = self._purpose(token, sentence.end)
            if purpose is not None:
                return Name(*purpose, low, "what the money is for")
            are = self._they_are(readings, k, sentence.end) if token.unit.kind == "people" else None
            if are is not None:
                return Name(*are, low, "what they are")
            does = _PREDICATE.match(self._view, token.end, sentence.end) if token.unit.kind == "people" and not right else None
            if does is not None:
                return Name(does.group(), does.span(), low, "what they do")
            return self._inherited(sentence, (low, high), before, right)
        if text in word_list("split", "respect") or text.startswith("占"):
            return self._completed(sentence, low, text, span, before)
        if before and before[-1].text and (text in word_list("trail", "stages")):
            return self._staged(before[-1].thing, text, low)
        if before and before[-1].text and token.unit.kind in ("share", "money") and _PLACES.fullmatch(text):
            return Name(text + before[-1].thing, None, low, "its place, with the indicator of the number before", before[-1].thing)
        if token.unit.kind == "money" and _BODY.search(text):
            earlier = before[-1] if before else self._before(sentence)
            if earlier is None and self._last and self._view.startswith("其中", sentence.start):
                earlier = self._last[1]
            whole = _OF_BODY.sub("", earlier.thing) if earlier else ""
            if whole:
                return Name(text + whole, None, low, "whose part of the number before")
        if before and text in _SIDES:
            other = next((s for s in _SIDES if s != text and before[-1].thing.startswith(s)), None)
            if other is not None:
                return Name(text + before[-1].thing[len(other):], None, low, "the other side of the number before")
        per = _PER_HEAD.match(before[-1].text) if before and self._view[low:low + 1] in ("、", "和") else None
        if per is not None and readings[k - 1].token.unit_text == token.unit_text:
            return Name(per.group() + text, None, low, "the words before the number, for so many as the number before")
        return Name(text, span, low, "the words before the number")

    def _planned(self, sentence: Sentence, low: int, high: int, token: Token, before: list[Name]) -> Name | None:
        """完成年度计划的105%: what stands before, in respect of its plan; 年度任务589亿元: the plan itself."""
        if token.unit.kind not in ("share", "money", "measure", "people", "count", "vague"):
            return None
        found = _OF_PLAN.search(self._view, max(low, high - _OF_PLAN_REACH), high)
        if found is None:
            return None
        if token.unit.kind != "share" and not (len(found.group("plan")) > 3 or self._view.startswith("的", token.end)):
            return None
        owner = self._nouns.left(low, found.start())[0]
        if not owner:
            owner = before[-1].thing if before else self._clause(sentence, low)[0]
        if not owner:
            return None
        verb = found.group("verb") if token.unit.kind == "share" and found.group("verb") not in ("为", "是", "相当于") else ""
        respect = verb + found.group("plan")
        return Name(owner + respect, None, low, "how much of what was planned", owner)

    def _told(self, token: Token) -> tuple[int, int] | None:
        """The verb right before the number, if it names what is counted (检查一次)."""
        at = token.start - 1 if self._view[token.start - 1] in "了过" else token.start
        found = word_list("act", "told").before(self._view, at, max(0, at - 4))
        return (at - len(found[0]), at) if found else None

    def _they_are(self, readings: Sequence[Reading], k: int, limit: int) -> _Noun | None:
        """1078户2772人为搬迁对象: what the people counted are."""
        while k + 1 < len(readings) and readings[k].token.end == readings[k + 1].token.start and readings[k + 1].token.unit.kind == "people":
            k += 1
        at = _ARE.match(self._view, readings[k].token.end, limit)
        noun = _PREDICATE.match(self._view, at.end(), limit) if at else None
        return (noun.group(), noun.span()) if noun else None

    def _purpose(self, token: Token, limit: int) -> _Noun | None:
        """用于…: what money is spent on, where nothing before it says."""
        word = _SPENT.match(self._view, token.end) if token.unit.kind == "money" else None
        if word is None:
            return None
        stop = _CLAUSE_END.search(self._view, token.end, limit)
        low, high = self._nouns.trimmer.trim(word.end(), stop.start() if stop else limit)
        return (self._view[low:high], (low, high)) if 1 < high - low <= 40 else None

    def _staged(self, thing: str, stage: str, low: int) -> Name:
        return Name(thing + stage, None, low, "the thing counted before, at another stage", thing)

    def _is_respect(self, text: str) -> bool:
        return len(text) <= 4 and text.endswith(("速度", "水平", "比例", "增速", "幅度", "增幅", "速率"))

    def _right(self, sentence: Sentence, readings: Sequence[Reading], k: int, depth: int = 0) -> _Noun | None:
        """The noun after the k-th number; a half noun (国家级) or none at all (2个和3个) takes the head of the next."""
        following = readings[k + 1].token if k + 1 < len(readings) else None
        token = readings[k].token
        span = self._nouns.right(token, sentence.end, following)
        adjacent = following is not None and not self._view[token.end:following.start].strip() and self._view.startswith("的", following.end)
        if adjacent and depth < _SHARED_HEAD and token.unit.kind in ("event", "vague", "count"):
            return self._right(sentence, readings, k + 1, depth + 1)      # 1次不少于30分钟的活动
        if following is not None and depth < _SHARED_HEAD and self._nouns.is_modifier(span) and span[1] + 3 >= following.start:
            later = self._right(sentence, readings, k + 1, depth + 1)
            if later and later[1]:
                return self._view[slice(*span)] + self._nouns.head_of(later[1]), None
        return (self._view[slice(*span)], span) if span[0] < span[1] else None

    def _inherited(self, sentence: Sentence, chunk: tuple[int, int], before: list[Name], right: _Noun | None) -> Name:
        """Nothing of its own: the indicator of the number before it, the clause before, the noun after, the heading."""
        low, high = chunk
        if before and before[-1].text:
            stage = word_list("trail", "stages").before(self._view, high, low)
            if stage is not None:
                return self._staged(before[-1].thing, stage[0], low)
            span = before[-1].span if not before[-1].base else None
            return Name(before[-1].thing, span, low, "the number before in the sentence")
        clause = self._clause(sentence, low)
        if clause[0]:
            return Name(*clause, low, "the clause before")
        if right:
            return Name(*right, low, "the noun after the number")
        earlier = self._before(sentence)
        if earlier is not None:
            return Name(earlier.thing, None if earlier.base else earlier.span, low, "the number before, over a semicolon")
        verb = word_list("act", "verbs").before(self._view, high, low)
        if verb is not None and len(verb[0]) > 1:
            return Name(verb[0], (high - len(verb[0]), high), low, "what is done so many times")
        return Name(*self._heading(sentence), low, "the heading")

    def _completed(self, sentence: Sentence, low: int, text: str, span: tuple[int, int] | None, before: list[Name]) -> Name:
        """占比, 增速, 占…的: only a respect; what it is a respect of stands before."""
        owner = before[-1].text if before and before[-1].text else self._clause(sentence, low)[0]
        if not owner or owner.endswith(text):
            return Name(owner or text, span, low, "the words before the number")
        joint = text[:-1] if owner.endswith(text[:-1]) else ""       # 到位 and 到位率
        return Name(owner + text[len(joint):], None, low, "the subject before, in this respect")

    def _clause(self, sentence: Sentence, low: int) -> _Noun:
        """What the clause before `low` names, if it is short enough to be a name."""
        at = low
        for _ in range(3):
            while at > sentence.start and self._view[at - 1] in ",:;。 ()":
                at -= 1
            start, end = self._nouns.chunk(sentence.start, at)
            if start >= end:
                return "", None
            text, span = self._nouns.left(start, end)
            whole = span is not None and not self._view[start:span[0]].strip()
            if (2 <= len(text) <= 24 or (text and whole)) and not _FIGURE.match(text):
                return text, span
            at = start
        return "", None

    def _heading(self, sentence: Sentence) -> _Noun:
        node = sentence.node
        if node.heading is None or node.heading[0] <= sentence.start < node.heading[1]:
            return "", None
        low, high = self._nouns.trimmer.trim(*node.heading)
        if _TITLE_WORDS.search(self._view, low, high):
            return "", None
        return (self._view[low:high], (low, high)) if 0 < high - low <= 10 else ("", None)

    def _shared(self, sentence: Sentence, readings: Sequence[Reading], k: int, size: int, before: list[Name]) -> list[Name]:
        """Names for numbers in a row: one member of the list before them each, or all the same."""
        low, high = self._chunk(sentence, readings, k)
        planned = self._planned(sentence, low, high, readings[k].token, before)
        if planned is not None and len(before) >= size and ("分别" in self._view[low:high] or before[-size].low == before[-1].low != low):
            respect = planned.text.removeprefix(planned.thing)
            return [Name(n.thing + respect, None, low, "分别: how much of what was planned", n.thing) for n in before[-size:]]
        if planned is not None:
            things, respect = members_of(planned.thing), planned.text.removeprefix(planned.thing)
            if len(things) == size and "分别" in self._view[low:high]:
                return [Name(t + respect, None, low, "分别: how much of what was planned", t) for t in things]
            return [planned] * size
        text, span = self._nouns.left(low, high)
        if not text:
            clause = self._clause(sentence, low)
            if clause[1] and clause[1][0] >= (readings[k - 1].token.end if k else sentence.start) and len(members_of(clause[0])) == size:
                text, span = clause
        if not text:
            again = len(before) >= size and before[-1].how.startswith("分别") and before[-size].low == before[-1].low
            if len(before) >= size and (again or "分别" in self._view[low:high]):
                return [Name(n.thing, None if n.base else n.span, low, "分别: the numbers before") for n in before[-size:]]
            text, span = ("", None) if before else self._clause(sentence, low)
        if not text:
            return [self._one(sentence, readings, k, before)] * size
        if before and _AGAINST.match(text):
            last = before[-1]
            return [Name(last.thing, None if last.base else last.span, low, "the number before, compared with others")] * size
        text = _OPENED.sub(r"\1\2", text)      # 存、贷款余额
        halves = halves_of(text)
        if len(halves) == size != len(members_of(text)):
            return [Name(half, None, low, "分别: its half of a short form") for half in halves]
        members = members_of(text, size)
        if len(members) != size:
            return [Name(text, span, low, "the words before the numbers")] * size
        wholes = [whole(m, members[-1]) for m in members]
        return [Name(w, self._place(m, span) if w == m else None, low, "分别: its member of the list")
                for w, m in zip(wholes, members, strict=True)]

    def _place(self, member: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None:
            return None
        at = self._view.find(member, *span)
        return (at, at + len(member)) if at >= 0 else None
