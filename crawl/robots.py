"""What a host's robots.txt lets jihua do (RFC 9309), with Crawl-delay as widely used."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scrapy.robotstxt import ProtegoRobotParser

from .fetch import Answer, Trouble
from .options import Refusal

NAME = "jihua"            # the product token that robots.txt may address
MOST = 512_000            # bytes that are read of it; RFC 9309 asks for 500 KiB
_NONE = range(400, 500)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host; without a parser everything is allowed."""

    parser: Any = None

    def refusal(self, url: str) -> Refusal | None:
        """Why an address is not to be fetched."""
        return None if self.parser is None or self.parser.allowed(url, NAME) else Refusal("robots")

    @property
    def delay(self) -> float:
        """The seconds between two pages that the host asks for."""
        asked = self.parser.rp.crawl_delay(NAME) if self.parser is not None else None
        return float(asked) if asked and 0 < asked < 1e9 else 0.0


def read_robots(answer: Answer | Trouble) -> Robots | Trouble:
    """The rules that came, redirects followed. A host that has none, or answers with 4xx, allows everything; where it
    fails or does not answer nothing may be fetched, and the trouble is told."""
    if isinstance(answer, Trouble):
        return answer if answer.code == "address" else Trouble("robots-down", f"{answer.code} {answer.detail}".strip())
    if answer.status == 200:
        return Robots(ProtegoRobotParser(answer.body[:MOST], None))
    if answer.status in _NONE and answer.status != 429:
        return Robots()
    return Trouble("robots-down", str(answer.status))
