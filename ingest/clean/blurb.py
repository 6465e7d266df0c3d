"""What an aggregation site's editor writes around texts: introductions, closing words, the collection's title repeated."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Change, Draft
from ..rows import rows
from .context import Context
from .fold import fold, lines, whole_line

_NEAR = 15               # lines from the top within which an introduction stands
_REACH = 8_000           # characters of the text's ends that are looked at
_LONGEST = 400           # an editor's paragraph; longer ones are texts
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[、.]")
_PARTED = re.compile(r"(?:.{0,60}篇 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})|.{0,10}第?[一二三四五六七八九十]{1,3}篇).{0,40}")
_TRIGGERS = ("小编", "小編", "笔者", "为大家", "為大家", "为您", "為您", "参考", "參考", "范文", "範文", "帮助", "幫助", "整理", "更多", "怎么写", "怎麼寫", "篇")


def blurbs(draft: Draft, context: Context) -> None:
    """Remove the editor's paragraphs at the head and the foot, and collection titles above the texts."""
    text = draft.text
    ends = text[:_REACH] + text[-_REACH:]
    if not any(trigger in ends for trigger in _TRIGGERS):
        return
    changes: list[Change] = []
    for start, end, rule in sorted({*_head(text), *_foot(text)}):
        low, high = whole_line(text, start, end)
        low = max(low, changes[-1].end if changes else 0)
        if low < high:
            changes.append(Change(low, high, "", "boilerplate", rule))
    draft.change(changes)


def _head(text: str) -> Iterator[tuple[int, int, str]]:
    several = None
    for k, (start, end) in enumerate(lines(text, 0, _REACH)):
        line = fold(text[start:end])
        if k == _NEAR or _NUMBERED.match(line):
            return
        if is_blurb(line):
            yield start, end, "editor"
        elif k and len(line) < 60 and _collection(line):
            several = _several(text) if several is None else several
            if several:
                yield start, end, "collection-title"


def _foot(text: str) -> Iterator[tuple[int, int, str]]:
    low = text.rfind("\n", 0, max(0, len(text) - _REACH)) + 1
    for start, end in list(lines(text, low))[-6:]:
        line = fold(text[start:end])
        if is_blurb(line) and not _NUMBERED.match(line):
            yield start, end, "editor"


def is_blurb(line: str) -> bool:
    """Whether a folded paragraph holds what only an editor writes: one plain sign, or two faint ones."""
    if len(line) > _LONGEST:
        return False
    signs = {row.more["sign"] for row in rows("furniture", "blurb") if row.pattern.search(line)}
    return "alone" in signs or len(signs) > 1


def _collection(line: str) -> bool:
    return any(row.pattern.fullmatch(line) for row in rows("furniture", "collection"))


def _several(text: str) -> bool:
    """Whether the page holds several texts, told apart by 篇1, 篇2 …, or 第一篇."""
    count = 0
    for start, end in lines(text):
        if end - start < 80 and "篇" in text[start:end] and _PARTED.fullmatch(fold(text[start:end])):
            count += 1
            if count > 2:
                return True
    return False
