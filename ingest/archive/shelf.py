"""The pages in one container, looked up by name, so that an article of several pages is put together there as in a folder.

Zips and web archives give a page without unpacking what stands before it; the others do not, and are left as they are."""
from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from ...schema import JihuaError
from ..pages.neighbours import Beside, Fetch, Web
from .containers import container_kind
from .entry import BROKEN
from .limits import Limits
from .zip_tar import reader_zip


class Shelf:
    """The pages of the container at `path`, opened when the first is asked for. `places` is what `places_of` gives, where that
    is known; pages of more than `limits.max_bytes` are as if they were not there."""

    def __init__(self, path: Path, limits: Limits, places: Mapping[str, int] | None = None) -> None:
        self._path, self._limits, self._places = path, limits, places

    def beside(self, name: str) -> Fetch | None:
        """The neighbours of the page of this path, or address, in the container; None where it gives none singly."""
        if self._kind not in ("zip", "warc"):
            return None
        if re.match(r"(?:https?|ftp|file):", name, re.I):
            return Web(name, lambda url: self._read(url))
        folder = posixpath.dirname(name)
        return Beside(name, lambda path: self._read(_from(folder, path)))

    @cached_property
    def _kind(self) -> str:
        return _kind(self._path)

    @cached_property
    def _read(self) -> Callable[[str], bytes | None]:
        """The bytes of a page by its path or address."""
        try:
            if self._kind == "zip":
                return reader_zip(self._path, self._limits)
            from .warc import fetcher
            return fetcher(self._path, self._limits, self._places)
        except (JihuaError, *BROKEN):
            return lambda name: None


def places_of(path: Path, limits: Limits) -> dict[str, int] | None:
    """Where a web archive has the page of each address, so that it need not be read through again to find one; None for
    other containers, and for one that cannot be read."""
    if _kind(path) != "warc":
        return None
    from .warc import places
    try:
        return places(path, limits)
    except (JihuaError, *BROKEN):
        return None


def _from(folder: str, path: str) -> str:
    """A path beside a page, or one folder up, as the container has it: `./a` stays `./a`."""
    above = path.removeprefix("../")
    return posixpath.join(folder if above == path else posixpath.dirname(folder), above)


def _kind(path: Path) -> str:
    """The kind of a container, as in `containers.KINDS`; `warc` also for a packed one."""
    try:
        with path.open("rb") as file:
            kind = container_kind(file, path.name, path)
            file.seek(0)
            return "warc" if kind == "gz" and gzip.GzipFile(fileobj=file).read(5) == b"WARC/" else kind
    except (OSError, *BROKEN):
        return ""
