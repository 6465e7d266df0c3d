"""Questions and searches: what is found, what is shown, what a question may not do."""
from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jihua.batch.ask import ask
from jihua.batch.search import Hit, Wanted, search
from jihua.batch.stores import kept
from jihua.schema import JihuaError
from jihua.screen.store import answer_csv, answer_json, answer_table
from stores_sample import fixtures_converted, report_converted, run

OTHER = """白石縣2019年工作計劃
一、經濟目標
地區生產總值增長８％以上。
二、民生
新建學校2所，改善辦學條件。
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans: one of 2021 in simplified characters, one of 2019 in traditional ones."""
    folder = tmp_path_factory.mktemp("out")
    report_converted(folder)
    return report_converted(folder, "other.txt", OTHER)


@pytest.fixture(scope="module")
def tables(out: Path) -> Path:
    """Their tables."""
    return kept(out, lambda: None, pytest.fail)


def sentences(hits: tuple[Hit, ...]) -> list[str]:
    """The sentences with the words marked."""
    def marked(hit: Hit) -> str:
        text = hit.sentence
        for start, end in reversed(hit.marks):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        return text
    return [marked(hit) for hit in hits]


@pytest.mark.parametrize("words", [("地区生产总值", "8%"), ("地區生產總值", "８％"), ("生 产 总 值", "增長8")])
def test_scripts_and_widths_find_each_other(tables: Path, words: tuple[str, ...]) -> None:
    (hit,) = [h for h in search(tables, Wanted(words)).hits if h.document == "other.txt"]
    assert hit.sentence == "地區生產總值增長８％以上。" and hit.marks
    assert (hit.place, hit.period, hit.path) == ("白石县", "2019", "一、經濟目標")
    assert set(hit.kinds) >= {"section", "target"}


def test_all_words_must_occur_and_are_marked(tables: Path) -> None:
    marked = sentences(search(tables, Wanted(("生产总值", "增长"), where=("quantities",), place="青溪")).hits)
    assert marked == ["今年的主要预期目标是：地区[生产总值增长]6%—6.5%；", "地区[生产总值增长]2.1%，城镇新增就业1.2万人。"][::-1]
    assert not search(tables, Wanted(("生产总值", "没有的词"))).hits


@pytest.mark.parametrize(("wanted", "documents"), [
    (Wanted(("增长",)), {"report.txt", "other.txt"}),
    (Wanted(("增长",), place="青溪"), {"report.txt"}),
    (Wanted(("增长",), place="白石县"), {"other.txt"}),
    (Wanted(("增长",), years=(2019, 2020)), {"other.txt"}),
    (Wanted(("增长",), years=(2001, 2025)), {"report.txt", "other.txt"}),
    (Wanted(("增长",), kind="政府工作报告"), {"report.txt"}),
    (Wanted((), concept="gdp.growth", status="target"), {"report.txt", "other.txt"}),
    (Wanted((), concept="gdp", place="青溪"), {"report.txt"}),
    (Wanted(("增长",), status="actual"), {"report.txt"}),
    (Wanted(("增长",), where=("tasks",), place="青溪", status=None, years=(1990, 1991)), set()),
])
def test_filters(tables: Path, wanted: Wanted, documents: set[str]) -> None:
    assert {hit.document for hit in search(tables, wanted).hits} == documents


def test_a_sentence_is_shown_once_and_counted_as_what_it_is(tables: Path) -> None:
    found = search(tables, Wanted(("生产总值",)))
    assert len({(h.document, h.sentence) for h in found.hits}) == len(found.hits)
    assert found.counts["section"] >= 3 and found.counts["target"] >= 2
    assert len(search(tables, Wanted(("生产总值",), limit=1)).hits) == 1


def test_words_spread_over_a_section_show_its_best_sentence(tmp_path: Path) -> None:
    out = report_converted(tmp_path / "o", text="工作计划\n一、任务\n完成植树五百株。修建道路。\n二、其他\n做好宣传。\n")
    (hit,) = search(kept(out, lambda: None, pytest.fail), Wanted(("植树", "道路"), where=("sections",))).hits
    assert hit.sentence in ("完成植树五百株。", "修建道路。") and len(hit.marks) == 1


