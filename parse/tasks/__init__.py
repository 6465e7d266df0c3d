"""Tasks: sentences and table rows that order, forbid or promise an action, with who, for whom and by when."""
from .find import find_tasks
from .work import Work

__all__ = ["Work", "find_tasks"]
