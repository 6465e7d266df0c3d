"""Punctuation that was mistyped inside numbers: 3。5亿元, 62. 6%; doubled marks after a numeral: 一,、"""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context

# What may follow a decimal: a percentage, a power of ten, a currency, a measure. `3。5、` is a list's number.
_UNIT = r"(?:%|％|‰|个百分点|個百分點|[百千万萬亿億]|[元斤吨噸米里亩畝度倍升]|公[里斤顷頃]|平方|立方|[千兆]瓦|小[时時]|[级級]地震|成(?![立为為]))"
_STOP = re.compile(rf"。(?<=\d。)(?=\d{{1,4}}{_UNIT})")
_BEFORE = re.compile(r"(?:^|\D)\d{1,6}\Z")
_GAP = re.compile(rf"(?<=\d)(?:[.．][ \u3000]{{1,2}}|[ \u3000]{{1,2}}[.．][ \u3000]{{0,2}})(?=\d{{1,4}}[ ]?{_UNIT})")
_DOUBLED = re.compile(r"(?<=[一二三四五六七八九十\d])([,，.．]、|、[,，])(?=[\u4e00-\u9fff])")
_TWO_MARKS = (",、", "，、", ".、", "．、", "、,", "、，")
_LINE_NUMBER = re.compile(r"(?:^|\n)[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,3}\Z")
_APOSTROPHE = re.compile(r"(?<=[\u4e00-\u9fff])'(?=[\u4e00-\u9fff])")


def numbers(draft: Draft, context: Context) -> None:
    """Put the decimal point where a number was written with a full stop or with blanks around its point."""
    text, changes = draft.text, []
    for match in _STOP.finditer(text) if "。" in text else ():
        if _BEFORE.search(text, max(0, match.start() - 7), match.start()):
            changes.append(Change(match.start(), match.end(), ".", "punctuation", "decimal-full-stop"))
    for match in _GAP.finditer(text) if ". " in text or " ." in text or "．" in text else ():
        line = text.rfind("\n", 0, match.start()) + 1
        if text[line:match.start()].strip(" \u3000").isdigit():   # `1. 5亿元的项目` at a line's start is a list's number
            continue
        changes.append(Change(match.start(), match.end(), ".", "punctuation", "decimal-blank"))
    for match in _DOUBLED.finditer(text) if any(marks in text for marks in _TWO_MARKS) else ():
        if _LINE_NUMBER.search(text, max(0, match.start() - 12), match.start()):
            changes.append(Change(match.start(), match.end(), "、", "punctuation", "doubled-mark"))
    draft.change(changes)


def stray_apostrophes(draft: Draft, context: Context) -> None:
    """An aggregation site puts `'` between characters; one without a partner in its line goes."""
    text = draft.text
    if "'" not in text:
        return
    changes = []
    for match in _APOSTROPHE.finditer(text):
        low = text.rfind("\n", 0, match.start()) + 1
        high = text.find("\n", match.end())
        if text.count("'", low, high if high >= 0 else len(text)) == 1:
            changes.append(Change(match.start(), match.end(), "", "boilerplate", "stray-apostrophe"))
    draft.change(changes)
