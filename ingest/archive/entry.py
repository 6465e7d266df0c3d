"""What every kind of container gives: entries, one after another, and how it says that it is broken."""
from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from typing import IO

from ...schema import JihuaError, Origin

UNPACK = "Unpack it and give the files in it"
UNLOCK = "Unpack it with its password and give the files in it"


class Broken(Exception):
    """A container that is not whole, as the library of its kind put it."""


BROKEN = (Broken, zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, OSError, ValueError,
          struct.error, RuntimeError, NotImplementedError, IndexError, KeyError)
"""What is raised at containers that are not whole, all of it seen on mutated ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: its path there, and how to open it; the path is None for a container that is a document
    itself, as a mail is. `error` is why it cannot be opened, `reason` why it is left out, `origin` what the container says
    of it."""

    name: str | None
    open: Callable[[], IO[bytes]]
    error: JihuaError | None = None
    origin: Origin | None = None
    reason: str = ""


def unread() -> IO[bytes]:
    """In the place of the opener of an entry that nobody is to open."""
    raise Broken("not to be opened")


@contextmanager
def as_broken() -> Iterator[None]:
    """What a library raises at broken archives as Broken."""
    try:
        yield
    except (JihuaError, MemoryError, Broken):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":   # what Rust raises where it gives up
            raise
        raise Broken(f"{type(error).__name__} {error}") from error
