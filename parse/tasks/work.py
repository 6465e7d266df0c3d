"""A task as it is found, before it is numbered and linked."""
from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Node


@dataclass(slots=True)
class Work:
    """A sentence or table row that orders, forbids or promises an action; the fields are those of the published Task.

    `dates` and `amounts` are indices into the plan's lists, `due` EDTF, `rrule` RFC 5545."""

    start: int
    end: int
    node: Node
    action: str | None = None
    object: str | None = None
    actors: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    audience: str | None = None
    due: str | None = None
    rrule: str | None = None
    dates: tuple[int, ...] = ()
    amounts: tuple[int, ...] = ()
    why: tuple[str, ...] = field(default=())
