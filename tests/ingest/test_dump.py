"""Dumps of crawlers: which column is the text, what the others say, and what is data or a table and no dump."""
from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jihua
import pytest
from jihua.ingest.archive.dump_rows import piece_of
from jihua.ingest.archive.limits import Limits
from jihua.ingest.archive.members import Member, members
from jihua.ingest.pages.litter import beside_in_archive
from jihua.schema import DamagedError, TooLargeError
from make_containers import PAGE, PLAN, TITLE, jsonl, rows, seeds

TEXTS = [row["content"] for row in rows()]


def opened(data: bytes, name: str, **limits: int) -> list[Member]:
    return list(members(io.BytesIO(data), name, Limits(**limits), beside_in_archive))


def texts(found: list[Member]) -> list[str]:
    return [m.data.decode() for m in found]


def as_json(whole: Any) -> bytes:
    return json.dumps(whole, ensure_ascii=False).encode()


@pytest.mark.parametrize(("data", "name"), [
    (jsonl(rows()), "a.jsonl"), (jsonl(rows()), "a.json"), (jsonl(rows()), "a.txt"), (b"\xef\xbb\xbf" + jsonl(rows()), "a.ndjson"),
    (jsonl(rows()).replace(b"\n", b"\r\n\r\n"), "a.jl"), (as_json(rows()), "a.json"), (as_json({"RECORDS": rows()}), "a.json"),
    (as_json({"code": 0, "data": {"total": 3, "list": rows()}}), "a.json"), (as_json([{"_id": 1, "_source": row} for row in rows()]), "a.json"),
    (json.dumps(rows()).encode(), "a.json"), (as_json(rows()).decode().encode("gb18030"), "a.json"),
    (jsonl(rows()).decode().encode("gb18030"), "a.jsonl")])
def test_rows_of_json_in_every_wrapping(data: bytes, name: str) -> None:
    found = opened(data, name)
    assert texts(found) == TEXTS and [m.uri for m in found] == [f"{name}!/{k}" for k in (1, 2, 3)]
    origin = found[1].origin
    assert origin is not None and (origin.title, origin.url, origin.site, origin.published, origin.fetched_at) == (
        TITLE, "http://e.example/1.htm", "青溪镇人民政府", "2024-03-01T10:00:00", "2024-03-04T10:00:05")


def written(table: list[dict[str, Any]], **how: Any) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]), **how)
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


@pytest.mark.parametrize(("charset", "mark"), [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("big5hkscs", ";"), ("utf-16", "\t")])
def test_rows_of_csv_in_every_charset(charset: str, mark: str) -> None:
    table = [{**row, "content": row["content"].replace("标", "標"), "note": 'a "b", c'} for row in rows(130)]
    if charset == "big5hkscs":
        table = [{"title": "施政計畫", "content": "一、全年完成植樹五千株以上，成活率達到百分之九十五。\n二、每月五日前上報進度。" * 4, "url": "http://e.example/1"}] * 5
    found = opened(written(table, delimiter=mark).encode(charset), "a.tsv" if mark == "\t" else "a.csv")
    assert [t.replace("\r\n", "\n") for t in texts(found)] == [row["content"] for row in table]
    assert found[-1].origin is not None and found[-1].origin.title == table[-1]["title"] and found[-1].origin.url == table[-1]["url"]


def test_a_row_becomes_a_document_with_its_facts() -> None:
    one = opened(jsonl(rows()), "a.jsonl")[0]
    document = jihua.convert(one.read(), uri=one.uri, origin=one.origin)
    assert document.plans[0].title == TITLE and document.source.fetched_at == "2024-03-04T10:00:05"
    assert (document.page.published, document.page.url) == ("2024-03-01T10:00:00", "http://e.example/0.htm")
    page = opened(jsonl([{"标题": TITLE, "正文": PAGE}]), "a.jsonl")[0]
    assert jihua.convert(page.read(), uri=page.uri, origin=page.origin).source.media_type == "text/html"


@pytest.mark.parametrize(("row", "text"), [
    ({"content": "", "正文": "植树"}, "植树"), ({"Content ": "植树"}, "植树"), ({"paragraphs": ["一、植树五千株。" * 8, "二"]}, "一、植树五千株。" * 8 + "\n二"),
    ({"k1": "短", "k2": "一、全年植树五千株以上。" * 5}, "一、全年植树五千株以上。" * 5), ({"k1": "short", "k2": "x" * 900}, None),
    ({"content": {"rendered": "一、全年植树五千株以上。" * 5}}, "一、全年植树五千株以上。" * 5), ({}, None), ({"content": 5}, None)])
