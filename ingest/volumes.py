"""Archives in several volumes: joined where all lie in one folder, else refused with the name of the one that is missing."""
from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from ..schema import PartError, UnsupportedError
from .archive_entry import Entry, unread
from .archive_limits import Budget

_SPLIT = re.compile(r"(.+\.(?:7z|zip|rar|tar|tgz|gz|bz2|xz))\.(\d{3})", re.I | re.S)     # parted byte by byte
_RAR = re.compile(r"(.+)\.part(\d{1,4})\.rar", re.I | re.S)
_OLD = re.compile(r"(.+)\.([rz])(\d\d)", re.I | re.S)       # a.rar, a.r00, a.r01 …; a.z01, a.z02 …, a.zip
_WAY = "Put all volumes in one folder"
_MAGIC = (b"Rar!\x1a\x07", b"PK\x07\x08", b"PK\x03\x04", b"7z\xbc\xaf", b"\x1f\x8b")


def volume_kind(head: bytes, name: str, path: Path | None) -> str:
    """`volumes` for one of several volumes of an archive, by its name, and by its beginning or by what lies beside it."""
    last = name.rpartition("/")[2]
    if found := _SPLIT.fullmatch(last):
        return "volumes" if int(found[2]) > 0 else ""
    if (found := _RAR.fullmatch(last)) and int(found[2]) > 1:
        return "volumes"
    if (found := _OLD.fullmatch(last)) and (head.startswith(_MAGIC) or _beside(path, _first(last))):
        return "volumes"
    return ""


def entries_volumes(file: IO[bytes], name: str, budget: Budget, path: Path | None = None) -> Iterator[Entry]:
    """The files of an archive that is split byte by byte, from its first volume; of a later one, that it belongs to the first.
    Raises UnsupportedError naming the volume that is missing."""
    from .containers import container_kind, entries
    last = (path.name if path else name).rpartition("/")[2]
    first = _first(last)
    if path is None:
        raise UnsupportedError("one volume of an archive in several", way_out=f"Unpack what it stands in. {_WAY}")
    if last.lower() != first.lower():
        if not _beside(path, first):
            raise UnsupportedError(f"the volume {first} is missing", way_out=_WAY)
        yield Entry(None, unread, PartError(f"a volume of {first}, converted with it"))
        return
    with ExitStack() as stack:
        volumes = [cast(IO[bytes], stack.enter_context(one.open("rb"))) for one in _volumes(path)]
        whole = cast(IO[bytes], io.BufferedReader(Joined(volumes)))
        kind = container_kind(whole, first[:-4])
        if not kind:
            raise UnsupportedError(f"no archive that is read here, in {len(volumes)} volumes", way_out=_WAY)
        yield from entries(whole, kind, name[:-4], budget)


def _first(last: str) -> str:
    """The name of the first volume, or of the one that programs open."""
    if found := _SPLIT.fullmatch(last):
        return f"{found[1]}.001"
    if found := _RAR.fullmatch(last):
        return f"{found[1]}.part{'1'.zfill(len(found[2]))}.rar"
    found = _OLD.fullmatch(last)
    return f"{found[1]}.{'rar' if found[2] in 'rR' else 'zip'}" if found else last


def _beside(path: Path | None, name: str) -> bool:
    return path is not None and path.with_name(name).is_file()


def _volumes(path: Path) -> list[Path]:
    """Every volume in order; UnsupportedError for a gap among them."""
    stem = path.name[:-3]
    there = {int(one.name[-3:]): one for one in path.parent.iterdir()
             if one.name[:-3] == stem and one.name[-3:].isdecimal() and one.is_file()}
    for number in range(1, max(there) + 1):
        if number not in there:
            raise UnsupportedError(f"the volume {stem}{number:03} is missing", way_out=_WAY)
    return [there[number] for number in sorted(there) if number]


class Joined(io.RawIOBase):
    """Several files as one."""

    def __init__(self, files: list[IO[bytes]]) -> None:
        super().__init__()
        self._files, self._at = files, 0
        self._ends: list[int] = []
        for file in files:
            self._ends.append((self._ends[-1] if self._ends else 0) + file.seek(0, io.SEEK_END))

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the whole."""
        base = (0, self._at, self._ends[-1])[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The byte of the whole that comes next."""
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:      # type: ignore[override]
        """Fill the buffer, up to the end of the file that is reached."""
        for number, end in enumerate(self._ends):
            if self._at < end:
                start = self._ends[number - 1] if number else 0
                self._files[number].seek(self._at - start)
                data = self._files[number].read(min(len(buffer), end - self._at))
                buffer[:len(data)] = data
                self._at += len(data)
                return len(data)
        return 0
