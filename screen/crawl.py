"""What comes of a crawl: pages as they come, what was refused and why, what to do next."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.status import Status
from rich.text import Text

from ..crawl.ended import Ended
from ..crawl.journal import Event
from ..crawl.options import FAILURES, LIFTS, Options
from ..crawl.start import crawl
from ..messages import say
from .safe import safe

_NAMED = 3                # addresses that a reason is shown with; the log has them all
_WHY = {
    "scheme": "unfetched_scheme", "credentials": "unfetched_credentials", "address": "unfetched_address", "port": "unfetched_port",
    "other-site": "unfetched_other_site", "length": "unfetched_length", "depth": "unfetched_depth", "chain": "unfetched_chain",
    "repeats": "unfetched_repeats", "alike": "unfetched_alike", "redirects": "unfetched_redirects", "robots": "unfetched_robots",
    "crawl-delay": "unfetched_crawl_delay", "too-large": "unfetched_too_large", "type": "unfetched_type", "attachment": "unfetched_attachment",
    "status": "unfetched_status", "slow": "unfetched_slow", "no-host": "unfetched_no_host", "no-answer": "unfetched_no_answer",
    "cut-off": "unfetched_cut_off", "later": "unfetched_later", "circle": "unfetched_circle", "robots-down": "unfetched_robots_down",
}
_ENDED = {"pages": "ended_pages", "bytes": "ended_bytes", "time": "ended_time", "stopped": "ended_stopped"}
_STATES = {"done": "crawled_done", "waiting": "crawled_waiting", "refused": "crawled_refused", "failed": "crawled_failed",
           "gone": "crawled_gone", "moved": "crawled_moved"}


def report(urls: Sequence[str], out: Path, options: Options, as_json: bool) -> int:
    """Crawl and show what comes of it; the exit code. `as_json` prints each event as a line of JSON instead."""
    if as_json:
        ended = crawl(urls, out, options, lambda event: print(json.dumps(event, ensure_ascii=False), flush=True))
        print(json.dumps({"event": "report", **asdict(ended)}, ensure_ascii=False))
    else:
        console = Console(stderr=True)
        status = console.status("") if console.is_terminal else None
        with status or nullcontext():
            ended = crawl(urls, out, options, _watching(status))
        _show(ended, out)
    if ended.signal:
        return 128 + ended.signal
    return 0 if ended.complete else 1


def _watching(status: Status | None) -> Callable[[Event], None]:
    """What to do with each event: on a terminal, count it and show where the crawl is."""
    seen: Counter[str] = Counter()

    def tell(event: Event) -> None:
        if status is None:
            return
        seen[str(event["event"])] += 1
        good = seen["stored"] + seen["same"] + seen["unmodified"]
        line = say("crawling", good=good, refused=seen["refused"], failed=seen["failed"] + seen["gone"])
        status.update(Text(safe(f"{line}  {event.get('url', '')}"), no_wrap=True, overflow="ellipsis"))
    return tell


def _show(ended: Ended, out: Path) -> None:
    console = Console()
    for key, count in _reasons(ended):
        state, code = key
        option = {**FAILURES, **LIFTS}[code]
        line = say("refused_line", state=say(_STATES[state]), n=count[0], why=say(_WHY[code]))
        console.print(Text(safe(line + (say("lifted", option=option) if option else ""))), soft_wrap=True)
        for detail, url in count[1]:
            console.print(Text(safe(f"  {url}" + (f"  [{detail}]" if detail else "")), style="dim"), soft_wrap=True)
        if count[0] > len(count[1]):
            console.print(Text(say("more", n=count[0] - len(count[1])), style="dim"))
    _passed(ended, console)
    states = ", ".join(f"{say(_STATES[state])} {n}" for state, n in ended.states.items())
    console.print(Text(safe(say("crawl_done", states=states, bytes=f"{ended.bytes:,}", out=out))), soft_wrap=True)
    if ended.silent:
        console.print(Text(safe(say("silent", hosts=", ".join(ended.silent)))), soft_wrap=True)
    if ended.why:
        console.print(say(_ENDED[ended.why]), soft_wrap=True)
    elif not ended.complete:
        console.print(say("crawl_again"), soft_wrap=True)


def _reasons(ended: Ended) -> list[tuple[tuple[str, str], tuple[int, list[tuple[str, str]]]]]:
    """By state and reason: how many addresses, and the first of them with their details."""
    grouped: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for state, code, detail, url in ended.reasons:
        grouped.setdefault((state, code), []).append((detail, url))
    return [(key, (len(those), those[:_NAMED])) for key, those in grouped.items()]


def _passed(ended: Ended, console: Console) -> None:
    deep = sum(n for code, _, n in ended.passed if code == "depth")
    if deep:
        console.print(say("passed_depth", n=deep), style="dim")
    others = [(what, n) for code, what, n in ended.passed if code == "other-site"]
    if others:
        hosts = ", ".join(f"{host} ({n})" for host, n in others[:_NAMED])
        told = say("passed_sites", n=sum(n for _, n in others), hosts=hosts)
        console.print(Text(safe(told), style="dim"), soft_wrap=True)
