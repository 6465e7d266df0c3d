"""The sources of a run in stable order: files as they were found, an archive's files in its place.

The run itself opens nothing: the scout, a process of its own, hashes files and unpacks archives. A file of the size and
time that the ledger has is not even opened by that."""
from __future__ import annotations

import os
import stat
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .account import Account, Container
from .entry import Entry, changed
from .find import Input
from .names import Inside, Names
from .options import Options, Shard
from .outcome import QUARANTINED, result_of
from .register import Register
from .scout import LITTER, special, unreadable
from .source import Box, Source, Spools
from .work import detail

_AHEAD = 256
"""Files that are looked at before their turn."""
_LOOKS = 32
_CAME = 64
"""Files out of an archive that wait to be taken, beyond which no more are asked for: they lie on the disk."""
COPY = 1 << 32
"""`copy` of an archive's files counts from here for each earlier archive of the same `uri`."""


@dataclass(slots=True)
class Slot:
    """A file in the queue. `known` once its size, time and hash are, `archive` if it holds others."""

    n: int
    source: Source
    known: bool = False
    archive: bool = False
    box: Container | None = None


@dataclass(slots=True)
class Opened:
    """The archive whose files are coming now: how many came, and whether the rest is asked for."""

    slot: Slot
    inside: Inside
    copies: Counter[str]
    came: int = 0
    ended: bool = False
    box: Box | None = None


