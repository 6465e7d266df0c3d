"""A crawl that is killed, stopped or limited goes on; one that is done can be looked at again."""
from __future__ import annotations

import random
import signal
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from crawl_site import Answer, Route, command, crawl, environment, listing, page, plan, records, serving

NUMBER = 40


def many(pause: float = .02) -> dict[str, Route]:
    """A list of two pages with plans that take a moment each, two of them with a second page."""
    def article(n: int) -> Route:
        answer = plan(f"第{n}镇", 2024, '<a href="part.html">下一页</a>' if n == 3 else "")

        def slowly(_: BaseHTTPRequestHandler) -> Answer:
            time.sleep(pause)
            return answer
        return slowly

    links = [(f"p{n}.html", f"第{n}镇2024年工作计划") for n in range(NUMBER)]
    return {"/": listing(links[:25], '<a href="/more.html">下一页</a>'), "/more.html": listing(links[25:]), "/part.html": page("<p>续</p>"),
            **{f"/p{n}.html": article(n) for n in range(NUMBER)}}


EXPECTED = sorted(["/", "/more.html", "/part.html", *(f"/p{n}.html" for n in range(NUMBER))])


def responses(out: Path) -> list[str]:
    """The paths of the pages in a WARC."""
    return sorted(path for kind, path, _ in records(out) if kind == "response")


def test_killed_at_any_moment_it_goes_on_without_a_page_lost_or_twice(tmp_path: Path) -> None:
    out, chance = tmp_path / "pages.warc.gz", random.Random(7)
    with serving(many(.05)) as site:
        for _ in range(3):
            with subprocess.Popen(command(site.url + "/", "-o", out), stdout=subprocess.PIPE, env=environment()) as process:
                assert process.stdout is not None
                for _ in range(chance.randrange(3, 14)):         # events, each of a page
                    process.stdout.readline()
                process.kill()
        with out.open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00 a record that was not finished")
        run = crawl("-o", out)
        assert run.code == 0, run.errors
    assert responses(out) == EXPECTED and run.report["states"] == {"done": len(EXPECTED)}
    assert sum(site.asked.values()) < 3 * len(EXPECTED)


