"""The manners towards one host: how long to wait between two pages."""
from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

LONGEST = 60.0            # seconds that a slow server is given between two pages
ASKED_LONGEST = 300.0     # seconds that a server may ask for (Crawl-delay, Retry-After)


@dataclass(slots=True)
class Lane:
    """One host, asked one page at a time. The pause follows how long the server takes to answer, as Scrapy's autothrottle
    has it, and is never below `least`, which the user and the host's robots.txt set."""

    least: float
    pause: float = 0.0
    free: float = 0.0     # when the next page may be asked for, on the clock of time.monotonic

    def answered(self, seconds: float, good: bool) -> None:
        """A page came after so many seconds. One that is no good never shortens the pause."""
        pause = min(max(self.least, (self.pause + seconds) / 2), LONGEST) if self.least else 0.0
        self.pause = pause if good else max(pause, self.pause)
        self.wait(max(self.pause, self.least))

    def wait(self, seconds: float) -> None:
        """Ask for nothing during so many seconds from now."""
        self.free = max(self.free, time.monotonic() + seconds)

    async def turn(self) -> None:
        """Wait until the next page may be asked for."""
        left = self.free - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)


def asked(retry_after: str) -> float:
    """The seconds of a Retry-After header, as a number or as a date; 0 for none or nonsense."""
    if retry_after.strip().isdecimal() and len(retry_after) < 12:
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
