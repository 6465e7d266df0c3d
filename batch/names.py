"""Where each document of a run is written: names that do not collide and that every file system takes."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_SUFFIX = ".json"
_LONGEST = 240
"""Bytes of one name; 255 is the limit of the common file systems, and a temporary name must fit as well."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]|(?<=^[A-Za-z]):(?=$)")     # and the colon of a drive, as archives may have it


def output_names(uris: Iterable[str]) -> list[str]:
    """For each `uri` the path of its output within the output folder: the same path with `.json` after the suffix.

    Names that are equal, or that differ only in case or in how accents are composed, get `~2`, `~3` …, in order."""
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
        *folders, last = _safe(path).split("/")
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


def _safe(uri: str) -> str:
    parts = [_CONTROL.sub("_", part) for part in uri.split("/") if part not in ("", ".", "..")] or ["document"]
    return "/".join([*(_short(p, "") for p in parts[:-1]), _short(parts[-1], _SUFFIX)])


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
