"""Write a file whole or not at all."""
from __future__ import annotations

import errno
import os
import platform
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from ..schema import JihuaError, OutputError

_OF_THE_NAME = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL, errno.ENOTEMPTY}
"""What is wrong with one place only; anything else would befall the next file as well."""
_MACHINE = f"{crc32(platform.node().encode()):08x}"
"""So that two machines that share a folder never take one name: in containers processes have the same numbers."""


SYNCS = hasattr(os, "sync")
"""Whether the system can be asked to bring everything to the disk at once: then a run does so once, before it says that it
is done, as an fsync a document costs 6 ms; until then whatever is not there or torn is found by its hash and made again."""


def write(path: Path, data: bytes | Iterable[bytes], *, drafts: Path | None = None, lasting: bool = False) -> None:
    """Put `data`, whole or in pieces as they come, at `path`, making its folders: under another name first, then renamed,
    so that no reader ever sees half a file.

    The other name is in the folder `drafts`, on the same file system, or beside. With `lasting` the bytes are on the disk
    before the name is. Raises OutputError where nothing can be written, JihuaError where only this place cannot be."""
    own = f"{crc32(os.fsencode(path)):08x}"         # pieces may come from what writes other files meanwhile
    draft = (drafts or path.parent) / f".jihua-{_MACHINE}-{os.getpid()}-{own}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
                if lasting:
                    file.flush()
                    os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> JihuaError:
    """The error of a place that cannot be written: OutputError where the next one could not be either."""
    kind = JihuaError if error.errno in _OF_THE_NAME else OutputError
    return kind(f"cannot be written: {error.strerror}", source=str(path), way_out="Choose another folder with --out, or make room")
