"""Numbers that belong together: the ends of a range (3至5个), and the level from which another rises or falls."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .amount import Level
from .spot import Token, plain

_SHARED_OUT = re.compile("分别[^,。;:!?\n0-9]{0,8}$")
_NEXT = re.compile(" ?(?:、|,|和|及|与|以及) ?")
_SHARED = "分别"
_HUNDREDTHS = frozenset(("%", "‰", "/10万", "/万"))
_TO = re.compile(" ?(?:-{1,2}|~|至|到) ?")
_START = "(?:由(?!于)|从(?![业事严而])|(?<![各独来亲私])自(?![然治动主来身愿己筹由有觉我营强信行]))"
_FROM = re.compile(_START + "[^,。;:!?\n\t]{0,16}$")
_BY = re.compile("比[^,。;:!?\n\t]{0,20}(?:的|为)?$|(?:超过|高于|低于)[^,。;:!?\n\t]{1,16}的?$")
_CHANGED = re.compile("(?:增支|减支|增收|减收|增加|减少|增长|增产|减产|增亏|减亏|增盈|新增|提高|上升|下降|降低|提升|扩大|压缩|多|少|增|减|升|降|超收|短收)了?$")
_RISE = re.compile("[^。;!?\n\t]{0,24}?(?:到|至|为|成)[^,。;!?\n\t]{0,12}$")
_AGAINST = re.compile("(?:的)?(?:,?(?:实际|净|约|将)?(?:增长|增加|提高|上升|下降|减少|降低|提升|多|少|增))了?$")


@dataclass(slots=True)
class Reading:
    """A token that stands for a quantity, with the level it starts from."""

    token: Token
    baseline: Level | None = None


def join_ranges(tokens: Sequence[Token], view: str) -> list[Token]:
    """The tokens, with the two ends of every range made one; the first end takes the second's scale and unit."""
    out: list[Token] = []
    for token in tokens:
        if out and _is_range(out[-1], token, view):
            token = _joined(out.pop(), token)
        elif out and _goes_on(out[-1], token, view):
            high = out.pop()         # 3亿5,000万元, 86万5,000元
            token = replace(token, start=high.start, low=high.low, value=high.value + token.value, scale=high.scale,
                            op=high.op if token.op == "eq" else token.op, words=high.words + token.words)
        out.append(token)
    return out


def alike(one: Token, two: Token) -> bool:
    """Whether two numbers may be members of one series: the same unit, or % and ‰."""
    return one.unit_text == two.unit_text or (one.unit_text in _HUNDREDTHS and two.unit_text in _HUNDREDTHS)


def share_comparators(tokens: Sequence[Token], view: str) -> None:
    """分别增长7.5%、8.5%以上: what stands after the last of a series that 分别 shares out, a comparator or the unit of
    percentage points, holds for each of them."""
    first = 0
    for one, two in zip(tokens[-2::-1], tokens[:0:-1], strict=True):      # 分别提高2个和1.5个百分点
        if one.unit_text in ("个", "個", "") and two.unit.name == "个百分点" and one.unit.kind in ("vague", "plain") and _NEXT.fullmatch(
                view, one.end, two.start):
            one.unit, one.unit_text = two.unit, two.unit_text
    for one, two in zip(tokens, tokens[1:], strict=False):      # 分别控制在3%、4%以内, 分别超过5%和6%
        told = one.op in ("ge", "gt", "le", "lt") and one.start < one.low and one.end == one.high
        if told and two.op == "eq" and two.start == two.low and alike(one, two) and _NEXT.fullmatch(view, one.end, two.start) and (
                _SHARED_OUT.search(view, max(0, one.start - 12), one.start) or one.words.startswith(_SHARED)):
            two.op, two.words = one.op, _SHARED + one.words.removeprefix(_SHARED)
    for k, token in enumerate(tokens):
        follows = k > first and alike(token, tokens[k - 1]) and _NEXT.fullmatch(view, tokens[k - 1].end, token.start)
        if not follows:
            first = k
        elif token.op in ("ge", "le", "approx") and token.end > token.high and _SHARED_OUT.search(
                view, max(0, tokens[first].start - 12), tokens[first].start):
            for one in tokens[first:k]:
                if one.op == "eq":
                    one.op, one.words = token.op, view[token.high:token.end].strip()


def _goes_on(high: Token, low: Token, view: str) -> bool:
    """Whether two numbers are one written in two scales."""
    if high.unit.kind != "scaled" or not high.digits or high.value_high is not None or low.value >= high.scale or low.low != low.start:
        return False
    between = view[high.high:low.low]
    return (between in ("", "零") or between == " " and "," in view[low.low:low.high]) and high.end == high.high


def _is_range(low: Token, high: Token, view: str) -> bool:
    if high.unit.kind in ("plain", "scaled") and low.unit.kind not in ("plain", "scaled"):
        return False
    if low.unit.kind != "plain" and low.unit_text not in ("", high.unit_text):
        return False
    if low.value_high is not None or high.low - low.high > 4 or low.digits != high.digits:
        return False
    return _TO.fullmatch(view, low.high, high.low) is not None


def _joined(low: Token, high: Token) -> Token:
    value = low.value
    if low.scale == 1 and low.unit.kind == "plain" and value * high.scale <= high.value:
        value *= high.scale
    if value >= high.value:
        return high
    op = "range"
    return replace(high, start=low.start, low=low.low, value=value, value_high=high.value, op=op,
                   words=low.words + high.words, end=high.end)


def with_baselines(tokens: Sequence[Token], view: str, text: str) -> list[Reading]:
    """The tokens of one sentence; 由85%提高到90% is one reading of 90 with its baseline, and so is a level that is only
    compared with (比1952年的827亿元增长68%)."""
    out: list[Reading] = []
    for token in tokens:
        if out and out[-1].baseline is None and _starts_from(out[-1].token, token, view):
            out[-1] = Reading(token, _level(out[-1].token, token))
        else:
            out.append(Reading(token))
    return out


def _starts_from(one: Token, two: Token, view: str) -> bool:
    if two.start - one.end > 26 or two.start < one.end:
        return False
    before = max(0, one.low - 24)
    if _FROM.search(view, before, one.start) and one.unit_text != "年":
        same = one.unit_text == two.unit_text or one.unit.kind in ("plain", "scaled")
        return same and _RISE.fullmatch(view, one.end, two.start) is not None
    if one.unit.kind in ("share", "plain") or (two.unit.kind != "share" and two.unit_text != one.unit_text):
        return False
    if _CHANGED.search(view, before, one.start):      # 比上年增支3亿元,增长15%: two changes
        return False
    return _BY.search(view, before, one.start) is not None and _AGAINST.fullmatch(view, one.end, two.start) is not None


def _level(one: Token, two: Token) -> Level:
    """The level as written; a bare number takes the unit, and the scale, of the number that it leads to."""
    if one.unit.kind == "plain":
        scaled = one.value * two.scale if one.scale == 1 and two.scale > 1 and one.value * two.scale <= two.value * 100 else one.value
        return Level(plain(scaled), two.unit_text, (one.low, one.high))
    return Level(plain(one.value), one.unit_text or two.unit_text, (one.low, one.high))
