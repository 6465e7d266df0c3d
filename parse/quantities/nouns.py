"""The noun before a number and the noun after it: the two places where what is measured can stand."""
from __future__ import annotations

import re
from functools import cache

from .phrases import AND_RATE, Trimmer
from .spot import Token
from .words import Words, word_list

_CUT = ",;:!?。\t\n"
_AFTER_CUT = re.compile(r"[,;:!?。\t\n(\[]")
_BRACKET = re.compile(r"\([^()\n0-9]{1,16}\)(?=[\u4e00-\u9fff])")
_LONGEST = 40            # longer than any indicator in fifteen annotated documents, the modifiers included
_OWNER = re.compile("(?:[市县区省镇乡村州旗盟]|社区|政府|部门|单位|财政|各级|我们|企业|群众|全社会|委员会|公司|集团)$(?<!规模企业)(?<!规上企业)")
_FOR_EACH = re.compile("每(?:[十百千万亿]+|[0-9]+)[\u4e00-\u9fff]{1,8}(?:拥有|配备)")      # 每千人口拥有床位
_ASIDE = re.compile(r"\([^()]{1,24}\)(?=[、和及与])")       # what only explains the number before: 4000元(2014年不变价)、
# The size of what is counted: 12个总投资1亿元以上项目.
_SIZED = re.compile("(?:(?:计划)?总?投资|年?产值|年?税收|年?纳税|主营业务收入|营业收入|销售收入)额?[0-9.]+[万亿]*元(?:及?以[上下])的?(?=[\u4e00-\u9fff])")
_AGAINST = re.compile("[比较][^,。;:0-9]{0,18}?(?:指标|目标|计划|预期|任务)[数值]?(?=[\u4e00-\u9fff]|$)")      # 比下达的指标减亏5万元
# What has its own value already, before a 、: 工亡事故为零、重伤率, 3‰、死亡率.
_TOLD = re.compile("(?:[为是到降]零|全覆盖|[0-9](?:[%‰]|[万亿]?元)(?:以[上下内]|左右)?)、")
_MODIFIER = re.compile("[\u4e00-\u9fffA-Z0-9]{1,4}(?:级|类|型|属|层|管|办)$")
_PARALLEL = re.compile("^[\u4e00-\u9fffA-Z0-9]{1,4}(?:级|类|型|属|层|管|办)")


