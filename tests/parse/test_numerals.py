"""Numbers in every way of writing them, fractions, digit strings."""
from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.parse.numerals import CJK_YEAR, FRACTION, NUMBER, digits, fraction, number
from jihua.parse.view import matching_view

VALUES = {
    "1,200": "1200", "33,212": "33212", "1,234,567.5": "1234567.5", "3.5": "3.5", "1.2万": "12000",
    "3.5亿": "350000000", "2千万": "20000000", "1万2千": "12000", "3亿5000万": "350000000", "5 万": "50000",
    "1.5万亿": "1500000000000", "一万二千": "12000", "一万二": "12000", "两千": "2000", "二〇〇八": "2008",
    "二○二三": "2023", "廿五": "25", "卅": "30", "壹佰": "100", "贰拾叁": "23", "一点五": "1.5",
    "三点六亿": "360000000", "3百": "300", "三百五": "350", "三百零五": "305", "一千零一十": "1010", "十": "10",
    "十五": "15", "二十": "20", "一百一十五": "115", "三千二": "3200", "十二万五千": "125000",
    "一亿二千万": "120000000", "两万亿": "2000000000000", "一〇〇": "100", "〇": "0", "九": "9",
    "一百万零五": "1000005",
}
NONE = ["二三十", "一二", "十二五", "三五", "万", "四百三千", "一点", ""]


@pytest.mark.parametrize("words", VALUES)
def test_value_is_exact_and_pattern_takes_all_of_it(words: str) -> None:
    assert number(words) == Decimal(VALUES[words])
    assert re.fullmatch(NUMBER, matching_view(words))


@pytest.mark.parametrize("words", NONE)
def test_what_is_no_single_number_is_none(words: str) -> None:
    assert number(words) is None


@pytest.mark.parametrize(("text", "want"), [
    ("增长62. 6%左右", "62.6"), ("完成18 . 5亿元", "1850000000"), ("投资3。5亿元", "350000000"), ("装机500千瓦", "500"),
    ("3百货", "3"), ("线路220千伏", "220"), ("同比提高 7. 2个百分点", "7.2"),
])
def test_number_in_its_context(text: str, want: str) -> None:
    found = re.search(NUMBER, text)
    assert found and number(found.group()) == Decimal(want)


@pytest.mark.parametrize("text", ["完成工作。3. 5个项目", "第3. 2021年起"])
def test_a_section_mark_is_not_a_whole_part(text: str) -> None:
    found = re.search(NUMBER, text)
    assert found and found.group() == "3"


def test_dotted_triples_are_no_number() -> None:
    assert re.search(NUMBER, "第1.2.3节") is None


@pytest.mark.parametrize(("words", "value", "unit"), [
    ("百分之九十五", "95", "%"), ("百分之三点五", "3.5", "%"), ("百分之百", "100", "%"), ("百分之85", "85", "%"),
    ("千分之三", "3", "‰"), ("万分之五", "0.5", "‰"), ("三成", "30", "%"), ("两成", "20", "%"), ("一成五", "15", "%"),
    ("四分之三", "0.75", ""), ("1/4", "0.25", ""),
])
def test_fraction(words: str, value: str, unit: str) -> None:
    assert re.fullmatch(FRACTION, words)
    assert fraction(words) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["三成员单位", "一成立就", "2021/3/5", "11/12月", "1/2/3"])
def test_no_fraction(text: str) -> None:
    assert re.search(FRACTION, text) is None


def test_two_thirds_to_full_precision() -> None:
    assert fraction("三分之二") == (Decimal(2) / Decimal(3), "")


@pytest.mark.parametrize(("words", "want"), [
    ("二〇二三", "2023"), ("一九八七", "1987"), ("二○○五", "2005"), ("2023", "2023"), ("二千", None), ("", None),
])
def test_digits(words: str, want: str | None) -> None:
    assert digits(words) == want


def test_year_written_out() -> None:
    assert re.fullmatch(CJK_YEAR, "二〇二三") and re.fullmatch(CJK_YEAR, "一九八七")
    assert not re.fullmatch(CJK_YEAR, "三百五十")


def _spell(n: int) -> str:
    """The plain Chinese reading of a whole number below 10^8: an independent writer to read back."""
    if n >= 10**4:
        high, low = divmod(n, 10**4)
        return _spell(high) + "万" + (("零" if low < 1000 else "") + _spell(low) if low else "")
    out, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, scale)
        if digit:
            out += ("零" if gap and out else "") + "〇一二三四五六七八九"[digit] + name
        gap = digit == 0
    return out


@given(st.integers(1, 10**8 - 1))
def test_written_out_numbers_are_read_back(n: int) -> None:
    assert number(_spell(n)) == n


@pytest.mark.parametrize("text", [
    "1" * 100_000, "一" * 60_000, "1," * 50_000, "1." * 50_000, " " * 60_000, "百分之" * 20_000,
])
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.perf_counter()
    for pattern in (NUMBER, FRACTION):
        for _ in re.finditer(pattern, text):
            pass
    assert time.perf_counter() - begin < 2