def test_the_text_of_a_row(row: dict[str, Any], text: str | None) -> None:
    found = piece_of(row)
    assert (found.text if found else None) == text


@pytest.mark.parametrize(("value", "stamp"), [
    ("2024年3月1日", "2024-03-01"), (1709258400, "2024-03-01T10:00:00"), (1709258400000, "2024-03-01T10:00:00"), ({"$date": "2024-03-01T10:00:00Z"}, "2024-03-01T10:00:00"),
    ("昨天", None), (True, None), (10**40, None), (float("nan"), None)])
def test_dates_of_rows(value: Any, stamp: str | None) -> None:
    found = piece_of({"content": "植树", "date": value})
    assert found is not None and found.origin.published == stamp


def test_rows_without_text_and_broken_lines_are_told() -> None:
    data = jsonl(rows(1)) + b'{"title": "x"}\n{"content": \n' + jsonl(rows(1)) + b"[1]\n"
    found = opened(data, "a.jsonl")
    assert [(m.reason, type(m.error).__name__) for m in found] == [
        ("", "NoneType"), ("the row holds no text", "NoneType"), ("", "DamagedError"), ("", "NoneType"), ("the row holds no text", "NoneType")]
    long = jsonl(rows(1)) + b'{"content": "' + b"x" * 2000 + b'"}\n' + jsonl(rows(1))
    found = opened(long, "a.jsonl", max_bytes=1000)
    assert isinstance(found[1].error, TooLargeError) and texts(found)[2] == TEXTS[0]


def test_data_is_left_out_and_a_table_is_a_document() -> None:
    for data in (b'{"name": "x", "version": "1"}', b"[1, 2, 3]", b"{}", as_json([{"a": 1}] * 300), b'{"a": 1}\n{"a": 2}\n'):
        (one,) = opened(data, "package.json")
        assert one.left_out and one.reason == "holds no column of texts" and one.uri == "package.json"
    (broken,) = opened(b'{"data": [', "a.json")
    assert isinstance(broken.error, DamagedError)
    (deep,) = opened(b"[" * 200_000, "a.json")
    assert isinstance(deep.error, DamagedError)
    (large,) = opened(as_json(rows()), "a.json", max_bytes=100)
    assert isinstance(large.error, TooLargeError)
    table = seeds()["l.csv"]
    (one,) = opened(table, "台账.csv")
    assert one.uri == "台账.csv" and one.data == table
    document = jihua.convert(one.read(), uri=one.uri)
    assert document.source.reader == "csv" and document.tables[0].header == ["序号", "任务", "责任单位", "完成时限"]
    assert document.source.charset == "gb18030" and document.text.count("\t") == 9


def test_surrogates_and_quotes_do_not_break_rows() -> None:
    (one,) = opened(b'{"content": "\\ud83d\\ude00\\ud800 \xe6\xa4\x8d"}\n{"content": "x"}\n', "a.jsonl")[:1]
    assert one.data.decode() == "\U0001f600\ufffd 植"
    found = opened(('title,content\n"x","' + PLAN * 200).encode(), "a.csv", max_bytes=2000)
    assert isinstance(found[-1].error, TooLargeError)


def test_long_dumps_are_read_as_a_stream(tmp_path: Path) -> None:
    import tracemalloc
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{**rows(1)[0], "content": PLAN * 30}]) * 2000)       # 12 MB
    tracemalloc.start()
    count = sum(1 for _ in jihua.members(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000 and peak < 4_000_000


@pytest.mark.parametrize("row", ["道" * 20_000, "道,路" * 10_000, '"道\n",' * 10_000])
def test_a_row_of_a_table_that_is_too_long_is_not_read_to_its_end(row: str) -> None:
    data = f"title,content\n计划,{TEXTS[0].replace(chr(10), '')}\n计划,{row}\n".encode()
    last = opened(data, "a.csv", max_bytes=15_000)[-1]
    assert isinstance(last.error, TooLargeError) and "--max-bytes" in last.error.way_out
