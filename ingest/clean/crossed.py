"""GBK that was read as Big5 (笢弊 for 中国), and Big5 read as GBK (いゅ for 中文), back into its characters, line by line.

Either shows at once: the commonest marks of the one are Bopomofo, Kana, Cyrillic or private characters in the other. A
line counts where its reading back is prose and it as it stands is not."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..draft import Change, Draft
from .context import Context
from .fold import lines
from .lexicon import likely, step
from .loss import LOST, tell

_SIGN = re.compile("[\u0400-\u04ff\u3041-\u30fa\u3105-\u3129\ue000-\uf8ff]")
_FEWEST_SIGNS = 3
_KINDS = (("big5-as-gbk", "gb18030", ("cp950", "big5hkscs")), ("gbk-as-big5", "cp950", ("gbk",)))
_STRETCH = re.compile(r"[^\x00-\x3f\x7f-\xa0]++")
_SHORTEST = 5            # characters of a line that is judged by itself
_SURE = 12               # characters of lines with which a page is known to be of a kind; shorter lines follow it
_GAIN, _LIKELY = 3.0, -9.5    # by how much the mean likelihood must rise, and to where at least


def crossed(draft: Draft, context: Context) -> None:
    """Restore the lines that were read in the other charset; note what is lost."""
    text = draft.text
    if not _SIGN.search(text) or len(_SIGN.findall(text)) < _FEWEST_SIGNS:
        return
    for rule, wrong, right in _KINDS:
        changes = list(_found(draft.text, rule, wrong, right))
        for change in changes:
            tell(draft, context, change)
        draft.change(changes)
        if changes:
            return


def _found(text: str, rule: str, wrong: str, right: tuple[str, ...]) -> Iterator[Change]:
    read = [(start, end, text[start:end], _line(text[start:end], wrong, right)) for start, end in lines(text)]
    sure = sum(_known(out) for _, _, line, out in read if _is_prose(line, out, _SHORTEST))
    if sure < _SURE:
        return
    for start, end, line, out in read:
        if out != line and (_is_prose(line, out, _SHORTEST) or LOST not in out and _is_prose(line, out, 1)):
            yield Change(start, end, out, "mojibake", rule)


def _is_prose(line: str, out: str, fewest: int) -> bool:
    """Whether a line read back is prose, of at least so many known characters, and much likelier than the line itself."""
    return _known(out) >= fewest and out.count(LOST) * 3 <= _known(out) and _mean(out) >= max(_LIKELY, _mean(line) + _GAIN)


def _line(line: str, wrong: str, right: tuple[str, ...]) -> str:
    """A line read back."""
    return _STRETCH.sub(lambda m: _back(m.group(), wrong, right), line)


def _known(words: str) -> int:
    """Characters beyond ASCII that are not lost."""
    return sum(c > "\x7f" and c != LOST for c in words)


def _mean(words: str) -> float:
    """The mean likelihood of these; a line without any says nothing."""
    beyond = [likely(c) for c in words if c > "\x7f" and c != LOST]
    return sum(beyond) / len(beyond) if beyond else 0.0


def _back(stretch: str, wrong: str, right: tuple[str, ...]) -> str:
    out, at = "", 0
    while at < len(stretch):
        char, at = stretch[at], at + 1
        read = _readings(char, wrong, right)
        if read:
            out += max(read, key=lambda c: step(out[-1:], c)) if len(read) > 1 else read
        elif char == LOST:      # with the second byte behind it where that is an ASCII letter
            after = stretch[at:at + 1]
            at += "@" <= after <= "~"
            out += _told(out[-1:], ord(after), right) if "@" <= after <= "~" else LOST
        else:
            out += char
    return out


@lru_cache(8192)
def _readings(char: str, wrong: str, right: tuple[str, ...]) -> str:
    """What a character may have been: in Big5 some have two codes; U+FFFD for bytes that no character has."""
    codes = {code for charset in ((wrong, "big5hkscs") if wrong == "cp950" else (wrong,)) if len(code := _code(char, charset)) == 2}
    chars = {c for code in codes if len(c := _character(code, right)) == 1}
    return "".join(sorted(chars)) or LOST * bool(codes)


def _code(char: str, charset: str) -> bytes:
    try:
        return char.encode(charset)
    except UnicodeEncodeError:
        return b""


@lru_cache(4096)
def _character(code: bytes, right: tuple[str, ...]) -> str:
    for charset in right:
        try:
            return code.decode(charset)
        except UnicodeDecodeError:
            continue
    return ""


@lru_cache(1024)
def _told(before: str, trail: int, right: tuple[str, ...]) -> str:
    """The character of a lost first byte, if one is much likelier than the others."""
    chars = (_character(bytes((lead, trail)), right) for lead in range(0xA1, 0xFA))
    ranked = sorted(((step(before, c), c) for c in chars if len(c) == 1), reverse=True)
    return ranked[0][1] if len(ranked) > 1 and ranked[0][0] > ranked[1][0] + 3.0 else LOST
