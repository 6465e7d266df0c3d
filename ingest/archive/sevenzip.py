"""Archives of 7-Zip, unpacked piece by piece as their files are asked for. The only module that knows py7zr: its headers and
its decompressors; the loop is our own, because the library's hands over up to 128 MB at a time and knows no limit by file."""
from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from ...schema import EncryptedError, JihuaError, TooLargeError, UnsupportedError
from .entry import UNLOCK, UNPACK, Broken, Entry, unread
from .limits import Budget, Counted

if TYPE_CHECKING:
    import py7zr

_MEMORY = 1 << 28
"""Bytes of dictionary that a decompressor may ask for; 7-Zip's strongest setting takes 64 MB."""
_HEADER = 1 << 26
"""Bytes of header: of a packed one, which is 7-Zip's habit, its library would unpack 268 MB."""
_PIECE, _BLOCK = 1 << 18, 1 << 16
_BLOCK_UNBOUNDED = 1 << 10
"""Packed bytes given at a time to methods that unpack whatever they are given: zstd makes 128 kB of every 4."""
_NAMES = {b"\x03\x01\x01": "LZMA", b"\x21": "LZMA2", b"\x03\x04\x01": "PPMd", b"\x04\x01\x08": "Deflate", b"\x04\x01\x09": "Deflate64",
          b"\x04\x02\x02": "BZip2", b"\x03\x03\x01\x1b": "BCJ2", b"\x04\xf7\x11\x01": "Zstandard", b"\x04\xf7\x11\x02": "Brotli",
          b"\x04\xf7\x11\x04": "LZ4", b"\x0a": "ARM64", b"\x0b": "RISCV", b"\x06\xf1\x07\x01": "AES"}
_REFUSED = (b"\x03\x04\x01", b"\x03\x03\x01\x1b")
"""PPMd, whose library (pyppmd 1.3.1) brings the process down on broken bytes, and BCJ2, which py7zr does not know."""
_AES, _UNBOUNDED = b"\x06\xf1\x07\x01", (b"\x04\xf7\x11\x01", b"\x04\x01\x09", b"\x04\x01\x08")


