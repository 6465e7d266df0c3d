"""Find every time expression of a text: the tables give where and what, tails (底, 前, 期间, 起) finish the reading."""
from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ...schema import Role
from ..model import Found
from ..numerals import number
from ..rules import Hit, Rule, RuleTable, load, load_all
from . import festivals
from . import words as w
from .readers import read
from .time import Time

_TABLES = ("dates_sets", "festivals", "dates", "dates_durations")
# What tells that 113年 is a year of the Republic in this text.
# A plain character first, then what must not stand before it: the search leaps from one such character to the next.
_ROC = re.compile("民国 ?[0-9一二三四五六七八九十元]|1[0-2][0-9](?<![0-9]...) ?(?:学年|年)度(?!假)"
                  "|1[0-2][0-9](?<![0-9.]...) ?年 ?[01]?[0-9] ?月 ?[0-3]?[0-9] ?日")
# What stands before a date and goes with it; 截至 without 底 means up to that day.
_HEAD = re.compile(r"(?:截至|截止|截止到|截止至|截至到|截止于)[ (]?$")
_TO = re.compile(r"(?:(?<![达得受回做看提想收感])到|(?<![甚乃])至|(?<![关对高低用位等由鉴基处属优善大小少多快源始成建自终生])于)$")
_MONTH = re.compile(r"(?<![0-9X-])[0-9X]{4}-(?:0[1-9]|1[0-2]|XX(?=-[0-3]))(?=[^/]*\Z)")   # of a range its last
_ROW = 60            # characters between days of a row: 9月5日报到,6日上课
_OPEN, _CLOSE = ("“", "\"", "'"), ("”", "\"", "'")
_GROWING = re.compile("[益渐均趋常程夜奖]")
_WEEKS = re.compile("周 ?次|行事历|校历|第 ?[0-9一二三四五六七八九十]{1,3} ?(?:教学)?周")   # a calendar of weeks
_TIMES = re.compile("(?:时限|时间|日期|期限|节点) ?[\\t|\\n]")                                         # a column of times
_DOTTED = re.compile("[“\"']?(?<![0-9.])(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.·](?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
                     "(?P<close>[”\"'])?(?:全国|国际|世界|中国|全民)?\\Z")
_ITEM = re.compile("([0-9]{1,2}|[一二三四五六七八九十]{1,3})、")
_ITEM_LINE = re.compile("^ {0,4}([0-9]{1,2}|[一二三四五六七八九十]{1,3})、", re.M)
_ITEMS = 1000        # characters around an item in which its neighbours are looked for
_NEAR = 36           # characters before a hit that its row may ask about
_THIRDS = ("START", "MID", "END")
_KINDS_OF_POINT = ("day", "month", "year", "quarter", "half", "season", "festival")


@cache
def _table() -> RuleTable:
    return load_all(*_TABLES)


def find_dates(view: str, start: int, end: int) -> list[Found[Time]]:
    """Every time expression within `view[start:end]`, in order, none overlapping. Readings are of the words alone."""
    out: list[Found[Time]] = []
    known = {"roc": republican(view, start, end), "weeks": _WEEKS.search(view, start, end) is not None,
             "times": _TIMES.search(view, start, end) is not None}
    at = start
    for hit in _table().candidates(view, start, end):
        needs = hit.rule.more.get("needs")
        near = _month_before(view, hit, out) if needs == "month" else None
        if hit.start < at or _numbers(view, hit) or (needs == "month" and near is None) or not known.get(needs or "", True):
            continue
        if (found := _read(view, hit, end)) is not None and found.start >= at:
            out.append(found if near is None else replace(found, value=replace(found.value, near=near)))
            at = found.end
    return out


def _numbers(view: str, hit: Hit) -> bool:
    """Whether the row's first part is a number at the head of its line, one of a sequence: 1、2月份报名 before 2、3月份考试."""
    if hit.rule.id not in ("month-pair", "quarter-range") or (head := _ITEM.match(view, hit.start)) is None:
        return False
    if view[view.rfind("\n", 0, hit.start) + 1:hit.start].strip(" "):
        return False
    count = number(head.group(1))
    beside = () if count is None else (int(count) - 1, int(count) + 1)
    near = view[max(0, hit.start - _ITEMS):hit.start + _ITEMS]
    return any(number(item.group(1)) in beside for item in _ITEM_LINE.finditer(near))


def _month_before(view: str, hit: Hit, found: list[Found[Time]]) -> str | None:
    """Year and month of the last day or month named shortly before `hit` on its line."""
    for last in reversed(found[-4:]):
        if hit.start - last.end > _ROW or "\n" in view[last.end:hit.start]:
            break
        month = _MONTH.search(last.value.edtf or "") if last.value.type == "DATE" else None
        if month is not None:
            return last.value.near or month.group()
    return None


