"""Archives in several volumes, told by their names."""
from __future__ import annotations

import re
from pathlib import Path

_SPLIT = re.compile(r"(.+\.(?:7z|zip|rar|tar|tgz|gz|bz2|xz))\.(\d{3})", re.I | re.S)     # parted byte by byte
_RAR = re.compile(r"(.+)\.part(\d{1,4})\.rar", re.I | re.S)
_OLD = re.compile(r"(.+)\.([rz])(\d\d)", re.I | re.S)       # a.rar, a.r00, a.r01 …; a.z01, a.z02 …, a.zip
_MAGIC = (b"Rar!\x1a\x07", b"PK\x07\x08", b"PK\x03\x04", b"7z\xbc\xaf", b"\x1f\x8b")


def volume_kind(head: bytes, name: str, path: Path | None) -> str:
    """`volumes` for one of several volumes of an archive, by its name, and by its beginning or by what lies beside it."""
    last = name.rpartition("/")[2]
    if found := _SPLIT.fullmatch(last):
        return "volumes" if int(found[2]) > 0 else ""
    if last.lower().endswith(".zip") and is_beside(path, f"{last[:-4]}.z01"):
        return "volumes"
    if (found := _RAR.fullmatch(last)) and int(found[2]) > 1:
        return "volumes"
    if (found := _OLD.fullmatch(last)) and (head.startswith(_MAGIC) or is_beside(path, first_volume(last))):
        return "volumes"
    return ""


def first_volume(last: str) -> str:
    """The name of the first volume, or of the one that programs open."""
    if found := _SPLIT.fullmatch(last):
        return f"{found[1]}.001"
    if found := _RAR.fullmatch(last):
        return f"{found[1]}.part{'1'.zfill(len(found[2]))}.rar"
    found = _OLD.fullmatch(last)
    return f"{found[1]}.{'rar' if found[2] in 'rR' else 'zip'}" if found else last


def is_beside(path: Path | None, name: str) -> bool:
    """Whether a file of this name lies in the folder of `path`."""
    return path is not None and path.with_name(name).is_file()
