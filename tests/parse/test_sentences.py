"""Sentences: where they end, what they leave out, table rows."""
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jihua.parse.model import Node, PlanText
from jihua.parse.sentences import sentences
from jihua.parse.view import matching_view
from jihua.schema import Cell, Table


def plan(text: str, heading: tuple[int, int] | None = None, tables: tuple[Table, ...] = ()) -> PlanText:
    node = Node(0, len(text), heading=heading, paragraphs=[(heading[1] if heading else 0, len(text))])
    return PlanText(text, matching_view(text), 0, len(text), None, None, (), nodes=(node,), tables=tables)


def cut(text: str) -> list[str]:
    return [text[s.start:s.end] for s in sentences(plan(text))]


def test_ends_of_either_width() -> None:
    assert cut("修渠。建库；栽树!好吗？完") == ["修渠。", "建库；", "栽树!", "好吗？", "完"]


def test_brackets_quotes_and_titles_stay_whole() -> None:
    assert cut("完善设施（责任单位：水利站；配合单位：农技站）。他说：“要快。要好。”大家同意。") == [
        "完善设施（责任单位：水利站；配合单位：农技站）。", "他说：“要快。要好。”", "大家同意。"]
    assert cut("学习《水。法》一书。") == ["学习《水。法》一书。"]


def test_who_answers_behind_the_full_stop_is_a_sentence_of_its_own() -> None:
    assert cut("完善设施。（水利站、农技站负责）修渠建库。（暂行）继续栽树。") == [
        "完善设施。", "（水利站、农技站负责）", "修渠建库。", "（暂行）继续栽树。"]


def test_a_mark_that_is_never_closed_hides_nothing() -> None:
    assert cut("开展“三清行动。修渠。") == ["开展“三清行动。", "修渠。"]


def test_lines_and_bare_punctuation() -> None:
    assert cut("修渠\n\n——\n建库。。") == ["修渠", "建库。。"]


def test_narrow_full_stops_where_a_text_ends_its_sentences_with_them() -> None:
    assert cut("修渠.建库.栽树.清淤12.5公里.") == ["修渠.", "建库.", "栽树.", "清淤12.5公里."]
    assert cut("修渠。建库.栽树。") == ["修渠。", "建库.栽树。"]


def test_the_mark_of_a_list_belongs_to_no_sentence() -> None:
    assert cut("- 修渠。\n● 建库。\n-栽树。\n-5℃以下停工。") == ["修渠。", "建库。", "栽树。", "-5℃以下停工。"]


def test_heading_leads_its_own_text() -> None:
    found = sentences(plan("加强领导。建立专班。明确责任。", heading=(0, 5)))
    assert [(s.lead, s.first) for s in found] == [(True, True), (False, True), (False, False)]


def test_a_table_row_is_one_sentence() -> None:
    text = "任务表\n修渠。清淤\t水利站\n栽树\t林业站\n完"
    cells = [(4, 9), (10, 13), (14, 16), (17, 20)]
    rows = [[Cell(text=text[a:b], span=(a, b)) for a, b in pair] for pair in (cells[:2], cells[2:])]
    table = Table(id="t1", span=(4, 20), rows=rows)
    node = Node(0, len(text), paragraphs=[(0, 3), (4, 13), (14, 20), (21, 22)])
    found = sentences(PlanText(text, matching_view(text), 0, len(text), None, None, (), nodes=(node,), tables=(table,)))
    assert [(text[s.start:s.end], s.row) for s in found] == [
        ("任务表", None), ("修渠。清淤\t水利站", (0, 0)), ("栽树\t林业站", (0, 1)), ("完", None)]


@given(st.text(alphabet="修渠。；!?“”（）《》\n ，、0", max_size=80))
def test_sentences_are_in_order_and_lose_no_word(text: str) -> None:
    found = sentences(plan(text))
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert sum(text[s.start:s.end].count("渠") for s in found) == text.count("渠")
