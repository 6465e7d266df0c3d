"""Numbers as Word writes them in labels: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat), for the formats that Chinese,
Japanese and Western documents use. An unknown format, or a number that a format has no sign for, is written in Arabic
digits, as Word does."""
from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_FORMAL, _FORMAL_UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_FORMAL_TRADITIONAL, _FORMAL_TRADITIONAL_UNITS = "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)
_LETTERS_MAX = 26 * 30      # Word's own limit for A, AA, AAA …
_ROMAN_MAX = 32767          # Word's largest number in a list


def format_number(value: int, fmt: str) -> str:
    """`value` written in the number format `fmt`; `none` and `bullet` give an empty string."""
    write = FORMATS.get(fmt, str)
    return write(value) if value >= 0 else str(value)


def zero_padded(value: int, pattern: str) -> str:
    """A custom format such as `001, 002, 003, ...`: `value` padded to the width of its first number."""
    first = pattern.split(",")[0].strip()
    return str(value).zfill(min(len(first), 20)) if first.isascii() and first.isdigit() else str(value)


def _roman(value: int) -> str:
    if not 0 < value <= _ROMAN_MAX:
        return str(value)
    out = []
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        out.append(sign * count)
    return "".join(out)


def _letters(value: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    if not 0 < value <= _LETTERS_MAX:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _below_ten_thousand(value: int, digits: str, units: tuple[str, ...], zero: str) -> str:
    """`二百零五`: units of four places, one sign for any run of inner zeros."""
    out, gap = "", False
    for place, digit in zip(range(3, -1, -1), f"{value:04d}", strict=True):
        if digit == "0":
            gap = bool(out)
            continue
        out += (zero if gap else "") + digits[int(digit)] + units[place]
        gap = False
    return out


def _thousands(value: int, digits: str, units: tuple[str, ...], zero: str, unit_10000: str) -> str:
    if value == 0:
        return digits[0]
    high, low = divmod(value, 10_000)
    if high >= 10_000:
        return str(value)
    if not high:
        return _below_ten_thousand(low, digits, units, zero)
    bridge = zero if 0 < low < 1000 else ""
    upper, lower = (_below_ten_thousand(part, digits, units, zero) for part in (high, low))
    return upper + unit_10000 + bridge + lower


def _counting_thousand(value: int) -> str:
    """一 … 十 十一 … 二十 … 一百 一百零一."""
    text = _thousands(value, _DIGITS, _SMALL, "零", "万")
    return text[1:] if 10 <= value < 20 else text


def _positional(value: int) -> str:
    """一 二 … 九 一〇 一一."""
    return "".join(_DIGITS[int(d)] for d in str(value))


def _counting(value: int) -> str:
    """一 … 九十九 as they are spoken, from a hundred on digit by digit: 一〇〇."""
    return _counting_thousand(value) if value < 100 else _positional(value)


def _japanese(value: int) -> str:
    """百 and 千 without 一 and without zeros: 百一, 千二十."""
    text = _thousands(value, _DIGITS, _SMALL, "", "万")
    for unit in ("千", "百", "十"):
        text = text.replace(f"一{unit}", unit)
    return text


def _from(first: int, count: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode, for 1 to `count`."""
    return lambda value: chr(first + value - 1) if 0 < value <= count else str(value)


def _from_row(row: str) -> Callable[[int], str]:
    return lambda value: row[value - 1] if 0 < value <= len(row) else str(value)


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _circled(value: int) -> str:
    """① … ⑳, ㉑ … ㊿."""
    if 20 < value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 35 < value <= 50 else _from(0x2460, 20)(value)


def _full_width(value: int) -> str:
    return "".join(chr(0xFF10 + int(d)) for d in str(value))


def _ordinal(value: int) -> str:
    tail = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"


def _formal(value: int) -> str:
    return _thousands(value, _FORMAL, _FORMAL_UNITS, "零", "万")


def _formal_traditional(value: int) -> str:
    return _thousands(value, _FORMAL_TRADITIONAL, _FORMAL_TRADITIONAL_UNITS, "零", "萬")


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCountingThousand": _counting_thousand,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal_traditional,
    "ideographTraditional": _from_row(_STEMS),
    "ideographZodiac": _from_row(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _from(0x3280, 10),
}
