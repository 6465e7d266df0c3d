"""Readings of characters in pinyin with tone marks; the one door to pypinyin."""
from __future__ import annotations

import unicodedata
from functools import cache

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LETTERS = str.maketrans("ɑɡ", "ag")


@cache
def readings(char: str) -> frozenset[str]:
    """The readings of one character, each also without its tone: 行 gives xíng, háng, xing, hang …"""
    from pypinyin.pinyin_dict import pinyin_dict  # 0.3 s to load: only when a page needs it
    if len(char) != 1:
        return frozenset()
    said = pinyin_dict.get(ord(char), "")
    toned = frozenset(said.split(",")) if said else frozenset()
    return toned | {plain(reading) for reading in toned}


def plain(reading: str) -> str:
    """A reading without its tone; ü stays."""
    parts = unicodedata.normalize("NFD", reading.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c) or c == "\u0308"))


def letters(words: str) -> str:
    """Pinyin as it is written in the dictionary: lower case, with the ordinary a and g."""
    return words.lower().translate(_LETTERS)


def is_reading(chars: str, words: str) -> int:
    """How many of the last characters of `chars` (at most four) `words` are the reading of; 0 for none."""
    said = letters(words).replace(" ", "")
    ends = {""}
    for count, char in enumerate(reversed(chars[-4:]), 1):
        ends = {head + tail for head in readings(char) for tail in ends if said.endswith(head + tail)}
        if said in ends:
            return count
        if not ends:
            return 0
    return 0
