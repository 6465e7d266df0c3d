"""Articles of several pages in zips and web archives: one document, whoever converts it, and made anew when a page changes."""
from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path
from random import Random

import pytest
from crawl_site import crawl, page, serving
from jihua import convert, members
from jihua.batch.entry import Entry
from jihua.batch.find import find
from jihua.batch.ledger import entries
from jihua.batch.options import Options
from jihua.batch.run import run
from jihua.export.json import loads
from jihua.pipeline import Limits, Shelf, places_of
from jihua.schema import JihuaError

TITLE = "某村2021年工作计划"
TEXTS = ("一、加强道路建设。今年新修村道2公里，6月底前完工，由建设办负责，每月检查一次，确保工程质量。",
         "二、加强绿化工作，三月份植树300棵，成活率达到90%以上，由林业站负责，年底前验收并通报。",
         "三、办好敬老院，添置床位20张，年底前完成，请两名护工，由民政办负责落实，每季度检查一次。")
LATER = "二、加强环境整治，三月份清运垃圾300吨，覆盖率达到90%以上，由环卫站负责，年底前验收并通报。"
LINKS = ('[1] <a href="t1_2.html">[2]</a> <a href="t1_2.html">下一页</a>', '<a href="t1.html">上一页</a> <a href="t1_3.html">下一页</a>',
         '<a href="t1_2.html">上一页</a> <a href="t1.html">首页</a>')
NAMES = ("t1.html", "t1_2.html", "t1_3.html")


def body(text: str, links: str) -> str:
    return f'<h1>{TITLE}</h1><div class="content"><p>{text}</p></div><div>{links}</div>'


def pages(*texts: str) -> dict[str, bytes]:
    """The files of an article; its links are in GBK, as is all of it."""
    return {name: page(body(text, links), TITLE, "gbk")[2] for name, text, links in zip(NAMES, texts, LINKS, strict=True)}


def packed(path: Path, files: dict[str, bytes], folder: str = "网页/") -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(folder + name, (2021, 1, 1, 0, 0, 0)), data)
    return path


def warc(path: Path, *records: tuple[str, str, bytes]) -> Path:
    """A web archive of pages by address and date, each record packed on its own."""
    with path.open("wb") as file:
        for url, date, data in records:
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nWARC-Record-ID: <urn:x:{url}>\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0))
    return path


def outcomes(out: Path) -> dict[str, tuple[str, str]]:
    return {e.uri.rpartition("/")[2]: (e.outcome, (e.detail or {}).get("code", "")) for e in entries(out)}


WHOLE = {"t1.html": ("ok", ""), "t1_2.html": ("skipped", "part"), "t1_3.html": ("skipped", "part")}


def converted(path: Path, out: Path, **options: object) -> list[Entry]:
    return list(run(find([path]).files, out, Options(**options)))       # type: ignore[arg-type]


def text(out: Path, uri: str) -> str:
    entry = next(e for e in entries(out) if e.uri.endswith(uri))
    return loads((out / (entry.output or "")).read_bytes(), uri).text


def test_a_crawl_of_an_article_is_one_document(tmp_path: Path) -> None:
    pytest.importorskip("scrapy")
    with serving({f"/jihua/{name}": page(body(text, links), TITLE) for name, text, links in zip(NAMES, TEXTS, LINKS, strict=True)}) as site:
        done = crawl(site.url + "/jihua/t1.html", "-o", tmp_path / "pages.warc.gz")
        assert done.code == 0, done.errors
    converted(tmp_path / "pages.warc.gz", tmp_path / "out")
    assert outcomes(tmp_path / "out") == WHOLE
    assert text(tmp_path / "out", "t1.html").split("\n") == [TITLE, *TEXTS]


