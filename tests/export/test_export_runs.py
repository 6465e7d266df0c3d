"""Exports as a whole: what is read, what is told, nothing half written, nothing of others replaced, memory that stays flat."""
from __future__ import annotations

import os
import shutil
import sys
import tracemalloc
from pathlib import Path

import jihua
import pytest
from jihua.batch import stores
from jihua.batch.ask import ask
from jihua.batch.documents import documents
from jihua.batch.search import KINDS
from jihua.batch.stores import STORES, export, kept
from jihua.commands.store import To, Where
from jihua.export.json import dumps
from jihua.schema import JihuaError, OutputError
from stores_sample import REPORT, report_converted, run, shards_converted


def test_documents_come_in_order_from_files_and_shards(tmp_path: Path) -> None:
    out = shards_converted(tmp_path / "out", 3)
    for name in ("b.txt", "a.txt", ".hidden/c.txt", "d/a.txt"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / f"{name}.json").write_bytes(dumps(jihua.convert(REPORT.encode(), uri=name)))
    with (out / "shards" / "part-00000.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    (out / "manifest.jsonl").write_text("{}\n", encoding="utf-8")
    errors: list[JihuaError] = []
    uris = [d.source.uri for d in documents(out, errors.append)]
    assert uris == ["a.txt", "b.txt", "d/a.txt", "00000.txt", "00001.txt", "00002.txt"]
    (error,) = errors
    assert error.place == "line 4" and error.source.endswith("part-00000.jsonl")


def test_what_has_the_same_source_stands_once(tmp_path: Path) -> None:
    out = report_converted(report_converted(tmp_path / "out", "a.txt"), "b.txt")
    (out / "c.txt.json").write_text("{}", encoding="utf-8")
    done = run("export", out, "--to", "jsonl", "-o", tmp_path / "t")
    assert done.returncode == 1 and "c.txt.json" in done.stderr
    assert done.stdout.startswith("1 documents in ") and "1 documents left out" in done.stdout
    assert len((tmp_path / "t" / "documents.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for to, store in STORES.items():
        with pytest.raises(JihuaError, match="holds no converted document"):
            export(tmp_path / "out", to, tmp_path / store.place)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("to", STORES)
def test_what_fails_leaves_what_was_there(tmp_path: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out, place = report_converted(tmp_path / "out"), tmp_path / "x" / STORES[to].place
    export(out, to, place)
    before = sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "x").rglob("*"))

    def torn(*_: object) -> object:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(stores, "_settle", torn)
    with pytest.raises(JihuaError, match="cannot be written: No space left"):
        export(out, to, place)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "x").rglob("*")) == before


@pytest.mark.parametrize("to", STORES)
def test_an_export_is_replaced_by_the_next(tmp_path: Path, to: str) -> None:
    out, place = report_converted(tmp_path / "out"), tmp_path / STORES[to].place
    export(out, to, place)
    report_converted(out, "b.txt", REPORT.replace("2.1%", "2.2%"))
    assert export(out, to, place).documents == 2
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".jihua")]


def test_nothing_of_others_is_replaced(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    for to, place in (("csv", tmp_path / "mine"), ("sqlite", tmp_path / "mine"), ("csv", out / "tables"), ("sqlite", out / "s.sqlite"),
                      ("parquet", tmp_path / "mine" / "letter.txt")):
        with pytest.raises(JihuaError, match=r"holds other files|where a fi|where a fo|in the folder of documents"):
            export(out, to, place)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_tables_for_questions_are_made_anew_when_documents_change(tmp_path: Path) -> None:
    out, calls = report_converted(tmp_path / "out"), []
    first = kept(out, lambda: calls.append(1), pytest.fail)
    assert kept(out, lambda: calls.append(2), pytest.fail) == first
    report_converted(out, "b.txt", REPORT.replace("2.1%", "2.2%"))
    second = kept(out, lambda: calls.append(3), pytest.fail)
    assert calls == [1, 3] and second != first and first.is_dir()       # someone may be reading it
    os.utime(first, (0, 0))
    report_converted(out, "c.txt", REPORT.replace("2.1%", "2.3%"))
    assert kept(out, list, pytest.fail) not in (first, second) and second.is_dir() and not first.exists()
    export(out, "parquet", tmp_path / "tables")
    assert kept(tmp_path / "tables", lambda: calls.append(4), pytest.fail) == tmp_path / "tables"


def test_tables_that_are_none_or_cannot_be_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "documents.parquet").write_bytes(b"PAR1")
    with pytest.raises(JihuaError, match="no tables of this version"), ask(kept(tmp_path / "tables", list, pytest.fail), "SELECT 1"):
        pass
    out = report_converted(tmp_path / "out")

    def refuse(*_: object, **__: object) -> object:
        raise OSError(30, "Read-only file system")
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"Read-only file system.*ask there"):
        kept(out, list, pytest.fail)


