"""What happens in a crawl, one JSON object a line, beside the WARC."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from .warc import now

Event = dict[str, object]
"""`event` (stored, same, unmodified, moved, refused, failed, gone, retry, begun, ended), `url`, and what belongs to it."""


@dataclass(slots=True)
class Journal:
    """Writes each event to the log and tells it to whoever watches."""

    file: IO[str]
    tell: Callable[[Event], None]

    def note(self, event: str, url: str = "", **about: object) -> None:
        """Write that something happened, now."""
        told: Event = {"time": now(), "event": event, **({"url": url} if url else {}), **about}
        self.file.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.tell(told)
