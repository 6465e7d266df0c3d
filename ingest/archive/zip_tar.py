"""The files that one archive holds, one after another, for zip, tar and single compressed files.

Names that a zip does not mark as UTF-8 are in the charset of whoever packed it; Python reads them as cp437, which gives
the bytes back, and the bytes of all names together tell the charset."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from ...schema import EncryptedError, JihuaError, TooLargeError, UnsupportedError
from ..sniff_package import package_type
from ..text.charset import decode
from .entry import BROKEN, UNLOCK, UNPACK, Entry
from .limits import Budget, Counted, Limits

_HEAD = 512
_UTF8_NAME, _LOCKED = 0x800, 1       # flag bits of a zip's member (APPNOTE 4.4.4)
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 95: "XZ", 97: "WavPack", 98: "PPMd", 99: "AES"}   # 4.4.5
_PACKED: dict[bytes, tuple[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    b"\x1f\x8b": ("gz", lambda file: cast(IO[bytes], gzip.GzipFile(fileobj=file, mode="rb"))),
    b"BZh": ("bz2", lambda file: cast(IO[bytes], bz2.BZ2File(file))),
    b"\xfd7zXZ\x00": ("xz", lambda file: cast(IO[bytes], lzma.LZMAFile(file))),
}
_HEADERS = {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
_HEADER_MAX = 1_000_000


def archive_kind(file: IO[bytes]) -> str:
    """`zip`, `tar`, `gz`, `bz2` or `xz` for an archive that is read here; `""` for documents and for anything broken."""
    file.seek(0)
    head = file.read(_HEAD)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip" if _is_plain_zip(file) else ""
    for magic, (kind, _) in _PACKED.items():
        if head.startswith(magic):
            return kind
    return "tar" if head[257:262] == b"ustar" else ""


def _is_plain_zip(file: IO[bytes]) -> bool:
    if _listing_size(file) > 64_000_000:     # no office package lists a million parts; entries() refuses it by its limit
        return True
    try:
        with zipfile.ZipFile(file) as package:
            return package_type(package) == "application/zip"
    except BROKEN:
        return False


def _listing_size(file: IO[bytes]) -> int:
    """Bytes of the list of members at a zip's end, as the end record tells them (APPNOTE 4.3.16)."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return 0
    told = int.from_bytes(tail[at + 12:at + 16], "little")
    big = tail.rfind(b"PK\x06\x06", 0, at)
    return int.from_bytes(tail[big + 40:big + 48], "little") if told == 0xFFFFFFFF and big >= 0 else told


def entries_zip(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The files of a zip. Raises what BROKEN lists, and TooLargeError."""
    budget.listing(_listing_size(file))
    with zipfile.ZipFile(file) as package:
        for name, member in _listed(package, budget):
            yield Entry(name, _opener(package, member, budget), _zip_error(member))


def reader_zip(path: Path, limits: Limits) -> Callable[[str], bytes | None]:
    """Reads the files of a zip by their paths; of several of one path the first, None where there is none, or none that can be
    read. Raises what BROKEN lists, and TooLargeError."""
    budget, found = Budget(limits, path.stat().st_size), dict[str, zipfile.ZipInfo]()
    with path.open("rb") as file:
        budget.listing(_listing_size(file))
    package = zipfile.ZipFile(path)         # closes with the reader
    for name, member in _listed(package, budget):
        found.setdefault(name, member)

    def read(name: str) -> bytes | None:
        member = found.get(name)
        if member is None or _zip_error(member):
            return None
        try:
            with package.open(member) as stream:
                data = stream.read(limits.max_bytes + 1)
        except BROKEN:
            return None
        return data if len(data) <= limits.max_bytes else None

    return read


def _listed(package: zipfile.ZipFile, budget: Budget) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files that a zip lists, folders left out, by their names in the charset of whoever packed it."""
    members = [member for member in package.infolist() if not member.filename.endswith("/")]
    charset = _names_charset([_raw(m) for m in members if not m.flag_bits & _UTF8_NAME])
    for member in members:
        budget.member()
        name = _zip_name(member, charset)
        if not name.endswith("/"):        # a folder whose name ends in a backslash
            yield name, member


def _opener(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Callable[[], IO[bytes]]:
    return lambda: cast(IO[bytes], Counted(package.open(member), budget))


def _zip_error(member: zipfile.ZipInfo) -> JihuaError | None:
    if member.flag_bits & _LOCKED:
        return EncryptedError("asks for a password", way_out=UNLOCK)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        method = _METHODS.get(member.compress_type, str(member.compress_type))
        return UnsupportedError(f"packed by a method that is not read here ({method})", way_out=UNPACK)
    return None


def _raw(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("cp437", "replace")


def _zip_name(member: zipfile.ZipInfo, charset: str) -> str:
    name = member.orig_filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            name = _raw(member).decode(charset)
        except UnicodeDecodeError:
            pass                              # cp437 has a character for every byte
    return name.replace("\\", "/")


def _names_charset(names: list[bytes]) -> str:
    """The charset of an archive's names: UTF-8 where all are that, Big5 where their characters speak for it, else
    GB 18030."""
    found = decode(b"\n".join(names)).charset
    return found if found in ("utf-8", "cp950", "big5hkscs") else "gb18030"


class _Header(tarfile.TarInfo):
    """A tar header; those that only lengthen a name are read into memory, so that a long one is refused."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _HEADERS and header.size > _HEADER_MAX:
            raise TooLargeError(f"a header of more than {_HEADER_MAX:,} bytes", way_out=UNPACK)
        return header


def entries_tar(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The files of a tar. Raises what BROKEN lists, and TooLargeError."""
    stream = Counted(file, budget)
    with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|", encoding="utf-8", errors="surrogateescape",
                      tarinfo=_Header) as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()           # type: ignore[attr-defined]  # it would keep them all
            budget.member()
            if member.isreg():
                yield Entry(_tar_name(member.name), _tar_opener(archive, member), _tar_error(member))


def _tar_opener(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.extractfile(member) or io.BytesIO()


def _tar_error(member: tarfile.TarInfo) -> JihuaError | None:
    return UnsupportedError("a sparse file, which is no document", way_out=UNPACK) if member.issparse() else None


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset).removeprefix("./")
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def entries_packed(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """A compressed tar's or WARC's files, or the one file that is compressed, under its name without the ending. Raises what
    BROKEN lists, and TooLargeError."""
    kind = archive_kind(file)
    unpack = next(function for known, function in _PACKED.values() if known == kind)
    file.seek(0)
    with unpack(file) as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        if head.startswith(b"WARC/"):
            from .warc import entries_warc
            yield from entries_warc(stream, name, budget, packed=True)
            return
        if head[257:262] == b"ustar":
            yield from entries_tar(stream, name, budget)
            return
        budget.member()
        last = name.rpartition("/")[2]
        stem = last[:-len(kind) - 1] if last.lower().endswith(f".{kind}") else last
        yield Entry(stem or "document", lambda: cast(IO[bytes], Counted(stream, budget)))
