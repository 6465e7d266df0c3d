"""A text under cleaning: every change is kept, so that the source text can always be given back."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..schema import Edit


@dataclass(frozen=True, slots=True)
class Change:
    """Put `after` in place of `[start, end)` of the draft's present text."""

    start: int
    end: int
    after: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A changed stretch: source `[start, end)` now reads `after`, which begins at `at` of the present text."""

    start: int
    end: int
    at: int
    after: str
    kind: str
    rule: str

    @property
    def stop(self) -> int:
        return self.at + len(self.after)


class Draft:
    """Source text with the changes made so far. Offsets given to `change` are of `text`; `source_offset` and `offset`
    lead from the one to the other, so that a note taken by source offset outlives later changes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._pieces: list[_Piece] = []

    def change(self, changes: Iterable[Change]) -> None:
        """Apply changes that do not overlap. A change over earlier ones takes them in and bears its own rule,
        except that a change of white space leaves them theirs."""
        todo = sorted(changes, key=lambda c: (c.start, c.end))
        for one, two in zip(todo, todo[1:], strict=False):
            if two.start < one.end:
                raise ValueError(f"overlapping changes {one} and {two}")
        if todo:
            self._rebuild(self._merged(todo))

    def _merged(self, changes: Sequence[Change]) -> list[_Piece]:
        """Earlier pieces and new changes in source order; what overlaps becomes one piece."""
        items: list[_Piece | Change] = sorted([*self._pieces, *changes], key=_order)
        out: list[_Piece] = []
        cluster: list[_Piece | Change] = []
        low = high = lag = 0   # lag: by how much the source offset is ahead of the present one before the cluster
        for item in items:
            start, stop = _range(item)
            if cluster and (start < high if stop > start else low < start < high):
                cluster.append(item)
                high = max(high, stop)
                continue
            if cluster:
                out.append(self._piece(cluster, low, high, lag))
                lag = out[-1].end - high
            cluster, low, high = [item], start, stop
        return [*out, self._piece(cluster, low, high, lag)]

    def _piece(self, cluster: list[_Piece | Change], low: int, high: int, lag: int) -> _Piece:
        """One piece for a cluster that covers `[low, high)` of the present text."""
        pieces = [i for i in cluster if isinstance(i, _Piece)]
        changes = [i for i in cluster if isinstance(i, Change)]
        if not changes:
            return pieces[0]
        parts, at = [], low
        for c in changes:
            parts += [self.text[at:c.start], c.after]
            at = c.end
        end = high + (pieces[-1].end - pieces[-1].stop if pieces else lag)
        after = "".join([*parts, self.text[at:high]])
        said: Change | _Piece = changes[-1]
        if said.kind == "whitespace" and pieces:   # blanks beside a removal must not hide what was removed
            said = max(pieces, key=lambda p: p.end - p.start)
        return _Piece(low + lag, end, low, after, said.kind, said.rule)

    def _rebuild(self, pieces: list[_Piece]) -> None:
        parts, at, length, fresh = [], 0, 0, []
        for p in pieces:
            kept = self.source[at:p.start]
            length += len(kept)
            parts += [kept, p.after]
            if p.after != self.source[p.start:p.end]:
                fresh.append(_Piece(p.start, p.end, length, p.after, p.kind, p.rule))
            length += len(p.after)
            at = p.end
        self._pieces = fresh
        self.text = "".join([*parts, self.source[at:]])

    def source_offset(self, offset: int) -> int:
        """Where the present `offset` stands in the source text; inside a changed stretch, that stretch's start."""
        k = bisect_right(self._pieces, offset, key=lambda p: p.at)
        if not k:
            return offset
        p = self._pieces[k - 1]
        return p.end + offset - p.stop if offset >= p.stop else p.start

    def offset(self, source_offset: int) -> int:
        """Where a source offset stands in the present text; inside a changed stretch, that stretch's start."""
        k = bisect_right(self._pieces, source_offset, key=lambda p: p.start)
        if not k:
            return source_offset
        p = self._pieces[k - 1]
        return p.stop + source_offset - p.end if source_offset >= p.end else p.at

    def edits(self) -> tuple[Edit, ...]:
        """The changes as the contract's edits, in order; `at` is an offset of the present text."""
        return tuple(
            Edit(kind=p.kind, rule=p.rule, at=p.at, before=self.source[p.start:p.end], after=p.after) for p in self._pieces
        )


def _range(item: _Piece | Change) -> tuple[int, int]:
    return (item.at, item.stop) if isinstance(item, _Piece) else (item.start, item.end)


def _order(item: _Piece | Change) -> tuple[int, int, bool]:
    """By place; at one place what was deleted before comes ahead of what is put there now."""
    return (*_range(item), isinstance(item, Change))
