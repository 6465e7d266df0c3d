"""The process that opens what a run is given, before any of it is converted: hashes, and files out of archives."""
from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from io import BufferedReader, FileIO
from pathlib import Path
from time import monotonic
from typing import IO, Any

from ..pipeline import Limits, Member, is_archive, may_go_on, members, places_of
from ..schema import DamagedError, JihuaError, OutputError, UnsupportedError
from .outcome import result_of
from .work import detail, fault
from .write import unwritable

_MEMBERS, _BYTES, _SECONDS = 64, 8_000_000, 0.5
"""An archive's files are told in portions of at most so many, of so many bytes, or of so long a time."""


class Scout:
    """What a run hands to the process of the role `scout`: `look` at files, `expand` an archive, and `more` of it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._limits = Limits(**settings["limits"])
        self._spool = Path(settings["work"])
        self._open: Iterator[dict[str, Any]] = iter(())
        tempfile.tempdir = settings["work"]

    def answer(self, message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """One answer for each file to look at, or one portion of an archive."""
        if message["do"] == "look":
            yield from (self._looked(item) for item in message["items"])
            return
        try:
            if message["do"] == "expand":
                self._open = self._portions(message)
            yield next(self._open)
        except OutputError as error:
            yield {"stop": {**detail(error), "source": error.source}}

    def _looked(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """Size, time and hash of a file, and whether it is an archive; a file that is too large to convert has no hash."""
        path = Path(item["path"])
        try:
            with _opened(path) as file:
                facts = os.fstat(file.fileno())
                archive = is_archive(path)
                small = facts.st_size <= self._limits.max_bytes
                return {"n": item["n"], "bytes": facts.st_size, "mtime_ns": facts.st_mtime_ns, "archive": archive,
                        "sha256": hashlib.file_digest(file, "sha256").hexdigest() if small or archive else None}
        except JihuaError as error:
            return {"n": item["n"], "outcome": result_of(error.code), "detail": detail(error)}
        except OSError as error:
            return {"n": item["n"], "outcome": "error", "detail": detail(unreadable(error))}

    def _portions(self, message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The files of an archive, in portions; those before `after` have been told before."""
        path, number = Path(message["path"]), 0
        every = _told(members(path, uri=message["uri"], limits=self._limits), message["uri"])
        places = self._places(path, message["name"])
        for _ in range(message["after"]):
            number += next(every, None) is not None
        end = False
        while not end:
            spool = self._spool / f"{message['name']}-{number}.spool"
            portion = self._portion(every, spool, number)
            end = not portion
            yield {"members": portion, "spool": str(spool), "places": places, "end": end, **(_stamp(path) if end else {})}
            number += len(portion)

    def _places(self, path: Path, name: str) -> str:
        """A file that tells those who convert a web archive's pages where the others are; `""` where they find them alone."""
        places = places_of(path, self._limits)
        if places is None:
            return ""
        file = self._spool / f"{name}.places"
        try:
            draft = file.with_suffix(".draft")
            draft.write_text(json.dumps(places), encoding="utf-8")
            os.replace(draft, file)         # a scout before this one may have handed it out
        except OSError as error:
            raise unwritable(file, error) from error
        return str(file)

    def _portion(self, every: Iterator[Member], spool: Path, number: int) -> list[dict[str, Any]]:
        began, size = monotonic(), 0
        told: list[dict[str, Any]] = []
        try:
            with spool.open("wb") as file:
                while len(told) < _MEMBERS and size < _BYTES and monotonic() - began < _SECONDS:
                    member = next(every, None)
                    if member is None:
                        break
                    told.append({"member": number + len(told) + 1, **_spooled(member, file)})
                    size = file.tell()
            if all("offset" not in each for each in told):
                spool.unlink()              # nobody will look for it; an empty file among them would be looked for
        except OSError as error:
            raise unwritable(spool, error) from error
        return told


def _told(every: Iterator[Member], uri: str) -> Iterator[Member]:
    """The members, and what stops them as one more, under the archive's own uri."""
    try:
        yield from every
    except OSError as error:
        yield Member(uri, error=unreadable(error))
    except MemoryError:             # ends the process, and the run tries once more
        raise
    except Exception as error:
        yield Member(uri, error=fault(error))


def _stamp(path: Path) -> dict[str, int]:
    """Size and time of an archive that has been told to its end; zeros where it is gone."""
    try:
        facts = path.stat()
    except OSError:
        return {"bytes": 0, "mtime_ns": 0}
    return {"bytes": facts.st_size, "mtime_ns": facts.st_mtime_ns}


def _spooled(member: Member, file: IO[bytes]) -> dict[str, Any]:
    """Put a member into the spool; where it lies there, or why it does not."""
    if member.error is not None:
        return {"uri": member.uri, "outcome": result_of(member.error.code), "detail": detail(member.error)}
    if member.left_out:
        return {"uri": member.uri, "outcome": "skipped", "detail": {"code": "litter", "message": member.reason or LITTER, "place": "", "way_out": ""}}
    place = file.tell()
    file.write(member.data)
    return {"uri": member.uri, "offset": place, "bytes": len(member.data), "sha256": hashlib.sha256(member.data).hexdigest(),
            "origin": asdict(member.origin) if member.origin else None,
            "parts": {} if member.neighbours and may_go_on(member.data, member.uri) else None}


LITTER = "left out: a hidden, lock or data file"


def _opened(path: Path) -> BufferedReader:
    """The file for reading, without waiting for whoever might write into a pipe; UnsupportedError for what is no file."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise special()
    return BufferedReader(FileIO(handle))


def special() -> UnsupportedError:
    """The error of what has a name and no content."""
    return UnsupportedError("a pipe, socket or device, no file", way_out="Leave it out")


def unreadable(error: OSError) -> JihuaError:
    """The error of a file that the system does not let us read."""
    return DamagedError(f"cannot be read: {error.strerror}", way_out="Check that the file exists and that you may read it")
