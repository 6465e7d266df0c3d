"""What is irregular in the numbering: gaps, repeats, restarts. Kept as written, and told."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Node

_INLINE = {"shi", "di", "circled"}    # a paragraph's own series: the next paragraph may have another


def irregularities(roots: Sequence[Node]) -> list[tuple[str, str, tuple[int, int]]]:
    """Code, message and span of every irregularity, in order of the text."""
    found = list(_walk(roots))
    return sorted(found, key=lambda row: row[2])


def _walk(siblings: Sequence[Node]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    yield from _series(siblings)
    for node in siblings:
        yield from _walk(node.children)


def _series(siblings: Sequence[Node]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    last: dict[str, int] = {}
    for node in siblings:
        mark = node.mark
        if mark is None or mark.value is None or mark.style == "decimal":
            continue
        if mark.style in _INLINE and mark.value == 1:
            last.pop(mark.style, None)
        before, value, span = last.get(mark.style), mark.value, (mark.start, mark.end)
        if before is not None:
            if value == 1 and before != 1:
                yield "numbering-restart", f"the series begins again after {before}", span
            elif value <= before:
                yield "numbering-repeat", f"{value} stands after {before}", span
            elif value > before + 1:
                yield "numbering-gap", f"{before} is followed by {value}", span
        last[mark.style] = value
