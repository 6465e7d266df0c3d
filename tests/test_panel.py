"""The panel: which rows, which cells, which bytes; what is told of files that are none."""
from __future__ import annotations

import csv
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jihua
import pytest
from jihua.batch.panel import gather
from jihua.export.json import dumps
from jihua.export.panel import BOM, COLUMNS, Row, lines, rows
from jihua.schema import JihuaError

REPORT = """青溪市政府工作报告
（2021年1月12日）
我代表市人民政府，向大会报告工作。
一、2020年工作回顾
2020年是极为关键的一年。地区生产总值增长2.1%，城镇新增就业1.2万人。
二、2021年工作安排
今年的主要预期目标是：地区生产总值增长6%—6.5%；一般公共预算收入达到20.5亿元以上；单位生产总值能耗下降3%。
"""


def written(folder: Path, name: str, text: str) -> Path:
    """A text converted, as `jihua convert` would leave it."""
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dumps(jihua.convert(text.encode(), uri=name)))
    return path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a written panel."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_gives_its_own_goals_and_nothing_else(tmp_path: Path) -> None:
    written(tmp_path / "in", "a.txt", REPORT)
    gathered = gather(tmp_path / "in", tmp_path / "panel.csv")
    found = read(tmp_path / "panel.csv")
    assert (gathered.rows, gathered.documents, gathered.stated, gathered.errors) == (3, 1, 1, [])
    assert [(r["place"], r["year"], r["concept"], r["op"], r["value"], r["value_high"], r["unit"], r["change"]) for r in found] == [
        ("青溪市", "2021", "gdp.growth", "range", "6", "6.5", "%", "increase"),
        ("青溪市", "2021", "fiscal_revenue.level", "ge", "2050000000", "", "元", ""),
        ("青溪市", "2021", "energy_intensity.change", "eq", "3", "", "%", "decrease"),
    ]
    assert [r["quote"] for r in found] == ["6%—6.5%", "20.5亿元以上", "3%"]
    assert found[2]["sentence"] == "单位生产总值能耗下降3%。" and found[2]["indicator"] == "单位生产总值能耗"
    assert {(r["document"], r["plan"]) for r in found} == {("a.txt", "p1")} and len(found[0]["sha256"]) == 64


def test_the_file_is_utf8_with_a_mark_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "b/10.txt"):
        written(tmp_path / "in", name, REPORT)
    for name in ("one.csv", "two.csv"):
        gather(tmp_path / "in", tmp_path / name)
    data = (tmp_path / "one.csv").read_bytes()
    assert data == (tmp_path / "two.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfplace,year,concept,op,value,unit,quote,document,") and b"\r" not in data
    assert list(dict.fromkeys(r["document"] for r in read(tmp_path / "one.csv"))) == ["a/1.txt", "b/10.txt", "b/2.txt"]


def row(quote: str, value: Decimal = Decimal(1), high: Decimal | None = None) -> Row:
    """A row with these cells, the others empty."""
    return Row("", "", "", "eq", value, "", quote, "", high, "", "", "", "p1", "")


@pytest.mark.parametrize("words", ["=1+1", "+86", "-2%", "@SUM(A1)", "\tx", "＝A1", "－2%"])
def test_words_are_no_formulas(words: str) -> None:
    (line,) = list(lines([row(words)]))[1:]
    assert next(csv.reader([line.decode()]))[COLUMNS.index("quote")] == f"'{words}"


def test_numbers_are_exact_and_no_words() -> None:
    head, line = lines([row('5,"元"', Decimal("-0.50"), Decimal("12345678901234567890"))])
    assert head.decode() == BOM + ",".join(COLUMNS) + "\n"
    cells = dict(zip(COLUMNS, next(csv.reader([line.decode()])), strict=True))
    assert (cells["value"], cells["value_high"], cells["quote"]) == ("-0.5", "12345678901234567890", '5,"元"')


def test_place_and_year_stay_empty_where_the_plan_does_not_say() -> None:
    document = jihua.convert("工作计划\n一、粮食总产量达到5万吨以上。\n二、城镇登记失业率控制在4%以内。".encode())
    assert {(r.place, r.year) for r in rows(document)} == {("", "")}


def test_files_that_are_no_documents_are_told_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    written(folder, "a.txt", REPORT)
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "other.json").write_text("{}", encoding="utf-8")
    (folder / ".hidden.json").write_text("{", encoding="utf-8")
    environ = {**os.environ, "JIHUA_LANG": "en", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "jihua", "panel", str(folder), "-o", str(tmp_path / "p.csv")],
                          capture_output=True, encoding="utf-8", env=environ, check=False)
    assert done.returncode == 1 and "3 rows from 1 of 1 documents" in done.stdout
    assert [Path(line.split(": ")[0]).name for line in done.stderr.splitlines()] == ["broken.json", "other.json"]
    assert len(read(tmp_path / "p.csv")) == 3


def test_an_output_that_cannot_be_written_and_a_folder_that_is_none(tmp_path: Path) -> None:
    written(tmp_path / "in", "a.txt", REPORT)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(JihuaError, match="cannot be written"):
        gather(tmp_path / "in", tmp_path / "file" / "panel.csv")
    done = subprocess.run([sys.executable, "-m", "jihua", "panel", str(tmp_path / "no")], capture_output=True,
                          encoding="utf-8", env={**os.environ, "JIHUA_LANG": "zh", "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 2 and "不是文件夹" in done.stderr
