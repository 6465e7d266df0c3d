"""Whether a number is a level or a change: 增长8% is an increase by 8, 提高到90% a level, 翻一番 multiplies by 2."""
from __future__ import annotations

import re
from decimal import Decimal

from ...schema.plan import Change
from .spot import Token

_MORE = ("增长|增加|提高|上升|提升|上涨|增产|增收|递增|扩大|增幅|增速|涨幅|提标|增支|提速|扩容|增|升|涨|(?<![0-9十百千万亿个])多|高|快")
_LESS = ("负增长|下降|减少|降低|缩减|压缩|压减|调减|回落|缩短|收窄|缩小|降幅|跌|减|降|少|低|慢|下跌|节约|节省|减亏|削减|精简|下调")
_VERB = re.compile(
    f"(?P<less>{_LESS})|(?P<more>{_MORE})"
)
# Words that hold a verb of change and are none, and what makes a level of a change.
_NOUN = re.compile("增加值|增长点|增长极|增长率|提高率|下降率|增值税|增值|增设|新增|净增|多种|多元|多家|多个|多功能|多式|多彩|至少|不少|不低|不高|最高|最低|高度|高新|高等"
                   "|高速|高标准|高中|高校|高铁|高职|高层|高端|高技能|高质量|高层次|高产|高效|高档|高原|高级|高考|提高班|减税|减排|减免|减贫|减灾|低保|低收入|低碳|低压|低碳|少数|少年|少儿|青少年"
                   "|升级|升学|增量|增殖|增强|增进|涨价|快递|快速|慢性|降水|降雨|降尘|升华|减负|降费|降本|慢病|低效|低空|低氮|高位|多级|多层|许多|大多|最多|超低|不少于|不低于|高于|低于|多于|少于|高龄|高山|高压|高温|高炉|提升机|减速")
_LEVEL = re.compile("到|至|达|为|占|在|是|有")
_RATES = frozenset(("增长", "增速", "增幅", "涨幅", "降幅", "递增", "上涨", "负增长", "增产", "增收"))
_OF_RATE = re.compile("(?:幅度)?(?:达到?|高达|为|在|保持在?|稳定在|实现|只有|仅为|接近)?了?")     # 增速达到8% is still a rise by 8
_TIMES = re.compile("(?:是|为|达到?|相当于|等于)[^,。;]{0,16}的?$")


def change_of(view: str, token: Token, low: int) -> tuple[Change | None, Decimal, str]:
    """The change that `view[low:token.start]` speaks of, the value (翻番 doubles each time), and the words for it."""
    words = view[low:token.low if token.verb else token.start]
    if token.unit_text == "番":
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
    if word in _RATES and _OF_RATE.fullmatch(between):
        return kind, token.value, word
    if _LEVEL.search(between):
        return None, token.value, ""
    if between.strip("了约近出 ") and (len(word) == 1 or not _carries(token, between)):
        return None, token.value, ""
    return kind, token.value, word


def _last(words: str) -> tuple[Change, str, int] | None:
    """The last verb of change in the words."""
    blocked = [m.span() for m in _NOUN.finditer(words)]
    out: tuple[Change, str, int] | None = None
    for m in _VERB.finditer(words):
        if any(s <= m.start() and m.end() <= e for s, e in blocked):
            continue
        kind: Change = "decrease" if m.group("less") else "increase"
        out = kind, m.group(), m.end()
    return out


def _carries(token: Token, between: str) -> bool:
    """Whether the verb reaches the number over the words between: 增长了, 增长约, 降低单位能耗4%, 减少贫困人口30万."""
    plain = between.strip("了约近 的各均:超")
    if not plain or plain in ("分别", "超过", "幅度", "最高", "不低于", "不少于", "控制", "左右", "比例", "率", "速度", "同比", "不超过"):
        return True
    if re.search("[,。;:!?]", plain):
        return False
    return token.unit.kind in ("share", "scaled") or len(plain) <= 14
