"""Workbooks come back as tables with their sheets' names, titles and notes."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.office import anydoc
from jihua.ingest.office.anydoc import read_xls, read_xlsx
from jihua.ingest.readers import read
from jihua.schema import JihuaError, TooLargeError
from make_office import xls, xlsx

ROWS = [["重点任务分工表"], ["序号", "任务", "责任单位", "完成比例"], [1, "清淤", "水务站", (0.85, 1)], [2, "绿化", None, (45473, 2)], [], ["注：按月通报。"]]
WHOLE = xlsx({"任务分工": ROWS, "Sheet2": [["任务", "单位"], ["巡查", "各村"]], "底稿": [["草稿"]]}, "A1:D1 C3:C4", ["0%", "yyyy/m/d"], ["底稿"])
OLD = xls([["任务", "责任单位"], ["清淤", "水务站"]], "分工")


def test_sheets_come_back() -> None:
    source = read(WHOLE, "分工.xlsx")
    assert source.text == ("任务分工\n重点任务分工表\n序号\t任务\t责任单位\t完成比例\n1\t清淤\t水务站\t85%\n2\t绿化\t\t2024-06-30\n注：按月通报。\n"
                           "Sheet2\n任务\t单位\n巡查\t各村")
    lines = [(b.kind, source.text[b.start:b.end]) for b in source.blocks if b.kind != "cell"]
    assert lines == [("paragraph", "任务分工"), ("title", "重点任务分工表"), ("paragraph", "注：按月通报。"), ("furniture", "Sheet2")]
    assert [t.header for t in source.tables] == [["序号", "任务", "责任单位", "完成比例"], ["任务", "单位"]]
    assert source.tables[0].rows[1][2].row_span == 2 and source.blocks[2].place == "sheet 任务分工 row 1 cell 1"


def test_hidden_sheets_are_left_out_and_told() -> None:
    source = read(WHOLE, "分工.xlsx")
    assert "草稿" not in source.text and [d.message for d in source.diagnostics] == ["hidden sheets left out: 1"]


def test_old_workbooks() -> None:
    source = read(OLD, "分工.xls")
    assert source.text == "任务\t责任单位\n清淤\t水务站" and source.tables[0].header == ["任务", "责任单位"]


def test_blank_rows_and_columns_go() -> None:
    rows = [["任务", "单位", " "], [None, " "], ["清淤", "水务站"]]
    assert read_xlsx(xlsx({"a": rows, "b": []}), "x.xlsx").text.endswith("任务\t单位\n清淤\t水务站")


def test_lone_cells_are_lines() -> None:
    assert read_xlsx(xlsx({"计划": [["一、目标"], ["全年清淤38条。"]]}), "x.xlsx").tables == ()
    assert [d.code for d in read(xlsx({"Sheet1": []}), "x.xlsx").diagnostics] == ["no-text"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anydoc, "SLOTS_MAX", 5)
    with pytest.raises(TooLargeError) as caught:
        read_xlsx(WHOLE, "分工.xlsx")
    assert caught.value.source == "分工.xlsx" and caught.value.way_out


def test_a_sheet_that_claims_to_be_endless() -> None:
    with pytest.raises(TooLargeError):
        read_xlsx(xlsx({"a": [["甲"]]}, far="XFD1048576"), "x.xlsx")


@given(st.sampled_from([WHOLE, OLD]), st.floats(0, 0.999), st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_gives_text_or_an_error_of_ours(data: bytes, where: float, patch: bytes) -> None:
    at = int(where * len(data))
    try:
        (read_xls if data is OLD else read_xlsx)(data[:at] + patch + data[at + len(patch):], "x")
    except JihuaError as error:
        assert error.source == "x"
