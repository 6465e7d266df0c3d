"""A page's plans: where each begins and ends, what it is called and what it says of itself."""
from __future__ import annotations

from .facts import Facts, facts
from .split import split

__all__ = ["Facts", "facts", "split"]
