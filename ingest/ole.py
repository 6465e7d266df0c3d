"""Compound files of OLE ([MS-CFB]): the streams in old files of Office and in messages of Outlook. The only module that uses
olefile, which comes with the extra `office`."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from ..schema import JihuaError, TooLargeError, UnsupportedError
from .archive.entry import Broken

_STREAM = 2             # STGTY_STREAM
_MOST = 64_000_000      # bytes of one stream
_PARTS = 100_000        # streams and storages of a file


class Compound:
    """An open compound file: what stands below each storage by its name, and the bytes of streams."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        self.below: dict[tuple[str, ...], dict[str, list[str]]] = {}
        listed = opened.listdir(storages=True)
        if len(listed) > _PARTS:
            raise TooLargeError(f"holds more than {_PARTS:,} files", way_out="Save what is in it as files")
        for path in listed:
            self.below.setdefault(tuple(path[:-1]), {})[path[-1]] = path

    def read(self, *path: str) -> bytes:
        """The bytes of a stream; `b""` where there is none. TooLargeError for more than a document has."""
        if not self._opened.exists(list(path)) or self._opened.get_type(list(path)) != _STREAM:
            return b""
        if self._opened.get_size(list(path)) > _MOST:
            raise TooLargeError(f"larger than {_MOST:,} bytes", way_out="Save what is in it as files")
        return bytes(self._opened.openstream(list(path)).read())


@contextmanager
def compound(data: bytes, what: str) -> Iterator[Compound]:
    """The compound file in `data`; `what` names its format where the library is not installed. Raises Broken for whatever is
    not whole, UnsupportedError without the library, TooLargeError."""
    try:
        import olefile  # type: ignore[import-untyped]
    except ImportError as error:
        raise UnsupportedError(f"reading .{what} files needs a library that is not installed",
                               way_out='Run pip install "jihua[office]", or save it as .docx with Word, WPS or LibreOffice') from error
    try:
        with olefile.OleFileIO(BytesIO(data)) as opened:
            yield Compound(opened)
    except (JihuaError, MemoryError, Broken):
        raise
    except Exception as error:          # at broken files a good deal is raised by accident
        raise Broken(f"{type(error).__name__} {error}"[:200]) from error
