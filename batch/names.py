"""Where each document of a run is written: names that do not collide and that every file system takes."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

_SUFFIX = ".json"
_LONGEST = 240
"""Bytes of one name; 255 is the limit of the common file systems, and a temporary name must fit as well."""
_PATH, _WHOLE, _LEAST = 700, 900, 260
"""Bytes of a path in the output folder: of a file's, with the path in its archive, and what this may have at the least. macOS
takes 1024, with the folder's own."""
_BARRED = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
"""What Windows does not take in a name."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)", re.I)
"""Names that are devices on Windows, whatever follows their first dot."""
_WEB = re.compile(r"(?:^|(?<=/))(?:https?|ftp|file):/{2,3}(?=[^/])", re.I)


def output_names(uris: Iterable[str]) -> list[str]:
    """For each `uri` the path of its output within the output folder: the same path with `.json` after the suffix.

    What some file system does not take (`:`, `?`, `NUL.txt`, a folder `a.`, 255 bytes) is written otherwise, addresses of
    the web without `http://`, so that outputs have the same names everywhere. Names that are equal, or that differ only in case or in how accents are composed, get `~2`, `~3` …, in order."""
    return Names(uris).first


class Names:
    """Output names for `uris` that are known before (`first`, in order), and for the files of each archive among them.
    None stands in another's way, and those of an archive do not depend on what other archives hold."""

    def __init__(self, uris: Iterable[str]) -> None:
        wanted = [_safe(uri) for uri in uris]
        self._folders = {_key(folder) for name in wanted for folder in _folders(name)}
        self._files: set[str] = set()
        self._last: dict[str, int] = {}       # the number that a name got last: an archive may hold it 100,000 times
        self.first = [self._free(name) for name in wanted]

    def inside(self, name: str) -> Inside:
        """Names for the files of the archive whose own output would have this name: in a folder of theirs."""
        return Inside(self, name)

    def holds(self, key: str) -> bool:
        """Whether a file or folder of this key is one of those known before."""
        return key in self._files or key in self._folders

    def holds_file(self, key: str) -> bool:
        """Whether a file of this key is one of those known before."""
        return key in self._files

    def _free(self, name: str) -> str:
        mine, wanted = name, _key(name)
        while _key(mine) in self._files or _key(mine) in self._folders:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            mine = f"{name.removesuffix(_SUFFIX)}~{self._last[wanted]}{_SUFFIX}"
        self._files.add(_key(mine))
        return mine


class Inside:
    """Output names for the files of one archive, one after another, in the order in which it holds them."""

    def __init__(self, known: Names, name: str) -> None:
        self._known, self._home = known, name.removesuffix(_SUFFIX) + "!"
        self._own = name
        self._folders: set[str] = set()
        self._files: set[str] = set()
        self._last: dict[str, int] = {}

    def name(self, path: str) -> str:
        """The name for the file of this path in the archive; the archive's own for the path `""`, a mail's text. A folder
        whose name an output bears already gets `~2` …, as files do."""
        if not path and _key(self._own) not in self._files:
            self._files.add(_key(self._own))
            return self._own
        *folders, last = _safe(path, max(_WHOLE - len(self._home.encode()), _LEAST)).split("/")
        here = self._home
        for folder in folders:
            mine, k = f"{here}/{folder}", 1
            while _key(mine) in self._files or self._known.holds_file(_key(mine)):
                k += 1
                mine = f"{here}/{folder}~{k}"
            self._folders.add(_key(mine))
            here = mine
        return self._free(f"{here}/{last}")

    def _free(self, name: str) -> str:
        mine, wanted = name, _key(name)
        while _key(mine) in self._files or _key(mine) in self._folders or self._known.holds(_key(mine)):
            self._last[wanted] = self._last.get(wanted, 1) + 1
            mine = f"{name.removesuffix(_SUFFIX)}~{self._last[wanted]}{_SUFFIX}"
        self._files.add(_key(mine))
        return mine


def _safe(uri: str, room: int = _PATH) -> str:
    """The path of an output that is writable everywhere, in at most `room` bytes."""
    parts = [part for part in _written(uri).split("/") if part not in ("", ".", "..")] or ["document"]
    named = [*(_short(_folder(_plain(part)), "") for part in parts[:-1]), _short(_plain(parts[-1]), _SUFFIX)]
    return _cut(named, room)


def _written(uri: str) -> str:
    """A path as it is; an address of the web without its beginning, in the characters that it stands for."""
    found = _WEB.search(uri)
    if found is None:
        return uri
    try:
        address = unquote(uri[found.end():].replace("%2F", "_").replace("%2f", "_"), errors="strict")
    except UnicodeDecodeError:
        address = uri[found.end():]
    return uri[:found.start()] + address


def _plain(part: str) -> str:
    name = _BARRED.sub("_", part)
    return f"_{name}" if _DEVICE.match(name) or name.startswith(".") else name      # hidden ones are nobody's documents


def _folder(name: str) -> str:
    """Windows drops dots and blanks at a name's end; a file's is followed by its suffix."""
    bare = name.rstrip(". ")
    return bare + "_" * (len(name) - len(bare))


def _cut(parts: list[str], room: int) -> str:
    """A path of at most `room` bytes: in a longer one a mark stands for the folders that do not fit."""
    whole = "/".join(parts)
    left = room - len(parts[-1].encode()) - 10
    if len(whole.encode()) <= room:
        return whole
    kept: list[str] = []
    for part in parts[:-1]:
        left -= len(part.encode()) + 1
        if left < 0:
            break
        kept.append(part)
    return "/".join((*kept, "~" + hashlib.sha256(whole.encode()).hexdigest()[:8], parts[-1]))


def _short(name: str, suffix: str) -> str:
    """A name cut to what a file system takes; a cut one ends in a mark of the whole name."""
    if len((name + suffix).encode()) <= _LONGEST:
        return name + suffix
    mark = "~" + hashlib.sha256(name.encode()).hexdigest()[:8]
    room = _LONGEST - len((mark + suffix).encode())
    return name.encode()[:room].decode("utf-8", "ignore") + mark + suffix


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _folders(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:i]) for i in range(1, len(parts))]
