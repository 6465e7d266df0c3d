"""Pinyin that a mirror has put behind characters: the glosses go, and the characters that they damaged are restored."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Change, Draft
from .context import Context, GapNote
from .fold import simplified
from .readings import TONED, is_reading, letters
from .shift import GLOSS, LOST, SWALLOWED, Guess, character, gbk, lost_leads, unshift

_SIGN = re.compile(rf"[{TONED}][a-zɡ]{{0,4}}[)）]")
_PLACE = re.compile(f"{GLOSS.pattern}|{SWALLOWED.pattern}")
_LEAST_SCORE = -0.4      # mean likelihood a character below which a restored stretch is not believed
_SHOWN = 20


def glosses(draft: Draft, context: Context) -> None:
    """Remove glosses, and undo the shift by one byte that some of them have caused."""
    if not _SIGN.search(draft.text):
        return
    text = draft.text
    if _authors_own(text):
        return
    changes: list[Change] = []
    at = 0
    while place := _PLACE.search(text, at):
        before = _before(text, changes, place.start())
        found = _gloss(text, place, before, changes) if place[1] else _damage(text, place, before, draft, context)
        at = place.end()
        if found:
            changes.append(found)
            at = found.end
    draft.change(changes)


def _authors_own(text: str) -> bool:
    """Whether all glossed characters are rare: an author explains 硚(qiáo), a machine 网(wǎng)."""
    if SWALLOWED.search(text) and not GLOSS.search(text):
        return False
    glossed = {text[m.start() - 1] for m in GLOSS.finditer(text) if m.start() and is_reading(text[m.start() - 1], m[1])}
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


def _gloss(text: str, place: re.Match[str], before: str, changes: list[Change]) -> Change | None:
    """A gloss goes if it reads the characters before it; without a tone only where the page has toned ones too."""
    if is_reading(before, place[1]):
        return Change(place.start(), place.end(), "", "gloss", "pinyin")
    return None


def _damage(text: str, place: re.Match[str], before: str, draft: Draft, context: Context) -> Change | None:
    """The stretch from a swallowed bracket to where the text is in step again, restored as far as it can be."""
    pinyin = letters(place[2])
    guesses = unshift(text, place.end(), before, lost_leads(before[-1:], pinyin))
    best = next((g for g in guesses if g.score >= _LEAST_SCORE), None)
    if best is None:
        context.note(draft, "lost-byte", "a character that a gloss has split could not be restored", place.start(), place.end())
        context.damaged.append((draft.source_offset(place.start()), draft.source_offset(place.end())))
        return Change(place.start(), place.end(), LOST, "lost_byte", "split-character")
    change = Change(place.start(), best.at, best.out, "lost_byte", "shifted-bytes")
    _tell(change, best, len(guesses), draft, context)
    return change


def _tell(change: Change, best: Guess, count: int, draft: Draft, context: Context) -> None:
    low, high = draft.source_offset(change.start), draft.source_offset(change.end)
    if best.lost:
        context.gaps.append(GapNote(low, best.lost, change.after[-_SHOWN:]))
        context.damaged.append((low, high))
        context.note(draft, "lost-byte", "a shift by one byte has swallowed a character", change.start, change.end)
    if count > 1:
        context.note(draft, "ambiguous-repair", f"{count} readings of a damaged stretch; the one that makes words was taken",
                     change.start, change.end)