def republican(view: str, start: int, end: int) -> bool:
    """Whether the text counts its years from 1912: it names the Republic, or writes 113年度 or a day of such a year."""
    return _ROC.search(view, start, end) is not None


def _read(view: str, hit: Hit, end: int) -> Found[Time] | None:
    if not _stands(view, hit):
        return None
    if festivals.is_festival(hit.rule):
        if view[hit.end - 1] == "日" and _GROWING.match(view, hit.end, end):      # 全民健身日益普及
            return None
        time, kind, stop = festivals.read(hit.rule, view[hit.start:hit.end]), "festival", hit.end
    else:
        maybe = read(hit)
        if maybe is None:
            return None
        time, kind, stop = maybe, hit.rule.more.get("kind", "duration"), hit.end
    if hit.rule.id == "year-alone" and (after := _festival_after(view, stop, end, " 的“\"'")) is not None:
        between = view[hit.end:after[1]]
        quoted = "“" in between and "”" not in between or between.count('"') == 1 or between.count("'") == 1
        if not quoted or view[after[1]:after[1] + 1] in _CLOSE:
            time, kind, stop = festivals.in_year(after[0], time), "festival", after[1] + quoted
    elif kind == "day" and time.type == "DATE" and (after := _festival_after(view, stop, end, " ”\"'")) is not None:
        time, stop = replace(time, festival=after[0].festival), after[1]
    begin = _named_day(view, hit.start, time) if kind == "festival" and time.edtf else hit.start
    if kind == "festival" and view[begin - 1:begin] in _OPEN and view[stop:stop + 1] in _CLOSE:
        placed, last = _tails(view, stop + 1, end, time, kind)      # “七一”前
        if last > stop + 1:
            return Found(hit.rule.id, begin - 1, last, placed)
    time, stop = _tails(view, stop, end, time, kind)
    start, time = _head(view, begin, time, kind)
    return Found(hit.rule.id, start, stop, time)


def _named_day(view: str, begin: int, time: Time) -> int:
    """Where the day itself stands written before its festival (12.4全国法制宣传日), the beginning of that."""
    day = _DOTTED.search(view, max(0, begin - 10), begin)
    if day is None or time.edtf is None:
        return begin
    month, count = w.month(day.group("month")), w.day(day.group("day"))
    if time.edtf[-5:] != f"{month}-{count}":
        return begin
    return day.start() if day.group("close") else day.start("month")


def _stands(view: str, hit: Hit) -> bool:
    """Whether what stands right before the hit is what its row asks for (`behind`), and not what it shuns (`beside`)."""
    asked, shunned = hit.rule.more.get("behind"), hit.rule.more.get("beside")
    if asked is None and shunned is None:
        return True
    before = view[max(0, hit.start - _NEAR):hit.start]
    if asked is not None and not re.search(f"(?:{asked})$", before):
        return False
    return shunned is None or not re.search(f"(?:{shunned})$", before)


def _festival_after(view: str, at: int, end: int, between: str) -> tuple[Time, int] | None:
    """A festival right after a year (今年春节) or after its day (“12·4”国家宪法日)."""
    for _ in range(3):
        at += 1 if view[at:at + 1] and view[at] in between else 0
    hit = load("festivals").match(view, at, end)
    return (festivals.read(hit.rule, view[hit.start:hit.end]), hit.end) if hit else None


def _tails(view: str, at: int, end: int, time: Time, kind: str) -> tuple[Time, int]:
    """What follows the date changes its reading: at most three tails (6月 底 之 前)."""
    for _ in range(3):
        tails = load("dates_tails").matches(view, at, end)
        tail = next((t for t in tails if _fits(t.rule, kind, time) and not _again(t.rule, time)), None)
        if tail is None:
            break
        role: Role | None = tail.rule.more.get("role")
        time = replace(time, mod=time.mod or tail.rule.more.get("mod"), role=time.role or role)
        at = tail.end
    return time, at


def _fits(tail: Rule, kind: str, time: Time) -> bool:
    return kind in tail.more["on"] and tail.more.get("after") in (None, time.mod)


def _again(tail: Rule, time: Time) -> bool:
    """Whether the tail names another part of what is a part already: 年初年末 are two."""
    return time.mod in _THIRDS and tail.more.get("mod") in _THIRDS


def _head(view: str, start: int, time: Time, kind: str) -> tuple[int, Time]:
    if kind not in _KINDS_OF_POINT:
        return start, time
    before = view[max(0, start - 6):start]
    if head := _HEAD.search(before):
        mod = time.mod or ("BEFORE" if kind == "day" else None)
        return start - len(head.group()), replace(time, mod=mod, role=time.role or "deadline")
    if _TO.search(before) and time.role is None:
        return start, replace(time, role="deadline")
    return start, time
