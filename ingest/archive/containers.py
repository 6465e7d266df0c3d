"""Which files hold other files, and what opens each kind."""
from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from ..sniff import is_mail
from .dump import dump_kind
from .entry import Entry
from .limits import Budget
from .volumes import volume_kind
from .zip_tar import archive_kind

# Kind, module of this room, function. A module is loaded when its kind is met; what stands in a stream (`streams`) is lost
# from where it is broken, elsewhere a broken file costs itself only.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("zip", "archive.zip_tar", "entries_zip"),
    ("tar", "archive.zip_tar", "entries_tar"),
    ("gz", "archive.zip_tar", "entries_packed"),
    ("bz2", "archive.zip_tar", "entries_packed"),
    ("xz", "archive.zip_tar", "entries_packed"),
    ("7z", "archive.sevenzip", "entries_7z"),
    ("rar", "archive.rar", "entries_rar"),
    ("warc", "archive.warc", "entries_warc"),
    ("mail", "mail.parts", "entries_mail"),
    ("outlook", "mail.outlook", "entries_msg"),
    ("json", "archive.dump", "entries_json"),
    ("jsonl", "archive.dump", "entries_jsonl"),
    ("csv", "archive.dump", "entries_csv"),
    ("volumes", "archive.joined", "entries_volumes"),
)
ROWS = ("json", "jsonl", "csv")         # what stands in these is text, and looked into no further
STREAMS = ("tar", "gz", "bz2", "xz", "rar", "warc", "jsonl", "csv")
_HEAD = 8192
_MAGIC = ((b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"), (b"WARC/", "warc"))
_OLE, _MESSAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes.fromhex("0b0d020000000000c000000000000046")
_MAILS = re.compile(r"\.(?:eml|mht|mhtml|msg|txt|mail)$|/[^./]*$", re.I)


def may_hold(head: bytes, name: str) -> bool:
    """Whether a file that begins so may hold others in a number of bytes that no document has."""
    return bool(_magic(head)) or head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")) \
        or head[257:262] == b"ustar" or dump_kind(head, name) in ("jsonl", "csv")


def container_kind(file: IO[bytes], name: str, path: Path | None = None) -> str:
    """A kind of KINDS for a file that holds others, by its content and, for rows and parts, its name; `""` for documents and
    for anything broken."""
    file.seek(0)
    head = file.read(_HEAD)
    if kind := volume_kind(head, name, path):
        return kind
    return _magic(head) or archive_kind(file) or _message(file, head) or dump_kind(head, name) \
        or ("mail" if is_mail(head) else "")


def entries(file: IO[bytes], kind: str, name: str, budget: Budget, path: Path | None = None) -> Iterator[Entry]:
    """The files of a container in the order in which it holds them, folders and links left out.

    Each is to be read before the next is asked for. `path` is where the file lies, for archives in several volumes. Raises
    JihuaError, and what BROKEN lists."""
    file.seek(0)
    module, function = next(row[1:] for row in KINDS if row[0] == kind)
    opener = cast(Callable[..., Iterator[Entry]], getattr(import_module(f"..{module}", __package__), function))
    return opener(file, name, budget, path) if kind in ("rar", "volumes") else opener(file, name, budget)


def _magic(head: bytes) -> str:
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def _message(file: IO[bytes], head: bytes) -> str:
    """`outlook` for an OLE file whose root is of the class of Outlook's messages ([MS-OXMSG] 2.1.1)."""
    if not head.startswith(_OLE) or len(head) < 512:
        return ""
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    file.seek((int.from_bytes(head[48:52], "little") + 1) * sector + 80, io.SEEK_SET)
    return "outlook" if file.read(16) == _MESSAGE else ""
