"""Web archives: which answers are pages, how they were packed for the way, which of several is the last."""
from __future__ import annotations

import gzip
import io
from pathlib import Path

import brotli
import jihua
import pytest
from jihua.ingest.archive.limits import Limits
from jihua.ingest.archive.members import Member, members
from jihua.ingest.archive.warc import fetcher
from jihua.ingest.pages.litter import beside_in_archive
from jihua.schema import DamagedError, TooLargeError
from make_containers import PAGE, TITLE, chunked, record, warc

DATA = PAGE.encode("gb18030")
HTML = "Content-Type: text/html"
ONE = "http://e.example/1.htm"


def opened(data: bytes, name: str = "p.warc", **limits: int) -> list[Member]:
    return list(members(io.BytesIO(data), name, Limits(**limits), beside_in_archive))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_what_the_server_said(packed: bool) -> None:
    (one,) = opened(warc(record(ONE, DATA), packed=packed))
    assert one.uri == f"p.warc!/{ONE}" and one.origin is not None
    assert (one.origin.url, one.origin.fetched_at, one.origin.charset, one.origin.media_type) == (
        ONE, "2024-03-04T02:00:05Z", "gb2312", "text/html")
    document = jihua.convert(one.read(), uri=one.uri, origin=one.origin)
    assert document.source.fetched_at == one.origin.fetched_at and document.page.url == ONE
    assert document.source.charset == "gb18030" and document.plans[0].title == TITLE


@pytest.mark.parametrize(("head", "body"), [
    ("Transfer-Encoding: chunked", chunked(DATA)), ("Content-Encoding: gzip", gzip.compress(DATA)),
    ("Content-Encoding: br", brotli.compress(DATA)), ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", chunked(gzip.compress(DATA)))])
def test_pages_are_unpacked_as_they_were_packed_for_the_way(head: str, body: bytes) -> None:
    assert [m.data for m in opened(warc(record(ONE, body, f"{HTML}\r\n{head}")))] == [DATA]


def test_what_is_no_page_is_left_out_with_its_reason() -> None:
    found = opened(warc(
        record("http://e.example/404.htm", DATA, status="404 Not Found"), record("http://e.example/new", b"", "Location: /", status="301 Moved"),
        record("http://e.example/a.png", DATA, "Content-Type: image/png"), record("http://e.example/a.js", b"x", "Content-Type: text/javascript"),
        record("http://e.example/a.htm", b"", "x: y", kind="revisit"), record("dns:e.example", b"x", "Content-Type: text/dns", kind="resource"),
        record("http://e.example/a", b"x", "x: y", kind="metadata"), record("http://e.example/a.doc", DATA, "Content-Type: application/msword")))
    assert [(m.uri.removeprefix("p.warc!/"), m.reason) for m in found] == [
        ("http://e.example/404.htm", "the server answered 404"), ("http://e.example/new", "the server answered 301"),
        ("http://e.example/a.png", "no document (image/png)"), ("http://e.example/a.js", "no document (text/javascript)"),
        ("http://e.example/a.htm", "not fetched again: it had not changed"), ("dns:e.example", "no page"), ("http://e.example/a.doc", "")]


def test_a_page_like_another_is_told_as_that() -> None:
    profile = b"WARC-Type: revisit\r\nWARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    same = record("http://e.example/b.htm", b"", "x: y", kind="revisit").replace(b"WARC-Type: revisit", profile)
    assert [m.reason for m in opened(warc(record(ONE, DATA), same))] == ["", "its content is in an earlier record"]


def test_of_an_address_the_page_that_was_fetched_last_counts() -> None:
    new, gone = DATA.replace(b"</body>", b"<p>2</p></body>"), b"gone"
    data = warc(record(ONE, DATA), record(ONE, new, date="2024-04-04T02:00:05Z"), record(ONE, DATA, date="2024-03-05T00:00:00Z"),
                record(ONE, gone, status="404 Not Found", date="2024-05-01T00:00:00Z"))
    assert [(m.data, m.reason) for m in opened(data)] == [
        (b"", "fetched again later"), (new, ""), (b"", "fetched again later"), (b"", "the server answered 404")]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_looked_up_by_address(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "p.warc"
    pages = {f"http://e.example/{k}.htm": DATA + b"%d" % k for k in range(20)}
    path.write_bytes(warc(*(record(url, data) for url, data in pages.items()), record(ONE, b"new", date="2025-01-01T00:00:00Z"), packed=packed))
    fetch = fetcher(path, Limits())
    assert {url: fetch(url) for url in pages} == pages | {ONE: b"new"} and fetch("http://e.example/none") is None


def test_broken_records_end_the_archive_and_bombs_are_refused() -> None:
    good = record(ONE, DATA)
    for rest in (record("http://e.example/2.htm", DATA)[:-100], record("http://e.example/2.htm", DATA, size=10**12)):
        found = opened(good + rest)
        assert found[0].data == DATA and isinstance(found[-1].error, DamagedError) or len(found) == 2
    cut = opened(warc(good) + warc(record("http://e.example/2.htm", DATA))[:-30])
    assert cut[-1].error is not None
    bomb = gzip.compress(bytes(100_000_000))
    for head in ("Content-Encoding: gzip", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"):
        (one,) = opened(record(ONE, chunked(bomb) if "chunked" in head else bomb, f"{HTML}\r\n{head}"))
        assert isinstance(one.error, TooLargeError)
    (packed,) = opened(warc(record(ONE, bytes(50_000_000))))
    assert isinstance(packed.error, TooLargeError) and "--max-ratio" in packed.error.way_out
    many = opened(warc(*(record(f"http://e.example/{k}", DATA) for k in range(30))), max_members=20)
    assert isinstance(many[-1].error, TooLargeError) and "--max-members" in many[-1].error.way_out
