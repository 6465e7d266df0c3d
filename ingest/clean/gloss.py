"""Pinyin that a mirror has put behind characters: the glosses go, and the characters that they damaged are restored."""
from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ..draft import Change, Draft
from .context import Context, GapNote
from .fold import simplified
from .lexicon import likely, step
from .readings import TONED, is_reading, letters, readings
from .shift import GLOSS, LOST, SWALLOWED, Effort, Guess, character, gbk, lost_leads, unshift

_SIGN = re.compile(rf"[{TONED}][a-zɡ]{{0,4}}[)）]")
_PLACE = re.compile(f"{GLOSS.pattern}|{SWALLOWED.pattern}")
_LEAST_LIKELY = -12.0    # mean likelihood a character below which a restored stretch is not believed
_MARGIN = 1.0            # a rival reading whose likelihood is within this factor (as logarithm) is as good
_BARE = re.compile(r"\?{1,2}[^\x00-\x7f\ufffd]{0,40}?[@-~](?![A-Za-z(（])")
_INDENT = re.compile(r"^[ \u3000]*+\?(?=[^\x00-\x7f])", re.MULTILINE)
_WIDE_LETTER = re.compile("[Ａ-Ｚａ-ｚ]")
_BLANK_LEAD = 0xA1       # first byte of the blank that a paragraph begins with
_FEWEST, _BETTER = 2, 2.0    # characters of a shift without a gloss; how much likelier each must be (as logarithm)
_SHOWN = 20
_LEAST_EFFORT, _EFFORT = 100_000, 5   # guesses at a page's damage, and more for each of its characters


