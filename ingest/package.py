"""The parts of an office file out of its zip, checked for bombs before anything is unpacked (ECMA-376 Part 2, OPC; OFD
and OpenDocument are zips of parts likewise)."""
from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from ..schema import DamagedError, EncryptedError, TooLargeError, UnsupportedError

TOTAL_MAX = 512 * 1024 * 1024       # bytes unpacked, all members
XML_MAX = 128 * 1024 * 1024         # bytes unpacked of XML: a tree in memory takes several times as much
RATIO_MAX = 200                     # unpacked to packed, for members above RATIO_FROM; real XML parts stay below 60
RATIO_FROM = 10 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Files saved as "Strict Open XML" name the same elements under other addresses (ISO/IEC 29500-1, Annex on Strict).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
)


class Package:
    """Members by name, read when asked for; `program` is what to save the file again with. Raises EncryptedError,
    TooLargeError, DamagedError."""

    def __init__(self, data: bytes, program: str = "Word") -> None:
        _refuse_other(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise DamagedError(f"not a whole zip file: {error}",
                               way_out="Fetch the file again; it may be truncated") from error
        _check(members, program)
        self._members = {_clean(member.filename): member for member in members}

    def names(self) -> list[str]:
        """The members' names, in lower case."""
        return list(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; None where it is missing or cannot be unpacked."""
        member = self._members.get(_clean(name))
        if member is None:
            return None
        try:
            blob = self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            return None
        if b"http://purl.oclc.org/ooxml/" in blob[:8192]:
            for strict, usual in _STRICT:
                blob = blob.replace(strict, usual)
        return blob


def resolve(base: str, target: str) -> str:
    """The member that a relationship of the part `base` means."""
    path = target.replace("\\", "/")
    whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    return posixpath.normpath(whole)


def _clean(name: str) -> str:
    """Member names are equal whatever their case; some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_other(data: bytes) -> None:
    if not data.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedError("the document asks for a password", way_out="Save it without a password")
    raise UnsupportedError("an older Word file under this name", way_out="Read it as .doc, or save it as .docx")


def _check(members: list[zipfile.ZipInfo], program: str) -> None:
    way_out = f"Save the document again in {program} without embedded files, or split it"
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedError("the zip file asks for a password", way_out="Save it without a password")
    total = sum(member.file_size for member in members)
    if total > TOTAL_MAX:
        raise TooLargeError(f"{total} bytes unpacked, over the limit of {TOTAL_MAX}", way_out=way_out)
    xml = sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".rels")))
    if xml > XML_MAX:
        raise TooLargeError(f"{xml} bytes of XML, over the limit of {XML_MAX}", way_out=way_out)
    for member in members:
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedError(f"packed in a way that {program} does not know", place=member.filename, way_out=way_out)
        if member.file_size > RATIO_FROM and member.file_size > RATIO_MAX * max(1, member.compress_size):
            raise TooLargeError(f"unpacks to more than {RATIO_MAX} times its size, over the limit for members above "
                                f"{RATIO_FROM} bytes", place=member.filename, way_out=way_out)
