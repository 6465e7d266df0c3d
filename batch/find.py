"""Which files a run meets, in an order that depends on their names only."""
from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..pipeline import beside, is_litter
from .ledger import HOME


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run meets: files to convert, and litter and data of folders, which it leaves out."""

    files: tuple[Input, ...]

    @property
    def left_out(self) -> int:
        """How many are left out."""
        return sum(item.litter for item in self.files)


@dataclass(frozen=True, slots=True)
class Input:
    """A file; `uri` is its path relative to what the user named, with `/` between folders. `litter` is left out."""

    path: Path
    uri: str
    litter: bool = False


OWN = ("manifest.jsonl", "report.html")
"""What a run writes beside its documents."""


def find(paths: Sequence[Path], leave: Path | None = None, listed: Sequence[Path] = ()) -> Inputs:
    """Every file named and every file in the folders named, each file once; then those `listed`, whose `uri` is their whole
    path.

    Arguments keep their order, a folder's files are sorted by path. With several arguments, a folder's own name begins
    the `uri` of its files. What lies in the folder `leave` (where the output goes) is left out. A path that does not
    exist is handed on, so that its failure is told like any other; so is a folder that cannot be read."""
    found: dict[str, Input] = {}
    several = len(paths) > 1
    for path in paths:
        before = f"{readable(path.resolve().name)}/" if several and path.is_dir() else ""
        _add(found, _below(path, leave, before) if path.is_dir() else [Input(path, readable(path.name))])
    for path in listed:
        uri = readable(path.as_posix()).lstrip("/")
        _add(found, _below(path, leave, f"{uri}/") if path.is_dir() else [Input(path, uri)])
    return Inputs(tuple(found.values()))


def listed(stream: IO[bytes]) -> list[Path]:
    """The paths that a list names: one a line, or, where it holds a NUL, one between two NULs (`find -print0`)."""
    data = stream.read().removeprefix(b"\xef\xbb\xbf")     # as Notepad begins a list
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [Path(os.fsdecode(line)) for line in lines if line.strip()]


def _add(found: dict[str, Input], items: list[Input]) -> None:
    for item in items:
        found.setdefault(os.path.realpath(item.path), item)


def _below(folder: Path, leave: Path | None, before: str) -> list[Input]:
    skip = os.path.realpath(leave) if leave is not None else None
    files = (Path(file) for file in _walk(os.fspath(folder), skip))
    below = ((file, readable(file.relative_to(folder).as_posix())) for file in files)
    return sorted((Input(file, before + path, beside(path) or _own(file)) for file, path in below),
                  key=lambda item: item.uri.split("/"))


def _own(file: Path) -> bool:
    """Whether a run wrote this file about itself; the documents beside it are told by what they hold."""
    return file.name in OWN and (file.parent / HOME).is_dir()


def _walk(folder: str, skip: str | None) -> Iterator[str]:
    """Files below `folder` but not in hidden folders, and folders that cannot be read; links to folders are not followed,
    so that every walk ends."""
    barred: list[str] = []
    for here, folders, names in os.walk(folder, onerror=lambda error: barred.append(error.filename)):
        folders[:] = [f for f in folders if not is_litter(f)
                      and (skip is None or os.path.realpath(os.path.join(here, f)) != skip)]
        yield from (os.path.join(here, name) for name in names)
    yield from barred


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
