"""Review or arrangement: headings, turns, wording, the kind of plan."""
from __future__ import annotations

import pytest
from jihua.parse.cues import literal_first
from jihua.parse.model import Node, PlanText
from jihua.parse.sentences import sentences
from jihua.parse.tense import heading_mood, tenses
from jihua.parse.view import matching_view


def told(kind: str, sections: list[tuple[str, str]], year: int | None = None) -> list[str]:
    """The tenses of the sentences under headings; the headings' own left out."""
    text, nodes = "", []
    for heading, body in sections:
        start = len(text)
        text += heading + "\n" if heading else ""
        node = Node(start, len(text) + len(body), heading=(start, start + len(heading)) if heading else None)
        node.paragraphs.append((len(text), len(text) + len(body)))
        text += body + "\n"
        nodes.append(node)
    plan = PlanText(text, matching_view(text), 0, len(text), None, None, (), kind=kind, nodes=tuple(nodes), year=year)
    plan.sentences = sentences(plan)
    return [tense for s, tense in zip(plan.sentences, tenses(plan), strict=True) if not s.lead]


@pytest.mark.parametrize(("heading", "mood"), [
    ("去年工作回顾", -1.0), ("过去五年的主要成就", -1.0), ("城乡面貌明显改善", -1.0), ("2020年工作", -1.0), ("存在的困难和问题", -0.5),
    ("面临的形势", -0.5), ("今年工作安排", 1.0), ("总体要求", 1.0), ("保障措施", 1.0), ("2021年工作", 1.0), ("下一步打算", 1.0),
    ("当前形势和基本任务", 0.0), ("水利工程运行情况", -1.0), ("防汛任务依然艰巨", 0.0), ("检查验收、总结提高阶段", 0.0), ("加强水利建设", 0.0),
    ("着力兴修水利,农业取得新突破", 0.0), ("优化发展环境", 0.0), ("农业取得新突破", -1.0), ("在改革上迈出更大步伐", 0.0),
])
def test_headings(heading: str, mood: float) -> None:
    assert heading_mood(heading, 2021) == mood


def test_the_same_words_under_review_and_arrangement() -> None:
    words = "完善灌溉体系，新建泵站3座。"
    assert told("政府工作报告", [("去年工作回顾", words), ("今年工作安排", words)]) == ["done", "planned"]


def test_a_plan_arranges_and_a_report_reviews_where_words_leave_it_open() -> None:
    assert told("工作计划", [("", "修渠，建库。")]) == ["planned"]
    assert told("工作总结", [("", "修渠，建库。")]) == ["done"]


def test_a_report_without_headings_turns_by_its_wording() -> None:
    body = "去年新建了泵站。完善了制度。今年是攻坚之年。要继续新建泵站。完善制度。我们将做好防汛。"
    assert told("政府工作报告", [("", body)])[:2] == ["done", "done"]
    assert told("政府工作报告", [("", body)])[3:] == ["planned"] * 3


def test_a_sentence_may_overrule_its_section() -> None:
    assert told("工作计划", [("主要任务", "目前已完成设计，去年建成了泵站，共投入资金20万元。建设二期。")]) == ["done", "planned"]
    assert told("工作报告", [("存在的问题", "设施老化。我们必须下决心切实加以解决。")]) == ["done", "planned"]


def test_years_are_held_against_the_plans() -> None:
    assert told("规划", [("", "2018年建成泵站12座，比2015年增加了5座。到2025年建成泵站20座。")], 2021) == ["done", "planned"]


@pytest.mark.parametrize(("pattern", "same"), [
    ("(?:甲|乙)丙", "甲丙|乙丙"), ("[甲乙]丙", "甲丙|乙丙"), ("(?<!丁)甲", "甲(?<!丁甲)"), ("(?:甲)?乙", "甲乙|乙"), ("甲+乙", "甲+乙"),
    ("(?:甲|(?:乙|丙)丁)戊", "甲戊|乙丁戊|丙丁戊"), ("[^甲]乙", "[^甲]乙"), ("甲?乙", "甲乙|乙"),
])
def test_patterns_are_rewritten_to_begin_plainly(pattern: str, same: str) -> None:
    assert literal_first(pattern) == same
