"""Words of a captured part → a piece of EDTF or a number: years in every writing, months, days, quarters, weekdays."""
from __future__ import annotations

import re

from ..numerals import digits, number

_MASK = str.maketrans("xX×*_□〇~ ", "XXXXXXXXX")
_ZERO = str.maketrans("OoΟ", "〇〇〇")
_MASKED = re.compile(r"[xX×*_□~]|20 {2,}|20〇{1,2}$")
_TAIL = re.compile(r"年(?:度|份)?$")
_ROC = re.compile(r"(?:中华)?民国(前)? *(.+)")
_OFFSETS = {
    "今": 0, "本": 0, "全": 0, "当": 0, "同": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "下": 1, "次": 1, "翌": 1,
    "第": 1, "后": 2,
}
_FROM_CONTEXT = frozenset("上下当同次翌全第")
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))


def year(words: str | None) -> str:
    """`2021`, `20XX` for a masked year, `XXXX` for a relative one or none: 二〇二一年, 20xx年度, 民国102年, 今年."""
    if not words:
        return "XXXX"
    words = _TAIL.sub("", words)
    if roc := _ROC.match(words):
        return roc_year(roc.group(2), before=bool(roc.group(1)))
    if _MASKED.search(words):
        known = digits(words[:2]) if words[0] in "一二" else words[:2] if words[0].isdigit() else ""
        rest = words[len(known or ""):].translate(_MASK)
        shown = (known or "") + (digits(rest[0]) or rest[0] if rest else "") + rest[1:]
        return shown.ljust(4, "X")[:4] if known else "XXXX"
    return digits(words.translate(_ZERO)) or "XXXX"


def roc_year(words: str, before: bool = False) -> str:
    """The civil year of a year of the Republic: 102 → 2013; 民国前一年 is 1911."""
    count = 1 if words == "元" else _whole(words) or _whole(digits(words) or "")
    return f"{1912 - count if before else 1911 + count}" if count is not None else "XXXX"


def offset(words: str | None) -> tuple[int | None, bool]:
    """Years that a relative year is from the one spoken in, and whether it counts from the year last named."""
    if not words or words[0] not in _OFFSETS:
        return None, False
    return _OFFSETS[words[0]], words[0] in _FROM_CONTEXT


def month(words: str) -> str | None:
    """`09`; `XX` for a masked month."""
    if words in ("元", "正"):
        return "01"
    if words in ("冬", "腊"):
        return {"冬": "11", "腊": "12"}[words]
    return _two(words)


def day(words: str) -> str | None:
    """`05`; `XX` for a masked day; 初五 of the lunar calendar too."""
    return _two(words.removeprefix("初"))


def quarter(words: str) -> str:
    """The EDTF code of a quarter: 第三季度 → `35`."""
    if words.startswith("首"):
        return "33"
    count = _whole(words.strip("第个季度Q")) or 1
    return str(32 + count)


def half(words: str) -> str:
    """`40` for 上半年 and 前半年, `41` for the second half."""
    return "40" if words[0] in "上前" else "41"


def season(words: str) -> str:
    """`21` spring … `24` winter."""
    return str(SEASONS[words[0]])


def weekdays(words: str) -> str:
    """`MO,WE` for 一、三."""
    return ",".join(WEEKDAYS[c] for c in words if c in WEEKDAYS)


def whole_list(words: str) -> str:
    """`3,9` for 3月和9."""
    found = re.findall(r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}", words)
    return ",".join(str(_whole(w)) for w in found)


def amount(words: str) -> str | None:
    """A count as ISO 8601 and RFC 5545 write it: `3`, `1.5`; None where the words are no single number."""
    value = number(words)
    return None if value is None else f"{value.normalize():f}"


def _whole(words: str) -> int | None:
    value = number(words)
    return int(value) if value is not None and value == int(value) else None


def _two(words: str) -> str | None:
    if _MASKED.search(words):
        return "XX"
    value = _whole(words)
    return f"{value:02}" if value is not None else None
