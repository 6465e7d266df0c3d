"""The report of a run, its page, and what became of one file."""
from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jihua import messages
from jihua.batch.account import Account
from jihua.batch.entry import Entry
from jihua.batch.ledger import HOME, runs
from jihua.batch.outcome import RESULTS, Counts
from jihua.batch.report import SHOWN, called, summarise
from jihua.screen.page import page
from jihua.screen.why import reason

ENTRIES = [
    Entry("县/a.txt", "ok", 1, bytes=2000, sha256="0" * 64, output="县/a.txt.json", seconds=0.2, peak_kb=90_000, reader="text",
          counts=Counts(plans=1, tasks=3, targets=2), complete=True, diagnostics={"numbering-gap": 2}, media_type="text/plain"),
    Entry("b.html", "partial", 2, bytes=900_000, output="b.html.json", seconds=3.0, reader="html", counts=Counts(plans=0, gaps=1),
          complete=False, gaps=1, diagnostics={"gap": 1, "numbering-gap": 1}),
    Entry("c.zip!/甲/c.doc", "crash", 3, 1, container="c.zip", bytes=10, seconds=1.0, tries=2,
          detail={"code": "error", "message": "the process that read it died", "place": "", "way_out": "Report it"}),
    Entry("d.txt", "skipped", 4, bytes=2000, duplicate_of="县/a.txt", output="县/a.txt.json"),
    Entry("<script>alert(1)</script>\x1b[2J.pdf", "encrypted", 5, bytes=1,
          detail={"code": "encrypted", "message": "the PDF asks for a password", "place": "", "way_out": ""}),
]


def test_the_figures_add_up() -> None:
    summary = summarise(ENTRIES)
    assert (summary.inputs, summary.written, summary.failed) == (5, 2, 2)
    assert sum(group.sources for group in summary.outcomes.values()) == summary.inputs
    assert summary.totals == Counts(plans=1, tasks=3, targets=2, gaps=1)
    assert [e.uri for e in summary.slowest] == ["b.html", "c.zip!/甲/c.doc", "县/a.txt"] and summary.largest[0].uri == "b.html"
    assert {code: (g.sources, g.times) for code, g in summary.diagnostics.items()} == {"numbering-gap": (2, 3), "gap": (1, 1)}
    assert set(summary.reasons) == {"error", "encrypted"} and summary.planless.files == [ENTRIES[1]]
    assert sum(summary.seconds.values()) == 3 and sum(summary.sizes.values()) == 5


def test_a_group_does_not_grow_with_the_run() -> None:
    summary = summarise(replace(ENTRIES[0], uri=f"{k}.txt", seconds=k / 1000) for k in range(5 * SHOWN))
    assert summary.outcomes["ok"].sources == 5 * SHOWN and len(summary.outcomes["ok"].files) == SHOWN
    assert [e.uri for e in summary.slowest[:2]] == [f"{5 * SHOWN - 1}.txt", f"{5 * SHOWN - 2}.txt"] and len(summary.slowest) == 20
    assert f"{4 * SHOWN}" in page(summary, None)


