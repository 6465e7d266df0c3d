"""One file for a person to look at: a source, or what was converted before."""
from __future__ import annotations

from pathlib import Path

from ..export.json import loads
from ..pipeline import MAX_BYTES, Explained, explain, read_bytes


def open_document(path: Path, *, max_bytes: int = MAX_BYTES) -> Explained:
    """The document of a source file, with its notes, or the one that a `.json` file holds, without."""
    if path.suffix.lower() == ".json":
        return Explained(loads(read_bytes(path, max_bytes), str(path)), {})
    return explain(path, max_bytes=max_bytes)
