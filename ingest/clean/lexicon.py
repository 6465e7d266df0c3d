"""How well characters go together: two-character sequences of words with their frequency (data/bigrams.txt)."""
from __future__ import annotations

from functools import cache
from importlib.resources import files

from ..commonness import frequent
from .fold import simplified, simplified_only

_PUNCTUATION = frozenset("，。、；：！？“”《》（）—…·,.;:!?()")
_NO_PAIR = -1.0


@cache
def _bigrams() -> dict[str, int]:
    table = {}
    for line in files(f"{__package__.rpartition('.')[0]}.data").joinpath("bigrams.txt").read_text("utf-8").splitlines():
        log, pairs = line.split(" ")
        table.update({pairs[i:i + 2]: int(log) for i in range(0, len(pairs), 2)})
    return table


def together(first: str, second: str) -> int:
    """The logarithm of how often two characters stand together in words (4 to 12), 0 where they never do."""
    return _bigrams().get(simplified(first) + simplified(second), 0) if first and second else 0


@cache
def likely(char: str) -> float:
    """How likely a character is in prose: 1 for frequent ones and punctuation, down to -4 for what prose does not have."""
    if char in _PUNCTUATION:
        return 1.0
    if char < "\x80":
        return 0.3 if char.isdigit() else -1.0
    plain = simplified(char)
    if not "\u4e00" <= char <= "\u9fff":
        return -3.0
    score = 1.0 if plain in frequent() or char in frequent() else _level(plain)
    return score - 0.7 * (char in simplified_only())


def _level(char: str) -> float:
    try:
        return -0.5 if char.encode("gb2312") < b"\xd8" else -2.0
    except UnicodeEncodeError:
        return -4.0


def step(before: str, char: str) -> float:
    """What a character adds to the likelihood of a text in which it follows another."""
    pair = together(before, char)
    return likely(char) + (pair / 4 if pair else _NO_PAIR)