@pytest.mark.parametrize("sql", [
    "COPY documents TO '{place}/x.csv'", "SELECT * FROM read_csv('{place}/secret.csv')", "SELECT * FROM '{place}/secret.csv'",
    "ATTACH '{place}/x.db'", "INSTALL httpfs", "SET enable_external_access = true", "SELECT * FROM glob('{place}/*')",
    "COPY documents TO '{tables}/documents.parquet' (FORMAT parquet)", "EXPORT DATABASE '{place}/x'",
    "/* 覆写 */ Copy documents TO '{tables}/plans.parquet' (FORMAT parquet, USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY documents TO '{tables}/plans.parquet' (FORMAT parquet, USE_TMP_FILE false)",
    "SELECT * FROM read_text('{place}/secret.csv')", "LOAD httpfs", "SELECT 1; SELECT 2", "", "SELEC", "SELECT * FROM nothing",
])
def test_a_question_reaches_nothing_else(tables: Path, sql: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    before = {p.name: p.read_bytes() for p in tables.iterdir()}
    with pytest.raises(JihuaError) as caught, ask(tables, sql.format(place=tmp_path, tables=tables)) as answer:
        list(answer.rows)
    assert "\n" not in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["secret.csv"] and {p.name: p.read_bytes() for p in tables.iterdir()} == before


def test_a_question_that_fails_on_the_way_is_told(tables: Path) -> None:
    with pytest.raises(JihuaError, match="Conversion Error"), ask(tables, "SELECT sentence::INT FROM quantities") as answer:
        list(answer.rows)


def test_answers_as_table_csv_and_json(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT place, value, quote, date_ids FROM quantities JOIN plans USING (document_id, plan_id) WHERE unit = '%' ORDER BY ALL"
    printed = []
    for show in (answer_table, lambda a: answer_csv(a.columns, a.rows), lambda a: answer_json(a.columns, a.rows)):
        with ask(tables, sql) as answer:
            show(answer)
        printed.append(capsys.readouterr().out)
    assert "青溪市" in printed[0] and "6%—6.5%" in printed[0]
    rows, objects = list(csv.DictReader(io.StringIO(printed[1]))), json.loads(printed[2])
    assert {"place": "白石县", "value": 8.0, "quote": "８％以上", "date_ids": []} in objects
    assert [row["quote"] for row in rows] == [row["quote"] for row in objects]
    answer_json(("a",), [])
    assert json.loads(capsys.readouterr().out) == []


def test_a_long_answer_shows_its_first_rows(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ask(tables, "SELECT 'row ' || n AS n, repeat('字', 500) AS words FROM range(250) t(n)") as answer:
        answer_table(answer)
    shown = capsys.readouterr().out
    assert "row 99" in shown and "row 100" not in shown and "150" in shown.splitlines()[-1] and "…" in shown


def test_wrong_questions_are_told_in_one_line(out: Path) -> None:
    done = run("query", out, "SELECT * FROM nothing", language="zh")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "数据表和列见" in done.stderr
    assert run("search", out, "x", "--year", "20").returncode == 2


def test_the_command_shows_the_sentence_and_where_it_stands(out: Path) -> None:
    shown = run("search", out, "數字政府").stdout
    assert "「【數字政府】」" in shown and "青溪市 · 2021 · " in shown and "  report.txt  p1" in shown
    found = json.loads(run("search", out, "生产总值", "--place", "青溪", "--format", "json").stdout)
    assert {row["document"] for row in found} == {"report.txt"} and all("生产总值" in row["sentence"] for row in found)


def test_every_gdp_target_of_every_city_with_its_sentence(tmp_path: Path) -> None:
    tables = kept(fixtures_converted(tmp_path / "o"), lambda: None, pytest.fail)
    with ask(tables, "SELECT place, first_year, value, sentence FROM targets WHERE concept = 'gdp.growth' AND headline "
                     "AND first_year BETWEEN 2001 AND 2025 ORDER BY ALL") as answer:
        assert list(answer.rows) == [("云溪市", 2019, 7.5, "今年经济社会发展的主要预期目标是：地区生产总值增长7.5%左右；")]
