"""Text that is shifted by one byte of GBK, back into its characters.

Mirrors of old pages put `(pinyin)` into the bytes after listed pairs, wherever they occur, also across two characters.
Where it splits a character, that character's first byte and the bracket were decoded to one `?`, and all that follows
is read one byte off, until a byte below 0x80 ends it: the second byte of a character, or an ASCII character that was
swallowed. Hypotheses about the lost byte are carried on side by side; the one whose characters make words wins.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .lexicon import likely, step, together
from .readings import TONED, is_reading, readings

LOST = "\ufffd"
PINYIN = rf"[a-zü{TONED}ɑɡ]{{1,7}}"
GLOSS = re.compile(rf"[(（]({PINYIN}(?: ?{PINYIN}){{0,3}})[)）]")
SWALLOWED = re.compile(rf"\?({PINYIN})[)）]")
_LONGEST = 200           # characters after which a shift that has not ended is given up
_BEYOND = 25             # characters by which a reading may be longer than the first to be complete
_WIDTH = 24              # hypotheses carried on side by side
_KEPT = 60               # complete readings that are compared
_RARE = -13.0            # the likelihood below which a character is not tried where two bytes are lost
_GONE = -7.0             # what a character costs that cannot be told
_WORDS = 1_000           # occurrences of a pair that make it a word beyond doubt


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading so far: `lead` is the first byte of the character that comes next, None once the text is in step again."""

    at: int
    lead: int | None
    out: str
    score: float
    lost: int = 0        # how many bytes are gone for good
    drops: bool = False

    def add(self, char: str, at: int, lead: int | None) -> Guess:
        return replace(self, at=at, lead=lead, out=self.out + char, score=self.score + step(self.out[-1:], char))


def gbk(char: str) -> bytes:
    """The bytes of a character in GBK; empty where it has none."""
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def character(*pair: int) -> str:
    """The character of two bytes in GBK; empty where there is none."""
    try:
        char = bytes(pair).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 else ""


def last_bytes(char: str) -> tuple[int, ...]:
    """What the last byte of a character may be: half-width punctuation may have been full-width in the page."""
    if char == '"':
        return (0xB0, 0xB1)
    if "!" <= char <= "~":
        return (ord(char) + 0x80,) if not char.isalnum() else (ord(char), ord(char) + 0x80)
    code = gbk(char)
    return (code[-1],) if code else ()


@lru_cache(4096)
def lost_leads(before: str, pinyin: str) -> tuple[int, ...]:
    """First bytes that make, behind the last byte of `before`, a character read `pinyin`."""
    return tuple(b for a in last_bytes(before) for b in range(0x81, 0xFF)
                 if (char := character(a, b)) and pinyin in readings(char))


@dataclass(slots=True)
class Effort:
    """How many guesses may still be made: a page made to damage costs time in proportion to its length, no more."""

    left: int


def unshift(text: str, at: int, before: str, leads: Sequence[int], effort: Effort, *, drops: bool = False) -> list[Guess]:
    """Readings of the shifted text from `at` on, likeliest first, each to where it is in step again. `drops` says that
    a pair may be gone from a mark."""
    alive = [Guess(at, lead, before[-1:], 0.0, drops=drops) for lead in leads]
    done: list[Guess] = []
    for _ in range(_LONGEST):
        effort.left -= len(alive) + _KEPT // 4
        if not alive or effort.left < 0:
            break
        grown = [g for guess in alive for g in _next(text, guess)]
        done += [g for g in grown if g.lead is None]
        longest = min((len(g.out) for g in done), default=_LONGEST) + _BEYOND
        alive = sorted((g for g in grown if g.lead is not None and len(g.out) < longest), key=lambda g: -g.score)[:_WIDTH]
    return _ranked(text, done)


def _next(text: str, guess: Guess) -> Iterator[Guess]:
    """How a guess may go on by one character of the damaged text."""
    assert guess.lead is not None
    at, lead = guess.at, guess.lead
    if at >= len(text):
        return
    gloss = GLOSS.match(text, at)
    if gloss and is_reading(text[at - 1:at], gloss[1]):
        yield replace(guess, at=gloss.end())
        return
    char = text[at]
    if char == "?":
        yield from _swallowed(text, guess)
    code = gbk(char)
    if len(code) == 2:
        yield from _pair(guess, code[0], at + 1, code[1])
        if guess.drops:
            yield from _dropped(guess, code[0], replace(guess, at=at + 1, lead=code[1]))
    elif len(code) == 1 and "@" <= char <= "~" and (whole := character(lead, code[0])):
        yield guess.add(whole, at + 1, None)
    if "!" <= char <= "~":    # written in full width, and made half-width later
        yield from _pair(guess, 0xA3, at + 1, ord(char) + 0x80)


