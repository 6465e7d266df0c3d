"""Trimming the words around a number to what they name: dates, verbs, adverbs and places off both ends."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .words import word_list

_EDGE = " \t\n→,、:;。!?·\"'~*#|>-.…"
_CLOSE = ")]》"
_AGAINST = re.compile("(?:比|较|与|同)[^,、;:。()比较]{1,18}$")
_OWN_TIME = re.compile("(?:到|至|截至|截止)?(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3}|今|去|当|上|本|明|前|同|全|年)(?:年(?:底|末|初|内|度|上半年|下半年)?|月(?:底|末|份)?|季度|学期)(?:底|末|前|内|止|间)?(?:以来)?")
_BASIS = re.compile("在[^,在]{2,30}(?:基础上?|情况下|条件下|同时)$")
_BASIS_ENDS = frozenset("础上下时")
_OF_A_NOUN = ("人员", "员", "者", "率", "量", "额", "点", "站", "费", "商", "户", "能力", "标准", "任务", "网点")    # 销售|人员
_MASKED = re.compile("(?:[0-9]{1,4})?[xX×*]{1,4}(?:\\.[0-9xX×*]{1,4}|[0-9.]{1,8})? ?[万亿]?(?:元|%|‰|人|吨|亩|户|个|家|名|公里)$")      # 投资xx.5亿元
_MASKED_ENDS = frozenset("元%‰人吨亩户个家名里")
_RECKONED = re.compile("(?:共?计)?[0-9]{1,8}[人户元个名]?[×xX*][0-9]{1,8}元?=$")      # 计260人×300=78000元
AND_RATE = re.compile("[及和与、][\u4e00-\u9fff]{1,6}率")      # 发放及合格率: the doing is a rate's name, too
_MEANING = re.compile("[\u4e00-\u9fffA-Za-z]")


class Trimmer:
    """Knows a plan's view and where its dates stand."""

    def __init__(self, view: str, dates: Sequence[tuple[int, int]]) -> None:
        self._view = view
        self._spans = sorted(dates)
        self._starts = [s for s, _ in self._spans]
        self._ends = sorted((e, s) for s, e in self._spans)
        self._stops = [e for e, _ in self._ends]

    def trim(self, low: int, high: int) -> tuple[int, int]:
        """The part of `view[low:high]` that names something; empty (`low == high`) where nothing does."""
        low, high = self.right(low, high)
        low, high = self.left(low, high)
        if high - low == 1 and self._view[low] not in "省市县区村户人男女树粮煤钢油棉糖盐水电气肉蛋奶鱼猪牛羊鸡鸭鹅蚕兔菜果林草路桥纱布茶纸丝麻碱药米面铁铜铝锌铅镍金银砖瓦":
            return high, high
        return (low, high) if _MEANING.search(self._view, low, high) else (high, high)

    def right(self, low: int, high: int) -> tuple[int, int]:
        """Take off what ends the words without naming: verbs, adverbs, dates, a comparison with another year."""
        view, verbs = self._view, word_list("trail", "verbs", "change", "keep")
        while high > low:
            c = view[high - 1]
            if c in _EDGE or (c in "“”" and (c == "“" or view.find("“", low, high) < 0)):
                high -= 1
                continue
            reckoned = _RECKONED.search(view, max(low, high - 24), high) if c == "=" else None
            if reckoned is not None:
                high = reckoned.start()
                continue
            if c in "年月" and view[high - 2] == "率" and high - low > 2:      # 重伤率年低于0.5‰
                high -= 1
                continue
            if c in ")]" and view.find("(", low, high) < 0:
                high -= 1
                continue
            k = bisect_left(self._stops, high)
            if k < len(self._stops) and self._stops[k] == high and self._ends[k][1] >= low:
                high = self._ends[k][1]
                if high > low and view[high - 1] in "比较与同于以按在到至":
                    high -= 1
                continue
            masked = _MASKED.search(view, max(low, high - 16), high) if c in _MASKED_ENDS else None
            if masked is not None:
                high = masked.start()
                continue
            found = verbs.before(view, high, low)
            if found is not None and found[1] != "keep":
                high -= len(found[0])
                continue
            basis = _BASIS.search(view, max(low, high - 40), high) if view[high - 1] in _BASIS_ENDS else None
            if basis is not None:
                high = basis.start()
                continue
            against = _AGAINST.search(view, max(low, high - 20), high) if high - low > 1 else None
            if against is not None and self._compares(against.start(), high):
                high = against.start()
                continue
            break
        return low, high

    def _compares(self, start: int, end: int) -> bool:
        """Whether 比…, 较… at the end sets the number against another time or place, and is no part of a name."""
        words = self._view[start + 1:end]
        return (any(c in words for c in "年月期季初均上") or self._has_date(start, end) or "水平" in words or "全" in words) and (
            self._view[start] in "比较" or words.endswith(("相比", "比")))

    def _has_date(self, low: int, high: int) -> bool:
        k = bisect_left(self._starts, low)
        return k < len(self._starts) and self._starts[k] < high

    def inner_date(self, low: int, high: int) -> tuple[int, int] | None:
        """The last date inside the words, neither at their beginning nor at their end."""
        k = bisect_left(self._starts, high) - 1
        if k >= 0 and self._starts[k] > low and self._spans[k][1] < high:
            start, end = self._spans[k]
            opened = self._view.rfind("(", low, start)
            return None if opened >= 0 and 0 <= self._view.find(")", end, high) and self._view.find(")", opened, start) < 0 else (start, end)
        return None

    def left(self, low: int, high: int) -> tuple[int, int]:
        """Take off what begins the words without naming: dates, places that are the plan's own, 完成, 力争 …"""
        view, lead = self._view, word_list("lead")
        while low < high:
            c = view[low]
            if c in _EDGE or c in _CLOSE or (c in "“”" and (c == "”" or view.find("”", low, high) < 0)):
                low += 1
                continue
            k = bisect_left(self._starts, low)
            if k < len(self._starts) and self._starts[k] == low and self._spans[k][1] <= high:
                low = self._spans[k][1]
                continue
            time = _OWN_TIME.match(view, low, high)
            if time is not None and time.end() - low > 1:
                low = time.end()
                continue
            found = lead.at(view, low, high)     # the longest word decides: 国家级 is kept, 国家 dropped
            if found is None or found[1] == "keep":
                break
            rest = high - low - len(found[0])
            if found[1] == "doing" and (rest == 1 or AND_RATE.fullmatch(view, high - rest, high) or self._bare(high - rest, high) or view.startswith(_OF_A_NOUN, high - rest, high)):
                break
            low += len(found[0])
        return low, high

    def _bare(self, low: int, high: int) -> bool:
        """Whether what is left names nothing without the verb before it: 播出|时间, 新开工|里程."""
        return self._view[low:high] in word_list("split", "bare")
