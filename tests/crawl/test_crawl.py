"""The crawler from outside, against a site served here: what it fetches, refuses, writes."""
from __future__ import annotations

import gzip
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from crawl_site import (
    Answer,
    Route,
    Run,
    Site,
    command,
    crawl,
    environment,
    listing,
    moved,
    page,
    plan,
    records,
    serving,
    zipped,
)
from jihua.pipeline import convert, is_litter, members

ROBOTS = b"User-agent: *\nDisallow: /list/secret\nAllow: /list/secret/open.html\n\nUser-agent: jihua\nDisallow: /list/secret\nAllow: /list/secret/open\n"


def head(handler: BaseHTTPRequestHandler, **headers: str) -> None:
    """The beginning of an answer that a route goes on with itself."""
    handler.close_connection = True
    handler.send_response(200)
    for name, value in {"Content_Type": "text/html", "Connection": "close", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def slow(handler: BaseHTTPRequestHandler) -> None:
    """A byte at a time, for ever."""
    head(handler)
    while True:
        handler.wfile.write(b"x")
        time.sleep(.1)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """As much as is taken."""
    head(handler)
    while True:
        handler.wfile.write(b"x" * 65_536)


def headers(handler: BaseHTTPRequestHandler) -> None:
    """Headers without end."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-A: " + b"b" * 1000 + b"\r\n")


def huge(handler: BaseHTTPRequestHandler) -> None:
    """A length that nobody wants to wait for."""
    head(handler, Content_Length="99999999999")
    handler.wfile.write(b"x")


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Less than was promised."""
    head(handler, Content_Length="1000")
    handler.wfile.write(b"x" * 100)


def garbage(handler: BaseHTTPRequestHandler) -> None:
    """No HTTP at all."""
    handler.close_connection = True
    handler.wfile.write(random.Random(1).randbytes(10_000))


def video(handler: BaseHTTPRequestHandler) -> None:
    """A film."""
    head(handler, Content_Type="video/mp4", Content_Length="500000000")
    endless_body(handler)


def endless_body(handler: BaseHTTPRequestHandler) -> None:
    """What follows a head, without end."""
    while True:
        handler.wfile.write(b"x" * 65_536)


def calendar(handler: BaseHTTPRequestHandler) -> Answer:
    """A month that leads to the next one, for ever."""
    month = int((handler.path + "=0").split("=")[1])
    return page(f'<p>第{month}页</p><div class="page"><a href="cal.asp?m={month + 1}">下一页</a></div>')


def flaky() -> Route:
    """A page that comes at the second request."""
    asked = []

    def answer(_: BaseHTTPRequestHandler) -> Answer:
        asked.append(1)
        return (503, {"Retry-After": "1"}, b"") if len(asked) == 1 else plan("黄石镇", 2024)
    return answer


ARTICLES = {
    "a.html": plan("青溪镇", 2024, '<a href="a_2.html">下一页</a> <a href="b.html">下一篇：白石乡2024年工作计划</a><a href="plan.doc">附件</a>'),
    "a_2.html": page("<h1>青溪镇2024年工作计划</h1><p>三、工作要求</p><p>加强领导，落实责任，按时完成任务。</p>"),
    "zipped.html": zipped(plan("白石乡", 2024)), "same.html": plan("青溪镇", 2024, '<a href="a_2.html">下一页</a> <a href="b.html">下一篇：白石乡2024年工作计划</a><a href="plan.doc">附件</a>'),
    "moved": moved("/list/target.html", 301), "target.html": plan("红岩镇", 2024), "flaky": flaky(),
    "secret/x.html": plan("密", 2024), "secret/open.html": plan("开", 2023), "plan.doc": (200, {"Content-Type": "application/msword"}, b"\xd0\xcf\x11\xe0 no document"),
    "slow": slow, "endless": endless, "headers": headers, "huge": huge, "cut": cut, "garbage": garbage, "video": video, "cal.asp": calendar,
    "bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"0" * 30_000_000)),
    "self": moved("self"), "loop1": moved("loop2"), "loop2": moved("loop1"), "elsewhere": moved("http://other.example/a.html"),
    "file": moved("file:///etc/passwd"), "error": (500, {}, b"no"), "gone": (404, {}, b"no"), "image": (200, {"Content-Type": "image/png"}, b"x"),
    "utf16": (200, {"Content-Type": "text/html; charset=utf-16"}, "<h1>山口镇2024年工作计划</h1>".encode("utf-16")),
    "deep/deep/deep/x.html": plan("深", 2024), **{f"many{n}": moved(f"many{n + 1}") for n in range(8)},
}
LINKED = [name for name in ARTICLES if name not in ("a_2.html", "target.html", "loop2", *(f"many{n}" for n in range(1, 9)))]


def routes() -> dict[str, Route]:
    """A site with a list of two pages, and everything that may go wrong with an article."""
    first = [(name, f"关于{name}的某某镇2024年工作计划") for name in LINKED]
    more = '<div class="page">共2页 <a href="/list/index_1.html">下一页</a></div><a href="http://other.example/">别处的某某镇政府2024年工作计划安排</a>'
    return {"/robots.txt": (200, {"Content-Type": "text/plain"}, ROBOTS), "/list/": listing(first, more),
            "/list/index_1.html": listing([("d.html", "黑石乡2023年工作计划"), ("a.html", "青溪镇2024年工作计划")]),
            "/list/d.html": plan("黑石乡", 2023), **{f"/list/{name}": route for name, route in ARTICLES.items()}}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Run, Path]]:
    """One crawl of it all."""
    out = tmp_path_factory.mktemp("crawl") / "pages.warc.gz"
    with serving(routes()) as site:
        run = crawl(site.url + "/list/", "-o", out, "--timeout", "1", "--max-bytes", "1000000", "--max-next", "3", "--tries", "2",
                    "--contact", "mailto:a@x.cn")
        yield site, run, out


