"""The WARC as it is written, and the file of what a crawl knows."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from crawl_site import environment, records
from jihua.crawl.frontier import DONE, WAITING, Frontier
from jihua.crawl.options import FAILURES, LIFTS, Options
from jihua.crawl.warc import WarcWriter, digest_of
from jihua.pipeline import MAX_BYTES
from jihua.schema import DamagedError, JihuaError
from jihua.screen.crawl import _WHY

URL, DATE = "http://x.cn/a", "2024-01-05T00:00:00Z"


def write(warc: WarcWriter, url: str, body: bytes) -> str:
    """One page."""
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Odd", "a\r\nWARC-Type: evil"), ("X-中", "文")]
    return warc.response(url, DATE, 200, headers, body, digest_of(body), "192.0.2.1", "article")


@pytest.mark.parametrize("name", ["p.warc", "p.warc.gz"])
def test_records_are_whole_and_a_torn_one_is_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    warc = WarcWriter(path, 0, "jihua")
    record = write(warc, URL, "青溪镇".encode("gb2312"))
    length = warc.sync()
    write(warc, "http://x.cn/torn", b"x" * 1000)
    warc.close()
    path.write_bytes(path.read_bytes()[:-20])
    warc = WarcWriter(path, length, "jihua")
    warc.revisit("http://x.cn/b", DATE, 304, [], "sha1:X", "", profile="unmodified", of=(record, URL, DATE))
    assert warc.sync() == path.stat().st_size
    warc.close()
    written = records(path)
    assert [(kind, at) for kind, at, _ in written] == [("warcinfo", ""), ("response", "/a"), ("revisit", "/b")]
    assert written[1][2].endswith("青溪镇".encode("gb2312"))
    with pytest.raises(DamagedError, match="shorter than"):
        WarcWriter(path, length + 10_000, "jihua")


def test_headers_cannot_break_out(tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator
    warc = WarcWriter(tmp_path / "p.warc", 0, "jihua")
    write(warc, URL, b"body")
    warc.close()
    with (tmp_path / "p.warc").open("rb") as file:
        record = next(record for record in ArchiveIterator(file) if record.http_headers)
        told = record.http_headers.to_dict()
        assert record.headers["WARC-Type"] == "response" and told["X-Odd"] == "a WARC-Type: evil"
        assert told["Content-Length"] == "4" and told["X-Crawler-Content-Encoding"] == "gzip" and record.reader.read() == b"body"


def test_a_digest_is_that_of_the_standard() -> None:
    assert digest_of(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def test_what_was_not_committed_is_forgotten(tmp_path: Path) -> None:
    frontier = Frontier(tmp_path / "s.sqlite")
    assert frontier.add(URL, "seed", depth=0) and not frontier.add(URL, "article", depth=1)
    frontier.commit(10)
    page = frontier.next("x.cn")
    assert page is not None
    frontier.settle(page, DONE, bytes=5)
    assert (frontier.pages, frontier.bytes) == (1, 5)
    frontier.close()
    frontier = Frontier(tmp_path / "s.sqlite")
    assert frontier.states() == {WAITING: 1} and frontier.meta("length", 0) == 10 and frontier.pages == 0


def test_what_was_tried_waits_behind_what_was_not(tmp_path: Path) -> None:
    frontier = Frontier(tmp_path / "s.sqlite")
    for name, depth in (("far", 1), ("near", 0), ("also", 1)):
        frontier.add(f"http://x.cn/{name}", "article", depth=depth)
    frontier.add("http://y.cn/", "seed", depth=0)
    order = []
    while page := frontier.next("x.cn"):
        order.append(page.url.rpartition("/")[2])
        if page.url.endswith("near") and not page.tries:
            frontier.put_off(page)
        else:
            frontier.settle(page, DONE)
    assert order == ["near", "far", "also", "near"] and frontier.hosts() == ["y.cn"]


def test_a_state_is_held_by_one_alone_and_told_from_other_files(tmp_path: Path) -> None:
    frontier = Frontier(tmp_path / "s.sqlite")
    with pytest.raises(JihuaError, match="another crawl"):
        Frontier(tmp_path / "s.sqlite")
    frontier.set_meta("format", 99)
    frontier.commit(0)
    frontier.close()
    with pytest.raises(JihuaError, match="another version"):
        Frontier(tmp_path / "s.sqlite")
    (tmp_path / "other").write_bytes(b"no database at all" * 100)
    with pytest.raises(JihuaError, match="is not the state of a crawl"):
        Frontier(tmp_path / "other")


def test_every_reason_is_shown_with_an_option_that_exists() -> None:
    assert set(_WHY) == {*LIFTS, *FAILURES}
    done = subprocess.run([sys.executable, "-m", "jihua", "crawl", "--help"], capture_output=True, text=True, encoding="utf-8",
                          env=environment(COLUMNS="200"), check=True)
    assert {option for option in (*LIFTS.values(), *FAILURES.values()) if option} <= set(re.findall(r"--[a-z-]+", done.stdout))


def test_the_largest_page_is_the_largest_source() -> None:
    assert Options().bytes_each == MAX_BYTES
