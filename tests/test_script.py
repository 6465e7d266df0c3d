"""The plain copy in which words are sought, and the view's table of characters."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.schema.script import even, places, plain


@pytest.mark.parametrize(("one", "other"), [
    ("經濟發展", "经济发展"), ("ＧＤＰ　增長８％", "gdp增长8%"), ("２０２１年 1 月", "2021年1月"), ("「十四五」规划", "\"十四五\"规划"),
    ("①落实", "1落实"), ("面积３㎡", "面积3m2"), ("全－力", "全—力"), ("计\u200b划", "计划"), ("乾燥", "干燥"), ("二○二一", "二〇二一"),
])
def test_what_reads_the_same_is_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_lines_stay_apart_and_words_stay_different() -> None:
    assert plain("增 长\n目\t标") == "增长\n目标"
    assert plain("增长") != plain("增产")


@given(st.text(max_size=80))
def test_every_character_of_the_copy_has_its_place(text: str) -> None:
    copy, at = plain(text), places(text)
    assert len(at) == len(copy) and at == sorted(at)
    assert all(char in plain(text[place]) for char, place in zip(copy, at, strict=True))


def test_the_view_changes_one_character_for_one() -> None:
    assert all(len(char) == 1 for char in even().values())
