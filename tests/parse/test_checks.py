"""Diagnostics of what cannot be right: each shown on a plan that has it, and on its twin that has not."""
from __future__ import annotations

from time import process_time

import jihua
import pytest
from jihua.parse.checks import checks
from jihua.parse.model import PlanText

HEAD = "小桥镇人民政府2022年度绿化工作实施方案\n为做好全镇绿化工作，制定本方案。\n一、重点任务\n"
TAIL = "\n二、工作要求\n各村要加强领导，落实责任。\n小桥镇人民政府\n2022年3月1日\n"


def codes(body: str) -> list[str]:
    return [d.code for d in jihua.convert((HEAD + body + TAIL).encode()).diagnostics]


@pytest.mark.parametrize(("code", "bad", "good"), [
    ("damaged-number", "绿化覆盖率达到 %以上。", "绿化覆盖率达到45%以上。"),
    ("damaged-number", "完成投资××万元。", "完成投资30万元。"),
    ("damaged-number", "新栽果树20xx亩。", "20xx年栽树。"),
    ("damaged-number", "收入为xx.8亿元。", "收入为3.8亿元。"),
    ("damaged-number", "新栽树木\ufffd480棵。", "新栽树木480棵。"),
    ("due-before-issued", "各村要完成整地（完成时限：2021年12月）。", "各村要完成整地（完成时限：2022年12月）。"),
    ("sum-mismatch", "完成投资100万元。其中：苗木60万元，人工70万元。", "完成投资100万元。其中：苗木60万元，人工40万元。"),
])
def test_a_fault_is_told_and_its_absence_is_not(code: str, bad: str, good: str) -> None:
    assert code in codes(bad)
    assert code not in codes(good)


def test_no_value_is_reported_where_the_digits_are_gone() -> None:
    plan = jihua.convert((HEAD + "绿化覆盖率达到 %以上，完成投资××万元。" + TAIL).encode()).plans[0]
    assert plan.targets == [] and plan.actuals == []


def test_an_inferred_section_is_told() -> None:
    text = "清水社区工作计划\n为做好社区工作，特制定本计划。\n……(此处省略320字)……\n第三，办好社区食堂。\n第四，组织文艺演出。\n二、保障措施\n加强领导，落实经费。\n"
    document = jihua.convert(text.encode())
    assert any(s.inferred for s in document.plans[0].walk())
    assert "section-inferred" in [d.code for d in document.diagnostics]


@pytest.mark.parametrize("piece", ["1", "1,", "为 ", "达到 ", "×"])
def test_hostile_text_costs_little(piece: str) -> None:
    """Ten times the text, not a hundred times the work."""
    def cost(times: int) -> float:
        plan = PlanText(text=piece * times, view=piece * times, start=0, end=len(piece) * times, title=None, title_span=None, lines=())
        begin = process_time()
        checks(plan, (), ())
        return process_time() - begin
    cost(1_000)
    assert cost(100_000) < 40 * max(cost(10_000), 0.001)