def _pair(guess: Guess, trail: int, at: int, lead: int) -> Iterator[Guess]:
    assert guess.lead is not None
    whole = character(guess.lead, trail)
    if whole and lead > 0x80:
        yield guess.add(whole, at, lead)


def _dropped(guess: Guess, trail: int, after: Guess) -> Iterator[Guess]:
    """A pair that GBK has no character for is left out without a trace: `ǘ┘` is (二)加. A mark that is whole again is sure."""
    for number in "二三六":
        lead, last = gbk(number)
        if guess.lead == lead:
            yield from (replace(after, out=guess.out + number + mark) for closing in (0xA1, 0xA3)
                        if not character(last, closing) and (mark := character(closing, trail)) in ("、", "）"))


def _swallowed(text: str, guess: Guess) -> Iterator[Guess]:
    """A `?` stands for a second byte and the ASCII character after it: a gloss's bracket, or a character that is gone."""
    assert guess.lead is not None
    found = SWALLOWED.match(text, guess.at)
    if found:
        for whole in _read_as(guess.lead, found[1]):
            yield guess.add(whole, found.end(), None)
        return
    yield from _unmapped(text, guess)
    for whole, sure in _second_lost(guess.lead, guess.out[-1:]):
        told = guess.add(whole, guess.at + 1, None) if sure else replace(
            guess, at=guess.at + 1, lead=None, out=guess.out + LOST, score=guess.score + _GONE)
        yield replace(told, out=told.out + LOST, score=told.score + _GONE, lost=1 if sure else 2)


@lru_cache(4096)
def _read_as(lead: int, pinyin: str) -> tuple[str, ...]:
    """The characters of a first byte that are read `pinyin`."""
    return tuple(c for trail in range(0x40, 0xFF) if (c := character(lead, trail)) and pinyin in readings(c))


@lru_cache(4096)
def _second_lost(lead: int, before: str) -> tuple[tuple[str, bool], ...]:
    """The two likeliest characters of a first byte behind `before`, and whether they make a word beyond doubt."""
    chars = (character(lead, trail) for trail in range(0x80, 0xFF))
    ranked = sorted(((step(before, c), c) for c in chars if c), reverse=True)[:2]
    return tuple((c, together(before, c) >= _WORDS) for _, c in ranked)


@cache
def _no_character() -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Second bytes, each with the first bytes behind it that the two are no character with."""
    pairs = ((a, tuple(b for b in range(0x81, 0xFF) if not character(a, b))) for a in range(0x80, 0xFF))
    return tuple((a, leads) for a, leads in pairs if leads)


def _unmapped(text: str, guess: Guess) -> Iterator[Guess]:
    """A `?` for a second byte and the first byte of the next character, which GBK has no character for: still shifted.
    The two lost bytes are those that make a character at both sides."""
    assert guess.lead is not None
    code = gbk(text[guess.at + 1:guess.at + 2])
    if len(code) != 2 and not (len(code) == 1 and code >= b"@"):
        return
    for whole, lead in _both_lost(guess.lead, guess.out[-1:], code[0]):
        yield guess.add(whole, guess.at + 1, lead)


@lru_cache(4096)
def _both_lost(lead: int, before: str, trail_after: int) -> tuple[tuple[str, int], ...]:
    """The likeliest characters of a first byte behind `before`, each with the first byte of the character after it."""
    grown = []
    for trail, leads in _no_character():
        whole = character(lead, trail)
        if whole and likely(whole) > _RARE:
            score = step(before, whole)
            grown += [(score + step(whole, char), whole, after) for after in leads
                      if (char := character(after, trail_after)) and likely(char) > _RARE]
    grown.sort(key=lambda row: -row[0])
    return tuple((whole, after) for _, whole, after in grown[:6])


def _ranked(text: str, done: list[Guess]) -> list[Guess]:
    """Guesses that end at different places are compared over the same stretch."""
    if not done:
        return []
    done = sorted(done, key=lambda g: -g.score)[:_KEPT]
    far = min(max(g.at for g in done) + 1, len(text))
    scored = []
    for guess in done:
        score, before = guess.score, guess.out[-1]
        for char in text[guess.at:far]:
            score += step(before, char)
            before = char
        scored.append((score, guess))
    scored.sort(key=lambda pair: -pair[0])
    seen: set[str] = set()
    out = []
    for score, guess in scored:
        if guess.out not in seen:
            seen.add(guess.out)
            out.append(replace(guess, score=score, out=guess.out[1:]))
    return out
