"""Quantities: the numbers that a plan sets as targets or reports as reached."""
from .amount import Amount, Level
from .consistency import consistency
from .find import find_quantities

__all__ = ["Amount", "Level", "consistency", "find_quantities"]
