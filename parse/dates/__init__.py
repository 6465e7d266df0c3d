"""Time expressions: found, read by their words alone, then placed in the plan's year."""
from .check import impossible
from .find import find_dates
from .resolve import Placed, resolve
from .time import Time

__all__ = ["Placed", "Time", "find_dates", "impossible", "resolve"]
