"""Flat tables: every field of the models has its column, every row its place, and nothing is lost."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import jihua
import pytest
from jihua.export.flat import TABLES, Rows
from jihua.export.json import loads
from jihua.schema import DateExpr, Diagnostic, Document, Edit, InvalidError, Plan, Quantity, Reference, Section, Task
from jihua.schema import Table as Grid
from stores_sample import FIXTURES, REPORT

GOLDENS = sorted(FIXTURES.glob("*/expected.json"))
OF = {table.name: table for table in TABLES}
MODELS: dict[str, Any] = {"documents": Document, "plans": Plan, "sections": Section, "tasks": Task, "dates": DateExpr,
                          "quantities": Quantity, "references": Reference, "tables": Grid, "edits": Edit,
                          "diagnostics": Diagnostic}
ELSEWHERE = {"documents": {"edits", "plans", "tables", "diagnostics"}, "sections": {"children"},
             "plans": {"id", "sections", "tasks", "dates", "targets", "actuals", "references"}}


def told(document: Document, table: str) -> list[dict[str, Any]]:
    """The rows of one table as dicts."""
    names = [column.name for column in OF[table].columns]
    return [dict(zip(names, row, strict=True)) for row in Rows(document).of[table]]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_field_of_the_model_has_a_column(table: Any) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names)) and set(table.key) <= set(names) and all(c.says for c in table.columns)
    for field in set(MODELS[table.name].model_fields) - ELSEWHERE.get(table.name, set()):
        assert any(name == field or name.startswith(f"{field}_") for name in names), field
    assert table.label is None or table.label in names
    assert "document_id" in names and ("plan_id" in names or table.name == "documents")


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda p: p.parent.name)
def test_rows_are_as_many_as_things_and_keys_tell_them_apart(golden: Any) -> None:
    document = loads(golden.read_bytes())
    rows = Rows(document).of
    plans = document.plans
    assert {name: len(some) for name, some in rows.items()} == {
        "documents": 1, "plans": len(plans), "sections": sum(1 for p in plans for _ in p.walk()),
        "tasks": sum(len(p.tasks) for p in plans), "dates": sum(len(p.dates) for p in plans),
        "quantities": sum(len(p.targets) + len(p.actuals) for p in plans), "tables": len(document.tables),
        "references": sum(len(p.references) for p in plans), "edits": len(document.edits),
        "diagnostics": len(document.diagnostics),
    }
    for table in TABLES:
        at = [[c.name for c in table.columns].index(name) for name in table.key]
        keys = [tuple(row[i] for i in at) for row in rows[table.name]]
        assert len(set(keys)) == len(keys)
        assert all(len(row) == len(table.columns) for row in rows[table.name])
    for table in TABLES:
        for column, to in table.refers.items():
            known = {row[[c.name for c in OF[to].columns].index(OF[to].key[-1])] for row in rows[to]}
            at_column = [c.name for c in table.columns].index(column)
            assert {row[at_column] for row in rows[table.name]} <= known | {None}


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda p: p.parent.name)
def test_sentences_hold_their_quotes(golden: Any) -> None:
    for row in told(loads(golden.read_bytes()), "quantities"):
        assert row["quote"].strip() in row["sentence"] and row["value_exact"] is not None


def test_a_report() -> None:
    document = jihua.convert(REPORT.encode(), uri="r.txt")
    (plan,) = told(document, "plans")
    assert (plan["place"], plan["first_year"], plan["last_year"], plan["period_edtf"]) == ("青溪市", 2021, 2021, "2021")
    growth = next(q for q in told(document, "quantities") if q["status"] == "target")
    assert (growth["value"], growth["value_high"], growth["value_high_exact"]) == (Decimal(6), Decimal("6.5"), "6.5")
    assert growth["sentence"] == "今年的主要预期目标是：地区生产总值增长6%—6.5%；"
    sections = told(document, "sections")
    assert [s["path"] for s in sections if s["number_raw"]][:2] == ["一、2020年工作回顾", "二、2021年工作安排"]
    assert any("数字政府" in s["text_plain"] and "數字政府" in s["text"] for s in sections)


@pytest.mark.parametrize(("period", "years"), [("2021/2025", (2021, 2025)), ("2024-09/2025-06", (2024, 2025)),
                                               ("2019", (2019, 2019)), ("20XX", (None, None)), ("2019/..", (2019, None))])
def test_years_of_a_period(period: str, years: tuple[int | None, int | None]) -> None:
    document = jihua.convert(REPORT.encode())
    plan = document.plans[0]
    changed = plan.model_copy(update={"period": plan.period and plan.period.model_copy(update={"edtf": period})})
    (row,) = told(document.model_copy(update={"plans": [changed]}), "plans")
    assert (row["first_year"], row["last_year"]) == years


def test_numbers_beyond_what_stores_hold_are_refused() -> None:
    document = jihua.convert(REPORT.encode())
    forged = document.model_copy(update={"source": document.source.model_copy(update={"bytes": 2**63})})
    with pytest.raises(InvalidError, match="not a converted document"):
        Rows(forged)
