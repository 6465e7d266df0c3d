"""Where each document of a run is written: names that do not collide and that every file system takes."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_SUFFIX = ".json"
_LONGEST = 240
"""Bytes of one name; 255 is the limit of the common file systems, and a temporary name must fit as well."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def output_names(uris: Iterable[str]) -> list[str]:
    """For each `uri` the path of its output within the output folder: the same path with `.json` after the suffix.

    Names that are equal, or that differ only in case or in how accents are composed, get `~2`, `~3` …, in order."""
    wanted = [_safe(uri) for uri in uris]
    taken = {_key(folder) for name in wanted for folder in _folders(name)}
    return [_free(name, taken) for name in wanted]


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


def _free(name: str, taken: set[str]) -> str:
    mine, k = name, 1
    while _key(mine) in taken:
        k += 1
        mine = f"{name.removesuffix(_SUFFIX)}~{k}{_SUFFIX}"
    taken.add(_key(mine))
    return mine


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _folders(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:i]) for i in range(1, len(parts))]
