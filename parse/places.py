"""Which section a place of the text belongs to: the innermost whose own words (not its children's) stand there."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from .model import Node


class Places:
    """The own stretches of all nodes in order: mark and heading, then each paragraph."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        stretches = []
        for node in nodes:
            if node.mark is not None and not node.inferred:
                stretches.append((node.mark.start, node))
            stretches += [(start, node) for start, _ in ([node.heading] if node.heading else []) + node.paragraphs]
        stretches.sort(key=lambda pair: pair[0])
        self._starts = [start for start, _ in stretches]
        self._nodes = [node for _, node in stretches]

    def at(self, offset: int) -> Node | None:
        """The section whose text begins last before `offset`; None before the first."""
        k = bisect_right(self._starts, offset)
        return self._nodes[k - 1] if k else None
