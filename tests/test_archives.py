"""Archives from outside: the library, the command, the files that a run writes."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jihua
import pytest
from jihua.batch.find import find
from jihua.batch.ledger import HOME, entries
from jihua.batch.options import Options
from jihua.batch.run import run
from jihua.pipeline import OCR_PAGES, Limits
from jihua.schema import UnsupportedError
from make_archives import locked, tarred, zipped

PLAN = "青溪镇2024年工作计划\n\n一、全年完成植树5000株以上。\n二、6月30日前完成检查。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of archives, one of them broken, one with names that lead out, and a plain file between them."""
    home = tmp_path / "in"
    home.mkdir()
    (home / "a.zip").write_bytes(zipped({"下发/计划.txt": PLAN, "b.tgz": tarred({"c.txt": PLAN}, "w:gz"), "~$x.docx": b"x"},
                                        "gb18030"))
    (home / "b.txt").write_bytes(PLAN)
    (home / "cut.zip").write_bytes(zipped({"a.txt": PLAN})[:60])
    (home / "d.zip").write_bytes(zipped({"../../up.txt": PLAN, "/etc/x.txt": PLAN, "C:\\w.txt": PLAN, "": PLAN}))
    (home / "e.zip").write_bytes(locked(zipped({"a.txt": PLAN})))
    return home


def written(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file() and HOME not in p.parts}


def test_each_file_of_an_archive_has_an_outcome_and_an_output(folder: Path, tmp_path: Path) -> None:
    inputs = find([folder])
    assert len(list(run(inputs.files, tmp_path / "out", Options(keep_duplicates=True)))) == 10
    assert [(e.uri, e.outcome, (e.detail or {}).get("code")) for e in entries(tmp_path / "out")] == [
        ("a.zip!/下发/计划.txt", "ok", None), ("a.zip!/b.tgz!/c.txt", "ok", None), ("a.zip!/~$x.docx", "skipped", "litter"),
        ("b.txt", "ok", None), ("cut.zip", "error", "damaged"),
        *((f"d.zip!/{name}", "ok", None) for name in ("../../up.txt", "/etc/x.txt", "C:/w.txt", "")),
        ("e.zip!/a.txt", "encrypted", "encrypted")]
    assert set(written(tmp_path / "out")) == {
        "a.zip!/下发/计划.txt.json", "a.zip!/b.tgz!/c.txt.json", "b.txt.json", "d.zip!/up.txt.json", "d.zip!/etc/x.txt.json",
        "d.zip!/C_/w.txt.json", "d.zip!/document.json", "manifest.jsonl"}
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out"}
    document = json.loads(written(tmp_path / "out")["a.zip!/b.tgz!/c.txt.json"])
    assert document["source"]["uri"] == "a.zip!/b.tgz!/c.txt" and document["source"]["bytes"] == len(PLAN)


def test_the_number_of_processes_changes_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "many.zip").write_bytes(zipped({f"{k % 50}.txt": PLAN + str(k).encode() for k in range(300)}
                                             | {"X.TXT": PLAN, "x.txt": PLAN, "x.txt.json/y": PLAN}))
    for jobs in (1, 3):
        assert len(list(run(find([folder]).files, tmp_path / str(jobs), Options(jobs=jobs)))) == 63
    assert written(tmp_path / "1") == written(tmp_path / "3")


def test_members_in_python(folder: Path) -> None:
    documents = [jihua.convert(m.read(), uri=m.uri) for m in jihua.members(folder / "a.zip") if not m.left_out]
    assert [d.source.uri for d in documents] == ["a.zip!/下发/计划.txt", "a.zip!/b.tgz!/c.txt"]
    assert all(d.plans[0].targets[0].value == 5000 for d in documents)
    assert [m.uri for m in jihua.members(folder / "b.txt")] == ["b.txt"]
    (missing,) = jihua.members(folder / "missing.zip")
    assert missing.error is not None and missing.error.code == "damaged"
    assert [m.error.code for m in jihua.members(folder / "a.zip", max_depth=1) if m.error] == ["too_large"]
    with pytest.raises(UnsupportedError, match="jihua convert"):
        jihua.convert(folder / "a.zip")


def command(*arguments: object, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "jihua", *map(str, arguments)], capture_output=True, encoding="utf-8",
                          env={**os.environ, "JIHUA_LANG": language, "PYTHONUTF8": "1", "COLUMNS": "120"}, check=False)


def test_the_command_tells_of_every_file(folder: Path, tmp_path: Path) -> None:
    done = command("convert", folder, "-o", tmp_path / "out", "-j", 2, "--keep-duplicates")
    assert done.returncode == 1 and "7 of 9 converted" in done.stdout and "left out: 1" in done.stdout
    lines = sorted(done.stderr.splitlines(), key=lambda line: "e.zip" in line)
    assert len(lines) == 2 and "cut.zip" in lines[0] and lines[1].startswith("encrypted: e.zip!/a.txt: asks for a password")


def test_the_limits_of_the_command_lift_and_speak_chinese(folder: Path, tmp_path: Path) -> None:
    done = command("convert", folder / "a.zip", "-o", tmp_path / "out", "--max-depth", 1, language="zh")
    assert done.returncode == 1 and "压缩包嵌套超过 1 层。请用 --max-depth 放宽（Python 中为 max_depth=）" in done.stderr
    for option in ("unpacked", "members", "ratio", "depth"):
        assert f"--max-{option}" in command("convert", "--help").stdout


def test_the_limits_of_the_command_are_those_of_the_library() -> None:
    from jihua.commands import common, convert
    assert Limits() == Limits(common.MAX_BYTES, convert.UNPACKED, convert.MEMBERS, convert.RATIO, convert.DEPTH)
    assert (Options().timeout, Options().max_memory, OCR_PAGES) == (convert.TIMEOUT, convert.MEMORY, convert.OCR_PAGES)
