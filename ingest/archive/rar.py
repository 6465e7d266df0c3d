"""Archives of RAR: listed and, where stored, read by rarfile; what is packed by one run of a program that knows the method
(unrar, unar, 7z, bsdtar), whose output is the files one after another. The only module that knows rarfile."""
from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from ...schema import EncryptedError, JihuaError, UnsupportedError
from ..text.charset import decode
from .entry import UNLOCK, Broken, Entry, as_broken, unread
from .limits import Budget, Counted

if TYPE_CHECKING:
    import rarfile  # type: ignore[import-untyped]

PROGRAMS: tuple[tuple[str, ...], ...] = (      # the first that is installed unpacks; `-p-` and `-p ""`: never ask for a password
    ("unrar", "p", "-inul", "-p-", "--"),
    ("unar", "-q", "-p", "", "-o", "-", "--"),
    ("7zz", "e", "-so", "-bb0", "-p", "--"),
    ("7z", "e", "-so", "-bb0", "-p", "--"),
    ("bsdtar", "-x", "--to-stdout", "-f"),
)
_SECONDS = 300.0        # that a program may let us wait for one archive, whatever is done with its files meanwhile
_PIECE = 1 << 18
_STORED = 0x30          # RAR_M0


def entries_rar(file: IO[bytes], name: str, budget: Budget, path: Path | None = None) -> Iterator[Entry]:
    """The files of a .rar in their order; of one in several volumes where `path` is the first and the others lie beside it.
    Raises EncryptedError where the list itself is encrypted, UnsupportedError without the library, Broken, TooLargeError."""
    with as_broken():
        archive = _opened(file, path, budget)
        listed = [one for one in archive.infolist() if one.is_file()]
    if archive.needs_password() and not listed:
        raise EncryptedError("asks for a password", way_out=UNLOCK)
    if (archive.strerror() or "").startswith("Cannot open next volume"):
        missing = Path(archive.strerror().partition(": ")[2]).name
        raise UnsupportedError(f"the volume {missing} is missing" if path else "one volume of an archive in several",
                               way_out="Put all volumes in one folder")
    if path:
        budget.packed = sum(os.path.getsize(one) for one in archive.volumelist())
    names = _names(listed)
    with _Unpacked(archive, file, path, listed, budget) as unpacked:
        for number, one in enumerate(listed):
            budget.member()
            error = _locked(one) or _unpackable(one)
            yield Entry(names[number], unread, error) if error else Entry(names[number], _Opener(unpacked, number, one, budget))


def _opened(file: IO[bytes], path: Path | None, budget: Budget) -> rarfile.RarFile:
    counted = Budget(budget.limits, budget.packed)      # a list is kept whole: its length is known before it is read to its end
    try:
        import rarfile
    except ImportError as error:
        raise UnsupportedError("reading .rar archives needs a library that is not installed",
                               way_out='Run pip install "jihua[archives]", or unpack it and give the files in it') from error
    try:
        return rarfile.RarFile(os.fspath(path) if path else cast(Any, file), charset="latin-1",
                               info_callback=lambda _: counted.member())
    except rarfile.NeedFirstVolume as error:
        raise UnsupportedError("a later volume of an archive in several", way_out="Put all volumes in one folder") from error


def _locked(one: rarfile.RarInfo) -> JihuaError | None:
    return EncryptedError("asks for a password", way_out=UNLOCK) if one.needs_password() else None


def _unpackable(one: rarfile.RarInfo) -> JihuaError | None:
    if one.compress_type == _STORED or not one.file_size or _program():
        return None
    return UnsupportedError("packed, and no program that unpacks .rar is installed",
                            way_out="Install unar (`apt-get install unar`, `brew install unar`), unrar or 7-Zip, or unpack it")


def _program() -> tuple[str, ...] | None:
    return next((one for one in PROGRAMS if shutil.which(one[0])), None)


def _names(listed: list[rarfile.RarInfo]) -> list[str]:
    """Names as they were given; those of RAR 4 that are bytes of some charset by the evidence of all of them together."""
    raw = [_raw(one) for one in listed]
    found = decode(b"\n".join(one for one in raw if one is not None)).charset
    charset = found if found in ("utf-8", "cp950", "big5hkscs") else "gb18030"
    return [(one.filename if bytes_ is None else bytes_.decode(charset, "replace")).replace("\\", "/")
            for one, bytes_ in zip(listed, raw, strict=True)]


