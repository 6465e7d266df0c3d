"""What the measures count with, and how they look passages up in a text."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Truth = dict[str, Any]
Hit = dict[str, Any]
Span = tuple[int, int]

_WIDE = "，, 。. ．. ：: ；; ！! ？? （( ）) “\" ”\" ‘' ’' 〔[ 〕] ［[ ］] ％% —- －- –- ～~"
_FOLD = str.maketrans({pair[0]: pair[1] for pair in _WIDE.split()})
_BLANK = re.compile(r"\s")


@dataclass
class Tally:
    """Right, wrong and missed, with a line on each that is not right."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    def hit(self, ok: bool, note: str = "") -> None:
        """Something wanted was found, or is missed."""
        if ok:
            self.right += 1
        else:
            self.missed += 1
            self.notes.append(f"missed {note}")

    def excess(self, note: str) -> None:
        """Something was found that should not be."""
        self.wrong += 1
        self.notes.append(f"wrong {note}")

    def add(self, other: Tally) -> None:
        self.right, self.wrong, self.missed = (self.right + other.right, self.wrong + other.wrong,
                                               self.missed + other.missed)
        self.notes += other.notes

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Tallies = dict[str, Tally]


def squeeze(text: object) -> str:
    """Without white space, punctuation in one width; nothing for None."""
    return _BLANK.sub("", str(text)).translate(_FOLD) if text is not None else ""


def shared(one: Sequence[int], two: Sequence[int]) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


class Text:
    """A text to look passages up in, with the way back to its own offsets."""

    def __init__(self, text: str) -> None:
        self.places = [i for i, c in enumerate(text) if not c.isspace()]
        self.flat = "".join(text[i] for i in self.places).translate(_FOLD)

    def find(self, marked: str, low: int = 0, high: int | None = None) -> Span | None:
        """The span of the marked core at its first place within `[low, high)`."""
        bare = _BLANK.sub("", marked)
        before, bracket, rest = bare.partition("〖")
        core = rest.partition("〗")[0] if bracket else bare
        lead = len(before) if bracket else 0
        whole = bare.replace("〖", "").replace("〗", "").translate(_FOLD)
        at = self.flat.find(whole)
        while at >= 0:
            start, last = at + lead, at + lead + len(core) - 1
            span = self.places[start], self.places[last] + 1
            if span[0] >= low and (high is None or span[1] <= high):
                return span
            at = self.flat.find(whole, at + 1)
        return None
