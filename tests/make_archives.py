"""Archives for the tests, written byte by byte where the library would write them better than the programs of the time."""
from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib


def zipped(files: dict[str, bytes], charset: str = "utf-8", *, marked: bool = False, packed: bool = True) -> bytes:
    """A zip whose names are in `charset`; `marked` sets the flag that says UTF-8."""
    body, listing = b"", b""
    for name, data in files.items():
        raw, crc = name.encode(charset), zlib.crc32(data)
        blob = zlib.compress(data, 9)[2:-4] if packed else data
        fields = struct.pack("<HHHHHIIIHH", 20, 0x800 * marked, 8 * packed, 0, 33, crc, len(blob), len(data), len(raw), 0)
        listing += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + fields + raw + blob
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(listing), len(body), 0)
    return body + listing + b"PK\x05\x06" + end


def locked(data: bytes) -> bytes:
    """The same zip with every member said to ask for a password."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x00\x14\x00\x00", b"PK\x01\x02\x14\x00\x14\x00\x01")


def tarred(files: dict[str, bytes], mode: str = "w", charset: str = "utf-8") -> bytes:
    """A tar; `mode` is `w`, `w:gz`, `w:bz2` or `w:xz`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=tarfile.GNU_FORMAT, encoding=charset) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def word_like() -> bytes:
    """A zip that an office program would take for its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    return out.getvalue()
