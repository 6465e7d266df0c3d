"""A web site that tests serve to the crawler, on this machine and a free port, and the crawler run against it."""
from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = "127.0.0.1"
Answer = tuple[int, dict[str, str], bytes]
Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]


def page(body: str, title: str = "计划", charset: str = "gb2312") -> Answer:
    """A page that names its charset in its head only."""
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title}</title></head><body>{body}</body></html>'
    return 200, {"Content-Type": "text/html"}, html.encode(charset)


def plan(place: str, year: int, more: str = "") -> Answer:
    """An article that holds a plan."""
    return page(f"<h1>{place}{year}年工作计划</h1><p>为做好{year}年工作，结合实际，制定本计划。</p><p>一、工作目标</p><p>全年完成植树5000株以上，绿化覆盖率达到35%。</p>"
                f"<p>二、工作措施</p><p>（一）加强宣传。每月开展宣传活动2次，做到家喻户晓。</p><p>（二）落实责任。6月30日前完成检查，并通报结果。</p>{more}", f"{place}{year}年工作计划")


def listing(links: list[tuple[str, str]], more: str = "") -> Answer:
    """A list of articles with their dates."""
    rows = "".join(f'<li><a href="{href}">{words}</a><span>2024-01-0{n % 9 + 1}</span></li>' for n, (href, words) in enumerate(links))
    return page(f"<ul>{rows}</ul>{more}", "规划计划")


def moved(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return status, {"Location": to}, b""


def zipped(answer: Answer) -> Answer:
    """The same, compressed."""
    return answer[0], {**answer[1], "Content-Encoding": "gzip"}, gzip.compress(answer[2])


@dataclass
class Site:
    """Routes by path and query; `asked` counts the requests for each, `headers` keeps those of the last."""

    routes: dict[str, Route]
    url: str = ""
    host: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, Any] = field(default_factory=dict)
    times: list[tuple[str, float]] = field(default_factory=list)

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request as its route says."""
        path = handler.path
        self.asked[path] += 1
        self.headers[path] = handler.headers
        self.times.append((path, time.monotonic()))
        route = self.routes.get(path, self.routes.get(path.split("?")[0], (404, {}, b"")))
        answer = route(handler) if callable(route) else route
        if answer is None:
            return
        status, headers, body = answer
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def serving(routes: dict[str, Route]) -> Iterator[Site]:
    """The site while it is served."""
    site = Site(routes)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                site.respond(self)
            except OSError:                   # the crawler hung up
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server((HERE, 0), Handler)
    site.host, site.url = f"{HERE}:{server.server_port}", f"http://{HERE}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": .05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Run:
    """What a run of the crawler came to: its exit code, its events, and what it says of the whole."""

    code: int
    events: list[dict[str, Any]]
    errors: str

    @property
    def report(self) -> dict[str, Any]:
        return self.events[-1]

    def reasons(self) -> dict[str, tuple[str, str]]:
        """Path → state and code of what was not fetched."""
        return {"/" + url.split("/", 3)[3]: (state, code) for state, code, _, url in self.report["reasons"]}


def command(*arguments: object, private: bool = True) -> list[str]:
    """The command line of a crawl without pauses."""
    return [sys.executable, "-m", "jihua", "crawl", *map(str, arguments), "--delay", "0", "--json",
            *(["--allow-private"] if private else [])]


def environment(**more: str) -> dict[str, str]:
    """The environment of the crawler, in English."""
    clean = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "JIHUA_LANG") and not k.lower().endswith("_proxy")}
    return {**clean, "PYTHONUTF8": "1", **more}


def crawl(*arguments: object, private: bool = True, **env: str) -> Run:
    """Run the crawler to its end."""
    done = subprocess.run(command(*arguments, private=private), capture_output=True, text=True, encoding="utf-8",
                          env=environment(**env), timeout=60, check=False)
    return Run(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr)


def records(path: Path) -> list[tuple[str, str, bytes]]:
    """Type, path of the address, and payload of each record of a WARC, its digests checked."""
    from fastwarc.warc import ArchiveIterator
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, verify_digests=True):
            url = record.headers.get("WARC-Target-URI") or ""
            found.append((record.headers["WARC-Type"], url and "/" + url.split("/", 3)[3], record.reader.read()))
    return found