class Intake:
    """`take` gives the sources; `question` is what the scout is to be asked next, `answered` takes its word.

    `expected` counts the sources that there are, by what the walk and the scout say, for the final account."""

    def __init__(self, inputs: tuple[Input, ...], options: Options, account: Account, register: Register, run: int,
                 fingerprint: str) -> None:
        self._options, self._account, self._register = options, account, register
        self._run, self._fingerprint = run, fingerprint
        self._names = Names(item.uri for item in inputs)
        self._files = enumerate(zip(_copies(inputs), inputs, self._names.first, strict=True))
        self._slots: deque[Slot] = deque()
        self._unseen: deque[Slot] = deque()        # of these, those to be looked at
        self._asked: deque[Slot] = deque()         # being looked at, in order
        self._open: Opened | None = None
        self._waiting = False                      # for a portion of the open archive
        self._came: deque[Source] = deque()        # out of the open archive
        self.spools = Spools()
        self.expected = 0
        self.total = sum(1 for item in inputs if _here(options.shard, item.uri))
        self._walked = False

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self._walked and not self._slots and self._open is None and not self._came

    def take(self) -> Iterator[Source | None]:
        """Each source as soon as it is known, and None whenever the next is not yet; ends with the last."""
        while not self.done:
            self._fill()
            while self._came:
                yield self._came.popleft()
            if self._open is not None and self._open.ended:
                self._open = None
            if self._open is not None or not self._slots or not self._slots[0].known:
                if not self.done:
                    yield None
                continue
            slot = self._slots.popleft()
            if slot.archive:
                yield from self._begin(slot)
            else:
                self.expected += 1
                yield slot.source

    def question(self) -> dict[str, Any] | None:
        """What to ask the scout, if it is not busy with the last question."""
        if self._asked or self._waiting:
            return None
        if self._open is not None and not self._open.ended:
            if len(self._came) >= _CAME:
                return None
            self._waiting = True
            return self._asking(self._open)
        if len(self._unseen) < _LOOKS and (not self._slots or self._slots[0].known):
            return None                            # not urgent: they are asked for together
        self._asked.extend(self._unseen.popleft() for _ in range(min(_LOOKS, len(self._unseen))))
        return self._looking() if self._asked else None

    def again(self) -> dict[str, Any] | None:
        """The last question to a scout that knows nothing of it; None where nothing is open."""
        if self._waiting and self._open is not None:
            return self._asking(self._open, afresh=True)
        return self._looking() if self._asked else None

    def in_hand(self) -> Source | None:
        """What the scout is busy with."""
        if self._waiting and self._open is not None:
            return self._open.slot.source
        return self._asked[0].source if self._asked else None

    def answered(self, message: dict[str, Any]) -> None:
        """Take the scout's word."""
        if "members" in message:
            self._waiting = False
            self._portion(message)
            return
        slot = self._asked.popleft()
        self._know(slot, message)

    def give_up(self, outcome: Any, said: dict[str, str]) -> None:
        """The scout does not come back from what it has in hand: that is this file's outcome."""
        if self._waiting and self._open is not None:
            self._waiting = False
            self._come({"uri": self._open.slot.source.entry.uri, "outcome": outcome, "detail": said}, "")
            self._open.ended = True
            self._enter(self._open.slot, self._open.came)
            return
        slot = self._asked.popleft()
        entry = slot.source.entry
        self._know(slot, {"outcome": outcome, "detail": said})
        slot.source.entry = changed(slot.source.entry, bytes=entry.bytes)      # not to be tried again unless it changes

    def _fill(self) -> None:
        while len(self._slots) < _AHEAD and not self._walked:
            following = next(self._files, None)
            if following is None:
                self._walked = True
                return
            ordinal, (copy, item, name) = following
            if _here(self._options.shard, item.uri):
                slot = self._slot(ordinal, copy, item, name)
                self._slots.append(slot)
                if not slot.known:
                    self._unseen.append(slot)

    def _slot(self, ordinal: int, copy: int, item: Input, name: str) -> Slot:
        path = os.fspath(item.path)
        slot = Slot(ordinal, Source(Entry(item.uri, "error", ordinal=ordinal, copy=copy), path, name=name))
        if item.litter:
            self._know(slot, {"outcome": "skipped", "detail": _said("litter", LITTER)})
            return slot
        try:
            facts = os.stat(path)
        except OSError as error:
            self._know(slot, {"outcome": "error", "detail": detail(unreadable(error))})
            return slot
        if not stat.S_ISREG(facts.st_mode):
            self._know(slot, _no_file(facts.st_mode))
            return slot
        slot.source.entry = changed(slot.source.entry, bytes=facts.st_size, mtime_ns=facts.st_mtime_ns)
        self._remember(slot)
        return slot

    def _remember(self, slot: Slot) -> None:
        """Take from the ledger what it knows of a file of this size and time."""
        entry = slot.source.entry
        box = slot.box = self._account.container(entry.uri, entry.copy)
        if box and (box.bytes, box.mtime_ns, box.fingerprint) == (entry.bytes, entry.mtime_ns, self._fingerprint):
            slot.known = slot.archive = True
            slot.source.entry = changed(entry, sha256=box.sha256)
            return
        old = slot.source.old = self._account.find(entry.uri, entry.copy)
        if old and self._options.retry and old.outcome in QUARANTINED:
            return
        if old and (old.bytes, old.mtime_ns, old.fingerprint) == (entry.bytes, entry.mtime_ns, self._fingerprint):
            slot.known = True
            slot.source.entry = changed(entry, sha256=old.sha256)

    def _know(self, slot: Slot, word: dict[str, Any]) -> None:
        slot.known = True
        if "outcome" in word:
            slot.source.entry = changed(slot.source.entry, outcome=word["outcome"], detail=word["detail"], bytes=None)
            slot.source.settled = True
            return
        slot.archive = word["archive"]
        slot.source.entry = changed(slot.source.entry, bytes=word["bytes"], mtime_ns=word["mtime_ns"], sha256=word["sha256"])

    def _begin(self, slot: Slot) -> Iterator[Source | None]:
        """Open an archive, or tell what came of it before, if it is the same and all that still stands."""
        entry, box = slot.source.entry, slot.box
        inside = self._names.inside(slot.source.name)
        if (box and box.sha256 == entry.sha256 and box.fingerprint == self._fingerprint
                and self._register.stand(self._before(box, slot), box.members)):
            self.expected += box.members
            self._enter(slot, box.members)
            for old, name in self._before(box, slot):
                known = changed(Entry(old.uri, "error"), ordinal=entry.ordinal, member=old.member, copy=old.copy,
                                container=entry.uri, bytes=old.bytes, sha256=old.sha256, origin=old.origin,
                                parts=old.parts)
                yield Source(known, name=name, old=old, sound=True)
            return
        self._open = Opened(slot, inside, Counter())

    def _before(self, box: Container, slot: Slot) -> Iterator[tuple[Entry, str]]:
        """The files that the ledger has of an archive, with the names that they would have now."""
        inside = self._names.inside(slot.source.name)
        for old in self._account.members(box):
            yield old, inside.name(_within(old.uri, box.uri)) if old.sha256 is not None else ""

    def _asking(self, opened: Opened, afresh: bool = False) -> dict[str, Any]:
        if opened.came and not afresh:
            return {"do": "more"}
        source = opened.slot.source
        return {"do": "expand", "path": source.path, "uri": source.entry.uri, "name": str(opened.slot.n), "after": opened.came}

    def _looking(self) -> dict[str, Any]:
        return {"do": "look", "items": [{"n": slot.n, "path": slot.source.path} for slot in self._asked]}

    def _portion(self, message: dict[str, Any]) -> None:
        opened = self._open
        assert opened is not None
        source = opened.slot.source
        if opened.box is None:
            opened.box = Box(source.path, source.entry.uri, message["places"])
            self.spools.keep(opened.box.places)
        held = [told["bytes"] for told in message["members"] if "outcome" not in told]
        self.spools.add(message["spool"], len(held), sum(held))
        for told in message["members"]:
            self._come(told, message["spool"])
        if message["end"]:
            opened.ended = True
            self.spools.release(opened.box.places)
            entry = source.entry
            if (message["bytes"], message["mtime_ns"]) == (entry.bytes, entry.mtime_ns):
                self._enter(opened.slot, opened.came)

    def _come(self, told: dict[str, Any], spool: str) -> None:
        opened = self._open
        assert opened is not None
        box, uri = opened.slot.source.entry, told["uri"]
        copy = box.copy * COPY + opened.copies[uri]
        opened.copies[uri] += 1
        opened.came += 1
        self.expected += 1
        entry = Entry(uri, told.get("outcome", "error"), ordinal=box.ordinal, member=opened.came, copy=copy, container=box.uri,
                      bytes=told.get("bytes"), sha256=told.get("sha256"), origin=told.get("origin"), parts=told.get("parts"),
                      detail=told.get("detail"))
        settled = "outcome" in told
        name = "" if settled else opened.inside.name(_within(uri, box.uri))
        around = opened.box if entry.parts is not None else None
        if around is not None:
            self.spools.keep(around.places)
        self._came.append(Source(entry, spool, told.get("offset"), around, name, self._account.find(uri, copy), settled=settled))

    def _enter(self, slot: Slot, members: int) -> None:
        """Note that an archive was opened to its end."""
        entry = slot.source.entry
        assert entry.bytes is not None and entry.mtime_ns is not None
        self._account.put_container(Container(entry.uri, entry.copy, entry.sha256, entry.bytes, entry.mtime_ns, self._fingerprint,
                                              members, self._run))


def _here(shard: Shard | None, uri: str) -> bool:
    return shard is None or shard.holds(uri)


def _copies(inputs: tuple[Input, ...]) -> Iterator[int]:
    """For each file how many of the same `uri` stand before it."""
    several = {uri for uri, n in Counter(item.uri for item in inputs).items() if n > 1}     # few: no memory for all others
    seen: Counter[str] = Counter()
    for item in inputs:
        yield seen[item.uri]
        if item.uri in several:
            seen[item.uri] += 1


def _within(uri: str, box: str) -> str:
    """The path of a file in its archive; `""` for the archive's own text, as a mail has it."""
    return "" if uri == box else uri[len(box) + 2:] or "/"


def _no_file(mode: int) -> dict[str, Any]:
    if stat.S_ISDIR(mode):
        return {"outcome": "error", "detail": _said("damaged", "the folder cannot be read")}
    error = special()
    return {"outcome": result_of(error.code), "detail": detail(error)}


def _said(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message, "place": "", "way_out": ""}
