"""Which files a run converts, in an order that depends on their names only."""
from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..pipeline import beside, is_litter


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run converts, and how many files of the folders it leaves out as litter or data."""

    files: tuple[Input, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Input:
    """A file to convert; `uri` is its path relative to what the user named, with `/` between folders."""

    path: Path
    uri: str


def find(paths: Sequence[Path], leave: Path | None = None) -> Inputs:
    """Every file named and every file in the folders named, each file once.

    Arguments keep their order, a folder's files are sorted by path. With several arguments, a folder's own name begins
    the `uri` of its files. What lies in the folder `leave` (where the output goes) is left out. A path that does not
    exist is handed on, so that its failure is told like any other."""
    found: dict[str, Input] = {}
    left_out = 0
    for path in paths:
        below = _below(path, leave, len(paths) > 1) if path.is_dir() else [Input(path, readable(path.name))]
        wanted = [item for item in below if not (path.is_dir() and beside(item.path.name))]
        left_out += len(below) - len(wanted)
        for item in wanted:
            found.setdefault(os.path.realpath(item.path), item)
    return Inputs(tuple(found.values()), left_out)


def _below(folder: Path, leave: Path | None, several: bool) -> list[Input]:
    skip = os.path.realpath(leave) if leave is not None else None
    before = f"{readable(folder.resolve().name)}/" if several else ""
    files = (Path(file) for file in _walk(os.fspath(folder), skip))
    return sorted((Input(file, before + readable(file.relative_to(folder).as_posix())) for file in files),
                  key=lambda item: item.uri.split("/"))


def _walk(folder: str, skip: str | None) -> Iterator[str]:
    """Files below `folder` but not in hidden folders; links to folders are not followed, so that every walk ends."""
    for here, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not is_litter(f)
                      and (skip is None or os.path.realpath(os.path.join(here, f)) != skip)]
        yield from (os.path.join(here, name) for name in names)


def readable(name: str) -> str:
    """A file's name as text that can be written: bytes that are no UTF-8 are read as GB 18030, as old archives have
    them; what is not that either is shown by its numbers."""
    raw = os.fsencode(name)
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
