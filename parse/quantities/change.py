"""Whether a number is a level or a change: 增长8% is an increase by 8, 提高到90% a level, 翻一番 multiplies by 2."""
from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ...schema.plan import Change
from ..rules import read_toml
from .spot import Token
from .words import checked_rows

_LEVEL = re.compile("到|至|达|为|占|在|是|有")
_RATES = frozenset(("增长", "增速", "增幅", "涨幅", "降幅", "递增", "上涨", "负增长", "增产", "增收"))
_DEGREES = frozenset(("高", "低", "快", "慢", "多", "少"))
_UPGRADES = frozenset(("提升", "提标", "扩容", "提速"))
_AGAINST_OTHERS = re.compile("[较比](?:全[国省市县州区]|[省市县州国][里定平均]|平均|预期|目标|计划|规划|东部|西部|中部|周边|其他)[^,。;:]{0,12}$")
_NOUNS = frozenset(("增速", "增幅", "涨幅", "降幅"))
_LISTED = frozenset("、和与及")
_OF_RATE = re.compile("(?:幅度|速度|率)?(?:的?(?:预期|调控|控制|主要)?目标(?:初步)?(?:确?定|安排)?)?(?:达到?|高达|为|在|保持在?|稳定在|实现|只有|仅为|接近)?了?")     # 增速达到8% is still a rise by 8
_ADVERBS = frozenset(("分别", "超过", "幅度", "最高", "不低于", "不少于", "控制", "左右", "比例", "率", "速度", "同比", "不超过"))
_FAR_FROM = re.compile("(?:高于|低于|快于|慢于|高出|超出)")
_DOUBLINGS = 20
_TIMES = re.compile("(?:是|为|达到?|相当于|等于)[^,。;]{0,16}的?$")


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The verbs of rules/changes.toml, a group a change, and the words that hold one and are none."""
    rows = checked_rows("changes", "word", ("change", "words", "yes"))
    verbs = "|".join(f"(?P<{row['change']}>{'|'.join(row['words'])})" for row in rows)
    apart = sorted(read_toml("changes")["apart"]["words"], key=len, reverse=True)
    return re.compile(verbs), re.compile("|".join(apart))


def change_of(view: str, token: Token, low: int) -> tuple[Change | None, Decimal, str]:
    """The change that `view[low:token.start]` speaks of, the value (翻番 doubles each time), and the words for it."""
    words = view[low:token.low if token.verb else token.start]
    if token.unit_text == "番" and token.value <= _DOUBLINGS:
        return "multiply", Decimal(2) ** int(token.value), "番"
    if token.unit_text == "倍" and _TIMES.search(words):
        return "multiply", token.value, "倍"
    found = _last(words)
    if found is None:
        return None, token.value, ""
    kind, word, end = found
    if word in ("节约", "节省") and token.unit.kind != "share":     # what is saved is not what falls
        return None, token.value, ""
    between = words[end:]
    if word in _DEGREES and _AGAINST_OTHERS.search(words[:end - len(word)]):      # 较全省增速高1.87个百分点
        return None, token.value, ""
    if word in _UPGRADES and between and token.unit.kind in ("count", "vague", "event", "people", "measure"):     # 提升改造市场5个
        return None, token.value, ""
    if token.unit.name == "个百分点" and _FAR_FROM.search(between):     # 增速高于规划目标1.2个百分点
        return None, token.value, ""
    if word in _NOUNS and between[:1] in _LISTED:      # 物价涨幅和失业率: the noun is one of several
        return None, token.value, ""
    if word in _RATES and _OF_RATE.fullmatch(between):
        return kind, token.value, word
    if _LEVEL.search(between):
        return None, token.value, ""
    if between.strip("了约近出 ") and (len(word) == 1 or not _carries(token, between)):
        return None, token.value, ""
    return kind, token.value, word


def change_of_name(name: str) -> Change | None:
    """The change that a list's own member tells: 物价涨幅 of 失业率、物价涨幅分别控制在4%、3%."""
    if name.endswith(("增速", "增幅", "涨幅", "增长率", "增长速度")) and not name.endswith("自然增长率"):
        return "increase"
    return "decrease" if name.endswith("降幅") else None


def _last(words: str) -> tuple[Change, str, int] | None:
    """The last verb of change in the words."""
    verbs, apart = _verbs()
    blocked = [m.span() for m in apart.finditer(words)]
    out: tuple[Change, str, int] | None = None
    for m in verbs.finditer(words):
        if any(s <= m.start() and m.end() <= e for s, e in blocked):
            continue
        kind: Change = "decrease" if m.group("decrease") else "increase"
        out = kind, m.group(), m.end()
    return out


def _carries(token: Token, between: str) -> bool:
    """Whether the verb reaches the number over the words between: 增长了, 增长约, 降低单位能耗4%, 减少贫困人口30万."""
    plain = between.strip("了约近 的各均:超")
    if not plain or plain in _ADVERBS:
        return True
    if re.search("[,。;:!?]", plain):
        return False
    return token.unit.kind in ("share", "scaled") or len(plain) <= 14
