"""The sections of a plan with their places in the document."""
from __future__ import annotations

from collections.abc import Iterator

from ..schema import Plan, Section


def placed(plan: Plan, path: str) -> Iterator[tuple[str, int, Section]]:
    """Every section with its path (JSON Pointer) and depth (0 at the top), parents before children, in order of the text."""
    stack = [(f"{path}/sections/{k}", 0, section) for k, section in enumerate(plan.sections)][::-1]
    while stack:
        here, depth, section = stack.pop()
        yield here, depth, section
        stack += [(f"{here}/children/{k}", depth + 1, child) for k, child in enumerate(section.children)][::-1]


def headed(section: Section) -> str:
    """A section's number and heading as they stand; empty where it has neither."""
    return (section.number.raw if section.number else "") + (section.heading.text if section.heading else "")
