"""Every fixture gives exactly the output that was read and committed: each folder of `fixtures/` is a test."""
from __future__ import annotations

import difflib
import hashlib
import subprocess
import sys
from pathlib import Path

import golden
import pytest
import yaml
from jihua.export.json import loads

SOURCES = golden.sources()


def name(source: Path) -> str:
    return source.parent.name


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_the_output_is_the_golden_one(source: Path) -> None:
    expected, now = source.with_name("expected.json").read_text(encoding="utf-8"), golden.made(source).decode()
    change = difflib.unified_diff(expected.splitlines(), now.splitlines(), "expected", "now", lineterm="", n=2)
    assert expected == now, "\n".join([*list(change)[:60], "If this is right: make golden, and read the diff"])


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_a_golden_is_of_its_source(source: Path) -> None:
    document = loads(source.with_name("expected.json").read_bytes())
    assert document.source.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


def test_a_fixture_is_one_source_its_output_and_perhaps_its_annotation() -> None:
    for folder in sorted(golden.FIXTURES.iterdir()):
        names = sorted(path.name for path in folder.iterdir())
        assert len([n for n in names if n.startswith("source.")]) == 1, folder
        assert set(names) - {"expected.json", "truth.yaml"} == {n for n in names if n.startswith("source.")}, folder
        if "truth.yaml" in names:
            truth = yaml.safe_load((folder / "truth.yaml").read_text(encoding="utf-8"))
            assert (folder / truth["source"]).is_file()


def test_goldens_are_not_written_under_ci(tmp_path: Path) -> None:
    before = {source: source.with_name("expected.json").read_bytes() for source in SOURCES}
    done = subprocess.run([sys.executable, golden.__file__], env={"CI": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "not written" in done.stderr
    assert before == {source: source.with_name("expected.json").read_bytes() for source in SOURCES}
