"""No way leads to an address that is not public: not by name, spelling, redirect, robots.txt, proxy or a name that changes.

Where a test needs an address that counts as public, the child process is told that 127.0.0.1 alone is one."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from crawl_site import HERE, Run, Site, command, crawl, environment, listing, moved, page, plan, records, serving

PATCHED = """
import itertools, sys
import jihua.crawl.fetch as fetch
fetch.is_public = lambda address: address == "127.0.0.1"
real, answers = fetch._addresses, {}
def addresses(host):
    if host == "rebind.test":
        answers.setdefault(host, itertools.chain(["127.0.0.1"], itertools.repeat("127.0.0.2")))
        return [(False, next(answers[host]))]
    if host == "mixed.test":
        return [(False, "127.0.0.2"), (False, "127.0.0.1"), (True, "::1")]
    return real(host)
fetch._addresses = addresses
from jihua.cli import main
sys.argv[0] = "jihua"
main()
"""


def patched(*arguments: object, **env: str) -> Run:
    """The crawler in a world where 127.0.0.1 is public and everything else is not."""
    typed = command(*arguments, private=False)
    done = subprocess.run([sys.executable, "-c", PATCHED, *typed[3:]], capture_output=True, text=True, encoding="utf-8",
                          env=environment(**env), timeout=60, check=False)
    return Run(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr)


def test_no_spelling_of_this_machine_is_asked(tmp_path: Path) -> None:
    with serving({}) as site:
        port = site.host.rpartition(":")[2]
        hosts = (HERE, "localhost", "2130706433", "0x7f.1", "127.1", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
                 "0.0.0.0", "127.0.0.1.", "LOCALHOST", "１２７.0.0.1")
        run = crawl(*(f"http://{host}:{port}/" for host in hosts), "-o", tmp_path / "p.warc.gz", "--tries", 1, "--hosts", 20, private=False)
        assert not site.asked and run.code == 1, run.errors
    codes = {code for _, code, _, _ in run.report["reasons"]}
    assert codes <= {"address", "no-host", "robots-down"} and "address" in codes
    assert not run.report["states"].get("done") and run.report["lost_seeds"] >= 5


@pytest.fixture(scope="module")
def wandered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Run, Path]:
    """A public site that leads to private addresses in every way it can."""
    out = tmp_path_factory.mktemp("private") / "p.warc.gz"
    with serving({}) as site:
        port = site.host.rpartition(":")[2]
        inner = f"http://127.0.0.2:{port}"
        links = [("ok.html", "青溪镇2024年工作计划"), ("moved", "白石乡2024年工作计划"), ("twice", "黑石乡2024年工作计划"), (f"{inner}/direct", "内部2024年工作计划安排"),
                 (f"http://robots.test:{port}/a", "他处2024年工作计划安排"), (f"http://[::1]:{port}/six", "六处2024年工作计划安排")]
        site.routes.update({
            "/": listing(links), "/ok.html": plan("青溪镇", 2024), "/moved": moved(f"{inner}/inside"), "/twice": moved("/again"), "/again": moved(f"{inner}/inside2"),
            "/inside": page("secret"), "/inside2": page("secret"), "/direct": page("secret"), "/six": page("secret")})
        also = [word for host in ("127.0.0.2", "::1", "robots.test", "rebind.test") for word in ("--also", host, "--also", f"{host}:{port}")]
        run = patched(site.url, "-o", out, "--tries", 1, *also)
    return site, run, out


def test_redirects_and_links_to_private_addresses_are_refused(wandered: tuple[Site, Run, Path]) -> None:
    site, run, out = wandered
    refused = {url.partition("//")[2].partition("/")[2]: code for state, code, _, url in run.report["reasons"] if state == "refused"}
    assert refused == {"inside": "address", "inside2": "address", "direct": "address", "six": "address"}, run.errors
    assert set(site.asked) == {"/robots.txt", "/", "/ok.html", "/moved", "/twice", "/again"}
    assert b"secret" not in b"".join(body for _, _, body in records(out))


def test_robots_may_not_lead_there(tmp_path: Path) -> None:
    with serving({"/": plan("青溪镇", 2024), "/inner": page("secret")}) as site:
        port = site.host.rpartition(":")[2]
        site.routes["/robots.txt"] = moved(f"http://127.0.0.2:{port}/inner")
        run = patched(site.url, "-o", tmp_path / "p.warc.gz", "--tries", 1)
    assert run.code == 1 and set(site.asked) == {"/robots.txt"}


def test_a_name_that_changes_its_address_gains_nothing(tmp_path: Path) -> None:
    closing = {"Content-Type": "text/html", "Connection": "close"}
    with serving({"/robots.txt": (404, closing, b""), "/": plan("青溪镇", 2024)}) as site:
        port = site.host.rpartition(":")[2]
        run = patched(f"http://rebind.test:{port}/", "-o", tmp_path / "p.warc.gz", "--tries", 1)
        assert run.reasons() == {"/": ("refused", "address")} and dict(site.asked) == {"/robots.txt": 1}
        run = patched(f"http://mixed.test:{port}/", "-o", tmp_path / "q.warc.gz", "--tries", 1)
        assert run.code == 0 and dict(site.asked) == {"/robots.txt": 2, "/": 1}        # only by its public address


def test_a_proxy_of_the_environment_is_not_used_unless_asked_for(tmp_path: Path) -> None:
    with serving({"/": plan("青溪镇", 2024)}) as site, serving({"http://site.test/": plan("白石乡", 2024)}) as proxy:
        named = {"http_proxy": proxy.url, "HTTP_PROXY": proxy.url}
        assert crawl(site.url, "-o", tmp_path / "p.warc.gz", **named).code == 0 and not proxy.asked and site.asked["/"] == 1
        run = crawl("http://site.test/", "-o", tmp_path / "q.warc.gz", "--env-proxy", private=False, **named)
        assert run.code == 0 and proxy.asked["http://site.test/"] == 1, run.errors


def test_what_goes_past_the_proxy_is_judged_as_ever(tmp_path: Path) -> None:
    with serving({"/": plan("青溪镇", 2024)}) as site:
        for nth, named in enumerate(({}, {"https_proxy": "proxy.test"}, {"http_proxy": "http://proxy.test", "no_proxy": "127.0.0.1"})):
            run = crawl(site.url, "-o", tmp_path / f"{nth}.warc.gz", "--env-proxy", private=False, **named)
            assert run.reasons() == {"/": ("refused", "address")} and not site.asked, run.errors


def test_nothing_but_pages_of_the_web_is_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    ways = [secret.as_uri(), "ftp://127.0.0.1/a", "data:text/html,secret", "s3://a/b"]
    routes = {"/": listing([(f"m{n}", f"第{n}镇2024年工作计划") for n in range(len(ways))] + [(way, "某某镇2024年工作计划") for way in ways]),
              **{f"/m{n}": moved(way) for n, way in enumerate(ways)}}
    with serving(dict(routes)) as site:
        run = crawl(site.url, "-o", tmp_path / "p.warc.gz")
    assert run.reasons() == {f"/m{n}": ("refused", "scheme") for n in range(len(ways))}
    assert all(b"secret" not in body or path == "/" for _, path, body in records(tmp_path / "p.warc.gz"))
