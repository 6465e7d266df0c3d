"""What a crawl may do: its limits, its manners, and which option of the command line lifts each."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The bounds of a crawl. Sizes in bytes, times in seconds; `pages` and `bytes_all` count what was fetched since the
    crawl, or its last update, began; `seconds_all` counts this run alone."""

    also: tuple[str, ...] = ()          # further hosts: `name`, `*.name`, `name:port`
    depth: int = 1                      # links from a seed to an article; next pages and attachments add nothing
    chain: int = 200                    # next pages one after another
    pages: int = 10_000
    bytes_each: int = 64_000_000        # pipeline.MAX_BYTES: what is larger would not be converted
    bytes_all: int = 4_000_000_000
    seconds_each: float = 60
    seconds_all: float = 86_400
    redirects: int = 5                  # RFC 9309 asks as many for robots.txt
    url_length: int = 2_000
    alike: int = 2_000                  # addresses that differ only in the values of their query
    delay: float = 1.0                  # between two pages of a host, at least
    tries: int = 3
    hosts: int = 8                      # asked side by side, one connection each
    attachments: bool = True
    contact: str = ""
    update: bool = False
    allow_private: bool = False
    ignore_robots: bool = False
    env_proxy: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not fetched: a code of LIFTS or FAILURES, and what about it."""

    code: str
    detail: str = ""


LIFTS = {
    "scheme": "", "credentials": "", "address": "--allow-private", "port": "--also", "other-site": "--also",
    "length": "--max-url", "depth": "--depth", "chain": "--max-next", "repeats": "", "alike": "--max-alike",
    "redirects": "--max-redirects", "robots": "--ignore-robots", "crawl-delay": "--ignore-robots",
    "too-large": "--max-bytes", "type": "", "attachment": "",
}
"""Refusals, each with the option that lifts it, empty where none does. Such addresses are judged anew at every run."""

FAILURES = {"status": "", "slow": "--timeout", "no-host": "", "no-answer": "", "cut-off": "", "later": "", "circle": "",
            "robots-down": "--ignore-robots"}
"""What else goes wrong with an address; all but a final status (`gone`) is tried again by the next run."""