class Nouns:
    """Finds nouns around the numbers of one plan."""

    def __init__(self, view: str, trimmer: Trimmer) -> None:
        self.view, self.trimmer = view, trimmer

    def chunk(self, low: int, high: int) -> tuple[int, int]:
        """The words between `low` and a number at `high`, back to the last boundary of a clause."""
        view = self.view
        low = max(low, high - 120)
        for c in _CUT:
            k = view.rfind(c, low, high)
            if k >= low:
                low = k + 1
        told = 0
        for told_before in _TOLD.finditer(view, low, high):
            told = told_before.end()
        low = max(low, told)
        aside = _ASIDE.match(view, low, high)
        if aside is not None:
            low = aside.end()
        depth = 0
        for k in range(high - 1, low - 1, -1):
            c = view[k]
            if c == ")":
                depth += 1
            elif c == "(":
                if not depth:
                    return k + 1, high
                depth -= 1
        return low, high

    def left(self, low: int, high: int) -> tuple[str, tuple[int, int] | None]:
        """What the words `view[low:high]` name: the noun, and where it stands (None where put together of two places)."""
        low, high = self.trimmer.trim(low, high)
        against = _AGAINST.match(self.view, low, high)
        if against is not None:
            low = against.end()
        if low >= high:
            return "", None
        verb = self._inner_verb(low, high)
        if verb is not None and not _FOR_EACH.fullmatch(self.view, low, verb[1]):
            head, tail = self.trimmer.trim(low, verb[0]), self.trimmer.left(verb[1], high)
            if tail[1] - tail[0] > 1:
                words = self.view[slice(*tail)]
                if words in word_list("split", "generic") and head[0] < head[1] and not _OWNER.search(self.view[slice(*head)]):
                    return self.view[slice(*head)] + words, None
                low, high = tail
        date = self.trimmer.inner_date(low, high)
        if date is not None:
            head, tail = self.trimmer.trim(low, date[0]), self.trimmer.trim(date[1], high)
            if head[0] < head[1] and tail[0] < tail[1]:
                return self.view[slice(*head)] + self.view[slice(*tail)], None
            low, high = tail if tail[0] < tail[1] else head
        if high - low > _LONGEST:
            low = self._shorter(low, high)
        return self.view[low:high], (low, high)

    def _inner_verb(self, low: int, high: int) -> tuple[int, int] | None:
        """The last verb inside the words that parts whose from what; none at the very end."""
        verbs = _splitters()
        out, at = None, low
        while at < high - 2:
            found = verbs.at(self.view, at, high)
            if found is None:
                at += 1
                continue
            if found[1] == "verbs" and self.view[at + len(found[0])] not in "后前的时率或" and not AND_RATE.fullmatch(
                    self.view, at + len(found[0]), high):
                out = (at, at + len(found[0]))
            at += len(found[0])
        return out

    def _shorter(self, low: int, high: int) -> int:
        """A beginning for an over-long name: after the last 、 or blank that leaves a noun."""
        for c in " 、":
            k = self.view.rfind(c, low, high - 4)
            if k > low:
                return k + 1
        return high - _LONGEST

    def right(self, token: Token, limit: int, following: Token | None) -> tuple[int, int]:
        """The noun that follows the number (16%以上的发展速度, 3个国家级), to the clause's end, a verb or the next number."""
        view = self.view
        at = token.end
        if view[at:at + 1] == " ":
            at += 1
        if view.startswith("的", at) or view.startswith("半数", at - 1):
            at += 1
        stop = min(limit, at + _LONGEST)
        cut = _AFTER_CUT.search(view, at, stop)
        while cut is not None and view[cut.start()] == "(":
            bracket = _BRACKET.match(view, cut.start(), stop)
            if bracket is None or cut.start() == at:
                break
            cut = _AFTER_CUT.search(view, bracket.end(), stop)
        stop = cut.start() if cut else stop
        if following is not None and following.start < stop:
            stop = following.start
            joint = max(view.rfind(c, at, stop) for c in "、和及与")
            stop = joint if joint > at and stop - joint < 12 else stop
        noun = self._noun(at, stop)
        return noun if noun[0] < noun[1] else self._described(at, stop)

    def _described(self, at: int, stop: int) -> tuple[int, int]:
        """The noun at the end of a clause that describes it: 300个具有示范作用的实训基地."""
        of = self.view.rfind("的", at, stop)
        noun = self._noun(of + 1, stop) if of > at else (at, at)
        return noun if noun[1] == stop else (at, at)

    def _noun(self, at: int, stop: int) -> tuple[int, int]:
        view, words, k = self.view, _stops(), at
        sized = _SIZED.match(view, at, stop)
        if sized is not None:
            k = sized.end()
        if at >= stop or view[at] in "、和及与)" or sized is None and word_list("lead", "doing").at(view, at, stop) and not word_list("lead", "keep").at(view, at, stop):
            return at, at
        while k < stop:
            found = words.at(view, k, stop)
            if found is None:
                k += 1
            elif found[1] == "words":
                break
            else:
                k += len(found[0])
        if k > at and view[k - 1] == ")" and view.find("(", at, k) < 0:
            k -= 1
        while k > at and (view[k - 1] in " 、和及与或并的\"'“" or view[k - 1] == "以"):
            k -= 1
        if k - at < 2 and view[at:k] not in ("村", "县", "镇", "乡", "区", "市", "省", "人", "户", "路", "桥", "井", "站", "点", "片"):
            return at, at
        if view[at:k] in word_list("stop", "weak"):
            return at, at
        return at, k

    def is_modifier(self, span: tuple[int, int]) -> bool:
        """Whether the noun is only half of one: 国家级, waiting for the head that the next number's noun brings."""
        return _MODIFIER.fullmatch(self.view, *span) is not None

    def head_of(self, span: tuple[int, int]) -> str:
        """A noun without its own modifier of that kind: 省级基本农田示范区 → 基本农田示范区."""
        return _PARALLEL.sub("", self.view[slice(*span)])


@cache
def _splitters() -> Words[str]:
    keep = [(w, "keep") for w in word_list("lead", "keep")] + [(w, "keep") for w in word_list("trail", "keep")]
    return Words([*keep, *((w, "verbs") for w in word_list("split", "verbs"))])


@cache
def _stops() -> Words[str]:
    keep = [(w, "keep") for w in (*word_list("lead", "keep"), *word_list("trail", "keep"), *word_list("stop", "keep"))]
    return Words([*keep, *((w, "words") for w in word_list("stop", "words"))])
