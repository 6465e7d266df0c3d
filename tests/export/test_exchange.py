"""`jihua export --to stratml|iati|ical|markdown`: a file a document, the report, what is refused."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_words import GOLDENS
from jihua import convert
from jihua.batch import exchange as room
from jihua.batch.exchange import EXCHANGES, REPORT, exchange
from jihua.batch.stores import STORES
from jihua.commands.store import _EXCHANGES, To
from jihua.export.json import dumps
from jihua.schema import JihuaError, OutputError
from lxml import etree


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The goldens as a run would have left them."""
    folder = tmp_path_factory.mktemp("out")
    for path in GOLDENS:
        uri = json.loads(path.read_bytes())["source"]["uri"]
        (folder / f"{uri}.json").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{uri}.json").write_bytes(path.read_bytes())
    return folder


def listed(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "jihua", *map(str, arguments)], capture_output=True, text=True, check=False,
                          env={**os.environ, "JIHUA_LANG": "en", **environ})


def test_the_command_takes_every_form() -> None:
    assert {to.value for to in To} == {*STORES, *EXCHANGES} and [to.value for to in _EXCHANGES] == list(EXCHANGES)


@pytest.mark.parametrize("to", EXCHANGES)
def test_files_mirror_the_documents_and_the_report_names_their_losses(out: Path, to: str, tmp_path: Path) -> None:
    done = exchange(out, to, tmp_path / "a")
    files = listed(tmp_path / "a")
    rows = [json.loads(row) for row in files.pop(REPORT).splitlines()]
    assert files.pop(f"{to}-files.txt").decode().splitlines() == sorted(files)
    assert done.documents == len(GOLDENS) and done.files == len(files) and done.losses.total() == len(rows) and not done.errors
    uris = {json.loads(path.read_bytes())["source"]["uri"] for path in GOLDENS}
    assert all(any(name.startswith(uri + ".") for uri in uris) for name in files)
    assert {row["document"] for row in rows} <= uris
    silent = uris - {uri for uri in uris for name in files if name.startswith(uri + ".")}
    assert silent <= {row["document"] for row in rows if row["why"] in ("mandatory", "nothing-due", "no-plan")}
    exchange(out, to, tmp_path / "b")
    assert listed(tmp_path / "a") == listed(tmp_path / "b")


def test_the_command_line_writes_and_tells(out: Path, tmp_path: Path) -> None:
    done = run("export", out, "--to", "markdown", "-o", tmp_path / "md")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{len(GOLDENS)} documents as {len(GOLDENS)} files in ") and REPORT in done.stdout
    assert "\n# 柳溪沟村村民委员会2024年工作计划\n" in (tmp_path / "md" / "village" / "source.txt.md").read_text(encoding="utf-8")
    chinese = run("export", out, "--to", "ical", "-o", tmp_path / "ics", JIHUA_LANG="zh")
    assert "个文档写成" in chinese.stdout and "masked" in chinese.stdout


@pytest.mark.parametrize("to", EXCHANGES)
def test_the_bytes_depend_on_the_documents_only(out: Path, to: str, tmp_path: Path) -> None:
    exchange(out, to, tmp_path / "a")
    done = run("export", out, "--to", to, "-o", tmp_path / "b", PYTHONHASHSEED="7", TZ="Asia/Shanghai", LC_ALL="C")
    assert done.returncode == 0 and listed(tmp_path / "a") == listed(tmp_path / "b")


def test_who_reports_in_iati_is_the_users(out: Path, tmp_path: Path) -> None:
    done = run("export", out, "--to", "iati", "-o", tmp_path / "x", "--iati-org", "XM-EXAMPLE-1")
    assert done.returncode == 0, done.stderr
    root = etree.fromstring((tmp_path / "x" / "village" / "source.txt.xml").read_bytes())
    assert root.find(".//reporting-org").get("ref") == "XM-EXAMPLE-1"
    refused = run("export", out, "--to", "iati", "-o", tmp_path / "y", "--iati-org", "a b/c")
    assert refused.returncode == 1 and "not an identifier" in refused.stderr and not (tmp_path / "y").exists()


