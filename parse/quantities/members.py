"""Lists that stand before a row of numbers: their members, each with the head that only the last one bears."""
from __future__ import annotations

import re

_MEASURE_HEAD = re.compile(
    "((?:居民|水质|空气|人均|增加值|覆盖|总产值|产业|企业|学生|儿童|人口|毕业生|保险|贷款|存款|投资|消费)[\u4e00-\u9fff]{0,12}(?:率|比例|比重|收入|增加值|产值|总额|余额|面积|产量|标准|人数|投资|支出|价格|指数))$")
_HEAD_WORD = re.compile("(?:率|度|比例|比重|收入|增加值|产值|总额|余额|面积|产量|标准|人数|投资|支出|价格|指数)$")
_PAIRED = {"城乡": ("城镇", "农村"), "存贷款": ("存款", "贷款"), "进出口": ("进口", "出口"), "工农业": ("工业", "农业"), "中小学": ("中学", "小学"),
           "出入境": ("出境", "入境"), "生熟": ("生", "熟"), "男女": ("男性", "女性"), "国省道": ("国道", "省道"), "县乡道": ("县道", "乡道"),
           "一二产业": ("一产", "二产"), "二三产业": ("二产", "三产"), "一、二产业": ("一产业", "二产业"), "水陆": ("水路", "陆路"), "公铁": ("公路", "铁路")}
_JOINED = re.compile("以及|和(?![谐平睦])|与|(?<![普涉顾兼])及(?![时格])")
_JOINTS = re.compile(f"[、,]|{_JOINED.pattern}")
_QUOTED_HEAD = re.compile("[“\"][^“”\"]+[”\"](.+)")
_HEAD_BEGINNINGS = frozenset(("居民", "产业", "人均", "增加", "水质", "贷款", "存款", "人口", "覆盖", "常住", "收入", "总产", "企业", "面积", "投资"))


def members_of(text: str, size: int = 0) -> list[str]:
    """The members of a list: 进口、出口和投资; parted by 、 alone, or by joints alone, where only that gives `size` of them."""
    out = [m for m in _JOINTS.split(text) if m]
    if size in (0, len(out)):
        return out
    return next((m for m in (text.split("、"), _JOINED.split(text)) if len(m) == size and all(m)), out)


def halves_of(text: str) -> tuple[str, ...]:
    """The two things that a short form names at once: 存贷款余额 is 存款余额 and 贷款余额."""
    for short, halves in _PAIRED.items():
        if short in text:
            return tuple(text.replace(short, half, 1) for half in halves)
    return ()


def whole(member: str, last: str) -> str:
    """A member of a list with the head that only the last one bears: 城镇、农村居民人均可支配收入."""
    if member == last or _HEAD_WORD.search(member):
        return member
    if len(member) <= 3 and len(last) - len(member) >= (3 if last.endswith("率") else 4) and (
        len(member) == 2 or last[len(member):len(member) + 2] in _HEAD_BEGINNINGS):
        return member + last[len(member):]
    quoted = _QUOTED_HEAD.fullmatch(last)
    if quoted is not None and _QUOTED_HEAD.fullmatch(member + quoted.group(1)):      # “甲保”和“乙保”人均养老金
        return member + quoted.group(1)
    head = _MEASURE_HEAD.search(last)
    if head is None or head.start() == 0:
        return member
    again = next((n for n in range(min(len(member), 4), 1, -1) if head.group(1).startswith(member[-n:])), 0)     # 失业|保险, 保险|参保人数
    return member + head.group(1)[again:]