def glosses(draft: Draft, context: Context) -> None:
    """Remove glosses, and undo the shift by one byte that some of them have caused."""
    _indent_shifts(draft, context)
    if not _SIGN.search(draft.text):
        return
    text = draft.text
    if _authors_own(text):
        return
    context.page = {name: _in_page(value, context) for name, value in context.page.items()}
    changes: list[Change] = []
    effort = Effort(_LEAST_EFFORT + _EFFORT * len(text))
    at = 0
    while place := _PLACE.search(text, at):
        before = _before(text, changes, place.start())
        found = _damage(text, place, before, draft, context, effort) if place[2] else _gloss(text, place, before) or _earlier_shift(
            text, place, draft, context, changes[-1].end if changes else 0, effort)
        at = place.end()
        if found:
            changes.append(found)
            at = found.end
    draft.change(changes)
    _bare_shifts(draft, context, Effort(_LEAST_EFFORT // 4 + len(text)))


def _bare_shifts(draft: Draft, context: Context, effort: Effort) -> None:
    """`考核??茖W習`: a shift that no gloss has begun and none has ended, told by how unlikely it is as it stands."""
    text, changes, floor = draft.text, [], 0
    for place in _BARE.finditer(text):
        first = place.start()
        if first < max(1, floor):
            continue
        before, words = text[first - 1], text[first + 1:place.end()]
        if words.startswith("?"):      # in step it was the full-width mark that these two bytes make
            words = "？" + words[1:]
        best = max(unshift(words, 0, before, range(0x81, 0xFF), effort), key=lambda g: g.score, default=None)
        if best is None or best.lost or len(best.out) < _FEWEST or not _believed(best):
            continue
        if best.score < _along(before, words[:best.at]) + _BETTER * len(best.out):
            continue
        floor = first + 1 + best.at
        change = Change(first, floor, best.out, "lost_byte", "shifted-bytes")
        _tell(change, best, 2, draft, context)
        changes.append(change)
    draft.change(changes)


def _indent_shifts(draft: Draft, context: Context) -> None:
    """`?。ㄒ唬┚C合`: the shift begins in the blank before a paragraph, `(一)綜合`; it shows on pages without glosses too."""
    text, changes, effort = draft.text, [], Effort(_LEAST_EFFORT // 4 + len(draft.text))
    for place in _INDENT.finditer(text):
        first, at = place.end() - 1, place.end()
        if gbk(text[at])[:1] != bytes((_BLANK_LEAD,)):
            continue
        best = max(unshift(text, at, "\n", (_BLANK_LEAD,), effort, drops=True), key=lambda g: g.score, default=None)
        if best is None or best.lost or not _believed(best) or _WIDE_LETTER.search(best.out):
            continue
        if best.score < _along("\n", text[at:best.at]) + _BETTER * len(best.out):
            continue
        change = Change(first, best.at, best.out, "lost_byte", "shifted-bytes")
        _tell(change, best, 1, draft, context)
        changes.append(change)
    draft.change(changes)


def _along(before: str, words: str) -> float:
    """How likely characters are one behind the other."""
    return sum(step(a, b) for a, b in pairwise(before + words))


def _in_page(value: Any, context: Context) -> Any:
    """A field of the page as the text would read; glosses stand in titles and breadcrumbs as well."""
    if isinstance(value, list):
        return [_in_page(words, context) for words in value]
    if not isinstance(value, str) or not _SIGN.search(value):
        return value
    draft = Draft(value)
    glosses(draft, Context(context.source))
    return draft.text


def _authors_own(text: str) -> bool:
    """Whether all glossed characters are rare: an author explains 硚(qiáo), a machine 网(wǎng)."""
    if SWALLOWED.search(text) and not GLOSS.search(text):
        return False
    glossed = {text[m.start() - 1] for m in GLOSS.finditer(text) if m.start() and is_reading(text[max(0, m.start() - 4):m.start()], m[1])}
    return not any(b"\xb0" <= simplified(c).encode("gb2312", "ignore") < b"\xd8" for c in glossed)


def _before(text: str, changes: list[Change], at: int) -> str:
    """The four characters before a place, as they read after the changes made so far."""
    out, stop = "", at
    for change in reversed(changes[-4:]):
        out = change.after + text[change.end:stop] + out
        stop = change.start
        if len(out) >= 4:
            return out[-4:]
    return (text[max(0, stop - 4):stop] + out)[-4:]


def _gloss(text: str, place: re.Match[str], before: str) -> Change | None:
    """A gloss goes if it reads the characters before it; without a tone only where the page has toned ones too."""
    if is_reading(before.rstrip(), place[1]):      # a line may have been broken before the gloss
        return Change(place.start(), place.end(), "", "gloss", "pinyin")
    return None


def _earlier_shift(text: str, place: re.Match[str], draft: Draft, context: Context, floor: int,
                   effort: Effort) -> Change | None:
    """`?茖W(xué)`: the gloss reads the last byte before W and W itself, so the text was shifted since the `?` before."""
    end = place.start()
    start = end - 1
    if end < 3 or not "@" <= text[start] <= "~" or letters(place[1]) not in readings(_across(text[end - 2:end])):
        return None
    while start > max(floor, end - _SHOWN) and len(gbk(text[start - 1])) == 2:
        start -= 1
    if start <= floor or text[start - 1] != "?":
        return None
    first = start - 1 - (start - 2 >= floor and text[start - 2] == "?")
    before = text[max(0, first - 1):first]
    guesses = [g for g in unshift(text, first + 1, before, range(0x81, 0xFF), effort) if g.at == end]
    best = max(guesses, key=lambda g: g.score, default=None)
    if best is None or not _believed(best):
        return None
    change = Change(first, place.end(), best.out, "lost_byte", "shifted-bytes")
    _tell(change, best, len(guesses), draft, context)
    return change


def _across(pair: str) -> str:
    """The character that the last byte of one and the only byte of the next character make."""
    code = gbk(pair[0])
    return character(code[-1], ord(pair[1])) if len(code) == 2 else ""


def _damage(text: str, place: re.Match[str], before: str, draft: Draft, context: Context, effort: Effort) -> Change:
    """The stretch from a swallowed bracket to where the text is in step again, restored as far as it can be."""
    pinyin = letters(place[2])
    guesses = unshift(text, place.end(), before, lost_leads(before[-1:], pinyin), effort)
    best = next((_agreed(g, guesses) for g in guesses if _believed(g)), None)
    if best is None:
        context.note(draft, "lost-byte", "a character that a gloss has split could not be restored", place.start(), place.end())
        context.damaged.append((draft.source_offset(place.start()), draft.source_offset(place.end())))
        return Change(place.start(), place.end(), LOST, "lost_byte", "split-character")
    change = Change(place.start(), best.at, best.out, "lost_byte", "shifted-bytes")
    _tell(change, best, len(guesses), draft, context)
    return change


def _believed(guess: Guess) -> bool:
    return sum(likely(c) for c in guess.out if c != LOST) >= _LEAST_LIKELY * len(guess.out)


def _agreed(best: Guess, guesses: list[Guess]) -> Guess:
    """The best guess, without the characters in which a rival as good as it differs."""
    out = list(best.out)
    for rival in guesses:
        if best.score - _MARGIN < rival.score and rival.at == best.at and len(rival.out) == len(out):
            out = [a if a == b else LOST for a, b in zip(out, rival.out, strict=True)]
    return replace(best, out="".join(out), lost=out.count(LOST))


def _tell(change: Change, best: Guess, count: int, draft: Draft, context: Context) -> None:
    low, high = draft.source_offset(change.start), draft.source_offset(change.end)
    if best.lost:
        context.gaps.append(GapNote(low, best.lost, change.after[-_SHOWN:]))
        context.damaged.append((low, high))
        context.note(draft, "lost-byte", "a shift by one byte has swallowed a character", change.start, change.end)
    if count > 1:
        context.note(draft, "ambiguous-repair", f"{count} readings of a damaged stretch; the one that makes words was taken",
                     change.start, change.end)