def test_every_address_comes_to_its_end(crawled: tuple[Site, Run, Path]) -> None:
    _, run, _ = crawled
    assert run.errors == ""
    assert run.report["states"].get("waiting", 0) == 0 and run.code == 1       # for some failed
    assert {path.removeprefix("/list/"): why for path, why in run.reasons().items()} == {
        "slow": ("failed", "slow"), "endless": ("refused", "too-large"), "headers": ("failed", "cut-off"),
        "huge": ("refused", "too-large"), "cut": ("failed", "cut-off"), "garbage": ("failed", "cut-off"),
        "video": ("refused", "type"), "image": ("refused", "type"), "bomb": ("refused", "too-large"),
        "self": ("failed", "circle"), "loop2": ("failed", "circle"), "/a.html": ("refused", "other-site"),
        "file": ("refused", "scheme"), "error": ("failed", "status"), "gone": ("gone", "status"),
        "secret/x.html": ("refused", "robots"), "deep/deep/deep/x.html": ("refused", "repeats"),
        "cal.asp?m=4": ("refused", "chain"), "many6": ("refused", "redirects")}
    assert run.report["passed"] == [["other-site", "other.example", 1]]


def test_what_is_fetched_is_in_the_warc_once(crawled: tuple[Site, Run, Path]) -> None:
    site, run, out = crawled
    written = records(out)
    assert [kind for kind, _, _ in written][:2] == ["warcinfo", "response"]
    paths = [path for kind, path, _ in written if kind != "warcinfo"]
    assert len(paths) == len(set(paths)) == run.report["states"]["done"]
    assert sorted(path.removeprefix("/list/") for kind, path, _ in written if kind == "response") == sorted([
        "", "index_1.html", "a.html", "a_2.html", "d.html", "zipped.html", "target.html", "flaky", "secret/open.html", "plan.doc",
        "utf16", "cal.asp", "cal.asp?m=1", "cal.asp?m=2", "cal.asp?m=3"])
    assert [path for kind, path, _ in written if kind == "revisit"] == ["/list/same.html"]
    for path in ("/list/", "/list/a.html", "/list/index_1.html"):
        sent = site.routes[path]
        assert isinstance(sent, tuple)
        assert next(body for kind, at, body in written if kind == "response" and at == path).endswith(sent[2])


