"""The files beside a page: what a document in several files may be put together from, and nothing else of the disk."""
from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urldefrag, urljoin

Fetch = Callable[[str], bytes | None]
"""A name as a page writes it → the bytes of that file beside the page, None where there is none."""

Stamp = tuple[int, int]
"""Bytes of a file, and the time of its last change in nanoseconds."""

SAVED = re.compile(r"(?P<stem>.+?)(?:_files|\.files|_文件|\.文件|-files)", re.I)
"""The folder in which browsers and Word put what belongs to a saved page."""

_MATERIAL = (".css", ".js", ".gif", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".ico", ".bmp", ".xml", ".mso", ".thmx",
             ".woff", ".woff2", ".ttf", ".swf", ".download", ".axd", ".wmz", ".emz", ".wmf", ".emf", ".pcz")
"""Endings of what pages are made of and no document is."""


class Beside:
    """The files beside a page and in the folder saved with it, as a `Fetch`; `../` leads from that one back to the page.

    `page` is the page's own path, with `/`; `read` gives the bytes of a path relative to the page's folder. `asked` are
    the paths that were asked for."""

    def __init__(self, page: str, read: Callable[[str], bytes | None]) -> None:
        self.page = page
        self._read = read
        self.asked: dict[str, Stamp | None] = {}

    def __call__(self, name: str) -> bytes | None:
        *above, last = name.removeprefix("./").split("/")
        if not _is_plain(last) or len(above) > 1 or (above and not self._may(above[0])):
            return None
        path = "/".join((*above, last))
        self.asked.setdefault(path, None)
        return self._read(path)

    def _may(self, folder: str) -> bool:
        """Whether the page may lead into a folder: its own, or from that one up."""
        here, _, name = self.page.rpartition("/")
        if folder == "..":
            return SAVED.fullmatch(here.rpartition("/")[2]) is not None
        own = SAVED.fullmatch(folder)
        return own is not None and own.group("stem") == PurePosixPath(name).stem and _is_plain(folder)


class Folder(Beside):
    """The files beside the page at `path` on the disk. One of more than `max_bytes` is as if it were not there. `asked`
    has the stamp of each file at the time it was read."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        super().__init__(f"{path.absolute().parent.name}/{path.name}", self._file)
        self._path, self._max_bytes = path, max_bytes

    def _file(self, path: str) -> bytes | None:
        try:
            with self._path.parent.joinpath(*path.split("/")).open("rb") as file:
                facts = os.fstat(file.fileno())
                self.asked[path] = (facts.st_size, facts.st_mtime_ns)
                data = file.read(self._max_bytes + 1)
        except (OSError, ValueError):
            return None
        return data if len(data) <= self._max_bytes else None


class Web:
    """The pages fetched with the page at the address `page`, as a `Fetch`: `read` gives those of an address."""

    def __init__(self, page: str, read: Callable[[str], bytes | None]) -> None:
        self.page = page
        self._read = read

    def __call__(self, name: str) -> bytes | None:
        try:
            url = urldefrag(urljoin(self.page, name)).url
        except ValueError:
            return None
        found = self._read(url)
        return found if found is not None else self._read(quote(url, safe="/:?#[]@!$&'()*+,;=%~"))


def is_material(path: str) -> bool:
    """Whether a path with `/` leads to a picture, style or script in the folder of a saved page."""
    *folders, last = path.split("/")
    return last.lower().endswith(_MATERIAL) and any(SAVED.fullmatch(folder) for folder in folders)


def _is_plain(name: str) -> bool:
    return bool(name) and name not in (".", "..") and not re.search(r'[\\/\x00:*"<>|]', name) and len(name) < 256
