"""Blanks inside a line that the model did not read: they are told by the white between two characters, measured in the
picture, where it is wider than the line's usual white by more than typesetting makes it."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from . import ink
from .engine import Line
from .numbers import NUMERALS
from .place import is_han, pitch

if TYPE_CHECKING:
    from .picture import Pixels

# Shares of the font size, measured on scans of Song type: between Chinese characters 0.08, 0.31 at most (月日), with a blank of
# half a character 0.50 to 0.63; between figures 0.05 to 0.12, with a narrow blank 0.25 to 0.37.
_CHINESE = 0.35         # wider than usual by this, between Chinese characters: a blank
_NUMBER = 0.18          # the same after a number that begins the line (一 指导思想), which has little white of its own
_MIXED = 0.5            # the same between a Chinese character and a figure: Word sets these 0.25 apart
_FIGURES = 0.13         # the same between figures
_ONE = 0.06             # a 1 has so much more on either side
_USUAL = 0.08           # where a line does not tell
_FIGURE_SIGNS = frozenset("0123456789")
_NARROW = frozenset("月日目自")     # characters with white of their own before them


def parted(line: Line, page: Pixels) -> Line:
    """The line with a blank wherever the picture shows one between two Chinese characters or figures."""
    signs = line.signs
    if len(signs) < 2:
        return line
    size = pitch(signs, line.corners[3][1] - line.corners[0][1])
    boxes = [(a.x, (a.y + b.y - size) / 2, b.x, (a.y + b.y + size) / 2) for a, b in pairwise(signs)]
    white = [gap / size for gap in ink.gaps(page, boxes)]
    found = _wide("".join(sign.text for sign in signs), white)
    return replace(line, text=_written(line.text, found)) if found else line


def _wide(shown: str, white: Sequence[float]) -> set[int]:
    """Before which characters there is a blank, by the `white` between each and the next one."""
    pairs = list(pairwise(shown))
    usual = {kind: _usual([w for w, pair in zip(white, pairs, strict=True) if _kind(*pair) == kind])
             for kind in ("chinese", "figures")}
    number = len(shown) - len(shown.lstrip("".join(NUMERALS)))
    out = set()
    for i, (one, two) in enumerate(pairs, 1):
        kind = _kind(one, two)
        if kind == "figures":
            least = usual[kind] + _FIGURES + _ONE * (one, two).count("1")
        elif kind == "chinese":
            least = usual[kind] + (_NUMBER if i == number and two not in _NARROW else _CHINESE)
        else:
            least = usual["chinese"] + _MIXED
        if kind and white[i - 1] > least:
            out.add(i)
    return out


def _usual(white: Sequence[float]) -> float:
    return median_low(white) if len(white) > 1 else _USUAL


def _kind(one: str, two: str) -> str:
    """What stands beside each other: `chinese`, `figures`, one of each (`mixed`), or anything else."""
    figures = (one in _FIGURE_SIGNS) + (two in _FIGURE_SIGNS)
    if figures + is_han(one) + is_han(two) < 2:
        return ""
    return ("chinese", "mixed", "figures")[figures]


def _written(text: str, before: set[int]) -> str:
    """The text with blanks before those of its characters, blanks not counted."""
    out: list[str] = []
    count = 0
    for sign in text:
        if not sign.isspace():
            if count in before and not out[-1].isspace():
                out.append(" ")
            count += 1
        out.append(sign)
    return "".join(out)
