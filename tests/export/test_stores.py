"""Stores: the same rows in each, the same bytes each time; what a form cannot hold is told."""
from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jihua
import pyarrow.parquet
import pytest
from jihua.batch.documents import documents
from jihua.batch.stores import STORES, export
from jihua.export.cells import guarded
from jihua.export.flat import TABLES, FlatTable, Rows
from jihua.export.stores import xlsx
from jihua.schema.script import plain
from stores_sample import REPORT, fixtures_converted, report_converted

SAME_BYTES = ("parquet", "sqlite", "csv", "jsonl", "xlsx")
KINDS = {(t.name, c.name): c.kind for t in TABLES for c in t.columns}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixtures, converted."""
    return fixtures_converted(tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def made(out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each form of them, written once."""
    place = tmp_path_factory.mktemp("stores")
    paths = {to: place / to / store.place for to, store in STORES.items()}
    for to, path in paths.items():
        export(out, to, path)
    return paths


def from_parquet(path: Path, name: str) -> list[dict[str, Any]]:
    """Rows as pyarrow reads them."""
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path / f"{name}.parquet").to_pylist()
    return rows


def from_duckdb(path: Path, name: str) -> list[dict[str, Any]]:
    """Rows as DuckDB reads them."""
    database = duckdb.connect(str(path), read_only=True)
    found = database.execute(f'SELECT * FROM "{name}"')
    names = [str(column[0]) for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    database.close()
    return rows


def from_sqlite(path: Path, name: str) -> list[dict[str, Any]]:
    """Rows without the whole-number keys."""
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    rows = [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY key')]
    database.close()
    return [{k: v for k, v in row.items() if (name, k) in KINDS} for row in rows]


def from_csv(path: Path, name: str) -> list[dict[str, Any]]:
    """Rows with empty cells as None and numbers as numbers."""
    csv.field_size_limit(10**9)
    read: dict[str, Callable[[str], Any]] = {"int": int, "number": float, "bool": lambda v: v == "true", "text": unguarded}
    with (path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{k: None if v == "" else read.get(KINDS[name, k], str)(v) for k, v in row.items()} for row in csv.DictReader(file)]


def unguarded(cell: str) -> str:
    """A cell without the mark before what looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r＝＋－＠") else cell


def from_jsonl(path: Path, name: str) -> list[dict[str, Any]]:
    """Rows as JSON has them."""
    return [json.loads(line) for line in (path / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


READ = {"parquet": from_parquet, "duckdb": from_duckdb, "sqlite": from_sqlite, "csv": from_csv, "jsonl": from_jsonl}


def alike(name: str, rows: list[dict[str, Any]], empty: bool) -> list[dict[str, Any]]:
    """Rows in one form: lists as lists, numbers as doubles; where a form has no empty text, it is null."""
    def cell(column: str, value: Any) -> Any:
        kind = KINDS[name, column]
        if kind in ("texts", "json") and isinstance(value, str):
            return json.loads(value)
        if kind in ("texts", "json") and value is not None:
            return json.loads(json.dumps(value, default=float))
        if value is None or (empty and value == ""):
            return None
        return float(value) if kind == "number" else bool(value) if kind == "bool" else value
    return [{column: cell(column, value) for column, value in row.items()} for row in rows]


@pytest.mark.parametrize("to", READ)
@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_store_holds_the_same_rows(out: Path, made: dict[str, Path], table: FlatTable, to: str) -> None:
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for document in documents(out, pytest.fail) for row in Rows(document).of[table.name]]
    assert alike(table.name, READ[to](made[to], table.name), to == "csv") == alike(table.name, rows, to == "csv")
    assert rows


@pytest.mark.parametrize("to", SAME_BYTES)
def test_the_same_documents_give_the_same_bytes(out: Path, made: dict[str, Path], to: str, tmp_path: Path) -> None:
    again = tmp_path / made[to].name
    export(out, to, again)
    assert contents(again) == contents(made[to])


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of those in a folder."""
    return {p.name: p.read_bytes() for p in (path.iterdir() if path.is_dir() else [path])}


def test_sqlite_is_laid_out_for_datasette(made: dict[str, Path]) -> None:
    database = sqlite3.connect(made["sqlite"])
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    keys = {(row[3], row[2]) for row in database.execute("PRAGMA foreign_key_list(quantities)")}
    assert keys == {("document_key", "documents"), ("plan_key", "plans"), ("section_key", "sections"), ("task_key", "tasks")}
    (n,) = database.execute("SELECT count(*) FROM quantities q JOIN tasks t ON t.key = q.task_key "
                            "WHERE t.id <> q.task_id OR t.document_id <> q.document_id").fetchone()
    assert n == 0
    for table, column, word in (("sections", "text_plain", "安全生产"), ("tasks", "quote_plain", "责任书"), ("quantities", "sentence_plain", "生产总值")):
        found = database.execute(f"SELECT key FROM {table} WHERE key IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?) "
                                 "ORDER BY key", (word,)).fetchall()
        right = database.execute(f"SELECT key FROM {table} WHERE instr({column}, ?) ORDER BY key", (word,)).fetchall()
        assert found == right and found
    assert database.execute("SELECT count(*) FROM targets").fetchone()[0] > 100
    database.close()
    told = json.loads(made["sqlite"].with_suffix(".metadata.json").read_bytes())["databases"]["jihua"]["tables"]
    assert told["plans"]["label_column"] == "title" and told["tasks"]["fts_table"] == "tasks_fts"


def test_the_data_package_describes_its_files(made: dict[str, Path]) -> None:
    package = json.loads((made["csv"] / "datapackage.json").read_bytes())
    assert {r["path"] for r in package["resources"]} == {p.name for p in made["csv"].iterdir()} - {"datapackage.json"}
    for resource in package["resources"]:
        with (made["csv"] / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
        for key in resource["schema"]["foreignKeys"]:
            assert len(key["fields"]) == len(key["reference"]["fields"])


def test_no_word_becomes_a_formula(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "out", text="工作计划\n一、=HYPERLINK(1)完成植树5株。\n二、-2%以内，完成造林3亩。\n")
    export(out, "csv", tmp_path / "csv")
    export(out, "xlsx", tmp_path / "x.xlsx")
    cells = [cell for p in (tmp_path / "csv").glob("*.csv") for row in csv.reader(p.open(encoding="utf-8-sig", newline="")) for cell in row]
    assert "'=HYPERLINK(1)完成植树5株。" in cells and not any(c.startswith(("=", "@", "+")) for c in cells)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name)
    assert "=HYPERLINK(1)" in sheets and "<f>" not in sheets


@pytest.mark.parametrize(("words", "cell"), [("-0.5", "-0.5"), ("-1E+40", "-1E+40"), ("-5%", "'-5%"), ("-1+cmd", "'-1+cmd"), ("+5", "'+5"),
                                             ("＝5", "'＝5"), ("5", "5"), ("", "")])
def test_numbers_in_words_are_left_as_they_are(words: str, cell: str) -> None:
    assert guarded(words) == cell


def test_numbers_are_exact_in_words_and_near_in_doubles(tmp_path: Path) -> None:
    document = jihua.convert(REPORT.encode())
    plan = document.plans[0]
    odd = [Decimal("0.1"), Decimal("12345678901234567890.5"), Decimal("1E+400")]
    targets = [plan.targets[0].model_copy(update={"id": f"p1.x{n}", "value": value}) for n, value in enumerate(odd)]
    rows = Rows(document.model_copy(update={"plans": [plan.model_copy(update={"targets": targets, "actuals": []})]}))
    STORES["sqlite"].write([rows], tmp_path / "s.sqlite")
    STORES["parquet"].write([rows], tmp_path / "parquet")
    STORES["jsonl"].write([rows], tmp_path / "jsonl")
    said = [(0.1, "0.1"), (1.2345678901234567e19, "12345678901234567890.5"), (None, "1E+400")]
    database = sqlite3.connect(tmp_path / "s.sqlite")
    assert database.execute("SELECT value, value_exact FROM quantities ORDER BY key").fetchall() == said
    database.close()
    assert [(r["value"], r["value_exact"]) for r in from_parquet(tmp_path / "parquet", "quantities")] == said
    lines = (tmp_path / "jsonl" / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line, parse_float=Decimal)["value"] for line in lines] == odd


def test_a_workbook_cuts_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 4)
    monkeypatch.setattr(xlsx, "_CHARACTERS", 100)
    rows = Rows(jihua.convert(REPORT.encode()))
    notes = xlsx.write([rows], tmp_path / "x.xlsx")
    assert any(note.startswith("documents.text: 1 cells cut to 100") for note in notes)
    assert any(note.startswith("quantities: 2 sheets") for note in notes)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert 'name="quantities (2)"' in book.read("xl/workbook.xml").decode()


def test_traditional_words_are_found_by_simplified_ones(tmp_path: Path) -> None:
    export(report_converted(tmp_path / "out"), "sqlite", tmp_path / "s.sqlite")
    database = sqlite3.connect(tmp_path / "s.sqlite")
    found = database.execute("SELECT text FROM sections WHERE instr(text_plain, ?)", (plain("數字政府"),)).fetchall()
    assert found and "數字政府" in found[0][0]
    assert database.execute("SELECT count(*) FROM sections_fts WHERE sections_fts MATCH '数字政府'").fetchone() == (1,)
    database.close()
