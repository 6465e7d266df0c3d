"""IATI 2.03: valid against the schema, what stands where, what leaves a plan out."""
from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hostile_words import GOLDENS, document
from jihua.export.iati import Reporter, iati
from jihua.schema import Document, Indicator, Quoted
from lxml import etree

SCHEMA = etree.XMLSchema(file=str(Path(__file__).with_name("iati.xsd")))


def fixture(name: str) -> Document:
    return document(next(path for path in GOLDENS if path.parent.name == name))


def tree(found: Document) -> etree._Element:
    return etree.fromstring(iati(found).parts[0][1])


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_every_fixture_is_valid_or_says_what_is_missing(path: Path) -> None:
    found = document(path)
    written = iati(found)
    left_out = {loss.plan for loss in written.losses if loss.why == "mandatory"}
    told = [etree.fromstring(data) for _, data in written.parts]
    for root in told:
        SCHEMA.assertValid(root)
    said = {one.text.rpartition("-")[2] for root in told for one in root.iterfind(".//iati-identifier")}
    assert said | left_out == {plan.id for plan in found.plans} and not said & left_out
    assert iati(found) == written


def test_the_schema_is_real() -> None:
    [(_, data)] = iati(fixture("company")).parts
    for old, new in ((b'iso-date="2007-01-01"', b'iso-date="20XX"'), (b'measure="1"', b'measure="11"'), (b"<title>", b"<titel>")):
        assert old in data
        changed = data.replace(old, new).replace(b"</title>", b"</titel>" if new == b"<titel>" else b"</title>")
        assert not SCHEMA.validate(etree.fromstring(changed))


def test_an_activity_says_who_what_and_when() -> None:
    root = tree(fixture("village"))
    assert root.findtext(".//title/narrative") == "柳溪沟村村民委员会2024年工作计划"
    assert [one.get("iso-date") for one in root.iterfind(".//activity-date")] == ["2024-01-01", "2024-12-31"]
    roles = [(one.get("role"), one.findtext("narrative")) for one in root.iterfind(".//participating-org")]
    assert roles[0] == ("2", "柳溪沟村村民委员会") and ("4", "党员") in roles
    assert root.find(".//reporting-org").get("ref") == "jihua" and root.find(".//activity-status").get("code") == "1"


def test_the_reporter_is_the_users() -> None:
    root = etree.fromstring(iati(fixture("village"), Reporter("XM-EXAMPLE-1")).parts[0][1])
    assert root.findtext(".//iati-identifier").startswith("XM-EXAMPLE-1-")
    assert root.find(".//reporting-org").get("ref") == "XM-EXAMPLE-1"


def test_a_figure_is_an_indicator_with_period_target_and_sentence() -> None:
    found = fixture("safety")
    indicator = next(one for one in tree(found).iterfind(".//indicator") if one.findtext("title/narrative") == "粉尘浓度")
    assert indicator.get("measure") == "1" and indicator.findtext("description/narrative") == "单位：mg/m³"
    assert indicator.find("period/period-start").get("iso-date") == "2025-07-01"
    target = indicator.find("period/target")
    assert target.get("value") == "4" and "4mg/m³以下" in target.findtext("comment/narrative")
    k = next(k for k, one in enumerate(found.plans[0].targets) if one.unit == "mg/m³")
    why = {loss.path: (loss.value, loss.why) for loss in iati(found).losses}
    assert why[f"/plans/0/targets/{k}/op"] == ("le", "operator") and why[f"/plans/0/targets/{k}/baseline"][1] == "baseline"


def test_an_actual_without_a_time_is_lost_a_target_has_the_plans() -> None:
    found = fixture("safety")
    why = {loss.path: loss.why for loss in iati(found).losses}
    assert why["/plans/0/actuals/0"] == "undated" and not list(tree(found).iterfind(".//actual"))
    plan = found.plans[0]
    dated = plan.model_copy(update={"actuals": [plan.actuals[0].model_copy(update={"due": "2024"})]})
    [actual] = tree(found.model_copy(update={"plans": [dated]})).iterfind(".//actual")
    assert actual.get("value") == "2.1" and actual.getparent().find("period-end").get("iso-date") == "2024-12-31"
    undated = plan.model_copy(update={"targets": [plan.targets[0].model_copy(update={"due": None})], "actuals": []})
    root = tree(found.model_copy(update={"plans": [undated]}))
    assert root.find(".//period-start").get("iso-date") == "2025-01-01"


def test_a_range_is_qualitative_and_percent_and_concept_are_said() -> None:
    root = tree(fixture("company"))
    ranged = next(one for one in root.iterfind(".//indicator") if one.findtext("title/narrative") == "差旅费")
    assert ranged.get("measure") == "5" and ranged.find(".//target").get("value") is None
    assert "30至35万元" in ranged.findtext(".//comment/narrative")
    percent = next(one for one in root.iterfind(".//indicator") if one.findtext("title/narrative") == "货款回笼率")
    assert percent.get("measure") == "2" and percent.find("description") is None
    coded = {one.get("code") for one in tree(fixture("report")).iterfind(".//reference")}
    assert "gdp.growth" in coded


@pytest.mark.parametrize(("change", "missing"), [
    ({"title": None}, "title"), ({"org": None}, "org"), ({"period": None}, "period"),
])
def test_a_mandatory_fact_that_is_missing_leaves_the_plan_out(change: dict[str, None], missing: str) -> None:
    found = fixture("village")
    written = iati(found.model_copy(update={"plans": [found.plans[0].model_copy(update=change)]}))
    assert not written.parts
    assert [(loss.path, loss.plan) for loss in written.losses if loss.why == "mandatory"] == [(f"/plans/0/{missing}", "p1")]


def test_numbers_stay_exact_and_bounded() -> None:
    found = fixture("company")
    plan = found.plans[0]
    base = plan.targets[0]
    values = [Decimal("0.10"), Decimal("12345678901234567890.5"), Decimal("1E+30"), Decimal("1E+9999999")]
    changed = plan.model_copy(update={"targets": [base.model_copy(update={"value": value}) for value in values]})
    written = iati(found.model_copy(update={"plans": [changed]}))
    said = [one.get("value") for one in etree.fromstring(written.parts[0][1]).iterfind(".//target")]
    assert said == ["0.1", "12345678901234567890.5", "1" + "0" * 30, None]
    assert [loss.why for loss in written.losses if loss.path == "/plans/0/targets/3/value"] == ["number"]


def test_long_names_and_empty_words_stay_valid() -> None:
    found = fixture("company")
    plan = found.plans[0]
    odd = plan.targets[0].model_copy(update={"indicator": Indicator(text="长" * 5000), "unit": ""})
    changed = plan.model_copy(update={"org": Quoted(text="销售部", span=(0, 3)), "targets": [odd], "sections": []})
    SCHEMA.assertValid(tree(found.model_copy(update={"plans": [changed]})))
