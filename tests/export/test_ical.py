"""iCalendar: read back by another library, recurrences against dateutil, the form of lines, what is left out."""
from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hostile_words import GOLDENS, HOSTILE, document
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jihua.export.ical import ical
from jihua.export.recurrence import first_day, parts
from jihua.schema import Document
from jihua.schema.values import is_rrule

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FIXED = settings(max_examples=120, deadline=None, derandomize=True)


def fixture(name: str) -> Document:
    return document(next(path for path in GOLDENS if path.parent.name == name))


def components(found: Document) -> list[object]:
    written = ical(found)
    return Calendar.from_ical(written.parts[0][1]).subcomponents if written.parts else []


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_every_fixture_reads_back(path: Path) -> None:
    found = document(path)
    written = ical(found)
    uids = []
    for one in components(found):
        assert not one.errors and one["SUMMARY"] and isinstance(one["DTSTAMP"].dt, datetime)
        uids.append(str(one["UID"]))
        if one.name == "VEVENT":
            assert one["RRULE"] and isinstance(one["DTSTART"].dt, date) and one["RRULE"]["UNTIL"][0] >= one["DTSTART"].dt
        else:
            assert one.name == "VTODO" and isinstance(one["DUE"].dt, date)
    assert len(uids) == len(set(uids))
    told = {loss.path for loss in written.losses}
    for p, plan in enumerate(found.plans):
        said = [str(one["SUMMARY"]) for one in components(found)]
        for k, task in enumerate(plan.tasks):
            if task.due:
                assert task.quote in said or f"/plans/{p}/tasks/{k}/due" in told
            if task.rrule:
                assert task.quote in said or f"/plans/{p}/tasks/{k}/rrule" in told
    assert ical(found) == written


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_recurrences_begin_where_dateutil_begins(path: Path) -> None:
    for one in components(document(path)):
        if one.name == "VEVENT":
            start = datetime.combine(one["DTSTART"].dt, datetime.min.time())
            rule = one["RRULE"].to_ical().decode()
            expanded = list(rrulestr(rule, dtstart=start))
            assert expanded and expanded[0] == start, rule


RULES = st.builds(
    lambda freq, more: ";".join([f"FREQ={freq}", *more]), st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]),
    st.lists(st.sampled_from(["BYMONTH=6,12", "BYMONTH=2", "BYMONTHDAY=-1", "BYMONTHDAY=5,20", "BYMONTHDAY=31", "BYMONTHDAY=29", "BYDAY=WE",
                              "BYDAY=MO,FR", "BYDAY=2TH", "BYDAY=-1SU", "BYSETPOS=1", "BYSETPOS=-1", "INTERVAL=2"]),
             unique_by=lambda part: part.split("=")[0], max_size=3))


@FIXED
@given(RULES, st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_the_first_day_is_dateutils(rrule: str, low: date) -> None:
    """Where a rule names days; others begin on the first day of the period."""
    rule = parts(rrule)
    nth = any(part[:-2] for part in rule.get("BYDAY", "").split(",") if part)
    if not is_rrule(rrule) or (rule["FREQ"] in ("WEEKLY", "DAILY") and (nth or "BYMONTHDAY" in rule or "BYSETPOS" in rule)):
        return      # RFC 5545, 3.3.10, forbids these
    if not {"BYDAY", "BYMONTHDAY"} & set(rule) and (rule["FREQ"] != "DAILY" or "BYSETPOS" in rule):
        return      # the day is then that of DTSTART
    rule.pop("INTERVAL", None)      # counts from the first day on
    high = low + timedelta(days=3000)
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    expected = rrulestr(text, dtstart=datetime.combine(low, datetime.min.time())).after(
        datetime.combine(low, datetime.min.time()), inc=True)
    assert first_day(rule, low, high) == (expected.date() if expected and expected.date() <= high else None)


def test_a_task_has_its_day_its_bodies_and_its_stamp() -> None:
    todo = next(one for one in components(fixture("village")) if one.name == "VTODO")
    assert todo["DUE"].dt == date(2024, 3, 31) and todo["DTSTAMP"].dt.date() == date(2024, 1, 12)
    assert "柳溪沟村村民委员会2024年工作计划" in todo["DESCRIPTION"] and "（一）抓好产业增收。" in todo["DESCRIPTION"]
    duty = next(one for one in components(fixture("duties_html")) if one.name == "VTODO")
    assert "责任：便民服务中心\n配合：社会事务办、劳动保障所" in duty["DESCRIPTION"]
    assert duty["DTSTAMP"].dt.date() == date(1970, 1, 1)


def test_recurrences_are_passed_through_and_end_with_the_period() -> None:
    rules = {str(one["SUMMARY"]): one["RRULE"].to_ical().decode() for one in components(fixture("village")) if one.name == "VEVENT"}
    quarter = next(rule for words, rule in rules.items() if "每季度末" in words)
    assert quarter == "FREQ=YEARLY;UNTIL=20241231;BYMONTHDAY=-1;BYMONTH=3,6,9,12"
    raw = ical(fixture("village")).parts[0][1].decode()
    assert "RRULE:FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;UNTIL=20241231\r\n" in raw


def test_masked_dates_and_rules_without_a_period_are_reported() -> None:
    written = ical(fixture("aggregation"))
    assert {(loss.path.rpartition("/")[2], loss.why) for loss in written.losses} >= {("due", "masked"), ("rrule", "no-start")}
    assert not written.parts and [loss.why for loss in written.losses if loss.path == "/plans"] == ["nothing-due"]
    found = fixture("village")
    plan = found.plans[0]
    for rrule, why in (("FREQ=HOURLY", "clock"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never")):
        task = plan.tasks[0].model_copy(update={"rrule": rrule, "due": None})
        odd = ical(found.model_copy(update={"plans": [plan.model_copy(update={"tasks": [task], "dates": []})]}))
        assert [(loss.path, loss.why) for loss in odd.losses if loss.path.endswith("rrule")] == [("/plans/0/tasks/0/rrule", why)]


def test_a_rate_is_no_date() -> None:
    found = fixture("township")
    assert not any("每人每日" in str(one["SUMMARY"]) for one in components(found))


@FIXED
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.sampled_from(["\n", "\r\n", "计划", "😀"]), st.characters()), max_size=80))
def test_any_words_are_escaped_and_folded(pieces: list[str]) -> None:
    words = "".join(pieces) or "空"
    found = fixture("village")
    plan = found.plans[0]
    task = plan.tasks[0].model_copy(update={"quote": words, "due": "2024-03", "rrule": None})
    written = ical(found.model_copy(update={"plans": [plan.model_copy(update={"tasks": [task], "dates": []})]}))
    data = written.parts[0][1]
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    for row in data.split(b"\r\n"):
        assert len(row) <= 75
        row.decode()
    unfolded = data.decode().replace("\r\n ", "")
    assert sum(row.startswith("BEGIN:") for row in unfolded.split("\r\n")) == 2
    [summary] = [row for row in unfolded.split("\r\n") if row.startswith("SUMMARY:")]
    kept = "".join("\ufffd" if ord(c) < 32 and c not in "\t\n" or c == "\x7f" or 0xD800 <= ord(c) < 0xE000 else c
                   for c in words.replace("\r\n", "\n").replace("\r", "\n"))
    plain = summary[8:].replace("\\\\", "\0").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\0", "\\")
    assert plain == kept
    assert any(loss.why == "character" for loss in written.losses) == ("\ufffd" in kept.replace("\ufffd", "", words.count("\ufffd")))
