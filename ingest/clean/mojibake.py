"""UTF-8 that was read as GBK, back into its characters, run by run; the clean text around the runs is left alone.

A byte that GBK has no character for was kept as U+FFFD. In mid-text that byte is 0x80 without doubt, since GBK takes every
other one; at the end of a stretch, or before an ASCII character, it may be any, and is told by the words it would make.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..draft import Change, Draft
from .context import Context, GapNote
from .fold import simplified, simplified_only
from .lexicon import likely, step

LOST = "\ufffd"
_SIGN = re.compile("[鐨銆锛鏄鍦鍥涓浜浠缁][\u4e00-\u9fff\ue000-\uf8ff\ufffd]")
_FEWEST_SIGNS = 4
_START = re.compile("[\u4e00-\u9fff\uff00-\uff60\u2010-\u2640]")
_UNKNOWN = -1
_SHORTEST = 4            # characters that a run must give back
_LIKELY = -10.5          # their least mean likelihood
_PIECE = 40              # characters an edit at most, so that places inside a long run can be told
_PARAGRAPH = ("\u3000".encode()[:2].decode("gbk") + LOST) * 2    # how a paragraph's indent looks when misread
_TWO_BYTES = (0xC2, 0xC3, 0xCE, 0xCF)    # · × ° ± § and Greek letters
_AT_END = {"。": 4.0, "！": 2.0, "、": -4.0, "，": -4.0, "《": -4.0, "「": -4.0, "【": -4.0}   # what ends a paragraph
_MARGIN = 1.5


@dataclass(slots=True)
class _Unit:
    """Damaged `[start, end)` and what it reads, both ending with a whole character; `doubt` is a choice by words."""

    start: int
    end: int
    out: str
    doubt: bool = False


def mojibake(draft: Draft, context: Context) -> None:
    """Restore every run; note characters whose bytes are lost."""
    text = draft.text
    if not any(sign in text for sign in "鐨銆锛") or len(_SIGN.findall(text)) < _FEWEST_SIGNS:
        return
    changes: list[Change] = []
    units = list(_runs(text, False))
    if _traditional("".join(u.out for u in units)):
        units = list(_runs(text, True))
    for unit in units:
        changes.append(Change(unit.start, unit.end, unit.out, "mojibake", "utf8-as-gbk"))
        if LOST in unit.out:
            low, high = draft.source_offset(unit.start), draft.source_offset(unit.end)
            context.gaps.append(GapNote(low, unit.out.count(LOST), unit.out))
            context.damaged.append((low, high))
            context.note(draft, "lost-byte", "a byte of a character is lost", unit.start, unit.end)
        elif unit.doubt:
            context.note(draft, "ambiguous-repair", "a byte was lost; the character that makes words was taken", unit.start, unit.end)
    draft.change(changes)


def _traditional(words: str) -> bool:
    """Whether what has come back is in traditional script."""
    forms = simplified_only()
    return sum(simplified(c) != c for c in words) > sum(c in forms for c in words)


def _runs(text: str, traditional: bool) -> Iterator[_Unit]:
    at = 0
    while start := _START.search(text, at):
        units = _trimmed(list(_run(text, start.start(), traditional)))
        out = "".join(u.out for u in units)
        if len(out) >= _SHORTEST and sum(likely(c) for c in out if c != LOST) >= _LIKELY * len(out):
            yield from _merged(units)
            at = units[-1].end
        else:
            at = start.end()


def _trimmed(units: list[_Unit]) -> list[_Unit]:
    """Units from the first to the last that hold a character of three bytes, with the ASCII behind it: 公路 and 楼 beside
    figures read as two bytes of UTF-8 by chance."""
    wide = [k for k, u in enumerate(units) if any(c > "\u07ff" for c in u.out)]
    if not wide:
        return []
    end = wide[-1] + 1
    while end < len(units) and units[end].out.isascii():
        end += 1
    return units[wide[0]:end]


def _merged(units: list[_Unit]) -> Iterator[_Unit]:
    """Units joined to pieces of moderate length; one with a doubt or a loss stays by itself."""
    piece: _Unit | None = None
    for unit in units:
        alone = unit.doubt or LOST in unit.out
        if piece and (alone or len(piece.out) >= _PIECE):
            yield piece
            piece = None
        if alone:
            yield unit
        elif piece:
            piece.end, piece.out = unit.end, piece.out + unit.out
        else:
            piece = _Unit(unit.start, unit.end, unit.out)
    if piece:
        yield piece


def _run(text: str, at: int, traditional: bool) -> Iterator[_Unit]:
    """Units from `at` on as long as the bytes are UTF-8."""
    start = at
    pending: list[int] = []     # bytes not yet read
    owners: list[int] = []      # for each of them the end of the character that it came from
    out, doubt, before = "", False, ""
    while at < len(text) or pending:
        while len(pending) < 3 and at < len(text):
            got = _bytes(text, at)
            if not got:
                break
            pending += got
            at += 1
            owners += [at] * len(got)
        if not pending:
            return
        char, size, unsure = _character(pending, before, _ends(text, at - 1), traditional)
        if not char:
            return
        whole = size == len(owners) or owners[size - 1] != owners[size]
        out, doubt, before = out + char, doubt or unsure, char
        end = owners[size - 1]
        del pending[:size], owners[:size]
        if whole:
            yield _Unit(start, end, out, doubt)
            start, out, doubt = end, "", False


def _bytes(text: str, at: int) -> list[int]:
    """The bytes that a character was read from; nothing for one that GBK does not have."""
    char = text[at]
    if char == LOST:
        return [_UNKNOWN if _ends(text, at) or text[at + 1] < "\x7f" else 0x80]
    if char < "\x80":
        return [ord(char)] if char.isprintable() and char != " " else []
    code = char.encode("gb18030", "ignore")
    return list(code) if len(code) == 2 else []


def _ends(text: str, at: int) -> bool:
    """Whether a stretch ends at a place: the text, or a paragraph, before the indent of the next."""
    after = text[at + 1:at + 5]
    return not after.strip() or after[0] in "\t\n\u3000" or after == _PARAGRAPH


def _character(code: list[int], before: str, ending: bool, traditional: bool) -> tuple[str, int, bool]:
    """The first character, how many bytes it takes, and whether it was chosen by words; "" where the bytes are no UTF-8."""
    first = code[0]
    if 0x20 < first < 0x7F:
        return (chr(first), 1, False)
    size = 3 if 0xE2 <= first <= 0xEF else 2 if first in _TWO_BYTES else 0
    if not size or len(code) < size:
        return "", 0, False
    if _UNKNOWN in code[1:size]:
        return _told(tuple(code[:size]), before, ending, traditional)
    try:
        return bytes(code[:size]).decode("utf-8"), size, False
    except UnicodeDecodeError:
        return "", 0, False


@lru_cache(1024)
def _told(code: tuple[int, ...], before: str, ending: bool, traditional: bool) -> tuple[str, int, bool]:
    """The character of the page's script whose last byte is lost, if one is much likelier than the others."""
    if code[-1] != _UNKNOWN or _UNKNOWN in code[:-1]:
        return "", 0, False
    chars = [bytes([*code[:-1], last]).decode("utf-8", "ignore") for last in range(0x80, 0xC0)]
    chars = [c for c in chars if traditional or simplified(c[:1] or " ") == (c[:1] or " ")]
    ranked = sorted(((step(before, c) + (_AT_END.get(c, 0.0) if ending else 0.0), c) for c in chars if c), reverse=True)
    if len(ranked) > 1 and ranked[0][0] > ranked[1][0] + _MARGIN:
        return ranked[0][1], len(code), True
    return LOST, len(code), False