def test_a_polite_stop_keeps_everything(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(many()) as site:
        with subprocess.Popen(command(site.url + "/", "-o", out), stdout=subprocess.PIPE, env=environment()) as process:
            assert process.stdout is not None
            for _ in range(10):
                process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            assert process.stdout.read() and process.wait(20) == 143
        before = responses(out)
        assert 5 < len(before) < len(EXPECTED)
        assert crawl("-o", out).code == 0
        assert responses(out) == EXPECTED
        pages = {path: n for path, n in site.asked.items() if path in EXPECTED}
        assert sum(pages.values()) <= len(EXPECTED) + 1               # the one that was under way


def test_limits_of_the_whole_end_a_run_and_more_lifts_them(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(many(0)) as site:
        for limit, why in ((("--max-pages", 5), "pages"), (("--max-total", 6_000), "bytes"), (("--max-time", .1), "time")):
            run = crawl(site.url + "/", "-o", out, *limit)
            assert run.code == 1 and run.report["why"] == why and run.report["states"]["waiting"] > 0
        assert crawl(site.url + "/", "-o", out).code == 0
    assert responses(out) == EXPECTED


def test_failures_are_tried_again_and_refusals_judged_anew(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    routes: dict[str, Route] = {"/": listing([("a.html", "青溪镇2024年工作计划"), ("big.html", "白石乡2024年工作计划"), ("a.doc", "附件")]),
                                "/a.html": (500, {}, b""), "/big.html": page("<h1>白石乡2024年工作计划</h1>" + "字" * 5_000), "/a.doc": page("x")}
    with serving(routes) as site:
        run = crawl(site.url, "-o", out, "--tries", 1, "--max-bytes", 5_000, "--no-attachments")
        assert run.code == 1 and run.reasons() == {"/a.html": ("failed", "status"), "/big.html": ("refused", "too-large"), "/a.doc": ("refused", "attachment")}
        site.routes["/a.html"] = plan("青溪镇", 2024)
        run = crawl("-o", out, "--max-bytes", 5_000)
        assert run.code == 0 and run.reasons() == {"/big.html": ("refused", "too-large")} and site.asked["/big.html"] == 1
        assert crawl("-o", out).reasons() == {}
    assert responses(out) == ["/", "/a.doc", "/a.html", "/big.html"]


def conditional(tag: str, answer: Answer) -> Route:
    """A page that knows when it has not changed."""
    def respond(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers["If-None-Match"] == tag and handler.headers["If-Modified-Since"]:
            return 304, {"ETag": tag}, b""
        return answer[0], {**answer[1], "ETag": tag, "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, answer[2]
    return respond


def test_an_update_fetches_what_has_changed(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    links = [("a.html", "青溪镇2024年工作计划"), ("b.html", "白石乡2024年工作计划"), ("c.html", "黑石乡2024年工作计划")]
    routes: dict[str, Route] = {"/": listing(links), "/a.html": conditional('"1"', plan("青溪镇", 2024)), "/b.html": plan("白石乡", 2024), "/c.html": plan("黑石乡", 2024)}
    with serving(routes) as site:
        assert crawl(site.url, "-o", out).code == 0
        assert crawl(site.url, "-o", out).code == 0 and site.asked["/"] == 1        # nothing waits
        site.routes["/"] = listing([*links, ("d.html", "红岩镇2025年工作计划")])
        site.routes["/c.html"], site.routes["/d.html"] = plan("黑石乡", 2025), plan("红岩镇", 2025)
        run = crawl("-o", out, "--update")
        assert run.code == 0 and run.report["states"] == {"done": 5}
        assert site.asked["/a.html"] == 2
        events = {event["url"].rpartition("/")[2]: event["event"] for event in run.events if "url" in event}
        assert events == {"": "stored", "a.html": "unmodified", "b.html": "same", "c.html": "stored", "d.html": "stored"}
        kinds = [(kind, path) for kind, path, _ in records(out)][5:]
        assert sorted(kinds) == [("response", "/"), ("response", "/c.html"), ("response", "/d.html"), ("revisit", "/a.html"), ("revisit", "/b.html")]
        assert crawl("-o", out, "--update").report["states"] == {"done": 5} and site.asked["/a.html"] == 3


def test_two_crawls_do_not_write_one_file(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(many(2)) as site, subprocess.Popen(command(site.url, "-o", out), stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        process.stdout.readline()
        second = crawl(site.url, "-o", out)
        assert second.code == 4 and "another crawl is at work on it" in second.errors
        process.kill()


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limits on files here")
def test_a_disk_that_is_full_ends_a_run_which_goes_on_later(tmp_path: Path) -> None:
    import resource
    out = tmp_path / "pages.warc"
    with serving(many(0)) as site:
        done = subprocess.run(command(site.url + "/", "-o", out), capture_output=True, text=True, encoding="utf-8", env=environment(), check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
        assert done.returncode == 3 and "error: " in done.stderr and ": cannot be written: " in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert crawl(site.url + "/", "-o", out).code == 0
    assert responses(out) == EXPECTED


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    out.write_bytes(b"precious")
    with serving({}) as site:
        run = crawl(site.url, "-o", out)
        assert run.code == 1 and "no state of a crawl beside it" in run.errors and out.read_bytes() == b"precious" and not site.asked


def test_a_warc_that_lost_its_end_is_not_written_on(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving({"/": plan("青溪镇", 2024)}) as site:
        assert crawl(site.url, "-o", out).code == 0
        out.write_bytes(out.read_bytes()[:-10])
        run = crawl(site.url, "-o", out, "--update")
        assert run.code == 1 and "shorter than the crawl left it" in run.errors
