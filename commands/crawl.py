"""`jihua crawl`: pages of the web to a WARC."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..crawl.options import Options
from ..crawl.urls import seed
from ..messages import say
from .common import Help, app

_OWN = Options()


def _limit(name: str, key: str, least: float = 1) -> Any:
    """The option of one limit."""
    return typer.Option(name, min=least, metavar="N", help=say(key))


def _check(urls: list[str]) -> None:
    for url in urls:
        try:
            seed(url)
        except ValueError as error:
            raise typer.BadParameter(say("bad_url", url=url)) from error


@app.command(help=say("crawl"))
def crawl(
    urls: Annotated[list[str] | None, typer.Argument(help=say("urls"), metavar="URL", show_default=False)] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help=say("crawl_out"))] = Path("pages.warc.gz"),
    also: Annotated[list[str] | None, typer.Option("--also", metavar="HOST", help=say("also"))] = None,
    depth: Annotated[int, _limit("--depth", "depth", 0)] = _OWN.depth,
    max_pages: Annotated[int, _limit("--max-pages", "max_pages")] = _OWN.pages,
    max_next: Annotated[int, _limit("--max-next", "max_next", 0)] = _OWN.chain,
    max_bytes: Annotated[int, _limit("--max-bytes", "max_bytes")] = _OWN.bytes_each,
    max_total: Annotated[int, _limit("--max-total", "max_total")] = _OWN.bytes_all,
    max_time: Annotated[float, _limit("--max-time", "max_time", .1)] = _OWN.seconds_all,
    timeout: Annotated[float, _limit("--timeout", "timeout", .1)] = _OWN.seconds_each,
    max_redirects: Annotated[int, _limit("--max-redirects", "max_redirects", 0)] = _OWN.redirects,
    max_url: Annotated[int, _limit("--max-url", "max_url", 10)] = _OWN.url_length,
    max_alike: Annotated[int, _limit("--max-alike", "max_alike")] = _OWN.alike,
    delay: Annotated[float, _limit("--delay", "delay", 0)] = _OWN.delay,
    tries: Annotated[int, _limit("--tries", "tries")] = _OWN.tries,
    hosts: Annotated[int, _limit("--hosts", "hosts")] = _OWN.hosts,
    contact: Annotated[str, typer.Option("--contact", metavar="WHO", help=say("contact"))] = "",
    no_attachments: Annotated[bool, typer.Option("--no-attachments", help=say("no_attachments"))] = False,
    update: Annotated[bool, typer.Option("--update", help=say("update"))] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help=say("allow_private"))] = False,
    ignore_robots: Annotated[bool, typer.Option("--ignore-robots", help=say("ignore_robots"))] = False,
    env_proxy: Annotated[bool, typer.Option("--env-proxy", help=say("env_proxy"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("json_events"))] = False,
    wanted: Help = False,
) -> None:
    """Crawl, report; exit 1 when something failed, waits, or a seed was lost."""
    if not urls and not out.exists():
        raise typer.BadParameter(say("no_urls"))
    if not out.name.lower().endswith((".warc", ".warc.gz")):
        raise typer.BadParameter(say("no_warc"))
    _check(urls or [])
    if not (contact.isascii() and contact.isprintable()):
        raise typer.BadParameter(say("contact"))
    options = Options(
        also=tuple(name.lower() for name in also or ()), depth=depth, chain=max_next, pages=max_pages,
        bytes_each=max_bytes, bytes_all=max_total, seconds_each=timeout, seconds_all=max_time, redirects=max_redirects,
        url_length=max_url, alike=max_alike, delay=delay, tries=tries, hosts=hosts, attachments=not no_attachments,
        contact=contact, update=update, allow_private=allow_private, ignore_robots=ignore_robots, env_proxy=env_proxy)
    from ..screen.crawl import report
    code = report(urls or [], out, options, as_json)
    if code:
        raise typer.Exit(code)
