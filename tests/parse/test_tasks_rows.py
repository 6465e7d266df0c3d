"""Responsibility tables: columns by their names, merged cells, heads of two rows, tables of other kinds."""
from __future__ import annotations

import pytest
from jihua.parse.duties import role_of
from jihua.parse.flow import parse
from jihua.schema import Cell, Cleaned, Table, Task

Raw = list[str | tuple[str, int, int]]


def plan_tasks(rows: list[Raw], title: str = "银杏县水利工作任务分解方案\n") -> list[Task]:
    """The tasks of a plan that holds a table; a cell is its text, or text, rows and columns that it covers."""
    text = title
    start, out = len(text), []
    for raw in rows:
        cells = []
        for k, cell in enumerate(raw):
            words, down, across = cell if isinstance(cell, tuple) else (cell, 1, 1)
            text += "\t" if k else ""
            cells.append(Cell(text=words, span=(len(text), len(text) + len(words)), row_span=down, col_span=across))
            text += words
        out.append(cells)
        text += "\n"
    table = Table(id="t1", span=(start, len(text) - 1), header=[cell.text for cell in out[0]], rows=out)
    plans = parse(Cleaned(text=text, media_type="text/plain", reader="text", tables=(table,))).plans
    return [task for plan in plans for task in plan.tasks]


@pytest.mark.parametrize(("title", "role"), [
    ("牵头单位", "lead"), ("责任单位", "actor"), ("责任部门", "actor"), ("责 任 人", "person"), ("配合单位", "partner"),
    ("协办", "partner"), ("完成时限", "due"), ("时间节点", "due"), ("进度要求", "due"), ("目标", "target"),
    ("工作内容", "detail"), ("主要措施", "detail"), ("工作任务", "task"), ("重点工作", "task"), ("序号", "topic"),
    ("完成时间(2023年)", "due"), ("亩产", None), ("姓名", None),
])
def test_columns_by_name(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_a_row_is_a_task_with_its_columns_as_fields() -> None:
    found = plan_tasks([
        ["序号", "工作内容", "责任单位", "配合单位", "完成时限"],
        ["1", "改造老旧泵站3座", "县水务局、各镇人民政府", "县财政局,县农业局", "2023年9月底前"],
        ["2", "开展节水宣传", "县水务局(牵头)、县教育局(配合)", "", "2023年12月"],
    ])
    assert [(t.action, t.actors, t.partners, t.due) for t in found] == [
        ("改造", ["县水务局", "各镇人民政府"], ["县财政局", "县农业局"], "2023-09"),
        ("开展", ["县水务局"], ["县教育局"], "2023-12"),
    ]
    assert "改造老旧泵站3座" in found[0].quote


def test_merged_cells_count_for_all_their_rows() -> None:
    found = plan_tasks([
        ["重点任务", "工作措施", "牵头单位", "完成时限"],
        [("河道整治", 2, 1), "清理河岸垃圾", ("县水务局", 2, 1), "2023年6月"],
        ["建设生态护岸", "2023年11月"],
        ["污水治理", "完善配套管网", "县住建局", ""],
    ])
    assert [(t.object, t.actors, t.due) for t in found] == [
        ("河岸垃圾", ["县水务局"], "2023-06"), ("生态护岸", ["县水务局"], "2023-11"), ("配套管网", ["县住建局"], None),
    ]


def test_a_head_of_two_rows() -> None:
    found = plan_tasks([
        [("序号", 2, 1), ("任务", 2, 1), ("责任分工", 1, 2), ("完成时限", 2, 1)],
        ["牵头单位", "配合单位"],
        ["1", "修复堤防", "县水务局", "县财政局", "2024年3月"],
    ])
    assert [(t.actors, t.partners, t.due) for t in found] == [(["县水务局"], ["县财政局"], "2024-03")]


def test_names_that_hold_a_bracket_or_share_a_head_stay_whole() -> None:
    found = plan_tasks([
        ["工作任务", "责任单位"], ["修复堤防", "各县(市、区)人民政府,教育、民政等部门"],
    ])
    assert found[0].actors == ["各县(市、区)人民政府", "教育、民政等部门"]


def test_a_table_of_figures_holds_no_tasks() -> None:
    assert plan_tasks([["乡镇", "面积", "亩产"], ["梧桐镇", "1200亩", "500公斤"]]) == []


def test_a_table_of_duties_alone_is_a_plan() -> None:
    rows: list[Raw] = [["序号", "任务", "责任单位", "完成时限"], ["1", "植树5000株", "林业站", "6月底前"], ["2", "修路三公里", "交通办", "年底前"]]
    found = plan_tasks(rows, "")
    assert [(task.actors, task.due) for task in found] == [(["林业站"], "XXXX-06"), (["交通办"], "XXXX")]


def test_a_table_of_figures_alone_is_none() -> None:
    rows: list[Raw] = [["序号", "村名", "亩产", "时间"], ["1", "东沟村用上了新稻种之后", "520公斤", "6月"], ["2", "西沟村", "510公斤", "7月"]]
    assert plan_tasks(rows, "") == []
