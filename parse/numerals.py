"""Numbers as plans write them: Arabic, Chinese, mixed (3.5亿, 2万5千, 一万二), fractions and digit strings.

Patterns are sources of regular expressions for the matching view, without capturing groups and without unbounded
backtracking; values are exact decimals.
"""
from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = str.maketrans("零○两贰壹叁肆伍陆柒捌玖拾佰仟", "〇〇二二一三四五六七八九十百千")
_VALUE = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

CJK_DIGIT = "[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
"""One digit, as in a year written out."""
CJK_YEAR = rf"[一二][〇零九八七]{CJK_DIGIT}{{2}}"
"""A year from 1700 to 2099 written digit by digit: 二〇二三, 一九八七."""
MORE = "多|余|来|好几|几"
"""Words after a number or its scale that say `somewhat more`: 两千多户, 一万二千余."""
SCALE = (
    "(?:[百千]?万亿|[百千十]?亿|[百千]?万|千(?![克米瓦伏帕卡赫兆安万亿])|百(?![分货姓色合度万亿]))"
)
"""A factor after Arabic digits; not the kilo of a unit (500千瓦), not the first half of a word (3百货)."""

_START = r"(?<![0-9])(?<![0-9]\.)"
_UNITS = r"(?= ?(?:[%‰万亿元吨斤亩米倍千]|个百分点|公[里顷斤]|平方))"
_GROUPED = r"(?<!,)[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}+(?![0-9]|,[0-9])(?:\.[0-9]++)?"
_SPACED = rf"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] ))[0-9]{{1,9}}(?: \. ?|\. )[0-9]{{1,4}}{_UNITS}"
_STOPPED = rf"(?<=[\u4e00-\u9fff])[0-9]{{1,9}}。[0-9]{{1,4}}{_UNITS}"
_POINTED = r"[0-9]++(?:\.[0-9]++)?+(?!\.[0-9])"
ARABIC = rf"{_START}(?:{_GROUPED}|{_SPACED}|{_STOPPED}|{_POINTED})"
"""Digits with thousands groups, a decimal point, blanks about the point (62. 6%) or a full stop for it (3。5亿)."""

_HEAD = "[〇零一二两三四五六七八九十廿卅卌壹贰叁肆伍陆柒捌玖拾]"
_TAIL = "[〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
_POINT = "点[〇零一二三四五六七八九]{1,6}+(?![十百分刻线滴])(?:万亿|[万亿千百])?"
CJK = rf"{_HEAD}{_TAIL}{{0,19}}+(?:{_POINT})?"
"""Chinese numerals; may take in a run that is no number (二三十): then `number` gives None."""
NUMBER = rf"(?:{ARABIC}(?: ?{SCALE}(?:[1-9][0-9]{{0,3}}(?:[千百]万|[万千百]))?)?|{CJK})"
"""A cardinal over the matching view."""

_FEW = "[一二两三四五六七八九十]{1,3}"
FRACTION = (
    rf"(?:[百千万]分之 ?(?:百(?![分万])|{NUMBER})|{_FEW}分之{_FEW}"
    r"|(?<![0-9./])[1-9][0-9]?/[1-9][0-9]{0,2}(?![0-9./年月])"
    r"|[一二两三四五六七八九1-9]成(?:[一二三四五六七八九](?![个项种类]))?"
    r"(?![立为员分果功本熟绩长都就效套品年人交型语不天体]))"
)
"""百分之九十五, 千分之三, 万分之五, 三分之二, 1/3, 三成, 一成五."""

_BLANKS = re.compile(r"[ ,]")
_ARABIC_HEAD = re.compile(r"([0-9]+(?:\.[0-9]+)?)([十百千万亿]*)(.*)")
_DIGIT = "[一二三四五六七八九]"
_BELOW_WAN = re.compile(
    rf"(?:(?P<q>{_DIGIT}?)千)?〇?(?:(?P<b>{_DIGIT}?)百)?〇?(?:(?P<s>{_DIGIT}?)十|(?P<t>[廿卅卌]))?〇?(?P<g>{_DIGIT})?"
)


