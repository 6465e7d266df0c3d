"""Quotation marks that a conversion has turned to `?` (开展?三个一?活动): put back in pairs where they can be nothing else.

A charset without “” or 《》 loses every one of them, so a page that has a kind of mark has not lost that kind. A `?`
behind a comma or 的 ends no question; one pair so told vouches for those that merely could be one."""
from __future__ import annotations

import re
from dataclasses import dataclass

from ..draft import Change, Draft
from .context import Context

_SENTENCE = re.compile(r"[^。！；!;\n]++")
_MARK = re.compile(r"\?++")
_ASKS = re.compile("[吗嗎呢么麼谁誰哪几幾何怎吧否孰啥]|多少|是不是|能不能|要不要|有没有")
_NO_QUESTION = re.compile(r"(?:^|[，、：；。（(,:;\s的和与與及以将將把对對为為是在按以称稱叫“《]|落实|落實|贯彻|貫徹|开展|開展|实施|實施|推进|推進|坚持|堅持|实现|實現|根据|根據|按照)\Z")
_AFTER = frozenset("，、；：。）),;:?\n")
_SIDE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_LAW = re.compile("(?:法|条例|條例|规定|規定|办法|辦法|意见|意見|通知|纲要|綱要|决定|決定|决议|決議|细则|細則|章程)(?:[（(](?:试行|試行|草案)[)）])?\\Z")
_PAPER = re.compile("(?:规划|規劃|方案|报告|報告|计划|計劃|计画|計畫|标准|標準|制度|公报|公報|[市县縣省]志|史|年鉴|年鑑|文[编編]|条约|條約|协定|協定|协议|協議|纲领|綱領"
                    "|[声聲]明|宣言|要[点點]|目[录錄]|名[录錄]|指南|读本|讀本|[丛叢]书|草案|手册|手冊|白皮书|公[约約]|建[议議]|[导導]则|公告|[书書])(?:[（(].{1,6}[)）])?\\Z")
_COUNTED = re.compile("[一二两三四五六七八九十\\d][条條项項个個]")
_TITLE = re.compile("(?:关于|關於|中华人民共和国|中華人民共和國|中共|国务院|國務院)")
_LONG_TITLE = 5          # characters of a law's name; 办法 and 意见 between marks are words
_LONGEST = 40            # characters between two marks
_WEAK = re.compile("[^、，A-Za-z]{1,20}")    # between marks that could also be lost dashes or points
_SUPPORT = 2             # pairs beyond doubt that vouch for others


@dataclass(frozen=True, slots=True)
class _Pair:
    start: int
    end: int
    inner: str
    marks: str           # "“”", "《》", or "" where the kind cannot be told
    sure: bool           # no reading as two questions


def lost_quotes(draft: Draft, context: Context) -> None:
    """Restore pairs beyond doubt; of others on the same page say that a mark is lost."""
    text = draft.text
    absent = [marks for marks in ("“”", "《》") if marks[0] not in text and marks[1] not in text]
    if text.count("?") < 2 or not absent:
        return
    width = _width(text)
    sentences = [list(_pairs(text, *m.span(), width, absent)) for m in _SENTENCE.finditer(text) if "?" in m.group()]
    sure = sum(p.sure for pairs in sentences for p in pairs)
    told = [p for pairs in sentences for p in pairs if any(q.sure for q in pairs) or sure >= _SUPPORT and _WEAK.fullmatch(p.inner)]
    changes = []
    if told and len(absent) > 1:
        context.note(draft, "ambiguous-repair", "marks that were turned to `?` are back; whether “” or 《》 was told by the words between them",
                     told[0].start, told[-1].end)
    for pair in told:
        if pair.marks:
            changes += [Change(pair.start, pair.start + width, pair.marks[0], "lost_byte", "lost-quote"),
                        Change(pair.end - width, pair.end, pair.marks[1], "lost_byte", "lost-quote")]
        else:
            context.note(draft, "lost-byte", "the marks around these words are lost: quotation marks or a title's", pair.start, pair.end)
    if sure:
        _say_lone(draft, context, told)
    draft.change(changes)


def _width(text: str) -> int:
    """How many `?` stand for one mark: two where each of its bytes was replaced."""
    runs = [m.end() - m.start() for m in _MARK.finditer(text)]
    return 2 if all(run % 2 == 0 for run in runs) else 1


def _pairs(text: str, start: int, end: int, width: int, absent: list[str]) -> list[_Pair]:
    """The pairs of a sentence, all of whose `?` must belong to one; else none."""
    marks = [at for m in _MARK.finditer(text, start, end) for at in range(m.start(), m.end(), width)]
    if len(marks) % 2:
        return []
    found = [_pair(text, start, one, two + width, width, absent) for one, two in zip(marks[::2], marks[1::2], strict=True)]
    return [p for p in found if p] if all(found) else []


def _pair(text: str, floor: int, start: int, end: int, width: int, absent: list[str]) -> _Pair | None:
    """What stands from one `?` to the next, if the two can be marks around it."""
    inner, before = text[start + width:end - width], text[max(floor, start - 30):start]
    after = text[end:end + 1]
    if not 0 < len(inner) <= _LONGEST or _ASKS.search(inner) or _ASKS.search(before):
        return None
    if not _SIDE.match(inner[0]) or not _SIDE.match(inner[-1]) and inner[-1] not in "）)" or not after or after not in _AFTER and not _SIDE.match(after):
        return None
    return _Pair(start, end, inner, _kind(inner, absent), _NO_QUESTION.search(before) is not None)


def _kind(inner: str, absent: list[str]) -> str:
    """The marks that belong around the words, of those that the page has none of."""
    if len(absent) == 1:
        title = _LAW.search(inner) or _PAPER.search(inner)
        return absent[0] if absent == ["“”"] or title else ""
    if _TITLE.match(inner) and len(inner) > 8 or len(inner) >= _LONG_TITLE and _LAW.search(inner) and not _COUNTED.search(inner):
        return "《》"
    return "" if _LAW.search(inner) or _PAPER.search(inner) else "“”"


def _say_lone(draft: Draft, context: Context, told: list[_Pair]) -> None:
    """On a page that has lost such marks, a `?` in mid-sentence that belongs to no pair is one more loss."""
    spans = [(p.start, p.end) for p in told]
    for m in re.finditer(r"(?<=[\u4e00-\u9fff，、])\?{1,2}(?=[\u4e00-\u9fff])", draft.text):
        clause = re.split("[。！？；\n]", draft.text[max(0, m.start() - 40):m.start()])[-1]
        if not _ASKS.search(clause) and not any(a <= m.start() < b for a, b in spans):
            context.note(draft, "lost-byte", "a question mark stands for a character that is lost", m.start(), m.end())
