"""How much may come out of an archive, and the account of what has."""
from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import IO

from ...schema import TooLargeError

_RATIO_FROM = 10_000_000
"""Bytes that any archive may unpack to; the ratio counts only beyond. Text seldom packs to less than a tenth."""
_ENTRY = 256
"""Bytes of a zip's list that a permitted member may take: 46, its name and its times come to less than 200."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused. `max_bytes` is for one document; the others are for one archive with all archives in it: bytes
    unpacked, files, bytes unpacked to bytes packed, archives in one another."""

    max_bytes: int = 64_000_000
    max_unpacked: int = 4_000_000_000
    max_members: int = 100_000
    max_ratio: int = 200
    max_depth: int = 3


class OverBudget(TooLargeError):
    """More than may come out of an archive with all archives in it: it ends there, the outermost too."""


@dataclass(slots=True)
class Budget:
    """What has come out of one archive, of `packed` bytes, and of all archives in it. OverBudget beyond a limit."""

    limits: Limits
    packed: int
    unpacked: int = field(default=0, init=False)
    members: int = field(default=0, init=False)

    def spend(self, size: int) -> None:
        """Account for bytes unpacked."""
        self.unpacked += size
        if self.unpacked > self.limits.max_unpacked:
            raise OverBudget(f"unpacks to more than {self.limits.max_unpacked:,} bytes", way_out=lift("unpacked"))
        if self.unpacked > max(_RATIO_FROM, self.limits.max_ratio * self.packed):
            raise OverBudget(f"unpacks to more than {self.limits.max_ratio:,} times its size", way_out=lift("ratio"))

    def ask(self, size: int) -> None:
        """Refuse what a listing says to be beyond the limits before it is unpacked."""
        before = self.unpacked
        self.spend(max(size, 0))
        self.unpacked = before

    def member(self) -> None:
        """Account for one more member."""
        self.members += 1
        if self.members > self.limits.max_members:
            raise self._too_many()

    def listing(self, size: int) -> None:
        """Refuse a zip whose list of members, of `size` bytes, would fill the memory before the first is read."""
        if size > self.limits.max_members * _ENTRY:
            raise self._too_many()

    def _too_many(self) -> OverBudget:
        return OverBudget(f"holds more than {self.limits.max_members:,} files", way_out=lift("members"))


class Counted(io.RawIOBase):
    """A stream of unpacked bytes that is accounted for as it is read."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        super().__init__()
        self._stream, self.budget = stream, budget

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes. TooLargeError beyond a limit."""
        data = self._stream.read(size)
        self.budget.spend(len(data))
        return data


def lift(name: str) -> str:
    """The way out of a limit."""
    return f"Allow more with --max-{name} (max_{name}= in Python), or unpack it and give the files in it"
