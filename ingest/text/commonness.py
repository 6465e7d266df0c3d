"""How much a decoded text looks like prose: the share of characters that are frequent ones in their script."""
from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_LATIN = re.compile(   # accented letters inside, before and at the end of words
    r"[A-Za-z][À-ÖØ-öø-ÿŒœŠšŽžŸ][A-Za-z]|[À-ÖØ-öø-ÿŒœŠšŽž](?=[a-z]{2})|(?<=[a-z]{2})[ß-öø-ÿœšž](?=[\s,.;:!?]|$)")
_TYPOGRAPHIC = frozenset("‘’“”–—…•«»£©®°§·\u00a0")
_PLAIN = frozenset("·—…‘’“”×÷°§℃ⅠⅡⅢⅣⅤ①②③④⑤⑥⑦⑧⑨⑩■□●○◆◇★☆※→№±≤≥‰∶─━│\u00a0•–《》")


@cache
def frequent() -> frozenset[str]:
    """Frequent Han characters, simplified and traditional (data/common.txt)."""
    text = files(f"{__package__.rpartition('.')[0]}.data").joinpath("common.txt").read_text(encoding="utf-8")
    return frozenset("".join(line for line in text.splitlines() if not line.startswith("#")))


@cache
def _weight(char: str) -> float:
    """1 for a frequent character or Chinese punctuation, 0 for a rarer one of the usual repertoires, less for those
    that mostly show up when bytes are read in the wrong charset."""
    if char in frequent() or char in _PLAIN or "\u3000" <= char <= "\u3020" or "！" <= char <= "～":
        return 1.0
    if "\u3041" <= char <= "\u30fa":
        return .5
    if "一" <= char <= "\u9fff":
        return 0.0 if _repertoire(char) else -.7
    return -1.0 if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < "\xa0" else -.7


def _repertoire(char: str) -> bool:
    """Whether GB 2312 or the first level of Big5 has it."""
    try:
        char.encode("gb2312")
        return True
    except UnicodeEncodeError:
        pass
    try:
        return char.encode("big5") < b"\xc9"
    except UnicodeEncodeError:
        return False


def commonness(text: str, *, latin: bool = False, japanese: bool = False) -> float:
    """From -1 to 1: the mean weight of the characters beyond ASCII; 0 where there are none.

    With `latin` the text is one of Western letters, and what counts are accented letters inside or at the end of words
    and typographic marks beside them; with `japanese` kana are expected."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 0.0
    if latin:
        good = len(_LATIN.findall(text)) + sum(1 for c in beyond if c in _TYPOGRAPHIC) / 2
        return min(1.0, 1.3 * good / len(beyond)) - .3
    score = sum(map(_weight, beyond)) / len(beyond)
    kana = len(_KANA.findall(text))
    if japanese and not kana:     # hardly a line of Japanese is without
        return score - .3
    return score + .4 * min(1.0, 2 * kana / len(beyond)) if kana > len(beyond) * .2 else score


def plain_share(text: str) -> float:
    """The share of characters that are printable ASCII, line ends or frequent ones."""
    return sum(1 for c in text if " " <= c <= "~" or c in "\t\r\n" or _weight(c) == 1) / max(1, len(text))
