"""What a source needs: nothing, because it is a duplicate or was done before, or to be converted."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from .entry import Entry, changed
from .firsts import Firsts
from .options import Options
from .outcome import QUARANTINED, WRITTEN
from .source import Source


class Register:
    """The first source of each content, in stable order, and the judgement of what the ledger says from earlier runs.

    `holds` tells whether the output of an earlier entry is still what was written."""

    def __init__(self, options: Options, fingerprint: str, run: int, holds: Callable[[Entry, str], bool]) -> None:
        self._options, self._fingerprint, self._run, self._holds = options, fingerprint, run, holds
        self._firsts = Firsts()

    def decide(self, source: Source) -> Entry | None:
        """What comes of the source without converting it; None where it must be. To be asked in stable order."""
        entry = changed(source.entry, seen=self._run, run=self._run, fingerprint=self._fingerprint)
        if source.settled:
            return entry
        key = _key(entry)
        if key is not None and not self._options.keep_duplicates:
            first = self._firsts.before(key, entry.uri)
            if first is not None:
                said = {"code": "duplicate", "message": f"the same bytes as {first}", "place": "", "way_out": ""}
                return changed(entry, outcome="skipped", duplicate_of=first, detail=said, tries=0)
        old = source.old
        if (old is not None and old.duplicate_of is None and same(entry, old)
                and (source.sound or (same_beside(source, old) and self.stands(old, source.name)))):
            return changed(old, ordinal=entry.ordinal, member=entry.member, container=entry.container,
                           bytes=entry.bytes, mtime_ns=entry.mtime_ns, origin=entry.origin, seen=self._run)
        return None

    def stands(self, old: Entry, name: str) -> bool:
        """Whether what an earlier run made of a source need not be done again, if the source is the same."""
        if old.fingerprint != self._fingerprint or (self._options.retry and old.outcome in QUARANTINED):
            return False
        return old.outcome not in WRITTEN or self._holds(old, name)

    def stand(self, olds: Iterable[tuple[Entry, str]], number: int) -> bool:
        """Whether all that came of an archive with so many files in it stands, so that it need not be opened."""
        seen: set[bytes] = set()
        count = 0
        for old, name in olds:
            count += 1
            key = _key(old)
            known = key is not None and (key in seen or key in self._firsts)
            if key is not None:
                seen.add(key)
            if known and not self._options.keep_duplicates:
                continue                # a duplicate now, whatever it was
            if old.duplicate_of is not None or not self.stands(old, name):
                return False
        return count == number


def same(new: Entry, old: Entry) -> bool:
    """Whether two entries are of the same bytes; by size and time where they are too many to be hashed. What a container says
    of them stands in the document, and must be the same as well."""
    if (new.origin or None) != (old.origin or None):
        return False
    if new.sha256 is not None or old.sha256 is not None:
        return new.sha256 == old.sha256
    return (new.bytes, new.mtime_ns) == (old.bytes, old.mtime_ns)


def same_beside(source: Source, old: Entry) -> bool:
    """Whether the files that a web page was put together from are those of then: by size and time, as for the page itself. A
    page in a container that is not the same any more is not known to have the same neighbours."""
    if old.parts is None:
        return True
    return not old.member and all(_stamp(source.path, name) == (told and tuple(told)) for name, told in old.parts.items())


def _stamp(page: str, name: str) -> tuple[int, int] | None:
    try:
        facts = os.stat(os.path.join(os.path.dirname(page), name))
    except (OSError, ValueError):
        return None
    return facts.st_size, facts.st_mtime_ns


def _key(entry: Entry) -> bytes | None:
    """What makes a duplicate: the same bytes under the same suffix, as that decides who reads them, and under the same title
    and charset, where a container tells these: pages of other addresses are duplicates all the same. Web pages on the disk
    are so in one folder only, as their further pages and frames lie beside them; those in containers, where they may have such."""
    if entry.sha256 is None:
        return None
    told = [entry.origin.get(name) or "" for name in ("title", "charset")] if entry.origin else []
    mark = sha256("\0".join(told).encode("utf-8", "replace")).digest()[:4] if any(told) else b""
    path = PurePosixPath(entry.uri)
    suffix = path.suffix.lower()[:8]
    if entry.member:
        beside = _around(entry) if entry.parts is not None else ""
    else:
        beside = f"/{path.parent}" if "htm" in suffix else ""
    return bytes.fromhex(entry.sha256[:32]) + mark + f"{suffix}{beside}".encode("utf-8", "backslashreplace")


def _around(entry: Entry) -> str:
    """Where the neighbours of a container's page are: its folder there, or the whole web archive."""
    inside = entry.uri[len(entry.container or "") + 2:]
    return f"/{entry.container}" if "://" in inside else f"/{PurePosixPath(entry.uri).parent}"
