"""Write a file whole or not at all."""
from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..schema import JihuaError


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put `data`, whole or in pieces as they come, at `path`, making its folders: under another name first, then renamed, so that no reader ever sees
    half a file. Raises JihuaError where the place cannot be written."""
    draft = path.with_name(f".jihua-{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise JihuaError(f"cannot be written: {error.strerror}", source=str(path),
                         way_out="Choose another folder with --out, or make room") from error
