"""Headlines: a report's own goals, for its own place and period; the place and the period of reports."""
from __future__ import annotations

from pathlib import Path

import jihua
import pytest
from jihua.parse.plans.region import most_named, region_of
from jihua.schema import Plan

HEAD = "青溪市政府工作报告\n（2021年1月12日）\n我代表市人民政府，向大会报告工作。\n"


def plan(text: str) -> Plan:
    """The one plan of a text."""
    (only,) = jihua.convert(text.encode()).plans
    return only


def headlines(text: str) -> dict[str, str]:
    """Concept → number of the headlines."""
    found = [t for t in plan(text).targets if t.headline]
    return {t.indicator.concept: str(t.value) for t in found if t.indicator and t.indicator.concept}


GOALS = "今年的主要预期目标是：地区生产总值增长6%；固定资产投资增长7%；城镇登记失业率控制在4%以内。"


@pytest.mark.parametrize(("title", "before", "after", "other"), [
    ("the review is none", "一、2020年工作回顾\n旅游总收入增长9%，森林覆盖率达到55%。\n", "", {}),
    ("nor what looks like a plan before the goals", "一、有关情况\n森林覆盖率提高到55%。\n", "", {}),
    ("nor the goals of later years", "一、今后五年\n到2025年，生产总值年均增长7%，城镇化率达到60%。\n", "", {}),
    ("what the arrangements add is one", "", "新增城镇就业2万人，粮食总产量达到30万吨。\n", {"jobs.urban.new": "20000", "grain_output.level": "300000"}),
    ("what they repeat is not", "", "我们要使固定资产投资增长8%。\n", {}),
    ("a zone's figures are not", "", "确保开发区工业投资增长20%、规上工业增加值增长15%。\n", {}),
    ("nor what goes on with them", "", "力争园区税收增长15%，旅游总收入增长20%。\n", {}),
    ("but the whole place's are", "", "力争园区税收增长15%，全市旅游总收入增长20%。\n", {"tourism_revenue.growth": "20"}),
    ("nor those of a paragraph on a zone", "", "东山新区要加快建设。社会消费品零售总额增长30%。\n", {}),
    ("nor the country's", "", "全国居民消费价格涨幅3%左右。\n", {}),
])
def test_where_headlines_stand(title: str, before: str, after: str, other: dict[str, str]) -> None:
    text = f"{HEAD}{before}二、2021年工作安排\n{GOALS}\n{after}"
    assert headlines(text) == {"gdp.growth": "6", "fixed_investment.growth": "7", "unemployment.urban.registered": "4"} | other, title


def test_goals_on_lines_of_their_own() -> None:
    text = f"{HEAD}一、2021年工作安排\n今年经济社会发展的主要预期目标是：\n——地区生产总值增长6%；\n——粮食产量30万吨；\n——出口增长5%。\n"
    assert headlines(text) == {"gdp.growth": "6", "grain_output.level": "300000", "exports.growth": "5"}


def test_goals_without_an_announcement() -> None:
    many = "综合考虑，今年全市生产总值增长6%，固定资产投资增长7%，出口增长5%，城镇新增就业2万人。"
    assert len(headlines(f"{HEAD}一、今年工作\n森林覆盖率达到55%。\n{many}\n")) == 4


def test_five_years_that_only_name_a_plan_give_no_deadline() -> None:
    text = f"{HEAD}一、2021年工作安排\n2021年是实施“十四五”规划的开局之年，要实现“十四五”良好开局。主要预期目标是：地区生产总值增长6%，出口增长5%。\n"
    assert headlines(text) == {"gdp.growth": "6", "exports.growth": "5"}
    assert {t.due for t in plan(text).targets if t.headline} == {"2021"}


def test_an_index_is_no_change() -> None:
    text = f"{HEAD}一、2021年工作安排\n主要预期目标是：居民消费价格指数103%左右，商品零售价格指数为102，出口增长5%。\n"
    assert headlines(text) == {"cpi.index": "103", "retail_price.index": "102", "exports.growth": "5"}


def test_growth_stated_as_a_goal_is_growth() -> None:
    assert headlines(f"{HEAD}一、2021年工作安排\n经济增长的预期目标定为6%左右。\n") == {"gdp.growth": "6"}


@pytest.mark.parametrize(("head", "period"), [
    ("2020年青溪市政府工作报告\n（2021年1月12日）\n", "2021"),
    ("2021年青溪市政府工作报告\n（2020年12月28日）\n", "2021"),
    ("青溪市政府工作报告（2021年1月 某某）\n", "2021"),
    ("青溪市政府工作报告\n2021年1月12日在青溪市第八届人民代表大会第五次会议上\n", "2021"),
    ("青溪市政府工作报告\n（2020年12月28日）\n一、2020年工作的回顾\n完成投资5亿元。\n", "2021"),
    ("青溪市政府工作报告\n（2020年11月2日）\n", "2020"),
])
def test_the_year_that_a_report_plans_for(head: str, period: str) -> None:
    found = plan(f"{head}二、主要任务\n我们要加快建设，新建学校3所。\n三、保障\n我们要加强领导。\n")
    assert found.period is not None and found.period.edtf == period


def test_a_part_of_a_report_is_no_plan_of_its_own(tmp_path: Path) -> None:
    body = "（一）加快发展\n\n我们要新建学校3所，改造道路20公里，建成水厂一座。\n\n（二）改善民生\n\n我们要加强领导。\n"
    page = tmp_path / "report.md"
    page.write_text(f"**青溪市政府工作报告**\n\n（2021年1月12日）\n\n**2020年工作回顾**\n\n{body}\n**2021年政府工作建议**\n\n{body}", encoding="utf-8")
    assert [p.title for p in jihua.convert(page).plans] == ["青溪市政府工作报告"]


def test_places() -> None:
    assert region_of("政府工作报告", "自治区人民政府") is None
    assert region_of(None, "国务院") == "全国" == region_of("在第八届全国人民代表大会第五次会议上")
    often = "安徽的工业稳步发展，安徽省的农业连年丰收。" * 4
    assert most_named(often + "学习江苏经验。", "省人民政府") == "安徽省"
    assert most_named(often, "市人民政府") is None is most_named(often + "江苏省" * 8, "省人民政府")