def number(words: str) -> Decimal | None:
    """The exact value of a number in Arabic, Chinese or mixed writing, multiplied out: 1.2万 → 12000, 一万二 → 12000,
    二〇〇八 → 2008, 半 → 0.5; None where the words are no single number (二三十, 一二, 十二五)."""
    words = _BLANKS.sub("", words).replace("。", ".").translate(_PLAIN)
    if words == "半":
        return Decimal("0.5")
    if arabic := _ARABIC_HEAD.fullmatch(words):
        base, scales, rest = arabic.groups()
        low = number(rest) if rest and scales else Decimal(0)
        if low is None or (rest and not scales):
            return None
        great = _scaled(Decimal(1), rest[-1]) if scales[-1:] in ("百", "千") and rest[-1:] in ("万", "亿") else 1     # 1千2百万
        return _scaled(Decimal(base), scales) * great + low
    whole, point, rest = words.partition("点")
    value = _chinese(whole)
    if not point or value is None:
        return value
    decimals = rest.rstrip("万亿千百")
    shown = digits(decimals)
    return None if shown is None else _scaled(value + Decimal(f"0.{shown}"), rest[len(decimals):])


def digits(words: str) -> str | None:
    """A string of digits read one by one, as in a year: 二〇二三 → `2023`; None where another character stands."""
    out = "".join(str(_VALUE.get(c, c)) for c in words.replace(" ", "").translate(_PLAIN))
    return out if out.isascii() and out.isdigit() else None


def fraction(words: str) -> tuple[Decimal, str] | None:
    """Value and unit (`%`, `‰`, or `` for a share of one) of a FRACTION: 百分之九十五 → (95, %), 三成 → (30, %),
    万分之五 → (0.5, ‰), 三分之二 → 0.666… to 28 digits."""
    words = words.replace(" ", "")
    if "成" in words:
        tens, _, ones = words.partition("成")
        whole_tens, tenth = number(tens), number(ones) if ones else Decimal(0)
        return None if whole_tens is None or tenth is None else (whole_tens * 10 + tenth, "%")
    if "/" in words:
        share, _, whole = words.partition("/")
    else:
        whole, _, share = words.partition("分之")
    value = Decimal(100) if share == "百" else number(share)
    if value is None:
        return None
    if whole in ("百", "千", "万"):
        return {"百": (value, "%"), "千": (value, "‰"), "万": (value / 10, "‰")}[whole]
    below = number(whole)
    return (value / below, "") if below else None


def _scaled(value: Decimal, scales: str) -> Decimal:
    for scale in scales:
        value *= _SCALE[scale]
    return value


def _chinese(words: str) -> Decimal | None:
    """A whole Chinese number. Digits without scales are read one by one where they must be (二〇〇八, 一〇〇)."""
    if len(words) > 1 and all(c in _VALUE for c in words):
        return Decimal(digits(words) or 0) if len(words) > 3 or "〇" in words else None
    if words == "〇":
        return Decimal(0)
    for name in "亿万":
        if name in words:
            high, _, low = words.rpartition(name)
            return _joined(_chinese(high), _SCALE[name], low)
    found = _BELOW_WAN.fullmatch(words)
    return Decimal(_below_wan(found)) if found and words else None


def _joined(high: Decimal | None, scale: int, low: str) -> Decimal | None:
    """`high` times `scale` and what follows; a lone digit counts tenths of the scale (一万二 = 12000)."""
    if high is None:
        return None
    if low in _VALUE:
        return high * scale + _VALUE[low] * scale // 10
    rest = _chinese(low.removeprefix("〇")) if low else Decimal(0)
    return None if rest is None or rest >= scale else high * scale + rest


def _below_wan(found: re.Match[str]) -> int:
    """千百十 and ones; a last digit right after 百 or 千 counts tenths of it (三百五 = 350, but 三百〇五)."""
    value = 0
    for group, scale in (("q", 1000), ("b", 100), ("s", 10)):
        if found.group(group) is not None:
            value += _VALUE.get(found.group(group), 1) * scale
    value += _TENS.get(found.group("t") or "", 0)
    ones = _VALUE.get(found.group("g") or "", 0)
    before = found.string[-2:-1]
    return value + ones * (_SCALE[before] // 10 if before in ("百", "千") else 1)
