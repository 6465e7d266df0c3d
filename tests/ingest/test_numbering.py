"""Labels of automatic lists: number formats, counters, and a property test against a simple reference."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.ingest.numbering import Instance, Level, Lists, Numberer
from jihua.ingest.numbering_formats import FORMATS, format_number, zero_padded


@pytest.mark.parametrize(("fmt", "expected"), [
    ("decimal", {1: "1", 12: "12"}),
    ("decimalZero", {1: "01", 10: "10"}),
    ("upperRoman", {1: "I", 4: "IV", 1994: "MCMXCIV", 0: "0", 40000: "40000"}),
    ("lowerRoman", {9: "ix"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA", 10**9: "1000000000"}),
    ("lowerLetter", {2: "b", 28: "bb"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇", 123: "一二三"}),
    ("chineseCountingThousand", {0: "〇", 10: "十", 19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一",
                                 10000: "一万", 10203: "一万零二百零三", 20034: "二万零三十四"}),
    ("japaneseCounting", {10: "十", 11: "十一", 100: "百", 101: "百一", 234: "二百三十四", 1020: "千二十"}),
    ("taiwaneseCounting", {10: "十", 21: "二十一"}),
    ("taiwaneseCountingThousand", {105: "一百零五"}),
    ("ideographDigital", {1: "一", 10: "一〇", 25: "二五"}),
    ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 11: "壹拾壹", 23: "贰拾叁", 205: "贰佰零伍"}),
    ("ideographLegalTraditional", {3: "參", 6: "陸"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "61"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
    ("decimalEnclosedCircleChinese", {3: "③"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalEnclosedParen", {2: "⑵", 21: "21"}),
    ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
    ("none", {3: ""}),
    ("a format to come", {3: "3"}),
])
def test_formats(fmt: str, expected: dict[int, str]) -> None:
    assert {value: format_number(value, fmt) for value in expected} == expected


@pytest.mark.parametrize("fmt", sorted(FORMATS))
@pytest.mark.parametrize("value", [-3, 0, 99999, 10**12])
def test_no_format_is_upset_by_absurd_numbers(fmt: str, value: int) -> None:
    assert len(format_number(value, fmt)) < 60


def test_zero_padding() -> None:
    assert zero_padded(7, "001, 002, 003, ...") == "007"
    assert zero_padded(7, "…") == "7"


PLAN = {0: Level(fmt="chineseCountingThousand", text="第%1章", suffix="space"),
        1: Level(fmt="japaneseCounting", text="%2、"),
        2: Level(fmt="chineseCounting", text="（%3）"),
        3: Level(text="%1.%4", legal=True, suffix="nothing")}


def labels(lists: Lists, uses: list[tuple[str, int]]) -> list[str]:
    numberer = Numberer(lists)
    return [numberer.label(number, level) for number, level in uses]


def test_levels_of_one_list() -> None:
    lists = Lists({"0": PLAN}, {"1": Instance("0")})
    uses = [("1", level) for level in (0, 1, 2, 2, 1, 2, 0, 1, 3)]
    assert labels(lists, uses) == ["第一章 ", "一、", "（一）", "（二）", "二、", "（一）", "第二章 ", "一、", "2.1"]


def test_two_instances_of_one_definition_count_on_unless_one_starts_anew() -> None:
    lists = Lists({"0": {0: Level(text="%1.")}}, {"1": Instance("0"), "2": Instance("0"), "3": Instance("0", starts={0: 5})})
    uses = [(n, 0) for n in ("1", "2", "3", "3", "1")]
    assert labels(lists, uses) == ["1. ", "2. ", "5. ", "6. ", "7. "]


def test_an_instance_may_replace_a_level() -> None:
    lists = Lists({"0": {0: Level(text="%1.")}}, {"1": Instance("0"), "2": Instance("0", levels={0: Level(text="<%1>")})})
    assert labels(lists, [("1", 0), ("2", 0)]) == ["1. ", "<2> "]


@pytest.mark.parametrize(("restart", "expected"), [
    (None, ["i", "ii", "i", "i"]), (0, ["i", "ii", "iii", "iv"]), (1, ["i", "ii", "iii", "i"]), (2, ["i", "ii", "i", "i"])])
def test_restart(restart: int | None, expected: list[str]) -> None:
    lists = Lists({"0": {0: Level(text="%1"), 1: Level(text="%2"),
                         2: Level(fmt="lowerRoman", text="%3", suffix="nothing", restart=restart)}}, {"1": Instance("0")})
    uses = [("1", level) for level in (0, 1, 2, 2, 1, 2, 0, 2)]
    assert [x for x, (_, level) in zip(labels(lists, uses), uses, strict=True) if level == 2] == expected


def test_a_level_passed_over_shows_its_first_number() -> None:
    lists = Lists({"0": {0: Level(start=3, text="%1."), 1: Level(text="%1.%2", suffix="nothing")}}, {"1": Instance("0")})
    assert labels(lists, [("1", 1), ("1", 1), ("1", 0)]) == ["3.1", "3.2", "3. "]


@pytest.mark.parametrize(("text", "font", "expected"), [
    ("", "Wingdings", ""), ("\uf0b7", "Symbol", "• "), ("l", "Wingdings", "• "), ("●", "宋体", "● "), ("o", "Courier New", "◦ ")])
def test_bullets(text: str, font: str, expected: str) -> None:
    lists = Lists({"0": {0: Level(fmt="bullet", text=text, font=font)}}, {"1": Instance("0")})
    assert labels(lists, [("1", 0)]) == [expected]


def test_unknown_lists_and_levels_have_no_label() -> None:
    lists = Lists({"0": {0: Level(text="%1.")}}, {"1": Instance("0"), "2": Instance("gone")})
    assert labels(lists, [("9", 0), ("2", 0), ("1", 5), ("1", -1), ("1", 99)]) == [""] * 5


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_labels_follow_the_reference(uses: list[int], starts: list[int]) -> None:
    """Decimal labels of all levels, `1.2.3`: the reference counts how often a level came since a higher one did."""
    definition = {i: Level(start=starts[i], text=".".join(f"%{k + 1}" for k in range(i + 1)), suffix="nothing") for i in range(5)}
    got = labels(Lists({"0": definition}, {"1": Instance("0")}), [("1", level) for level in uses])
    for at, level in enumerate(uses):
        parts = []
        for k in range(level + 1):
            since = max((i for i in range(at) if uses[i] < k), default=-1)
            came = sum(uses[i] == k for i in range(since + 1, at + 1))
            parts.append(starts[k] + max(0, came - 1))
        assert got[at] == ".".join(map(str, parts))
