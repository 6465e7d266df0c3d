"""A short fuzz run over every reader: results or errors of ours, within time and memory. The long one: `python bench/fuzz.py`."""
from __future__ import annotations

import random
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("elsewhere a child's memory is not bounded", allow_module_level=True)

import fuzz
from fuzz_mutate import mutated

A_FORMAT = 13      # files of each format, its seeds among them: about 300 in all
KNOWN = fuzz.seeds()


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_mutated_files_give_results_or_errors_of_ours(kind: str) -> None:
    report = fuzz.run(kind, 0, A_FORMAT, KNOWN)
    assert report.files == A_FORMAT
    assert not report.findings
    assert report.outcomes.total() == A_FORMAT
    assert report.slowest < fuzz.SECONDS and report.memory < fuzz.MEGABYTES


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_the_same_number_is_the_same_file(kind: str) -> None:
    number = A_FORMAT + 1
    assert fuzz.make(kind, number, KNOWN) == fuzz.make(kind, number, KNOWN)
    data = KNOWN[kind][0][1]
    assert any(mutated(kind, data, random.Random(k)) != data for k in range(3))


def test_the_seeds_are_the_same_whenever_they_are_made() -> None:
    assert fuzz.seeds() == KNOWN


def test_a_crash_a_hang_and_a_bug_are_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import time

    def bad(name: str, data: bytes, folder: object) -> str:
        number = data[0]
        if number == 1:
            raise KeyError("a bug")
        if number == 2:
            os._exit(9)
        if number == 3:
            time.sleep(60)
        if number == 4:
            return f"ok{len(bytearray(4 << 30))}"
        return "ok"

    monkeypatch.setattr(fuzz, "SECONDS", 2.0)
    monkeypatch.setattr(fuzz, "outcome", bad)
    monkeypatch.setattr(fuzz, "make", lambda kind, number, known: ("a", bytes([number])))
    report = fuzz.run("text", 0, 6, {})
    assert (report.files, report.outcomes["ok"]) == (6, 2)
    assert [(f.number, f.what.partition(":")[0]) for f in report.findings] == [(1, "KeyError"), (2, "crash"), (3, "timeout"), (4, "MemoryError")]
