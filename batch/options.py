"""What a run is told: how much at a time, how long, how large, and how its output lies."""
from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ..pipeline import OCR_PAGES, Limits

Layout = Literal["files", "shards"]
TIMEOUT = 120
"""Seconds for any document; the slowest of the corpus takes 2."""
MAX_MEMORY = 4_000_000_000
"""Bytes for the process of a document: the largest that `max_bytes` lets in (4 million characters) takes 2.3 GB."""
_BYTES_A_SECOND = 20_000
"""A document has a second more for each of these."""
_OCR_SECONDS, _SCAN_BYTES = 6, 10_000
"""And so many for each page that may be read by OCR (3 to 5 s): so many bytes at least has a scanned page, black and white."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `n` parts of the sources, `k` from 1. To which a source belongs depends on its `uri` alone."""

    k: int
    n: int

    def holds(self, uri: str) -> bool:
        """Whether a source of this `uri` belongs here."""
        digest = hashlib.sha256(uri.encode("utf-8", "backslashreplace")).digest()
        return int.from_bytes(digest[:8], "big") % self.n == self.k - 1

    def __str__(self) -> str:
        return f"{self.k}-of-{self.n}"


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works. `timeout` is in seconds, `max_memory` in bytes; `group` is the number of sources in a file of layout
    `shards`; `reading` is handed on to the conversion of each document; with `join` the last part to end writes the manifest
    of all."""

    jobs: int = 0
    timeout: float = TIMEOUT
    max_memory: int = MAX_MEMORY
    limits: Limits = field(default_factory=Limits)
    retry: bool = False
    prune: bool = False
    keep_duplicates: bool = False
    layout: Layout = "files"
    shard: Shard | None = None
    join: bool = True
    group: int = 500
    reading: Mapping[str, Any] = field(default_factory=dict)

    @property
    def processes(self) -> int:
        """How many documents are worked on at a time: `jobs`, or as many as there are processors for us."""
        return self.jobs or processors()

    def deadline(self, size: int) -> float:
        """Seconds that a document of `size` bytes may take."""
        scans: int = min(self.reading.get("ocr_pages", OCR_PAGES), size // _SCAN_BYTES)
        return self.timeout + size / _BYTES_A_SECOND + _OCR_SECONDS * scans

    def shaping(self) -> dict[str, Any]:
        """The options that the outputs depend on."""
        return {"limits": asdict(self.limits), "layout": self.layout, "reading": dict(self.reading),
                **({"group": self.group} if self.layout == "shards" else {})}


def processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