def _raw(one: Any) -> bytes | None:
    """The bytes of a RAR 4 name that has no Unicode form."""
    name = getattr(one, "orig_filename", None)
    return name if isinstance(name, bytes) and b"\0" not in name and not name.isascii() and not one.flags & 0x200 else None


class _Opener:
    """Opens one file, within the limits by what its listing says."""

    def __init__(self, unpacked: _Unpacked, number: int, one: rarfile.RarInfo, budget: Budget) -> None:
        self._unpacked, self._number, self._one, self._budget = unpacked, number, one, budget

    def __call__(self) -> IO[bytes]:
        self._budget.ask(self._one.file_size or 0)
        stored = self._one.compress_type == _STORED
        stream = _Stored(self._unpacked.archive, self._one) if stored else self._unpacked.member(self._number)
        return Counted(cast(IO[bytes], stream), self._budget)      # type: ignore[return-value]


class _Stored(io.RawIOBase):
    """A file that is not packed."""

    def __init__(self, archive: rarfile.RarFile, one: rarfile.RarInfo) -> None:
        super().__init__()
        with as_broken():
            self._stream = archive.open(one)

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        with as_broken():
            return bytes(self._stream.read(_PIECE if size < 0 else size))


class _Unpacked:
    """All files of the archive as a program writes them, one after another: read in order, those not asked for passed over.
    It starts with the first file that is asked for, and ends with this."""

    def __init__(self, archive: rarfile.RarFile, file: IO[bytes], path: Path | None, listed: list[rarfile.RarInfo],
                 budget: Budget) -> None:
        self.archive, self._file, self._path, self._budget = archive, file, path, budget
        self._sizes = [0 if _locked(one) else one.file_size or 0 for one in listed]
        self._crcs = [one.CRC for one in listed]
        self._at = self._left = 0       # the file that is being read, and bytes of it to come
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._seconds = _SECONDS        # that are left of them

    def __enter__(self) -> _Unpacked:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.kill()
            if self._process.stdout:
                self._process.stdout.close()
            self._process.wait()
        if self._folder:
            self._folder.cleanup()

    def member(self, number: int) -> IO[bytes]:
        """The stream of a file that no earlier call has gone past."""
        if self._process is None:
            self._start()
            self._left = self._sizes[0]
        while self._at < number:
            while self._left:
                self._budget.spend(len(self.piece(_PIECE)))
            self._at += 1
            self._left = self._sizes[self._at]
        return cast(IO[bytes], _Piped(self, self._crcs[number]))

    def piece(self, most: int) -> bytes:
        """The next bytes of the file that is being read; `b""` at its end."""
        if not self._left:
            return b""
        data = self._awaited(min(most, self._left))
        self._left -= len(data)
        if not data:
            raise Broken("the program that unpacks it stopped too early")
        return data

    def _awaited(self, most: int) -> bytes:
        """The program's next bytes; it is ended where they do not come in time."""
        if self._process is None or self._process.stdout is None:
            return b""
        began, timer = time.monotonic(), threading.Timer(max(0, self._seconds), self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            return self._process.stdout.read(most)
        finally:
            timer.cancel()
            self._seconds -= time.monotonic() - began

    @property
    def left(self) -> int:
        """Bytes of the file that are still to come."""
        return self._left

    def _start(self) -> None:
        self._process = subprocess.Popen([*(_program() or ()), self._place()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, cwd=self._home())

    def _home(self) -> str:
        """A folder of its own for the program, which is not to write anything."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="jihua-")
        return self._folder.name

    def _place(self) -> str:
        """The archive as a file on the disk."""
        if self._path:
            return os.path.abspath(self._path)
        copy = os.path.join(self._home(), "a.rar")
        self._file.seek(0)
        with open(copy, "wb") as out:
            shutil.copyfileobj(self._file, out, _PIECE)
        return copy


class _Piped(io.RawIOBase):
    """One file out of the program's output; Broken at its end where the checksum does not fit."""

    def __init__(self, unpacked: _Unpacked, crc: int | None) -> None:
        super().__init__()
        self._unpacked, self._crc, self._sum = unpacked, crc, 0

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        data = self._unpacked.piece(_PIECE if size < 0 else size)
        self._sum = zlib.crc32(data, self._sum)
        if data and not self._unpacked.left and self._crc is not None and self._sum != self._crc:
            raise Broken("the checksum does not fit")
        return data
