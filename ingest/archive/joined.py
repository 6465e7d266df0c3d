"""Archives in several volumes: joined where all lie in one folder, else refused with the name of the one that is missing."""
from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from ...schema import PartError, UnsupportedError
from .containers import container_kind, entries
from .entry import Broken, Entry, unread
from .limits import Budget
from .volumes import first_volume, is_beside

_WAY = "Put all volumes in one folder"


def entries_volumes(file: IO[bytes], name: str, budget: Budget, path: Path | None = None) -> Iterator[Entry]:
    """The files of an archive that is split byte by byte, or of a zip in parts, from the volume that programs open; of any
    other, that it belongs to that one. Raises UnsupportedError naming the volume that is missing."""
    last = (path.name if path else name).rpartition("/")[2]
    first = first_volume(last)
    if path is None:
        raise UnsupportedError("one volume of an archive in several", way_out=f"Unpack what it stands in. {_WAY}")
    if last.lower() != first.lower():
        if not is_beside(path, first):
            raise UnsupportedError(f"the volume {first} is missing", way_out=_WAY)
        yield Entry(None, unread, PartError(f"a volume of {first}, converted with it"))
        return
    with ExitStack() as stack:
        volumes = [cast(IO[bytes], stack.enter_context(one.open("rb"))) for one in _volumes(path)]
        budget.packed = Joined(volumes).ends[-1]
        if first.lower().endswith(".zip"):
            volumes.append(_listing(volumes, budget, f"{last[:-4]}.z"))
        whole = cast(IO[bytes], io.BufferedReader(Joined(volumes)))
        kind = "zip" if first.lower().endswith(".zip") else container_kind(whole, first[:-4])
        if not kind:
            raise UnsupportedError(f"no archive that is read here, in {len(volumes)} volumes", way_out=_WAY)
        yield from entries(whole, kind, name if kind == "zip" else name[:-4], budget)


def _listing(volumes: list[IO[bytes]], budget: Budget, stem: str) -> IO[bytes]:
    """The list of files of a zip in parts, as it would be were it one: with places counted from the first byte of all
    (APPNOTE 4.3.12, 4.3.16). Broken where there is none, UnsupportedError where it names parts after the last one that is
    there, TooLargeError."""
    def start(disk: int) -> int:
        if disk >= len(volumes):
            raise UnsupportedError(f"the volume {stem}{len(volumes):02} is missing, or the list of files is damaged", way_out=_WAY)
        return starts[disk]

    ends = Joined(volumes).ends
    starts = [0, *ends[:-1]]
    last = volumes[-1]
    last.seek(max(0, last.seek(0, io.SEEK_END) - 65_557))
    tail = last.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or ends[-1] > 0xFFFFFFFF:
        raise Broken("the list of files is missing")
    count, size, place, disk = *struct.unpack_from("<HII", tail, at + 10), struct.unpack_from("<H", tail, at + 6)[0]
    budget.listing(size)
    whole = io.BufferedReader(Joined(volumes))
    whole.seek(start(disk) + place)
    listed, spot = bytearray(whole.read(size)), 0
    while listed[spot:spot + 4] == b"PK\x01\x02":
        lengths = struct.unpack_from("<HHHH", listed, spot + 28)
        struct.pack_into("<HHII", listed, spot + 34, 0, *struct.unpack_from("<HI", listed, spot + 36),
                         start(lengths[3]) + struct.unpack_from("<I", listed, spot + 42)[0])
        spot += 46 + sum(lengths[:3])
    return io.BytesIO(bytes(listed) + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(listed), ends[-1], 0))


def _volumes(path: Path) -> list[Path]:
    """Every volume in order; UnsupportedError for a gap among them."""
    spanned = path.name.lower().endswith(".zip")
    stem, digits = (f"{path.name[:-4]}.z", 2) if spanned else (path.name[:-3], 3)
    there = {int(one.name[-digits:]): one for one in path.parent.iterdir()
             if one.name[:-digits].lower() == stem.lower() and one.name[-digits:].isdecimal() and one.is_file()}
    for number in range(1, max(there) + 1):
        if number not in there:
            raise UnsupportedError(f"the volume {stem}{number:0{digits}} is missing", way_out=_WAY)
    return [there[number] for number in sorted(there) if number] + [path] * spanned


class Joined(io.RawIOBase):
    """Several files as one."""

    def __init__(self, files: list[IO[bytes]]) -> None:
        super().__init__()
        self._files, self._at = files, 0
        self.ends: list[int] = []
        for file in files:
            self.ends.append((self.ends[-1] if self.ends else 0) + file.seek(0, io.SEEK_END))

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the whole."""
        base = (0, self._at, self.ends[-1])[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """The byte of the whole that comes next."""
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:      # type: ignore[override]
        """Fill the buffer, up to the end of the file that is reached."""
        for number, end in enumerate(self.ends):
            if self._at < end:
                start = self.ends[number - 1] if number else 0
                self._files[number].seek(self._at - start)
                data = self._files[number].read(min(len(buffer), end - self._at))
                buffer[:len(data)] = data
                self._at += len(data)
                return len(data)
        return 0