class Tags(HTMLParser):
    """Counts elements, and holds that each is closed in turn."""

    VOID = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        assert not [value for name, value in attrs if name in ("src", "href", "onclick")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_whole_and_safe(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LANGUAGE", language)
    shown = page(summarise(ENTRIES), None)
    tags = Tags()
    tags.feed(shown)
    assert not tags.open and "script" not in tags.seen and "\x1b" not in shown
    assert "&lt;script&gt;alert(1)" in shown and "县/a.txt" in shown
    assert ("原文缺失" in shown) == (language == "zh")
    assert not re.search(r"https?://|url\(", shown)


def test_an_empty_run_has_a_page() -> None:
    assert "<h1>" in page(summarise([]), None)


def test_every_outcome_has_its_words() -> None:
    for name in RESULTS:
        assert page(summarise([Entry("a", name)]), None)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out" / HOME).mkdir(parents=True)
    account = Account(tmp_path / "out" / HOME / "ledger.sqlite")
    run = account.begin("1", {"jobs": 2})
    for each in ENTRIES:
        account.put(replace(each, run=run.id, seen=run.id))
    account.end(run, "finished", len(ENTRIES), 1.5)
    account.close()
    return tmp_path / "out"


@pytest.mark.parametrize(("name", "uris"), [
    ("县/a.txt", ["县/a.txt"]),
    ("a.txt", ["县/a.txt"]),
    ("archive/县/a.txt", ["县/a.txt"]),
    ("c.doc", ["c.zip!/甲/c.doc"]),
    ("b.html.json", ["b.html"]),
    ("out/b.html.json", ["b.html"]),
    ("c.zip", ["c.zip!/甲/c.doc"]),
    ("archive/c.zip", ["c.zip!/甲/c.doc"]),
    ("none.txt", []),
])
def test_a_file_is_found_by_what_the_user_calls_it(out: Path, name: str, uris: list[str]) -> None:
    found, number = called(out, name, 20)
    assert [e.uri for e in found] == uris and number == len(uris)


def test_a_page_of_a_web_archive_is_found_by_its_address(out: Path) -> None:
    account = Account(out / HOME / "ledger.sqlite")
    account.put(replace(ENTRIES[0], uri="w.warc!/http://e.example/1.htm", output="w.warc!/e.example/1.htm.json", run=1, seen=1))
    account.write()
    account.close()
    assert [e.uri for e in called(out, "http://e.example/1.htm", 20)[0]] == ["w.warc!/http://e.example/1.htm"]


def test_the_reason_is_told(out: Path) -> None:
    assert reason(ENTRIES[2]) == "the process that read it died. Report it" and "县/a.txt" in reason(ENTRIES[3])
    assert "1" in reason(ENTRIES[1]) and reason(ENTRIES[0]) == ""
    assert "finished" in page(summarise(ENTRIES), runs(out)[0])


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """What the command does."""
    return subprocess.run([sys.executable, "-m", "jihua", *map(str, words)], capture_output=True, encoding="utf-8", check=False,
                          env={"JIHUA_LANG": "en", "PYTHONUTF8": "1"})


def test_a_run_as_events_then_its_page_then_why(tmp_path: Path) -> None:
    plan = "青溪镇2024年工作计划\n一、全年完成投资5亿元以上。\n".encode()
    for name, data in (("a.txt", plan), ("b.txt", plan), ("c.txt", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    done = command("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and [e["event"] for e in told] == ["begin", *["source"] * 3, "end"]
    by_uri = {e["uri"]: e for e in told if e["event"] == "source"}
    assert by_uri["a.txt"]["outcome"] == "ok" and by_uri["b.txt"]["duplicate_of"] == "a.txt"
    assert by_uri["c.txt"]["outcome"] in ("error", "unsupported") and by_uri["c.txt"]["detail"]["message"]
    assert told[0]["sources"] == told[-1]["sources"] == sum(told[-1]["outcomes"].values()) == 3
    shown = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert all(name in shown for name in by_uri)
    why = command("why", "b.txt", "-o", tmp_path / "out")
    assert why.returncode == 0 and "same content as a.txt" in why.stdout
    assert told[-1]["set_aside"] == []
    (tmp_path / "out" / ".jihua" / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    again = command("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--json")
    assert json.loads(again.stdout.splitlines()[-1])["set_aside"] == ["damaged-1-ledger.sqlite"]
    assert command("why", "nowhere.txt", "-o", tmp_path / "out").returncode == 1
    again = command("convert", tmp_path / "out", "-o", tmp_path / "second", "--jobs", 1, "--json")
    assert json.loads(again.stdout.splitlines()[-1])["outcomes"]["skipped"] == 3        # what a run wrote is no source


def test_the_report_of_parts_comes_with_the_last_of_them(tmp_path: Path) -> None:
    for name in "abcdefgh":
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_text(f"青溪镇2024年工作计划\n一、全年植树{ord(name)}株。\n", encoding="utf-8")
    words = ("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--shard")
    first = command(*words, "1/2")
    assert not (tmp_path / "out" / "report.html").exists()
    last = command(*words, "2/2")
    assert first.returncode == last.returncode == 0
    assert "with the last of them" in first.stdout and "report.html" not in first.stdout and "report.html" in last.stdout
    shown = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert all(f"{name}.txt" in shown for name in "ah")
