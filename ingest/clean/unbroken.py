"""Text that has lost its line ends: paragraphs told only by the wide blanks with which each begins, or by a blank before
each number and behind each sentence."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context

_LONG = 300              # characters of a line that is several paragraphs
_FEWEST = 4              # indents in it
_SHARE = 0.5             # of them that stand behind the end of a sentence
_INDENT = re.compile(r"(?<=\S)[ \xa0\t\u3000]*(?:\u3000\u3000|  |\xa0\xa0)[ \xa0\t\u3000]*+(?=\S)")
_BLANK = re.compile(r"(?<=\S)(?<![A-Za-z0-9])[ \xa0\u3000]{1,8}(?=[^\sA-Za-z0-9])|(?<=\S)[ \xa0\u3000]{1,8}(?=[0-9]{1,2}[、.．](?![0-9]))|(?<=篇[0-9])[ \u3000]{1,8}(?=\S)")
_MARK = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条]|[0-9]{1,2}[、.．](?![0-9])")
_AFTER_MARK = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条]|[0-9]{1,2}[、.．])$")
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])")
_SHORT = 120             # of a line in which a blank parts 一、 from the sentence before it
_HEADING = 30            # characters of a heading that only blanks set off
_MARKS = 3
_PARTED = re.compile(r"[ \xa0\u3000](?<=\S.)")
_ENDS = frozenset("。！？；：”）!?;:)")


def unbroken(draft: Draft, context: Context) -> None:
    """A line feed for each indent in the midst of a long line that has several of them behind sentences; and for each
    blank of a long line before a number or behind a stop, where most blanks stand so."""
    text, changes, at = draft.text, [], 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at < _SHORT or _PARTED.search(text, at, end) is None:
            pass
        elif end - at >= _LONG:
            changes += _breaks(text, at, end) or _numbered(text, at, end)
        else:
            changes += [c for c in _numbered(text, at, end) if _FIRST.match(text, c.end)]
        at = end + 1
    draft.change(changes)


def _breaks(text: str, start: int, end: int) -> list[Change]:
    found = list(_INDENT.finditer(text, start, end))
    ended = sum(1 for m in found if text[m.start() - 1] in _ENDS)
    if len(found) < _FEWEST or ended < _SHARE * len(found):
        return []
    return [Change(m.start(), m.end(), "\n", "whitespace", "lost-break") for m in found]


def _numbered(text: str, start: int, end: int) -> list[Change]:
    if "\t" in text[start:end]:
        return []
    found = [m for m in _BLANK.finditer(text, start, end) if not _AFTER_MARK.search(text, max(start, m.start() - 5), m.start())]
    marks = {m.start() for m in found if _MARK.match(text, m.end())}
    ended = {m.start() for m in found if text[m.start() - 1] in _ENDS}
    if len(marks) < _MARKS or 2 * len(marks | ended) < len(found):
        return [Change(m.start(), m.end(), "\n", "whitespace", "lost-break") for m in found
                if m.start() in ended and _FIRST.match(text, m.end())]
    out, last = [], start
    for m in found:
        heads = _MARK.match(text, last) and m.start() - last <= _HEADING and not any(c in _ENDS for c in text[last:m.start()])
        if m.start() in marks or m.start() in ended or heads or text[m.start() - 2] == "篇":
            out.append(Change(m.start(), m.end(), "\n", "whitespace", "lost-break"))
            last = m.end()
    return out
