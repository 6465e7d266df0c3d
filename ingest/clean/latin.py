"""UTF-8, GBK or Big5 that was read as Western letters (ä¸­æ–‡, ÖÐ¹ú), back into its characters, run by run.

Western readers take 0x80 to 0x9F as typographic marks (cp1252) or as controls (Latin-1); both are known here. Five of
these bytes cp1252 has no character for: where U+FFFD or `?` stands for one, the words tell which it was. What was read
so twice is read back twice."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from ..draft import Change, Draft
from .context import Context
from .lexicon import likely, step
from .loss import LOST, tell

_MARKS = bytes(b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_LETTER = f"\x80-\xff{_MARKS}"
_SIGN = re.compile(r"[\x80-\x84\x86-\x9f¡-¦¨-¯²-¶¸-ÖØ-öø-ÿ]")     # not · × ÷ ° ± § nor a no-break space: prose has them
_FEWEST_SIGNS = 3
_RUN = re.compile(f"[{_LETTER}][{_LETTER}{LOST}? ]*+")
_PAIRS = re.compile(f"(?:[{_LETTER}{LOST}][{_LETTER}{LOST}@-~])++")
_SHORTEST = 3            # characters that a run of pairs must give back
_LIKELY = -10.5          # their least mean likelihood
_LIKELY_SHORT = -8.5     # that of a shorter run on a page that has longer ones
_SURE = 6                # characters of longer runs that make such a page
_MARGIN = 1.0            # by how much likelier (as logarithm) the character taken for a lost byte is than the next
_TWICE = 3               # times that a text may have been misread


@cache
def _bytes() -> dict[str, int]:
    """The byte of each character that a Western reader shows for one."""
    return {chr(b): b for b in range(0x80, 0x100)} | {c: c.encode("cp1252")[0] for c in _MARKS}


def western(draft: Draft, context: Context) -> None:
    """Restore every run that was read as Western letters; note what is lost."""
    for _ in range(_TWICE):
        text = draft.text
        if len(_SIGN.findall(text)) < _FEWEST_SIGNS:
            return
        changes = _doubles(text) or [change for m in _RUN.finditer(text) for change in _utf8(text, m.start(), m.end())]
        if not changes:
            return
        for change in changes:
            tell(draft, context, change, doubt=change.rule.endswith("?"))
        draft.change(Change(c.start, c.end, c.after, c.kind, c.rule.rstrip("?")) for c in changes)


def _utf8(text: str, start: int, end: int) -> Iterator[Change]:
    """Stretches of whole UTF-8 characters that hold one of three bytes, or Western letters to be read once more."""
    at = start
    while at < end:
        low, found = at, []
        while at < end and (got := _one(text, at, end)):
            found.append(got[0])
            at = got[1]
        out, doubt = _chosen(found)
        if any(c > "\u07ff" and c != LOST for c in out) or len(out) > 2 and _SIGN.search(out):
            yield Change(low, at, out, "mojibake", "utf8-as-latin" + "?" * doubt)
        at = max(at, low + 1)


def _one(text: str, at: int, end: int) -> tuple[str, int] | None:
    """What one character of UTF-8 from `at` may be, and where it ends; None where there is none."""
    lead = _bytes().get(text[at], 0)
    size = 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 4 if 0xF0 <= lead <= 0xF4 else 0
    code: list[int | None] = [lead]
    while size and len(code) < size and at + len(code) < end:
        char = text[at + len(code)]
        byte = 0xA0 if char == " " else None if char in (LOST, "?") else _bytes().get(char, 0)
        if byte is not None and not 0x80 <= byte <= 0xBF:
            break
        code.append(byte)
    if len(code) < 2 or size != 3 and (len(code) < size or None in code):
        return None
    if len(code) < size:       # a control was dropped on the way; what follows begins another character
        return (LOST, at + len(code)) if 0xE3 <= lead <= 0xE9 and None not in code else None
    chars = _candidates(tuple(code))
    return (chars, at + size) if chars else None


@lru_cache(4096)
def _candidates(code: tuple[int | None, ...]) -> str:
    """The characters of three bytes of which those that are None may be any of the five; U+FFFD where nothing is left."""
    options = [(b,) if b is not None else _UNDEFINED for b in code]
    return "".join(bytes(some).decode("utf-8", "ignore") for some in product(*options)) or (LOST if None in code else "")


def _chosen(found: list[str]) -> tuple[str, bool]:
    """One character for each place, the likeliest between its neighbours if by far, and whether any was chosen so."""
    out, doubt = "", False
    for chars, after in zip(found, [*found[1:], ""], strict=False):
        if len(chars) > 1:
            ranked = sorted(((step(out[-1:], c) + (step(c, after) if len(after) == 1 else 0.0), c) for c in chars), reverse=True)
            doubt = True
            chars = ranked[0][1] if ranked[0][0] > ranked[1][0] + _MARGIN else LOST
        out += chars
    return out, doubt


def _doubles(text: str) -> list[Change]:
    """Runs of pairs that are GBK or Big5: those that are prose by themselves, and where there are such, short ones too."""
    read = [(m, *_double(m.group())) for m in _PAIRS.finditer(text)]
    sure = sum(len(out) for m, out, mean, _ in read if len(out) >= _SHORTEST and mean >= _LIKELY and not _is_utf8(text, m))
    if sure < _SURE:
        return []
    return [Change(m.start(), m.end(), out, "mojibake", rule) for m, out, mean, rule in read
            if out and mean >= (_LIKELY if len(out) >= _SHORTEST else _LIKELY_SHORT)]


def _is_utf8(text: str, run: re.Match[str]) -> bool:
    """Whether half of a run reads as UTF-8."""
    return 2 * sum(c.end - c.start for c in _utf8(text, *run.span())) >= run.end() - run.start()


def _double(run: str) -> tuple[str, float, str]:
    """A run of pairs as GBK or Big5, whichever gives likelier characters, its mean likelihood, and the rule's name."""
    pairs = [run[i:i + 2] for i in range(0, len(run), 2)]
    return max((_read(pairs, charset) for charset in ("gbk", "cp950")), key=lambda r: r[1])


def _read(pairs: list[str], charset: str) -> tuple[str, float, str]:
    """What pairs are in a charset, the mean likelihood of that, and the rule's name."""
    out = ""
    for pair in pairs:
        code = bytes(_bytes().get(c, ord(c) if c < "\x7f" else 0) for c in pair)
        try:
            out += code.decode(charset) if LOST not in pair else LOST
        except UnicodeDecodeError:
            return "", -99.0, ""
    known = [likely(c) for c in out if c != LOST]
    mean = sum(known) / len(known) if known else -99.0
    return out, mean if len(known) * 2 >= len(out) else -99.0, f"{'gbk' if charset == 'gbk' else 'big5'}-as-latin"