def entries_7z(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The files of a .7z in their order. Raises EncryptedError where its list is encrypted, UnsupportedError without the
    library, TooLargeError, Broken. A broken file costs those that are packed together with it, no others."""
    with _told():
        archive = _opened(file, budget)
        listed, places = list(archive.files), _places(archive)
    streams: dict[int, _Folder] = {}
    for one in listed:
        budget.member()
        if one.is_directory or one.is_symlink or one.is_junction or one.is_socket:
            continue
        if one.emptystream or one.folder is None:
            yield Entry(one.filename, io.BytesIO)
            continue
        stream = streams.get(id(one.folder))
        if stream is None:
            streams.clear()             # files stand in the order of their folders: those before are done with
            stream = streams[id(one.folder)] = _Folder(one.folder, file, *places[id(one.folder)])
        stream.expect(one.uncompressed)
        yield Entry(one.filename, unread, stream.refused) if stream.refused else Entry(one.filename, _Opener(stream, one, budget))


def _opened(file: IO[bytes], budget: Budget) -> py7zr.SevenZipFile:
    try:
        import py7zr
        from py7zr import archiveinfo
    except ImportError as error:
        raise UnsupportedError("reading .7z archives needs a library that is not installed",
                               way_out='Run pip install "jihua[archives]", or unpack it and give the files in it') from error
    archiveinfo.MAX_HEADER_SIZE = _HEADER
    archiveinfo.MAX_NUMFILES = budget.limits.max_members + 1
    try:
        return py7zr.SevenZipFile(file, "r")
    except py7zr.PasswordRequired as error:
        raise EncryptedError("asks for a password", way_out=UNLOCK) from error
    except py7zr.UnsupportedCompressionMethodError as error:
        raise UnsupportedError("packed by a method that is not read here", way_out=UNPACK) from error


@contextmanager
def _told() -> Iterator[None]:
    """What the library raises at broken archives, a good deal of it by accident, as Broken."""
    try:
        yield
    except (JihuaError, MemoryError, OSError, Broken):
        raise
    except Exception as error:
        raise Broken(f"{type(error).__name__} {error}") from error


class _Folder:
    """Files that are packed as one stream: unpacked in order, those that nobody asks for on the way to the next."""

    def __init__(self, folder: Any, file: IO[bytes], place: int, packed: int) -> None:
        self._folder, self._file = folder, file
        self._left = 0                  # bytes still to come of files before the one that was named last, or of that which is read
        self._next = 0                  # bytes of the one that was named last
        self._unpacker: Any = None
        self._position, self._packed = place, packed
        self.broken: Exception | None = None
        self.refused = self._refused()

    def _refused(self) -> JihuaError | None:
        """Why no file of it can be unpacked, or None."""
        methods = [bytes(coder["method"]) for coder in self._folder.coders]
        if _AES in methods:
            return EncryptedError("asks for a password", way_out=UNLOCK)
        odd = [_NAMES[method] for method in methods if method in _REFUSED]
        if odd or any(c["numinstreams"] != 1 or c["numoutstreams"] != 1 for c in self._folder.coders):
            return UnsupportedError(f"packed by a method that is not read here ({odd[0] if odd else 'several streams'})", way_out=UNPACK)
        if any(_memory(bytes(c["method"]), c.get("properties") or b"") > _MEMORY for c in self._folder.coders):
            return TooLargeError(f"unpacking takes more than {_MEMORY:,} bytes of memory", way_out=UNPACK)
        try:
            self._folder.get_decompressor(self._packed)
        except Exception:
            return UnsupportedError(f"packed by a method that is not read here "
                                    f"({', '.join(_NAMES.get(m, m.hex()) for m in methods)})", way_out=UNPACK)
        return None

    def expect(self, size: int) -> None:
        """Name the file that comes next in the stream."""
        self._left, self._next = self._left + self._next, size

    def begin(self, budget: Budget) -> None:
        """Go to the first byte of the file that was named last."""
        if self._unpacker is None:
            self._unpacker = self._folder.get_decompressor(self._packed)
            methods = {bytes(coder["method"]) for coder in self._folder.coders}
            self._unpacker.block_size = _BLOCK_UNBOUNDED if methods & {*_UNBOUNDED} else _BLOCK
        while self._left:
            budget.spend(len(self.piece(min(self._left, _PIECE))))
        self._left, self._next = self._next, 0

    def piece(self, most: int) -> bytes:
        """The next bytes of the stream, up to `most`. Broken where none come."""
        if self.broken is not None:
            raise Broken(str(self.broken))
        most = min(most, self._left)
        try:
            with _told():
                data = b""
                while not data and most:
                    self._file.seek(self._position)
                    data = bytes(self._unpacker.decompress(self._file, most))
                    if not data and self._file.tell() == self._position:
                        raise Broken("the packed bytes end too early")
                    self._position = self._file.tell()
        except (Broken, OSError) as error:
            self.broken = error
            raise
        self._left -= len(data)
        return data


def _places(archive: Any) -> dict[int, tuple[int, int]]:
    """Where the packed bytes of each folder begin, and how many they are, by the folder's identity."""
    streams = archive.header.main_streams
    if streams is None:
        return {}
    positions, number, found = streams.packinfo.packpositions, 0, {}
    for folder in streams.unpackinfo.folders:
        count = len(folder.packed_indices) or 1
        found[id(folder)] = (archive.afterheader + streams.packinfo.packpos + positions[number],
                             positions[number + count] - positions[number])
        number += count
    return found


def _memory(method: bytes, properties: bytes) -> int:
    """Bytes of dictionary that a method's properties ask for."""
    if _NAMES.get(method) == "LZMA" and len(properties) >= 5:
        return int.from_bytes(properties[1:5], "little")
    if _NAMES.get(method) == "LZMA2" and properties:
        return (2 | properties[0] & 1) << (properties[0] // 2 + 11)
    return 0


class _Opener:
    """Opens one file of a folder, within the limits by what its listing says."""

    def __init__(self, stream: _Folder, one: Any, budget: Budget) -> None:
        self._stream, self._one, self._budget = stream, one, budget

    def __call__(self) -> IO[bytes]:
        self._budget.ask(self._one.uncompressed)
        self._stream.begin(self._budget)
        return Counted(_File(self._stream, self._one.uncompressed, self._one.crc32), self._budget)   # type: ignore[return-value, arg-type]


class _File(io.RawIOBase):
    """The bytes of one file; Broken at its end where the checksum does not fit."""

    def __init__(self, stream: _Folder, size: int, crc: int | None) -> None:
        super().__init__()
        self._stream, self._size, self._crc, self._sum = stream, size, crc, 0

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        data = self._stream.piece(min(self._size, _PIECE if size < 0 else size)) if self._size else b""
        self._size -= len(data)
        self._sum = zlib.crc32(data, self._sum)
        if not self._size and self._crc is not None and self._sum != self._crc:
            raise Broken("the checksum does not fit")
        return data
