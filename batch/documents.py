"""The documents that runs have left in a folder, one after the other, in an order that depends on names only."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ..export.json import loads
from ..schema import DamagedError, Document, JihuaError
from .find import readable

_SHARDS, _LINES = "shards", ".jsonl"
Refused = Callable[[JihuaError], None]


def documents(folder: Path, refused: Refused) -> Iterator[Document]:
    """Every document of the `.json` files below a folder and of the lines of `shards/*.jsonl`, in order of their paths.

    Hidden files and folders are left out, links to folders not followed. What is no document is handed to `refused`
    as an error that names the file, and the line in a shard; the others come all the same."""
    for path in files(folder, refused):
        try:
            for number, data in enumerate(_read(path), 1):
                try:
                    yield loads(data, readable(str(path)))
                except JihuaError as error:
                    error.place = f"line {number}" if path.suffix == _LINES else error.place
                    refused(error)
        except OSError as error:
            refused(_unread(path, error))


def files(folder: Path, refused: Refused, lines: bool = False) -> Iterator[Path]:
    """Every file that `documents` reads; below `shards`, those of lines as well."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((readable(e.name), e) for e in entries if not e.name.startswith("."))
    except OSError as error:
        refused(_unread(folder, error))
        return
    for name, entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files(Path(entry.path), refused, lines or name == _SHARDS)
        elif name.lower().endswith((".json", ".jsonl") if lines else ".json") and entry.is_file():
            yield Path(entry.path)


def _read(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or its lines; whatever their number: the limit on sources holds for what was converted."""
    with path.open("rb") as file:
        if path.suffix == _LINES:
            yield from file
        else:
            yield file.read()


def _unread(path: Path, error: OSError) -> DamagedError:
    return DamagedError(f"cannot be read: {error.strerror}", source=readable(str(path)),
                        way_out="Check that the file exists and that you may read it")
