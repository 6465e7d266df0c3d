"""What happens in a crawl, one JSON object a line, beside the WARC."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..schema import JihuaError
from .warc import now

Event = dict[str, object]
"""`event` (stored, same, unmodified, moved, refused, failed, gone, retry, begun, ended), `url`, and what belongs to it."""


@dataclass(slots=True)
class Journal:
    """Writes each event to the log and tells it to whoever watches."""

    file: IO[str]
    tell: Callable[[Event], None]

    @classmethod
    def at(cls, path: Path, tell: Callable[[Event], None]) -> Journal:
        """A journal that goes on in the file `path`; raises JihuaError where that cannot be written."""
        try:
            return cls(path.open("a", encoding="utf-8"), tell)
        except OSError as error:
            raise JihuaError(f"cannot be written: {error.strerror}", source=str(path),
                             way_out="Choose another name with -o, or make room; the next run goes on from here") from error

    def note(self, event: str, url: str = "", **about: object) -> None:
        """Write that something happened, now."""
        told: Event = {"time": now(), "event": event, **({"url": url} if url else {}), **about}
        self.file.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.tell(told)
