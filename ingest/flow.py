"""Bytes in, clean text out: what the file is, what it says, and every change made to its words."""
from __future__ import annotations

from ..schema import Cleaned, Origin
from .clean import clean
from .readers import read


def ingest(data: bytes, name: str = "", origin: Origin | None = None) -> Cleaned:
    """The cleaned text of one file. `name` helps to tell formats apart that look alike (Markdown, text) and names the
    file in errors; `origin` is what its container says of it. Raises JihuaError for what cannot be read."""
    return clean(read(data, name, origin))
