"""Time expressions: what is found, what it says by its words alone, and that hostile text does not stop the search."""
from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.parse.dates import Time, find_dates, impossible
from jihua.parse.view import matching_view
from jihua.schema.values import is_duration, is_edtf, is_rrule

CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text(encoding="utf-8"))
ROWS = [(text, want) for group in CASES.values() for text, want in group.items()]


def said(value: Time) -> str:
    """The reading in a line."""
    parts = (value.type, value.edtf, value.value, value.mod, value.rrule, value.festival)
    return " ".join(part for part in parts if part)


def unmarked(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and what stood in them."""
    quotes = [piece.split("〗")[0] for piece in text.split("〖")[1:]]
    return text.replace("〖", "").replace("〗", ""), quotes


def read(text: str) -> tuple[list[str], list[str]]:
    found = find_dates(matching_view(text), 0, len(text))
    return [text[hit.start:hit.end] for hit in found], [said(hit.value) for hit in found]


@pytest.mark.parametrize(("marked", "want"), ROWS, ids=[text for text, _ in ROWS])
def test_case(marked: str, want: list[str]) -> None:
    text, quotes = unmarked(marked)
    got, readings = read(text)
    if want == ["DATE 2021/2025"] and quotes == ["十四五"]:
        quotes = ["“十四五”"]      # the quotation marks go with the words
    assert readings == want
    assert [q.strip("“”") for q in got] == [q.strip("“”") for q in quotes]


def test_a_day_that_does_not_exist_is_reported() -> None:
    text = matching_view("于2月30日前报送，4月31日汇总，2024年2月29日结束")
    found = find_dates(text, 0, len(text))
    assert [hit.value.edtf for hit in found] == [None, None, "2024-02-29"]
    assert [(code, span) for code, _, span in impossible(text, found)] == [
        ("date-impossible", found[0].span), ("date-impossible", found[1].span)]


@pytest.mark.parametrize("text", [
    "1" * 100_000, "2023年" * 5_000, " " * 60_000, "一" * 60_000, "1-" * 20_000, "每周一、" * 5_000, "20  " * 10_000,
    "农历" * 10_000, "“十" * 10_000, "1、" * 20_000, "今年" * 5_000, "2023年1月至" * 3_000,
])
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.perf_counter()
    find_dates(text, 0, len(text))
    assert time.perf_counter() - begin < 5


PIECES = ["2023年", "20xx年", "今年", "9月", "31日", "至", "—", "底", "前", "每", "周", "三", "十五", "”", "“", "期间", "季度", "农历",
          "半", "个", "小时", "1", "0", "、", " ", "春节", "上旬", "民国", "113", "年", "第", "五年规划", "。"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_stands_together_readings_are_valid_and_in_order(text: str) -> None:
    view = matching_view(text)
    at = 0
    for hit in find_dates(view, 0, len(view)):
        value = hit.value
        assert at <= hit.start < hit.end <= len(view)
        at = hit.end
        assert value.edtf is None or is_edtf(value.edtf)
        assert value.value is None or is_duration(value.value)
        assert value.rrule is None or is_rrule(value.rrule)


def test_only_within_the_given_stretch() -> None:
    text = "2021年3月和2022年4月"
    assert [hit.value.edtf for hit in find_dates(text, 8, len(text))] == ["2022-04"]
    assert [hit.value.edtf for hit in find_dates(text, 0, 5)] == ["2021"]
