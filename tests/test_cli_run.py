"""The command line from outside: what is written, what is said, with which exit code."""
from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = """青溪镇2024年工作计划

一、工作目标
全年完成植树5000株以上，绿化覆盖率达到35%。
二、工作措施
（一）加强宣传。每月开展宣传活动2次。
（二）落实责任。6月30日前完成检查。
"""


def jihua(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, in English unless told otherwise."""
    clean = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "JIHUA_LANG", "COLUMNS")}
    return subprocess.run([sys.executable, "-m", "jihua", *map(str, arguments)], capture_output=True, text=True,
                          encoding="utf-8", env={**clean, "PYTHONUTF8": "1", "COLUMNS": "120", **environ}, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good plans of which two names differ only in their suffix, one in a folder, and a file that is no plan."""
    home = tmp_path / "in"
    (home / "子目录").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "a.md", "子目录/计划.txt")):
        (home / name).write_text(f"{PLAN}（三）完成第{number + 1}项。\n", encoding="utf-8")
    return home


def test_a_folder_is_converted_beside_stable_names(folder: Path, tmp_path: Path) -> None:
    done = jihua("convert", folder, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file() and ".jihua" not in p.parts) == [
        "a.md.json", "a.txt.json", "manifest.jsonl", "report.html", "子目录/计划.txt.json"]
    assert json.loads((out / "a.txt.json").read_bytes())["source"]["uri"] == "a.txt"
    assert "3 of 3 converted" in done.stdout
    head, *rows = (line.split() for line in done.stdout.splitlines())
    assert head == ["document", "plans", "sections", "tasks", "dates", "targets", "actuals", "gaps"]
    assert [row[0] for row in rows[:4]] == ["a.md", "a.txt", "子目录/计划.txt", "total"]
    counts = {row[0]: [int(n) for n in row[1:]] for row in rows[:4]}
    assert counts["total"] == [sum(column) for column in zip(*list(counts.values())[:3], strict=True)]
    assert counts["a.txt"][0] == 1 and counts["a.txt"][4] >= 3


def test_a_second_run_and_more_processes_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("one", "two", "three")]
    for out, jobs in zip(outs, (1, 1, 3), strict=True):
        assert jihua("convert", folder, "-o", out, "--jobs", jobs).returncode == 0
    for path in outs[0].rglob("*.json"):
        for other in outs[1:]:
            assert (other / path.relative_to(outs[0])).read_bytes() == path.read_bytes()


def test_bad_files_cost_a_line_each_and_the_others_convert(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "cut.docx").write_bytes(b"PK\x03\x04" + bytes(50))
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        done = jihua("convert", folder, folder / "missing.txt", "-o", out, "--jobs", jobs)
        assert done.returncode == 1
        lines = sorted(done.stderr.splitlines(), key=lambda line: ("missing" in line, line.split(": ")[1]))
        assert len(lines) == 4, done.stderr
        for name, line in zip(("cut.docx", "empty.txt", "picture.png", "missing.txt"), lines, strict=True):
            assert name in line and "Traceback" not in line
        assert len(list(out.rglob("*.json"))) == 3
        assert "3 of 7 converted" in done.stdout


def test_files_in_folders_of_the_same_shape_do_not_collide(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name + PLAN, encoding="utf-8")
    done = jihua("convert", tmp_path / "x", tmp_path / "y", tmp_path / "x" / "a.txt", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.json")) == [
        "x/a.txt.json", "y/a.txt.json"]


def test_output_in_the_input_folder_is_not_read_again(folder: Path) -> None:
    for _ in range(2):
        done = jihua("convert", folder, "-o", folder / "out")
        assert done.returncode == 0 and "3 of 3 converted" in done.stdout


def test_a_file_beyond_the_limit_names_the_option(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200_000_000)
    done = jihua("convert", big, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith("too large: ") and "big.txt: larger than 64,000,000 bytes" in done.stderr and "--max-bytes" in done.stderr
    big.write_text("今年完成投资。" * 1_000_000, encoding="utf-8")      # one line of 7 million characters
    done = jihua("convert", big, "-o", tmp_path / "out")
    assert done.returncode == 1 and "4,000,000 characters" in done.stderr
    assert jihua("show", big, "--max-bytes", 1000).returncode == 1


@pytest.mark.parametrize("arguments", [
    ("convert",), ("nonsense",), ("convert", "--nonsense"), ("convert", "a", "--jobs", "-1"), ("show",),
    ("convert", "a", "--shard", "3/2"), ("convert", "a", "--layout", "piles"),
    ("convert", "a", "--jobs", "many"),
], ids=" ".join)
def test_wrong_usage_is_told_in_two_lines(arguments: tuple[str, ...]) -> None:
    done = jihua(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2 and "jihua --help" in done.stderr


def test_the_command_alone_is_its_help() -> None:
    assert jihua().stdout == jihua("--help").stdout


def test_an_empty_folder_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(PLAN, encoding="utf-8")
    done = jihua("convert", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 2 and "nothing to convert" in done.stderr


def test_an_output_folder_that_cannot_be_made_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = jihua("convert", folder / "a.txt", "-o", tmp_path / "file" / "out")
    assert done.returncode == 3 and "cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_show_gives_the_same_tree_for_source_and_output(folder: Path, tmp_path: Path) -> None:
    jihua("convert", folder / "a.txt", "-o", tmp_path / "out")
    shown = [jihua("show", path) for path in (folder / "a.txt", tmp_path / "out" / "a.txt.json")]
    assert shown[0].stdout == shown[1].stdout and shown[0].returncode == 0
    for words in ("青溪镇2024年工作计划", "一、 工作目标", "（一） 加强宣传", "全年完成植树5000株以上"):
        assert words in shown[0].stdout


def test_explain_names_rule_words_and_reading(folder: Path) -> None:
    done = jihua("explain", folder / "a.txt")
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if "“6月30日前”" in line)
    assert "edtf=XXXX-06-30" in line and "rule" in line
    assert any("“5000株以上”" in line and "op=ge" in line and "value=5000" in line for line in done.stdout.splitlines())


def test_show_refuses_json_that_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    done = jihua("show", tmp_path / "x.json")
    assert done.returncode == 1 and "is not a converted document" in done.stderr and "Traceback" not in done.stderr


def test_schema_and_version() -> None:
    from jihua import __version__
    from jihua.schema.publish import published
    assert jihua("schema").stdout.encode() == published()
    assert jihua("--version").stdout == f"jihua {__version__}\n"


def test_a_closed_pipe_is_no_traceback(folder: Path) -> None:
    (folder / "a.txt").write_text(PLAN * 400, encoding="utf-8")
    done = subprocess.run(f"{sys.executable} -m jihua show {folder}/a.txt | head -1", shell=True, capture_output=True,
                          text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr and "青溪镇" in done.stdout


def processor_seconds(*command: str) -> float:
    """What a process and its children cost, best of three: unlike the clock, the same on a busy machine."""
    costs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(costs)


def test_help_is_quick() -> None:
    assert processor_seconds("-m", "jihua", "--help") < 0.4


def test_the_first_conversion_is_quick(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN * 20, encoding="utf-8")      # 5 KB and more
    assert processor_seconds("-c", f"import jihua; jihua.convert({str(tmp_path / 'a.txt')!r})") < 2
