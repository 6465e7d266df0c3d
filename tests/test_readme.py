"""The READMEs say what is so: their code runs, their samples are what the commands print, their links lead somewhere."""
from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jihua
import pytest
import samples
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return [body for kind, body in FENCE.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.name)
def test_python_blocks_run(page: Path) -> None:
    for code in blocks(page, "python"):
        exec(compile(code, page.name, "exec"), {})


def test_the_example_of_the_package_runs() -> None:
    assert doctest.testmod(jihua).attempted >= 3
    assert doctest.testmod(jihua).failed == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_samples_are_what_the_commands_print(language: str) -> None:
    assert samples.READMES[language].read_text(encoding="utf-8") == samples.readme(language), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "sh")], ids=lambda p: p.name)
def test_every_make_target_exists_and_every_command_is_known(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)`", text)) | set(re.findall(r"^make ([a-z]+)$", text, re.M)) <= targets
    for command in re.findall(r"jihua (\w+) (?:fixtures|PATH|FILE)", text):
        done = subprocess.run([sys.executable, "-m", "jihua", command, "--help"], capture_output=True, check=False)
        assert done.returncode == 0, command


def test_the_examples_of_contributing_can_be_read() -> None:
    page = ROOT / "CONTRIBUTING.md"
    (rule,) = tomllib.loads(blocks(page, "toml")[0])["rule"]
    assert rule["id"] and rule["pattern"] and rule["yes"]
    assert yaml.safe_load(blocks(page, "yaml")[0])["plans"][0]["targets"][0]["value"] == 5000


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in samples.READMES.values())
    for pattern in (r"^#+ ", r"^<!-- (\w+) -->", r"^```(\w+)"):
        assert len(re.findall(pattern, english, re.M)) == len(re.findall(pattern, chinese, re.M)), pattern
    python = re.compile(r"```python\n(.*?)```", re.S)
    assert python.findall(english) == python.findall(chinese)
