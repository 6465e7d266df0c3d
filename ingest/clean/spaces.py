"""Blanks where none belong: between all characters of a line (工 作 计 划), and between the digits of one number (3 2 0万元)."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .confusable import ANY_UNIT
from .context import Context, source_span

_SPREAD = re.compile(r"(?<!\S)(?:\S[ \u3000]){7,}\S(?!\S)")
_WORDS = re.compile("[\u4e00-\u9fff]")
_NUMERALS = re.compile("[一二三四五六七八九十日甲乙丙丁戊己庚辛壬癸]")      # the head of a table has such letters apart
_ALONE, _PARTED = re.compile(r"[ \u3000][^\s\d][ \u3000][^\s][ \u3000]"), re.compile(r"\d[ \u3000]\d")
_SHORT = re.compile(r"^[ \u3000]*((?:\S[ \u3000]){3,6}\S)$", re.M)
_PLAIN = re.compile("[，。、；：（）《》“”！？,.;:()%\\d]")
_WORDY, _SHARE = 4, .8   # words of a spread line at least; the share of its characters that are words, marks or figures
_SPREAD_PAGE = 2         # spread lines of a page on which shorter ones are such too
_DIGITS = re.compile(r"(?<![\d.,/:：-])(?<=[^\n])\d{1,3}(?:[ \u3000]\d{1,9}){1,9}(?:\.\d{1,4})?(?![\d.,/:：-])(?=[ \u3000]?([^\s\d]))")
_SINGLE = re.compile(r"\d(?:[ \u3000]\d)+(?:\.\d{1,4})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u3000]\d{3})+(?:\.\d{1,4})?")
_BLANKS = re.compile(r"[ \u3000]")


def spaces(draft: Draft, context: Context) -> None:
    """Close lines that are spread, and numbers before a unit; of a number parted otherwise say that it has no value."""
    text = draft.text
    spread = [m.span() for m in _SPREAD.finditer(text) if _is_prose(m.group())] if _ALONE.search(text) else []
    if len(spread) >= _SPREAD_PAGE:
        spread += [m.span(1) for m in _SHORT.finditer(text) if _is_prose(m[1], 2)]
    draft.change(Change(b.start(), b.end(), "", "whitespace", "spread") for low, high in spread for b in _BLANKS.finditer(text, low, high))
    text = draft.text
    changes: list[Change] = []
    for m in _DIGITS.finditer(text) if _PARTED.search(text) else ():
        line = text.rfind("\n", 0, m.start()) + 1
        if not text[line:m.start()].strip() or not ANY_UNIT.match(text, m.start(1)):
            continue     # a number at a line's start may be a list's
        if _SINGLE.fullmatch(m.group()) or _THOUSANDS.fullmatch(m.group()):
            changes += [Change(m.start() + b.start(), m.start() + b.end(), "", "whitespace", "spaced-number") for b in _BLANKS.finditer(m.group())]
        else:
            context.damaged.append(source_span(draft, m.start(), m.end(1)))
            context.note(draft, "damaged-number", "blanks stand inside this number: no value is reported", m.start(), m.end())
    draft.change(changes)


def _is_prose(run: str, fewest: int = _WORDY) -> bool:
    """Whether a run of lone characters is words set apart, not the head of a table or a row of signs."""
    letters = _BLANKS.sub("", run)
    words = len(_WORDS.findall(letters)) - len(_NUMERALS.findall(letters))
    return words >= fewest and words + len(_PLAIN.findall(letters)) + len(_NUMERALS.findall(letters)) >= _SHARE * len(letters)
