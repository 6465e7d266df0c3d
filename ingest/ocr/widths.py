"""Punctuation that the recogniser gives in half width, as it is printed between Chinese characters. The width of a mark is
not read but chosen by the model, which learnt from both: what stands beside Chinese is full width, as GB/T 15834 has it;
marks beside figures and letters, and the full stop, which may stand for 、 or ·, are left as they were read."""
from __future__ import annotations

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_BRACKETS = {"(": "（", ")": "）"}


def is_wide(sign: str) -> bool:
    """Whether a character is as wide as it is high."""
    return sign >= "\u2e80" or sign in "“”‘’—…①②③④⑤⑥⑦⑧⑨⑩"


def _is_chinese(sign: str) -> bool:
    return "\u3000" < sign <= "\u9fff" or "\uff00" < sign <= "\uff60" or sign in "“”‘’"


def widened(line: str) -> str:
    """The line, as long as before, with the marks beside Chinese characters in full width; brackets in pairs."""
    signs = list(line)
    for i, sign in enumerate(line):
        before, after = line[i - 1:i], line[i + 1:i + 2]
        chinese = bool(before and _is_chinese(before)) or bool(after and _is_chinese(after))
        figures = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if chinese and not figures and (sign in _FULL or sign in _BRACKETS):
            signs[i] = {**_FULL, **_BRACKETS}[sign]
    _pair(line, signs)
    return "".join(signs)


def _pair(line: str, signs: list[str]) -> None:
    """A bracket is as wide as the one that it belongs to, the wide one deciding."""
    open_: list[int] = []
    for i, sign in enumerate(line):
        if sign in "(（":
            open_.append(i)
        elif sign in ")）" and open_:
            start = open_.pop()
            if signs[start] == "（" or signs[i] == "）":
                signs[start], signs[i] = "（", "）"
