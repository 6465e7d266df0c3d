"""Sections whose own text fell into a gap of the source: told from what stands around the gap."""
from __future__ import annotations

from ..model import Mark, Node, PlanText

_FIRST = {"二": "一", "2": "1", "贰": "壹", "貳": "壹", "乙": "甲", "②": "①", "B": "A", "b": "a"}


def infer_first(plan: PlanText, roots: list[Node]) -> None:
    """Where a series of roots begins with its second item, a gap stands before it and text between: put what stands
    behind the gap under an inferred first item."""
    seconds = [k for k, node in enumerate(roots) if _is_second(plan, roots, k, node)]
    k = seconds[-1] if seconds else None       # an inner series may lack its first item as well
    gap = max((at for at in plan.gaps if k is not None and at <= roots[k].start), default=None)
    if k is None or gap is None:
        return
    lost = Node(roots[k].start, gap, inferred=True)
    kept = [node for node in roots[:k] if _before(node, gap, lost)]
    if not lost.children and not lost.paragraphs:
        return
    lost.start = min(node.start for node in lost.children) if not lost.paragraphs else lost.paragraphs[0][0]
    lost.end = max([end for _, end in lost.paragraphs] + [node.end for node in lost.children])
    second = roots[k].mark
    if second is not None:
        written = "".join(_FIRST.get(c, c) for c in plan.text[second.start:second.end])
        lost.mark = Mark(lost.start, lost.start, lost.start, second.style, 1, written)
    roots[:k] = [*kept, lost]


def _is_second(plan: PlanText, roots: list[Node], k: int, node: Node) -> bool:
    mark = node.mark
    if mark is None or mark.value != 2 or not any(c in _FIRST for c in plan.text[mark.start:mark.end]):
        return False
    return not any(other.mark and other.mark.style == mark.style for other in roots[:k])


def _before(node: Node, gap: int, lost: Node) -> bool:
    """Hand what stands behind the gap to the lost section; whether the node stays where it is."""
    if node.start >= gap and (node.mark is not None or node.heading is not None):
        node.parent = lost
        lost.children.append(node)
        return False
    late = [span for span in node.paragraphs if span[0] >= gap]
    lost.paragraphs += late
    node.paragraphs = [span for span in node.paragraphs if span[0] < gap]
    if late and node.paragraphs:
        node.end = node.paragraphs[-1][1]
    return bool(node.paragraphs or node.heading or node.mark)
