"""Quantities: readable cases (cases/quantities.toml) and what must always hold."""
from __future__ import annotations

import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jihua.parse.dates import find_dates
from jihua.parse.model import Node, PlanText, lines_of
from jihua.parse.quantities import Amount, consistency, find_quantities
from jihua.parse.sentences import sentences
from jihua.parse.view import matching_view
from jihua.schema import Cell, Table
from jihua.schema.values import is_duration, is_edtf, is_unit_code

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "quantities.toml").read_text("utf-8"))["case"]


def plan_of(text: str, heading: str = "今年工作安排", title: str = "某市政府工作报告", year: int | None = 2021) -> PlanText:
    """A plan of one section under a heading."""
    whole = f"{heading}\n{text}"
    node = Node(0, len(whole), heading=(0, len(heading)))
    plan = PlanText(whole, matching_view(whole), 0, len(whole), title, None, lines_of(whole, 0, len(whole)), kind="政府工作报告",
                    nodes=(node,), year=year, period=str(year) if year else None)
    node.paragraphs = [(line.start, line.end) for line in plan.lines if line.start > len(heading)]
    plan.sentences = sentences(plan)
    return plan


def read(text: str, **more: Any) -> tuple[PlanText, list[Amount]]:
    plan = plan_of(text, **more)
    return plan, find_quantities(plan, find_dates(plan.view, plan.start, plan.end), [])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_case(case: dict[str, Any]) -> None:
    """Every quantity of the text, in order, with the fields that the case names; none beside them."""
    plan, found = read(case["text"], **case.get("plan", {}))
    quotes = [plan.text[a.start:a.end] for a in found]
    assert quotes == [w["quote"] for w in case.get("want", [])]
    for amount, want in zip(found, case.get("want", []), strict=True):
        for key, value in want.items():
            if key == "quote":
                continue
            if key == "base":
                assert amount.baseline is not None and amount.baseline.value == Decimal(str(value)), quotes
            elif key in ("value", "high"):
                got = amount.value if key == "value" else amount.value_high
                assert got == Decimal(str(value)), (quotes, got)
            else:
                assert (getattr(amount, key) or "") == value, (plan.text[amount.start:amount.end], key)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_always_holds(case: dict[str, Any]) -> None:
    """Spans lie in their sentence, codes and dates are of the closed lists, the same text gives the same result."""
    plan, found = read(case["text"], **case.get("plan", {}))
    assert find_quantities(plan, find_dates(plan.view, plan.start, plan.end), []) == found
    for a in found:
        sentence = plan.sentences[a.sentence]
        assert sentence.start <= a.start < a.end <= sentence.end
        assert a.value.is_finite() and a.why
        assert a.unit_code is None or is_unit_code(a.unit_code)
        assert a.per is None or is_duration(a.per)
        assert a.due is None or is_edtf(a.due)
        assert a.value_high is None or a.value < a.value_high
        if a.indicator_span is not None:
            assert a.indicator == plan.text[slice(*a.indicator_span)]


def test_headline_is_the_goal_not_the_result() -> None:
    plan, found = read("去年地区生产总值增长7%。全市主要预期目标是：地区生产总值增长8%左右，固定资产投资增长10%。全国地区生产总值增长5%。")
    heads = [(plan.text[a.start:a.end], a.concept) for a in found if a.headline]
    assert heads == [("8%左右", "gdp.growth"), ("10%", "fixed_investment.growth")]


def test_a_year_at_the_head_of_a_paragraph_holds_where_the_plan_has_none() -> None:
    _, found = read("到2028年，供水保证率稳步提高。管网漏损率不超过9%；再生水利用率达到30%。", year=None)
    assert [a.due for a in found] == ["2028", "2028"]


def test_parts_above_their_total_are_reported() -> None:
    plan, found = read("完成税收500万元，其中：甲税300万元，乙税150万元，丙税60万元。")
    assert [(code, plan.text[slice(*span)]) for code, _, span in consistency(plan, found)] == [
        ("sum-mismatch", "500万元，其中：甲税300万元，乙税150万元，丙税60万元")]
    plan, found = read("完成税收500万元，其中：甲税300万元，乙税150万元。")     # 其中 need not name every part
    assert consistency(plan, found) == []