def test_a_file_that_is_no_document_costs_a_line(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out"
    mine.mkdir()
    (mine / "a.json").write_bytes((out / "village" / "source.txt.json").read_bytes())
    (mine / "b.json").write_text("{}", encoding="utf-8")
    done = run("export", mine, "--to", "stratml", "-o", tmp_path / "x")
    assert done.returncode == 1 and "b.json" in done.stderr and "1 documents as 1 files" in done.stdout


def test_documents_of_one_name_do_not_collide(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "out"
    mine.mkdir()
    for name in ("a", "b"):
        (mine / f"{name}.json").write_bytes((out / "village" / "source.txt.json").read_bytes())
    exchange(mine, "markdown", tmp_path / "x")
    assert sorted(listed(tmp_path / "x")) == [REPORT, "markdown-files.txt", "village/source.txt.md", "village/source.txt~2.md"]


def test_files_that_an_export_does_not_write_again_go(tmp_path: Path) -> None:
    mine, place = tmp_path / "out", tmp_path / "md"
    mine.mkdir()
    for name in ("a", "b"):
        (mine / f"{name}.json").write_bytes(dumps(convert("青溪镇2024年工作计划\n一、植树。\n".encode(), uri=f"{name}.txt")))
    exchange(mine, "markdown", place)
    (place / "mine.md").touch()
    (tmp_path / "secret").touch()
    with (place / "markdown-files.txt").open("a", encoding="utf-8") as file:
        file.write("../secret\n\n")
    (mine / "b.json").write_bytes(b"{}")
    exchange(mine, "markdown", place)
    assert (place / "b.txt.md").exists()           # of a document that could not be read
    (mine / "b.json").unlink()
    exchange(mine, "markdown", place)
    assert sorted(listed(place)) == ["a.txt.md", REPORT, "markdown-files.txt", "mine.md"] and (tmp_path / "secret").exists()


def test_names_stay_within_the_folder(tmp_path: Path) -> None:
    mine = tmp_path / "out"
    mine.mkdir()
    document = json.loads(GOLDENS[0].read_bytes())
    document["source"]["uri"] = "/../../up/../x.txt"
    (mine / "a.json").write_text(json.dumps(document), encoding="utf-8")
    exchange(mine, "markdown", tmp_path / "x" / "y")
    assert sorted(listed(tmp_path)) == ["out/a.json", f"x/y/{REPORT}", "x/y/markdown-files.txt", "x/y/up/x.txt.md"]


def test_what_is_refused(out: Path, tmp_path: Path) -> None:
    with pytest.raises(JihuaError, match="lies in the folder of documents"):
        exchange(out, "ical", out / "ical")
    (tmp_path / "none").mkdir()
    with pytest.raises(JihuaError, match="holds no converted document"):
        exchange(tmp_path / "none", "ical", tmp_path / "x")
    assert not listed(tmp_path / "x")


def test_a_full_disk_stops_the_export_and_leaves_no_report(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    real = room.write

    def full(path: Path, data: object) -> None:
        if path.name != REPORT and len(written) == 3:
            raise OutputError("cannot be written: No space left on device", source=str(path))
        if path.name != REPORT:
            written.append(path)
        real(path, data)
    monkeypatch.setattr(room, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        exchange(out, "markdown", tmp_path / "x")
    assert len(listed(tmp_path / "x")) == 3


def test_no_document_takes_the_file_of_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for number, uri in enumerate(("a.txt", "a.txt", "a.txt~2", "A.txt")):
        (out / f"{number}.json").write_bytes(dumps(convert(f"青溪镇2024年工作计划\n一、完成植树{number + 3}00株。\n".encode(), uri=uri)))
    done = exchange(out, "markdown", tmp_path / "md")
    assert done.documents == done.files == len(list((tmp_path / "md").glob("*.md"))) == 4
