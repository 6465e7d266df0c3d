"""A plan's outline: its sections as a tree, and what is irregular in their numbering."""
from __future__ import annotations

from ..model import Node, PlanText
from .build import Tree
from .events import events
from .inferred import infer_first
from .irregular import irregularities

__all__ = ["irregularities", "outline"]


def outline(plan: PlanText) -> tuple[Node, ...]:
    """The roots of the plan's tree, in order of the text. Numbered items, headings that the file's markup shows, and
    unnumbered sections for what stands before, between and after them; every paragraph is in exactly one section."""
    roots = Tree(plan, events(plan)).build()
    infer_first(plan, roots)
    return tuple(roots)