def table_plan(rows: list[list[str]], year: int = 2021) -> PlanText:
    """A plan that is one table, its first row the head, written as the reader writes it."""
    text, cells = "", []
    for row in rows:
        line = []
        for cell in row:
            line.append(Cell(text=cell, span=(len(text), len(text) + len(cell))))
            text += cell + ("\n" if cell is row[-1] else "\t")
        cells.append(line)
    node = Node(0, len(text), paragraphs=[(line[0].span[0], line[-1].span[1]) for line in cells])
    plan = PlanText(text, matching_view(text), 0, len(text), "某县规划", None, (), nodes=(node,), year=year, period=f"{year}/{year + 4}",
                    tables=(Table(id="t1", span=(0, len(text)), header=rows[0], rows=cells),))
    plan.sentences = sentences(plan)
    return plan


def test_a_table_of_goals() -> None:
    plan = table_plan([["指标", "单位", "2020年", "2025年", "属性"], ["地区生产总值", "亿元", "120", "170左右", "预期性"],
                       ["森林覆盖率（%）", "", "32.5", "35", "约束性"]])
    found = find_quantities(plan, find_dates(plan.view, plan.start, plan.end), [])
    assert [(a.indicator, str(a.value), a.unit, a.op, a.status, a.due, a.modality) for a in found] == [
        ("地区生产总值", "12000000000", "元", "eq", "actual", None, "预期性"),
        ("地区生产总值", "17000000000", "元", "approx", "target", "2025", "预期性"),
        ("森林覆盖率", "32.5", "%", "eq", "actual", None, "约束性"), ("森林覆盖率", "35", "%", "eq", "target", "2025", "约束性")]


def test_a_table_whose_head_names_what_is_measured() -> None:
    plan = table_plan([["季度", "销售收入（万元）", "新增客户（家）"], ["一季度", "600", "8"]])
    found = find_quantities(plan, find_dates(plan.view, plan.start, plan.end), [])
    assert [(a.indicator, str(a.value), a.unit, a.due) for a in found] == [
        ("销售收入", "6000000", "元", "2021-33"), ("新增客户", "8", "家", "2021-33")]


def test_a_table_of_duties_is_read_as_text() -> None:
    plan = table_plan([["序号", "任务", "目标", "责任单位"], ["1", "绿化", "新建口袋公园12个，改造2个", "自然资源局"]])
    found = find_quantities(plan, find_dates(plan.view, plan.start, plan.end), [])
    assert [(a.indicator, str(a.value), a.baseline) for a in found] == [("口袋公园", "12", None), ("口袋公园", "2", None)]


def test_damaged_numbers_are_not_read() -> None:
    plan = plan_of("全镇人口480人，耕地900亩。")
    at = plan.text.index("480")
    plan.damaged = ((at - 1, at + 1),)
    found = find_quantities(plan, find_dates(plan.view, plan.start, plan.end), [])
    assert [plan.text[a.start:a.end] for a in found] == ["900亩"]


@pytest.mark.parametrize("text", [
    " " * 60_000, "1" * 60_000, "一" * 60_000, "1," * 30_000, "增长8%、" * 10_000, "(" * 60_000, "由1到" * 20_000, "每" * 60_000,
    "1 " * 30_000, "“" * 60_000, "达到" * 30_000, "占" * 60_000 + "5%。", "3个国家级、" * 10_000, "一亿" * 30_000, "至少" * 30_000, "比" * 60_000,
    "完成" * 30_000 + "5个", "其中" * 30_000, "9" * 40 + "元，翻" + "9" * 25 + "番，" + "九" * 40 + "万元。",
], ids=lambda t: repr(t[:6]))
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    began = time.process_time()
    plan, found = read(text)
    consistency(plan, found)
    assert time.process_time() - began < 6
