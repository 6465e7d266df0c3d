"""The report of losses: the table knows every field, the page tells every reason, the exports stay valid whatever the words."""
from __future__ import annotations

import json
from pathlib import Path

import generate
import pytest
from hostile_words import COMMON, GOLDENS, HOSTILE, document, twisted
from icalendar import Calendar
from jihua.export import losses
from jihua.export.days import days
from jihua.export.iati import iati
from jihua.export.ical import ical
from jihua.export.losses import OWN, SAID, Loss, lines, reasons, table
from jihua.export.stratml import stratml
from jihua.schema import Document, Indicator, Page, Plan, Quantity, Section, Task
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
MODELS = (Document, Page, Plan, Section, Task, Quantity, Indicator)
SCHEMAS = {name: etree.XMLSchema(file=str(Path(__file__).with_name(f"{name}.xsd"))) for name in ("stratml", "iati")}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_table_says_something_of_every_field(model: type[Document]) -> None:
    rows = table()[model.__name__]
    assert set(rows) == set(model.model_fields)
    for cells in rows.values():
        assert len(cells) == len(table()["forms"]) and set(cells) <= {SAID, OWN, *reasons()}


def test_every_reason_is_given_somewhere_and_told_on_the_page() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "export").glob("*.py"))
    cells = {one for name, rows in table().items() if name not in ("forms", "reasons") for row in rows.values() for one in row}
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    for reason, says in reasons().items():
        assert reason in cells or f'"{reason}"' in code, reason
        assert f"| `{reason}` | {says} |" in page


def test_the_page_shows_the_table() -> None:
    assert generate.exchange() == (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_a_loss_points_to_what_is_lost(path: Path) -> None:
    found = document(path)
    data = json.loads(path.read_bytes())
    for form in (stratml, iati, ical):
        rows = [json.loads(row) for row in lines(form(found).losses)]
        assert rows == sorted(rows, key=lambda row: losses._order(row["path"]))
        for row in rows:
            assert list(row) == ["document", "plan", "path", "value", "why"] and row["document"] == found.source.uri
            here = data
            for step in row["path"].split("/")[1:]:
                here = here[int(step)] if isinstance(here, list) else here[step]
            if isinstance(here, str) and row["value"]:
                assert row["value"] == here


@pytest.mark.parametrize(("name", "form"), [("stratml", stratml), ("iati", iati)])
@pytest.mark.parametrize("character", HOSTILE, ids=ascii)
def test_xml_stays_valid_whatever_the_words(name: str, form: type, character: str) -> None:
    for path in (path for path in GOLDENS if path.parent.name in ("village", "duties_html", "report")):
        found = twisted(path.read_bytes(), dict.fromkeys(COMMON, character))
        written = form(found)
        assert written.parts
        for _, data in written.parts:
            SCHEMAS[name].assertValid(etree.fromstring(data))
        replaced = [loss for loss in written.losses if loss.why == "character"]
        assert bool(replaced) == (character in "\x00\x01\x0b\x1b\ufffe\uffff")
        Calendar.from_ical(ical(found).parts[0][1])


def test_halves_of_characters_do_no_harm() -> None:
    found = document(next(path for path in GOLDENS if path.parent.name == "village"))
    plan = found.plans[0].model_copy(update={"title": "计划\ud800"})
    odd = found.model_copy(update={"plans": [plan], "page": Page(title="页\udfff", url="http://例.cn/ x")})
    for form in (stratml, iati, ical):
        written = form(odd)
        assert written.parts and b"".join(lines(written.losses))
        assert any(loss.why == "character" for loss in written.losses)
    assert [loss.why for loss in stratml(odd).losses if loss.path == "/page/url"] == ["address"]


def test_a_reason_off_the_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        losses.Report(document(GOLDENS[0]), "iati").add("/plans/0", "x", "because")


def test_numbers_in_paths_are_ordered_by_size() -> None:
    report = losses.Report(document(GOLDENS[0]), "iati")
    for k in (10, 9, 100):
        report.add(f"/plans/{k}", k, "no-plan")
    assert [loss.value for loss in report.written([]).losses] == ["9", "10", "100"]
    assert report.written([]).losses[0] == Loss(GOLDENS[0].parent.name + "/source.html", "", "/plans/9", "9", "no-plan")


@pytest.mark.parametrize(("edtf", "first", "last"), [
    ("2022", "2022-01-01", "2022-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2022-06-30", "2022-06-30", "2022-06-30"),
    ("2021/2025", "2021-01-01", "2025-12-31"), ("2022-33", "2022-01-01", "2022-03-31"), ("2022-36", "2022-10-01", "2022-12-31"),
    ("2022-40", "2022-01-01", "2022-06-30"), ("2022-41", "2022-07-01", "2022-12-31"), ("2022-06-30T09:00", "2022-06-30", "2022-06-30"),
])
def test_a_date_known_in_full_has_days(edtf: str, first: str, last: str) -> None:
    found = days(edtf)
    assert found and (found[0].isoformat(), found[1].isoformat()) == (first, last)


@pytest.mark.parametrize("edtf", [None, "", "20XX", "XXXX-09", "XXXX-XX-05", "2022-0X", "../2025", "2022/..", "2022?", "2022-21", "0000", "2025/2021"])
def test_other_dates_have_none(edtf: str | None) -> None:
    assert days(edtf) is None
