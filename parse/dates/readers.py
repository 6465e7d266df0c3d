"""From a hit of the date tables to its `Time`: by the row's template, or by the function that it names with `read`."""
from __future__ import annotations

from dataclasses import replace

from ..rules import Hit
from . import points, repeats
from .template import filled
from .time import Time

_READERS = {**points.READERS, **repeats.READERS}


def read(hit: Hit) -> Time | None:
    """What the hit's words say alone; None where on second sight they are no time expression."""
    more = hit.rule.more
    time = _READERS[more["read"]](hit.parts) if "read" in more else filled(hit)
    if time is None:
        return None
    if more.get("mod") and time.mod is None:
        time = replace(time, mod=more["mod"])
    if "role" in more:
        time = replace(time, role=more["role"])
    return replace(time, offset=more["offset"]) if "offset" in more else time
