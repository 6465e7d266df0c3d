"""Number marks as flat tokens: every place where an item may begin, before anyone decides which are true marks.

A token stands at the beginning of a line, directly behind another mark there (`一、(一)…`), or in mid-paragraph behind
the end of a sentence or clause. `parse/rules/numbering.toml` has the ways of writing; values are worked out here.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import cast

from ..schema import Style
from .model import Line, Mark
from .rules import Hit, load

HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_FORMAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")
_DIGIT = {c: k for k, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"廿": 20, "卅": 30}
# blocks of ready-made numbers: first character, last character, value of the first
_READY = (("①", "⑳", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36), ("❶", "❿", 1), ("㊀", "㊉", 1), ("㈠", "㈩", 1),
          ("⑴", "⒇", 1), ("⒈", "⒛", 1), ("Ⅰ", "Ⅻ", 1), ("ⅰ", "ⅻ", 1))
_CORE = re.compile(r"[一二三四五六七八九十百廿卅〇零]+|[壹贰叁参肆伍陆柒捌玖拾]+|[0-9]+|[A-Za-z]|[甲乙丙丁戊己庚辛壬癸]"
                   r"|[①-⑳㉑-㉟㊱-㊿❶-❿㊀-㊉㈠-㈩⑴-⒇⒈-⒛Ⅰ-Ⅻⅰ-ⅻ]")
_BEGINS = r"(?=[(\[〈<【0-9一二三四五六七八九十廿①-⑳㈠-㈩⑴-⒇⒈-⒛❶-❿第其甲乙丙丁-])"
# Where a mark may begin in mid-paragraph: behind a stop, behind blanks, close behind other words. Three patterns, each with
# a character at its head that the search leaps to; as one it took five times as long.
_BEHIND_STOP = re.compile(r"[。;!?:,”\")'][ \t]{0,4}" + _BEGINS)
_BEHIND_BLANK = re.compile(r"[ \t](?<=\S[ \t])[ \t]{0,7}" + _BEGINS)
_CLOSE_BEHIND = re.compile(r"(?=[①-⑳⑴-⒇(0-9一])(?:"
                           # set close behind the item before: (1)立规矩(2)抓落实, but no class (七(1)班) and no figure (图(2))
                           r"(?<=[一-鿿0-9%])(?<![一二三四五六七八九初高图表式款项条附注级第])"
                           r"(?=[①-⑳⑴-⒇](?!班)|\([1-9][0-9]?\)(?![班号款项式表图栋楼期组类级、,。;)和至-]))"
                           # items with nothing but a point and a blank to part them: 1. 管水2. 管电
                           r"|(?<=[一-鿿])(?=[1-9][0-9]?[.] [一-鿿])"
                           # the first of a series close behind the heading that holds it: 一、保障1、备车。2、备油。
                           r"|(?<=[一-鿿])(?<![十百第其之统唯万专划归合单如同逐])(?=[1一][、.](?![0-9])|\([一1]\)|[1-9][0-9]?[.]1(?![0-9.%])[^0-9]))")
_HEADING = re.compile(r"[一-鿿“”0-9,、]{2,48}")
_SENTENCE = frozenset("。;")
_BLANK = re.compile(r"[ \t]*+")


@dataclass(frozen=True, slots=True)
class Token:
    """A possible mark. `line` is its line's index, `first` that it begins the line, `strong` that it needs no
    neighbour to be believed there; `form` tells series apart that must not be mixed; `path` are a decimal's numbers;
    `before` is the character that it follows in mid-paragraph, `glued` that not even a blank parts them,
    `opens` that only the words of a heading stand between it and the mark before."""

    mark: Mark
    line: int
    first: bool
    strong: bool
    form: str
    path: tuple[int, ...] = ()
    before: str = ""
    glued: bool = False
    opens: bool = False

    @property
    def value(self) -> int:
        return self.mark.value or 0


def ordinal(words: str) -> int | None:
    """The value of a number as marks write it (十二, 廿五, 12, ⑫, 丙, 拾贰, c); None for what is no number."""
    core = _CORE.search(words)
    if core is None:
        return None
    word = core.group().translate(_FORMAL)
    if word.isascii():
        return int(word) if word.isdigit() else ord(word.lower()) - 96
    if word in HEAVENLY:
        return HEAVENLY.index(word) + 1
    for first, last, value in _READY:
        if first <= word[0] <= last:
            return ord(word[0]) - ord(first) + value
    return _chinese(word)


def _chinese(word: str) -> int | None:
    """一百二十三, 二十, 廿五, 一〇: None for what is no number (十十, 二三)."""
    total, digit = 0, None
    if len(word) > 1 and all(c in _DIGIT for c in word):
        return int("".join(str(_DIGIT[c]) for c in word)) if "〇" in word or "零" in word else None
    for c in word:
        if c in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[c]
            continue
        if c in _TENS:
            total += _TENS[c]
        else:
            total += (1 if digit is None else digit) * (10 if c == "十" else 100)
        digit = None
    return total + (digit or 0)


def tokens(view: str, lines: Sequence[Line], skip: Set[int] = frozenset()) -> list[Token]:
    """All tokens of the lines in order of the text; the lines `skip` (of tables, of contents) have none."""
    out: list[Token] = []
    for k, line in enumerate(lines):
        if k in skip:
            continue
        first = list(_at_start(view, line, k))
        out += first
        out += _run_on(view, line, k, first[-1].mark.body if first else line.start)
    return out


def _at_start(view: str, line: Line, k: int) -> Iterator[Token]:
    """The mark that begins a line, and a second one directly behind it."""
    one = _token(view, line.start, line.end, k, first=True)
    if one is None:
        return
    yield one
    two = _token(view, one.mark.body, line.end, k, first=True)
    if two is not None and two.form != one.form:
        yield two


def _spots(view: str, at: int, end: int) -> list[tuple[int, int]]:
    """Where marks may begin behind `at`, with the blanks before each, in order."""
    spots = {m.start(): m.end() for m in _BEHIND_BLANK.finditer(view, at + 1, end)}
    spots.update((m.start() + 1, m.end()) for m in _BEHIND_STOP.finditer(view, at, end))
    spots.update(m.span() for m in _CLOSE_BEHIND.finditer(view, at + 1, end))
    return sorted(spots.items())


def _run_on(view: str, line: Line, k: int, at: int) -> Iterator[Token]:
    """Marks in mid-paragraph."""
    body = at
    for start, end in _spots(view, at, line.end):
        token = _token(view, end, line.end, k, first=False, before=view[start - 1])
        if token is not None:
            glued = start == end
            heads = body > line.start and token.value == 1 and _HEADING.fullmatch(view, body, start) is not None
            yield replace(token, glued=glued, opens=heads) if glued or heads else token
            body = token.mark.body


def _token(view: str, at: int, end: int, k: int, *, first: bool, before: str = "") -> Token | None:
    hit = load("numbering").match(view, at, end)
    if hit is None or (not first and hit.rule.more.get("where") == "line"):
        return None
    if not first and hit.rule.more.get("where") == "stop" and before not in _SENTENCE:
        return None
    raw = view[hit.start:hit.end]
    value, path = _value(hit, raw)
    if value is None and hit.rule.more["style"] != "dash":
        return None
    body = _BLANK.match(view, hit.end, end)
    style = cast(Style, hit.rule.more["style"])
    mark = Mark(hit.start, hit.end, body.end() if body else hit.end, style, value)
    return Token(mark, k, first, not hit.rule.more.get("weak", False), _form(style, raw, path), path, before)


def _value(hit: Hit, raw: str) -> tuple[int | None, tuple[int, ...]]:
    if hit.rule.more["style"] == "decimal":
        path = tuple(int(n) for n in re.findall(r"[0-9]+", raw))
        return path[-1], path
    return ordinal(raw), ()


def _form(style: str, raw: str, path: tuple[int, ...]) -> str:
    """Series of one style that do not mix: 一是 and 一要, 第一 and 其一, 1.1 and 1.1.1."""
    if style == "shi":
        return style + raw[-1]
    if style == "di":
        return style + raw[0]
    return f"{style}{len(path)}" if path else style
