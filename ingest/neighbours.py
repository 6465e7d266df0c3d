"""The files beside a page: what a document in several files may be put together from, and nothing else of the disk."""
from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

Fetch = Callable[[str], bytes | None]
"""A name as a page writes it → the bytes of that file beside the page, None where there is none."""

SAVED = re.compile(r"(?P<stem>.+?)(?:_files|\.files|_文件|\.文件|-files)", re.I)
"""The folder in which browsers and Word put what belongs to a saved page."""

_MATERIAL = (".css", ".js", ".gif", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".ico", ".bmp", ".xml", ".mso", ".thmx",
             ".woff", ".woff2", ".ttf", ".swf", ".download", ".axd", ".wmz", ".emz", ".wmf", ".emf", ".pcz")
"""Endings of what pages are made of and no document is."""


class Folder:
    """The files in the folder of the page at `path` and in the folder saved with it, as a `Fetch`; `../` leads from that one
    back to the page. One of more than `max_bytes` is as if it were not there."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self._path, self._max_bytes = path, max_bytes
        self.page = f"{path.absolute().parent.name}/{path.name}"

    def __call__(self, name: str) -> bytes | None:
        *above, last = name.removeprefix("./").split("/")
        if not _is_plain(last) or len(above) > 1 or (above and not self._may(above[0])):
            return None
        try:
            with self._path.parent.joinpath(*above, last).open("rb") as file:
                data = file.read(self._max_bytes + 1)
        except (OSError, ValueError):
            return None
        return data if len(data) <= self._max_bytes else None

    def _may(self, folder: str) -> bool:
        """Whether the page may lead into a folder: its own, or from that one up."""
        if folder == "..":
            return SAVED.fullmatch(self.page.split("/")[0]) is not None
        own = SAVED.fullmatch(folder)
        return own is not None and own.group("stem") == self._path.stem and _is_plain(folder)


def is_material(path: str) -> bool:
    """Whether a path with `/` leads to a picture, style or script in the folder of a saved page."""
    *folders, last = path.split("/")
    return last.lower().endswith(_MATERIAL) and any(SAVED.fullmatch(folder) for folder in folders)


def _is_plain(name: str) -> bool:
    return bool(name) and name not in (".", "..") and not re.search(r'[\\/\x00:*"<>|]', name) and len(name) < 256
