"""How likely characters are to follow each other in prose, from the words of a dictionary (data/sequences.txt)."""
from __future__ import annotations

import math
from functools import cache, lru_cache
from importlib.resources import files

from .fold import simplified, simplified_only

_PUNCTUATION = {"，": .06, ",": .06, "。": .03, "、": .03, "；": .004, "：": .003, "“": .004, "”": .004, "（": .003, "）": .003,
                "《": .001, "》": .001, "—": .001, ";": .004, ":": .003, "(": .003, ")": .003, ".": .002, "？": .0003, "！": .001,
                "?": .0003, "!": .001, "\n": .01, "…": .0003, "·": .0003, "%": .004}
_UNKNOWN = math.log(1e-9)
_DIGIT = math.log(.005)
_LATIN = math.log(1e-5)
_NOT_TRADITIONAL = -1.5     # glosses stand in pages of traditional script
_FEW = 300                  # occurrences below which a pair says nothing
_WITHIN = .6                # share of neighbours that belong to one word


@cache
def _counts() -> tuple[dict[str, float], dict[str, float], float]:
    """Occurrences of characters, of pairs within words, and of all characters."""
    singles: dict[str, float] = {}
    pairs: dict[str, float] = {}
    last, width = math.inf, 1
    text = files(f"{__package__.rpartition('.')[0]}.data").joinpath("sequences.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        log, words = line.split(" ")
        if float(log) > last:
            width = 2
        last = float(log)
        table = singles if width == 1 else pairs
        table.update({words[i:i + width]: math.exp(last) for i in range(0, len(words), width)})
    return singles, pairs, sum(singles.values())


def together(first: str, second: str) -> float:
    """How often two characters stand together in words, 0 where they never do."""
    return _counts()[1].get(simplified(first) + simplified(second), 0.0) if first and second else 0.0


@cache
def likely(char: str) -> float:
    """The logarithm of how often a character occurs in prose: about -4 for 的, -12 for rare ones, -20 for no prose."""
    if char in _PUNCTUATION:
        return math.log(_PUNCTUATION[char])
    if char < "\x80":
        return _DIGIT if char.isdigit() else _LATIN
    singles, _, total = _counts()
    count = singles.get(simplified(char), 0.0)
    return (math.log(count / total) if count else _UNKNOWN) + _NOT_TRADITIONAL * (char in simplified_only())


@lru_cache(1 << 16)
def step(before: str, char: str) -> float:
    """The logarithm of how likely a character is behind another."""
    alone = likely(char)
    pair = together(before, char)
    if not pair:
        return alone + math.log(1 - _WITHIN)
    within = pair / _counts()[0][simplified(before)]
    return math.log(_WITHIN * within + (1 - _WITHIN) * math.exp(alone)) + _NOT_TRADITIONAL * (char in simplified_only())


def attraction(first: str, second: str) -> float:
    """By how much likelier than by chance two characters stand together in words (logarithm); 0 where they never do."""
    pair = together(first, second)
    singles, _, total = _counts()
    if pair < _FEW:
        return 0.0
    return math.log(pair * total / (singles[simplified(first)] * singles[simplified(second)]))