@pytest.mark.parametrize("kind", ["zip", "warc"])
def test_members_convert_with_their_neighbours(tmp_path: Path, kind: str) -> None:
    files = pages(*TEXTS)
    path = (packed(tmp_path / "a.zip", files, "./网页/") if kind == "zip" else
            warc(tmp_path / "a.warc.gz", *((f"http://h.test/a/{name}", "2021-01-01T00:00:00Z", data) for name, data in files.items())))
    found: list[str] = []
    for member in members(path):
        try:
            document = convert(member.read(), uri=member.uri, origin=member.origin, neighbours=member.neighbours)
            found.append(document.text)
            assert [d.message.split(",")[0].rpartition("/")[2] for d in document.diagnostics if d.code == "reader-note"] == [
                "page 2 read from t1_2.html", "page 3 read from t1_3.html"]
        except JihuaError as error:
            found.append(error.code)
    assert found == ["\n".join((TITLE, *TEXTS)), "part", "part"]


@pytest.mark.parametrize("options", [{}, {"layout": "shards", "group": 2}, {"jobs": 3}], ids=str)
def test_a_changed_page_in_a_container_makes_the_first_anew(tmp_path: Path, options: dict[str, object]) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    packed(source / "a.zip", {**pages(*TEXTS), "b.html": page("<p>另一篇。</p>")[2]})
    first = converted(source, out, **options)
    assert all(entry.run == 1 for entry in converted(source, out, **options))
    packed(source / "a.zip", {**pages(TEXTS[0], LATER, TEXTS[2]), "b.html": page("<p>另一篇。</p>")[2]})
    again = converted(source, out, **options)
    assert sorted((entry.uri.rpartition("/")[2], entry.run) for entry in again) == [("b.html", 1), *((name, 3) for name in NAMES)]
    assert sorted((e.uri, e.outcome) for e in first) == sorted((e.uri, e.outcome) for e in again)
    assert any(LATER in path.read_text(encoding="utf-8") for path in out.rglob("*.json*"))


