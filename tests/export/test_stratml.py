"""StratML Part 2: valid against the schema, what stands where, what is reported as lost."""
from __future__ import annotations

from pathlib import Path

import pytest
from hostile_words import GOLDENS, document
from jihua.export.losses import Written
from jihua.export.stratml import NAMESPACE, stratml
from jihua.schema import Document
from lxml import etree

SCHEMA = etree.XMLSchema(file=str(Path(__file__).with_name("stratml.xsd")))
NAMES = {"s": NAMESPACE}


def fixture(name: str) -> Document:
    return document(next(path for path in GOLDENS if path.parent.name == name))


def tree(written: Written, k: int = 0) -> etree._Element:
    return etree.fromstring(written.parts[k][1])


def reasons(written: Written) -> dict[str, str]:
    return {loss.path: loss.why for loss in written.losses}


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_every_plan_of_every_fixture_is_valid(path: Path) -> None:
    found = document(path)
    written = stratml(found)
    assert [name for name, _ in written.parts] == [f".p{k}.xml" for k in range(1, len(found.plans) + 1)]
    for _, data in written.parts:
        SCHEMA.assertValid(etree.fromstring(data))
    assert stratml(found) == written


def test_the_schema_is_real() -> None:
    [(_, data)] = stratml(fixture("company")).parts
    for old, new in ((b"<EndDate>2007", b"<EndDate>20XX"), (b"<Goal>", b"<Goals>"), (b"Performance_Plan", b"Plan"),
                     (b"<NumberOfUnits>95", b"<NumberOfUnits>95+")):
        assert old in data
        assert not SCHEMA.validate(etree.fromstring(data.replace(old, new).replace(b"</Goal>", b"</Goals>" if b"Goals" in new else b"</Goal>")))


def test_sections_are_goals_and_objectives() -> None:
    root = tree(stratml(fixture("company")))
    goals = root.findall(".//s:Goal", NAMES)
    assert [goal.findtext("s:Name", namespaces=NAMES) for goal in goals] == ["", "销售目标", "主要措施", "进度安排", "费用"]
    assert [goal.findtext("s:SequenceIndicator", namespaces=NAMES) for goal in goals][1:] == ["一、", "二、", "三、", "四、"]
    names = [one.findtext("s:Name", namespaces=NAMES) for one in goals[2].findall("s:Objective", NAMES)]
    assert names == ["开拓市场。", "稳定老客户。", "加强培训。"]
    assert root.findtext(".//s:Organization/s:Name", namespaces=NAMES) == "销售部"
    assert root.findtext(".//s:AdministrativeInformation/s:StartDate", namespaces=NAMES) == "2007-01-01"


def test_figures_are_indicators_with_number_unit_and_sentence() -> None:
    written = stratml(fixture("safety"))
    dust = next(i for i in tree(written).iterfind(".//s:PerformanceIndicator[@PerformanceIndicatorType='Quantitative']", NAMES)
                if i.findtext("s:MeasurementDimension", namespaces=NAMES) == "粉尘浓度")
    base, target = dust.findall("s:MeasurementInstance", NAMES)
    assert base.findtext("s:ActualResult/s:NumberOfUnits", namespaces=NAMES) == "8"
    assert target.findtext("s:TargetResult/s:NumberOfUnits", namespaces=NAMES) == "4"
    assert target.findtext("s:TargetResult/s:StartDate", namespaces=NAMES) == "2025-07-01"
    assert target.findtext("s:TargetResult/s:EndDate", namespaces=NAMES) == "2025-09-30"
    assert "4mg/m³以下" in (target.findtext("s:TargetResult/s:Description", namespaces=NAMES) or "")
    k = next(k for k, one in enumerate(fixture("safety").plans[0].targets) if one.unit == "mg/m³")
    assert reasons(written)[f"/plans/0/targets/{k}/op"] == "operator"


def test_tasks_are_qualitative_and_bodies_are_stakeholders() -> None:
    root = tree(stratml(fixture("duties")))
    holders = {one.findtext("s:Name", namespaces=NAMES): [r.findtext("s:Name", namespaces=NAMES) for r in one.findall("s:Role", NAMES)]
               for one in root.iterfind(".//s:Stakeholder", NAMES)}
    assert holders["县水务局"] == ["责任", "责任"] and holders["县财政局"] == ["配合"]
    due = [one.findtext(".//s:EndDate", namespaces=NAMES)
           for one in root.iterfind(".//s:PerformanceIndicator[@PerformanceIndicatorType='Qualitative']", NAMES)]
    assert due == ["2023-06-30", "2023-11-30", "2023-12-31", None]
    ids = {one.text for one in root.iterfind(".//s:Identifier", NAMES)}
    links = [one.text for one in root.iterfind(".//s:ReferentIdentifier", NAMES)]
    assert len(links) == 4 and set(links) <= ids and links[0].endswith(".p1.q1")


def test_masked_dates_and_ranges_are_lost_not_guessed() -> None:
    masked = stratml(fixture("aggregation"))
    assert {loss.value for loss in masked.losses if loss.path.endswith("/due")} >= {"20XX"}
    assert reasons(masked)["/plans/0/period"] == "masked" and reasons(masked)["/plans/0/issued"] == "masked"
    assert not list(tree(masked).iterfind(".//s:EndDate", NAMES))
    company = stratml(fixture("company"))
    k = next(k for k, one in enumerate(fixture("company").plans[0].targets) if one.op == "range")
    assert reasons(company)[f"/plans/0/targets/{k}/value"] == "range"
    assert [loss.value for loss in company.losses if loss.path == f"/plans/0/targets/{k}/value_high"] == ["350000"]


def test_a_document_without_a_plan_is_reported() -> None:
    written = stratml(fixture("company").model_copy(update={"plans": []}))
    assert not written.parts and reasons(written)["/plans"] == "no-plan"


def test_a_plan_without_sections_is_one_goal_of_its_text() -> None:
    found = fixture("company")
    plan = found.plans[0].model_copy(update={"sections": []})
    root = tree(stratml(found.model_copy(update={"plans": [plan]})))
    SCHEMA.assertValid(root)
    [goal] = root.findall(".//s:Goal", NAMES)
    assert "销售收入" in (goal.findtext("s:Description", namespaces=NAMES) or "")
    assert len(goal.findall(".//s:PerformanceIndicator", NAMES)) == len(plan.tasks) + len(plan.targets)


def test_ids_that_stand_twice_stay_valid() -> None:
    found = fixture("company")
    plan = found.plans[0]
    doubled = plan.model_copy(update={"sections": plan.sections * 2, "targets": plan.targets * 2})
    SCHEMA.assertValid(tree(stratml(found.model_copy(update={"plans": [doubled]}))))
