"""Write a file whole or not at all."""
from __future__ import annotations

import os
from pathlib import Path

from ..schema import JihuaError


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making its folders: under another name first, then renamed, so that no reader ever sees
    half a file. Raises JihuaError where the place cannot be written."""
    draft = path.with_name(f".jihua-{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(data)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise JihuaError(f"cannot be written: {error.strerror}", source=str(path),
                         way_out="Choose another folder with --out, or make room") from error