def test_a_folder_that_cannot_be_renamed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, place = report_converted(tmp_path / "out"), tmp_path / "tables"
    export(out, "csv", place)
    rename = Path.rename

    def once(path: Path, target: Path) -> Path:
        if path.suffix == ".tmp":
            raise OSError(5, "Input/output error")
        return rename(path, target)
    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(OutputError, match="Input/output error"):
        export(out, "csv", place)
    assert (place / "documents.csv").is_file() and sorted(p.name for p in tmp_path.iterdir()) == ["out", "tables"]


def test_what_another_process_makes_is_left_alone(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out")
    tables = kept(out, list, pytest.fail).parent
    (tables / ".jihua-1.tmp").mkdir()
    (tables / "old").mkdir()
    os.utime(tables / "old", (0, 0))
    report_converted(out, "b.txt", REPORT.replace("2.1%", "2.2%"))
    kept(out, list, pytest.fail)
    assert (tables / ".jihua-1.tmp").is_dir() and not (tables / "old").exists() and len(list(tables.iterdir())) == 3


def test_tables_that_another_made_in_the_meantime_stay(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out")
    place = kept(out, list, pytest.fail)
    place.rename(tmp_path / "made")

    def other() -> None:
        shutil.copytree(tmp_path / "made", place)
        (place / "documents.parquet").with_name("mark").touch()
    assert kept(out, other, pytest.fail) == place and (place / "mark").exists()
    assert [p.name for p in place.parent.iterdir()] == [place.name]


def test_documents_that_no_run_wrote_are_told(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out")
    good = (out / "report.txt.json").read_text(encoding="utf-8")
    for name, text in {"surrogate": good.replace("青溪市", "\\ud800", 1), "deep": "[" * 100_000, "binary": "\0\1", "empty": "",
                       "huge": good.replace('"bytes": ', '"bytes": 99999999999999999999', 1)}.items():
        (out / f"{name}.json").write_text(text, encoding="utf-8")
    exported = export(out, "jsonl", tmp_path / "t")
    assert exported.documents == 1 and len(exported.errors) == 5


def test_libraries_that_are_not_there_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = report_converted(tmp_path / "out")
    for to, library in (("parquet", "pyarrow"), ("duckdb", "duckdb"), ("xlsx", "xlsxwriter")):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, library, None)
            with pytest.raises(JihuaError, match=r'jihua\[stores\]'):
                export(out, to, tmp_path / STORES[to].place)


@pytest.mark.parametrize("to", ["csv", "sqlite", "xlsx"])
def test_memory_does_not_grow_with_documents(tmp_path: Path, to: str) -> None:
    """Of Python's own memory; that of the libraries is measured in docs/stores.md."""
    peaks = []
    for number in (5, 45):
        out = shards_converted(tmp_path / str(number), number)
        tracemalloc.start()
        export(out, to, tmp_path / f"{number}-{STORES[to].place}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 800_000      # what is held of 40 documents; whole they take five times as much


def test_the_command_names_what_there_is() -> None:
    assert set(STORES) <= {to.value for to in To} and [where.value for where in Where] == list(KINDS)


def test_a_reader_of_folders_that_fails_is_told(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out")
    (out / "link.json").symlink_to(tmp_path / "nowhere")
    errors: list[JihuaError] = []
    assert len(list(documents(out, errors.append))) == 1 and not errors
    errors.clear()
    assert list(documents(tmp_path / "gone", errors.append)) == [] and len(errors) == 1
