"""One plan in every format that is a text: the same text, outline, dates, targets and tasks."""
from __future__ import annotations

from pathlib import Path

import jihua
import pytest
from make_docx import docx, para
from make_ofd import ofd, typeset
from make_office import doc, odt, rtf, xls, xlsx

PLAN = [
    "某镇2024年水利工作计划",
    "一、工作目标",
    "全年疏浚沟渠38条，改造泵站4座，群众满意度不低于95%。",
    "二、主要任务",
    "（一）加强水利设施管护。6月底前完成沟渠、涵闸的普查登记，逐处建立台账，每季度通报一次进度，年底前由水务站组织考核。",
    "（二）推进节水灌溉。选择两个村开展试点。",
]
DUTIES = [["2024年重点任务分工表"], ["序号", "重点任务", "责任单位", "完成时限"], ["1", "疏浚沟渠38条", "水务站", "6月底前"], ["2", "植树500亩", "林业站", "3月15日前"]]
MADE = {
    "docx": docx("".join(para(p) for p in PLAN)),
    "doc": doc(PLAN),
    "wps": doc(PLAN),
    "rtf": rtf("\\par ".join(PLAN) + "\\par "),
    "odt": odt("".join(f"<text:p>{p}</text:p>" for p in PLAN)),
    "ofd": ofd(*typeset(PLAN)),
}


@pytest.mark.parametrize("ending", MADE)
def test_the_same_plan_comes_out(ending: str, tmp_path: Path) -> None:
    (tmp_path / "计划.txt").write_text("\n".join(PLAN), encoding="utf-8")
    (tmp_path / f"计划.{ending}").write_bytes(MADE[ending])
    expected, found = jihua.convert(tmp_path / "计划.txt"), jihua.convert(tmp_path / f"计划.{ending}")
    assert found.text == expected.text and found.plans == expected.plans
    assert found.plans[0].targets and found.plans[0].tasks


@pytest.mark.parametrize(("ending", "data"), [("xlsx", xlsx({"分工": DUTIES}, "A1:D1")), ("xls", xls(DUTIES, "分工"))], ids=["xlsx", "xls"])
def test_the_rows_of_a_table_of_duties_are_tasks(ending: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / f"分工.{ending}").write_bytes(data)
    plan, = jihua.convert(tmp_path / f"分工.{ending}").plans
    assert plan.title == "2024年重点任务分工表"
    assert [(t.due, t.actors) for t in plan.tasks] == [("2024-06", ["水务站"]), ("2024-03-15", ["林业站"])]