def test_a_changed_page_on_the_disk_makes_the_first_anew(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()

    def write(name: str, data: bytes, second: int) -> None:
        (source / name).write_bytes(data)
        os.utime(source / name, (second, second))

    for name, data in pages(*TEXTS).items():
        write(name, data, 1)
    converted(source, out)
    assert outcomes(out) == WHOLE and all(entry.run == 1 for entry in converted(source, out))
    write("t1_2.html", pages(TEXTS[0], LATER, TEXTS[2])["t1_2.html"], 2)
    converted(source, out)
    assert LATER in text(out, "t1.html")
    (source / "t1.html").unlink()                       # now the second page is the first
    converted(source, out)
    assert outcomes(out) == {"t1_2.html": ("ok", ""), "t1_3.html": ("skipped", "part")}
    write("t1.html", pages(*TEXTS)["t1.html"], 3)
    converted(source, out)
    assert outcomes(out) == WHOLE and LATER in text(out, "t1.html")


def test_of_two_crawls_with_one_first_page_each_keeps_its_second(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number, second in enumerate((TEXTS[1], LATER)):
        files = pages(TEXTS[0], second, TEXTS[2])
        warc(source / f"{number}.warc.gz", *((f"http://h.test/{name}", f"2021-01-0{number + 1}T00:00:00Z", data) for name, data in files.items()),
             ("http://h.test/b.html", "2021-01-01T00:00:00Z", page("<p>另一篇文章，没有别的页。</p>")[2]))
    found = converted(source, out)
    assert sorted((e.uri.rpartition("/")[2], e.outcome, e.duplicate_of is not None) for e in found) == [
        ("b.html", "ok", False), ("b.html", "skipped", True), ("t1.html", "ok", False), ("t1.html", "ok", False),
        *[(name, "skipped", False) for name in NAMES[1:] for _ in range(2)]]
    written = [path.read_text(encoding="utf-8") for path in out.rglob("*.json")]
    assert sum(LATER in each for each in written) == 1 and sum(TEXTS[1] in each for each in written) == 1


def test_the_newest_page_of_an_address_is_joined(tmp_path: Path) -> None:
    old, new = pages(*TEXTS), pages(TEXTS[0], LATER, TEXTS[2])
    path = warc(tmp_path / "a.warc.gz", ("http://h.test/t1_2.html", "2021-02-01T00:00:00Z", new["t1_2.html"]),
                *((f"http://h.test/{name}", "2021-01-01T00:00:00Z", data) for name, data in old.items()))
    converted(path, tmp_path / "out")
    assert text(tmp_path / "out", "t1.html").split("\n") == [TITLE, TEXTS[0], LATER, TEXTS[2]]


def test_saved_pages_in_a_zip_are_whole(tmp_path: Path) -> None:
    frames = b'<html><head><title>T</title></head><frameset><frame src="p_files/main.htm"></frameset></html>'
    files = {f"{name}/p.html": frames for name in "ab"} | {
        f"{name}/p_files/main.htm": f"<body><p>{text}</p></body>".encode() for name, text in zip("ab", TEXTS[:2], strict=True)}
    converted(packed(tmp_path / "a.zip", files, ""), tmp_path / "out")
    found = {e.uri: e.outcome for e in entries(tmp_path / "out")}
    assert found == {"a.zip!/a/p.html": "ok", "a.zip!/b/p.html": "ok", "a.zip!/a/p_files/main.htm": "skipped", "a.zip!/b/p_files/main.htm": "skipped"}
    assert TEXTS[1] in text(tmp_path / "out", "b/p.html")


def test_a_page_that_is_broken_or_too_large_is_not_joined(tmp_path: Path) -> None:
    files = pages(*TEXTS)
    path = packed(tmp_path / "a.zip", {**files, "t1_2.html": files["t1_2.html"] + b" " * 50_000}, "")
    first = next(members(path, max_bytes=40_000))
    assert convert(first.read(), neighbours=first.neighbours).text.split("\n") == [TITLE, TEXTS[0]]
    data = bytearray(packed(path, files, "").read_bytes())
    at = data.index(files["t1_2.html"])
    data[at + 100] ^= 1                                   # its check number is wrong now
    path.write_bytes(bytes(data))
    first = next(members(path))
    assert convert(first.read(), neighbours=first.neighbours).text.split("\n") == [TITLE, TEXTS[0]]


@pytest.mark.parametrize("kind", ["zip", "warc"])
def test_broken_containers_have_pages_or_none(tmp_path: Path, kind: str) -> None:
    records = [(f"http://h.test/{name}", "2021-01-01T00:00:00Z", data) for name, data in pages(*TEXTS).items()]
    path = packed(tmp_path / "a.zip", pages(*TEXTS), "") if kind == "zip" else warc(tmp_path / "a.warc.gz", *records)
    whole, dice = path.read_bytes(), Random(1)
    there = 0
    for _ in range(200):
        data = bytearray(whole[:dice.randrange(len(whole))] if dice.random() < .3 else whole)
        for _ in range(dice.randrange(1, 6)):
            if data:
                data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data)
        known = places_of(path, Limits())
        for places in (None, known):
            fetch = Shelf(path, Limits(), places).beside("t1.html" if kind == "zip" else "http://h.test/t1.html")
            found = fetch("t1_2.html") if fetch else None
            there += found is not None
            assert found is None or isinstance(found, bytes)
    assert there > 20


def test_a_crawl_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    records = [(f"http://h.test/{name}", "2021-01-01T00:00:00Z", data) for name, data in pages(*TEXTS).items()]
    path = warc(tmp_path / "a.warc.gz", *records)
    path.write_bytes(path.read_bytes()[:-60])
    *whole, last = members(path)
    assert [member.read() for member in whole] == [data for _, _, data in records[:len(whole)]] and len(whole) >= 2
    assert last.uri == "a.warc.gz" and last.error is not None and "cut off" in str(last.error)
    assert TEXTS[1] in convert(whole[0].read(), neighbours=whole[0].neighbours).text