def test_it_asks_once_with_its_name(crawled: tuple[Site, Run, Path]) -> None:
    site, _, _ = crawled
    assert site.asked["/robots.txt"] == site.asked["/list/"] == site.asked["/list/a.html"] == 1
    assert site.asked["/list/error"] == site.asked["/list/cut"] == site.asked["/list/flaky"] == 2       # --tries 2
    assert site.asked["/list/gone"] == site.asked["/list/endless"] == 1 and "/list/secret/x.html" not in site.asked
    told = site.headers["/list/"]
    assert told["User-Agent"].startswith("jihua/") and told["User-Agent"].endswith("(+mailto:a@x.cn)")
    assert "Cookie" not in told and "Referer" not in told


def test_retry_after_is_kept_to(crawled: tuple[Site, Run, Path]) -> None:
    site, _, _ = crawled
    at = next(n for n, (path, _) in enumerate(site.times) if path == "/list/flaky")
    assert site.times[at + 1][1] - site.times[at][1] >= .9         # no page of the host before the time is over


def test_the_result_converts(crawled: tuple[Site, Run, Path]) -> None:
    _, _, out = crawled
    found = {}
    for member in members(out):
        if member.error is None and not member.left_out and b"<h1>" in member.data:
            document = convert(member.data, uri=member.uri, origin=member.origin)
            found[document.page.url] = document
    plans = {url.rpartition("/")[2]: [plan.title for plan in document.plans] for url, document in found.items() if url}
    assert plans["a.html"] == ["青溪镇2024年工作计划"] and plans["zipped.html"] == ["白石乡2024年工作计划"]
    first = next(document for url, document in found.items() if url and url.endswith("/a.html"))
    assert first.source.charset == "gb18030" and first.source.fetched_at and first.source.uri.endswith(f"!/{first.page.url}")


def test_the_log_tells_of_each(crawled: tuple[Site, Run, Path]) -> None:
    _, run, out = crawled
    log = out.with_name("pages.warc.gz.crawl") / "log.jsonl"
    assert is_litter(log.parent.name)              # a run over the folder converts the WARC alone
    assert len(log.read_text(encoding="utf-8").splitlines()) == len(run.events) - 1      # all but the report


def test_what_is_shown_names_reasons_and_options(crawled: tuple[Site, Run, Path], tmp_path: Path) -> None:
    site, _, _ = crawled
    typed = [word for word in command(site.url + "/list/secret/x.html", "-o", tmp_path / "p.warc.gz") if word != "--json"]
    for language, told in (("en", "1 refused: robots.txt forbids it (--ignore-robots lifts this)"), ("zh", "1 个拒绝：robots.txt 不允许（可用 --ignore-robots 放宽）")):
        done = subprocess.run(typed, capture_output=True, text=True, encoding="utf-8", env=environment(JIHUA_LANG=language), check=False)
        assert done.returncode == 1 and told in done.stdout and site.url + "/list/secret/x.html" in done.stdout, done.stderr
    assert crawl("-o", tmp_path / "p.warc.gz", "--ignore-robots").code == 0


def test_wrong_usage(tmp_path: Path) -> None:
    for arguments in (["-o", tmp_path / "p.warc.gz"], ["x.cn", "-o", tmp_path / "p.txt"], ["file:///etc", "-o", tmp_path / "p.warc.gz"],
                      ["x.cn", "--contact", "a\r\nX: b", "-o", tmp_path / "p.warc.gz"]):
        done = subprocess.run(command(*arguments), capture_output=True, env=environment(), check=False)
        assert done.returncode == 2 and not list(tmp_path.iterdir()), done.stderr


def test_without_the_library_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['scrapy'] = None; from jihua.cli import main; sys.argv[0] = 'jihua'; main()"
    done = subprocess.run([sys.executable, "-c", code, "crawl", "x.cn", "-o", str(tmp_path / "p.warc.gz")], capture_output=True,
                          text=True, encoding="utf-8", env=environment(), check=False)
    assert done.returncode == 1 and 'pip install "jihua[crawl]"' in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())
