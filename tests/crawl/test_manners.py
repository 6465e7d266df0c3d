"""The manners towards sites: pauses, robots.txt, hosts that are down."""
from __future__ import annotations

import asyncio
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from crawl_site import Answer, Route, crawl, listing, moved, plan, serving
from jihua.crawl.fetch import Answer as Fetched
from jihua.crawl.fetch import Trouble
from jihua.crawl.lane import LONGEST, Lane, asked
from jihua.crawl.robots import Robots, read_robots

LIST = listing([(f"p{n}.html", f"第{n}镇2024年工作计划") for n in range(12)])


def site(robots: Route | None, number: int = 3) -> dict[str, Route]:
    """A list of a few plans."""
    routes: dict[str, Route] = {"/": listing([(f"p{n}.html", f"第{n}镇2024年工作计划") for n in range(number)]),
                                **{f"/p{n}.html": plan(f"第{n}镇", 2024) for n in range(number)}}
    return {**routes, "/robots.txt": robots} if robots else routes


def test_the_pause_follows_the_server_and_never_falls_below_the_least() -> None:
    lane = Lane(1.0)
    for _ in range(20):
        lane.answered(.01, True)
    assert lane.pause == 1.0
    for _ in range(20):
        lane.answered(8.0, True)
    assert 7 < lane.pause <= 8
    lane.answered(.01, False)                  # an error that comes fast is no reason to hurry
    assert 7 < lane.pause <= 8
    for _ in range(20):
        lane.answered(1e6, True)
    assert lane.pause == LONGEST


def test_a_lane_waits() -> None:
    lane = Lane(.2)
    began = time.monotonic()
    lane.answered(.01, True)
    asyncio.run(lane.turn())
    assert time.monotonic() - began >= .19


@pytest.mark.parametrize(("told", "least", "most"), [
    ("120", 120, 120), (formatdate(time.time() + 3600, usegmt=True), 1800, 3600), ("Mon, 01 Jan 1990 00:00:00 GMT", 0, 0),
    ("", 0, 0), ("soon", 0, 0), ("-5", 0, 0), ("9" * 50, 0, 0), ("Mon, 99 Foo", 0, 0)])
def test_retry_after(told: str, least: float, most: float) -> None:
    assert least <= asked(told) <= most


@pytest.mark.parametrize(("body", "path", "allowed"), [
    (b"", "/a", True), (b"User-agent: *\nDisallow: /", "/a", False), (b"User-agent: *\nDisallow:", "/a", True),
    (b"User-agent: other\nDisallow: /", "/a", True), (b"User-agent: jihua\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", True),
    (b"User-agent: *\nDisallow: /*.asp$\nAllow: /a.asp", "/b.asp", False), (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\r\n", "/a", False), (b"\xff\xfe\x00", "/a", True), (b"<html>no robots</html>", "/a", True),
    (b"User-agent: *\nDisallow: /" + b"*a" * 5_000, "/" + "a" * 1_900, True)])
def test_robots(body: bytes, path: str, allowed: bool) -> None:
    rules = read_robots(Fetched(200, (), body, "", 0))
    assert isinstance(rules, Robots) and (rules.refusal("http://x.cn" + path) is None) == allowed


def test_robots_that_are_missing_or_down() -> None:
    assert read_robots(Fetched(404, (), b"User-agent: *\nDisallow: /", "", 0)) == Robots()
    for answer in (Fetched(503, (), b"", "", 0), Fetched(429, (), b"", "", 0), Trouble("slow", "60")):
        assert isinstance(read_robots(answer), Trouble)


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    with serving(site((200, {}, b"User-agent: *\nCrawl-delay: 0.4\n"))) as served:
        assert crawl(served.url, "-o", tmp_path / "p.warc.gz").code == 0
    times = [at for path, at in served.times if path != "/robots.txt"]
    assert len(times) == 4 and all(after - before >= .39 for before, after in zip(times, times[1:], strict=False))


def test_robots_are_followed_when_they_move_and_feared_when_they_are_down(tmp_path: Path) -> None:
    with serving(site(moved("/real.txt"))) as served:
        served.routes["/real.txt"] = (200, {}, b"User-agent: *\nDisallow: /p1")
        assert crawl(served.url, "-o", tmp_path / "a.warc.gz").reasons() == {"/p1.html": ("refused", "robots")}
        served.routes["/robots.txt"] = (503, {}, b"")
        served.asked.clear()
        run = crawl(served.url, "-o", tmp_path / "b.warc.gz", "--tries", 2)
        assert run.reasons() == {"/": ("failed", "robots-down")} and dict(served.asked) == {"/robots.txt": 2}
        served.routes["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 1000")
        assert crawl(served.url, "-o", tmp_path / "c.warc.gz").reasons() == {"/": ("refused", "crawl-delay")}


def test_a_host_that_does_not_answer_is_left(tmp_path: Path) -> None:
    def silent(_: BaseHTTPRequestHandler) -> Answer | None:
        time.sleep(2)
        return None
    routes: dict[str, Route] = {"/": LIST, **{f"/p{n}.html": silent for n in range(12)}}
    with serving(routes) as served:
        run = crawl(served.url, "-o", tmp_path / "p.warc.gz", "--timeout", ".3", "--tries", 2)
        assert sum(n for path, n in served.asked.items() if path.startswith("/p")) == 5
    assert run.code == 1 and run.report["silent"] == ["127.0.0.1"] and run.report["states"] == {"done": 1, "waiting": 12}


def test_a_server_may_not_keep_a_crawl_for_ever(tmp_path: Path) -> None:
    with serving({"/": (503, {"Retry-After": "86400"}, b"")}) as served:
        assert crawl(served.url, "-o", tmp_path / "p.warc.gz").reasons() == {"/": ("failed", "later")}
