"""The gate holds: nothing below its floor, floors only rise, and the measures count as they say."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import gate
import pytest
from measures import NAMES, measure
from tally import Tally, Text

RULER = gate.SHARED / "score" / "score.py"
CASES = gate.present()


@pytest.fixture(scope="module")
def reached() -> dict[str, Any]:
    return {name: gate.reached(cases) for name, cases in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_no_measure_is_below_its_floor(name: str, reached: dict[str, Any]) -> None:
    kept = gate.floors()
    if name == "fixtures":
        assert gate.current(name, gate.fingerprint(gate.SETS[name]), kept), gate.CHANGED
    if gate.current(name, gate.fingerprint(gate.SETS[name]), kept):
        assert gate.below(reached[name], kept[name]) == []


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"passages"}) if RULER.exists() else ["fixtures"])
def test_the_table_counts_every_annotated_document(name: str, reached: dict[str, Any], tmp_path: Path) -> None:
    """Against the other ruler, where it is at hand; it must come to the same numbers."""
    for k, case in enumerate(CASES[name]):
        assert case.source.is_file(), case.source
        (tmp_path / f"{k}.json").write_text(json.dumps(gate.document(case), default=float), encoding="utf-8")
    mine = {measure_: [t.precision, t.recall, t.f1, t.right + t.missed] for measure_, t in reached[name].items()}
    if RULER.exists():
        done = subprocess.run([sys.executable, RULER, gate.SETS[name], tmp_path, "--json"], capture_output=True,
                              text=True, check=True)
        theirs = json.loads(done.stdout)
        assert theirs["missing"] == 0
        for measure_, values in mine.items():
            row = theirs[measure_]
            assert values == pytest.approx([row["p"], row["r"], row["f1"], row["n"]], abs=6e-5), measure_
    assert sum(values[3] for values in mine.values()) > 100


def test_floors_never_fall_on_the_same_annotation() -> None:
    def tallies(right: int) -> dict[str, Tally]:
        return {name: Tally(right=right, wrong=10 - right, missed=10 - right) for name in NAMES}
    first = gate.raised({}, tallies(7), "a")
    assert first["dates"] == [0.7, 0.7]
    assert gate.raised(first, tallies(5), "a") == first
    assert gate.raised(first, tallies(9), "a")["dates"] == [0.9, 0.9]
    assert gate.raised(first, tallies(5), "b")["dates"] == [0.5, 0.5]
    assert [line.split(":")[0] for line in gate.below(tallies(6), first)] == [n for n in NAMES for _ in range(2)]
    assert gate.below(tallies(7), first) == []


def test_floors_are_not_raised_under_ci() -> None:
    before = gate.FLOORS.read_bytes()
    done = subprocess.run([sys.executable, gate.__file__, "--update"], env={"CI": "true"}, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 2 and gate.FLOORS.read_bytes() == before


def test_the_floors_file_is_written_as_it_is_read() -> None:
    assert gate.rendered(gate.floors()) == gate.FLOORS.read_text(encoding="utf-8")


TEXT = "一、植树 ５０株，\n二、到2024年\n建成3座桥。"
DOCUMENT = {
    "text": TEXT,
    "completeness": {"complete": True, "gaps": []},
    "plans": [{
        "title": "计划（2024年1月5日）", "span": [0, len(TEXT)], "period": {"edtf": "2024"},
        "sections": [
            {"number": {"raw": "一、"}, "heading": {"text": "植树 ５０株，"}, "span": [0, 9], "children": []},
            {"number": {"raw": "二、"}, "heading": None, "span": [10, len(TEXT)], "children": []},
        ],
        "dates": [{"span": [13, 18], "type": "DATE", "edtf": "2024", "quote": "2024年"}],
        "targets": [{"span": [5, 8], "value": 50, "unit": "株", "op": "eq", "status": "target", "quote": "５０株",
                     "indicator": {"text": "植树"}},
                    {"span": [21, 23], "value": 3, "unit": "座", "op": "ge", "status": "target", "quote": "3座"}],
        "tasks": [{"span": [12, len(TEXT)], "quote": TEXT[12:], "actors": ["甲局"], "due": "2024"}],
    }],
}
TRUTH = {
    "completeness": {"complete": True},
    "plans": [{
        "title": "计划", "period": "2025", "period_alt": "2024", "outline": "一、 | 植树５０株\n  二、 | 到2024年\n三、 | 无",
        "dates": [{"at": "到〖2024年〗", "type": "DATE", "edtf": "2024"}, {"at": "明年", "type": "DATE", "edtf": "XXXX"}],
        "targets": [{"at": "植树〖５０株〗", "value": 50, "unit": "株", "op": "eq", "indicator_has": ["植树"]},
                    {"at": "建成〖3座〗", "value": 3, "unit": "座", "op": "eq"}],
        "tasks": ["到2024年"], "not_tasks": ["植树"], "task_fields": [{"task": "建成3座桥", "actors": "甲局", "due": "2025"}],
        "kept": ["建成3座桥"], "removed": [],
    }],
}


@pytest.mark.parametrize(("name", "counts"), [      # right, wrong, missed
    ("plans", (2, 0, 0)), ("outline", (2, 0, 1)), ("tree", (1, 1, 2)), ("dates", (1, 0, 1)), ("dates_loose", (1, 0, 0)),
    ("quantities", (1, 1, 1)), ("quantities_loose", (2, 0, 0)), ("indicator", (1, 0, 0)), ("tasks", (1, 0, 0)),
    ("fields", (1, 0, 1)), ("clean", (1, 0, 0)), ("complete", (1, 0, 0)),
])
def test_a_measure_counts(name: str, counts: tuple[int, int, int]) -> None:
    tally = measure(TRUTH, DOCUMENT)[name]
    assert (tally.right, tally.wrong, tally.missed) == counts, tally.notes


@pytest.mark.parametrize(("marked", "found"), [
    ("植树〖５０〗株", "５０"), ("植树５０株", "植树 ５０株"), ("〖二、到2024年建成〗", "二、到2024年\n建成"), ("株,〖二〗", "二"), ("没有", None),
])
def test_a_passage_is_found(marked: str, found: str | None) -> None:
    span = Text(TEXT).find(marked)
    assert (TEXT[slice(*span)] if span else None) == found
