"""Time expressions: found, read by their words alone, then placed in the plan's year."""
from .find import find_dates
from .time import Time

__all__ = ["Time", "find_dates"]
