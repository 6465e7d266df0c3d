"""What a zip or an OLE file holds: office documents are packages of parts, told apart by the parts' names."""
from __future__ import annotations

import io
import zipfile
import zlib
from lzma import LZMAError

from ..schema import DamagedError, EncryptedError
from .formats import DOCX, PPTX, XLSX

_AGAIN = "Fetch or save it again: the file is not whole"
_UNLOCK = "Open it with its password and save it without one"
_PARTS: tuple[tuple[str, str], ...] = (   # a part's name, or the beginning of one, and the format that has it
    ("word/document.xml", DOCX),
    ("OFD.xml", "application/ofd"),
    ("Encryptions.xml", "application/ofd"),     # GM/T 0099: its OFD.xml may be among what is encrypted
    ("xl/workbook", XLSX),
    ("ppt/presentation.xml", PPTX),
)
_MAIN_PARTS: tuple[tuple[bytes, str], ...] = (   # content types: the main part may bear any name
    (b"wordprocessingml.document.main", DOCX), (b"wordprocessingml.template.main", DOCX),
    (b"ms-word.document.macroEnabled.main", DOCX), (b"spreadsheetml.sheet.main", XLSX),
    (b"presentationml.presentation.main", PPTX),
)
_STREAMS: tuple[tuple[str, str], ...] = (   # OLE streams; the first that is there decides
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("MatOST", "application/vnd.ms-works"),
    ("CONTENTS", "application/vnd.ms-works"),
)


def zip_type(data: bytes) -> str:
    """The media type of a zip by its parts; `application/zip` for a plain archive. DamagedError when it is cut off,
    EncryptedError when an office package asks for a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = package_type(package)
            if found != "application/zip" and any(i.flag_bits & 1 for i in package.infolist()):
                raise EncryptedError("the document asks for a password", way_out=_UNLOCK)
            return found
    except (zipfile.BadZipFile, zlib.error, LZMAError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        what = "Word document" if b"word/" in data else "zip package"
        raise DamagedError(f"the {what} is cut off or broken: {error}", way_out=_AGAIN) from error


def package_type(package: zipfile.ZipFile) -> str:
    """The media type of an open zip by its parts' names; `application/zip` for a plain archive."""
    names = package.namelist()
    for part, media_type in _PARTS:
        if any(n.replace("\\", "/").lstrip("/").startswith(part) for n in names):
            return media_type
    if "mimetype" in names:
        with package.open("mimetype") as part_file:
            return part_file.read(100).decode("ascii", "replace").strip() or "application/zip"
    if "[Content_Types].xml" in names:
        with package.open("[Content_Types].xml") as part_file:
            types = part_file.read(1 << 20)
        return next((media_type for mark, media_type in _MAIN_PARTS if mark in types), "application/zip")
    return "application/zip"


def ole_type(data: bytes) -> str:
    """The media type of an OLE compound file by its streams. EncryptedError for an encrypted office package."""
    for stream, media_type in _STREAMS:
        if _has_stream(data, stream):
            if media_type == "encrypted":
                raise EncryptedError("the document asks for a password", way_out=_UNLOCK)
            return media_type
    return "application/x-ole-storage"


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a directory entry bears the name: entries are 128 bytes long and stand at multiples of it, the name in
    UTF-16 and, at 64, its length in bytes ([MS-CFB] 2.6)."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted)
    while at != -1:
        if at % 128 == 0 and int.from_bytes(data[at + 64:at + 66], "little") == len(wanted):
            return True
        at = data.find(wanted, at + 2)
    return False
