"""Questions in SQL over the tables of documents, and how values of answers are written."""
from __future__ import annotations

from typing import Any

from ..export.cells import guarded
from ..export.json import compact
from ..export.stores.duck import Answer
from ..export.stores.duck import asked as ask

__all__ = ["Answer", "ask", "guarded", "line"]


def line(value: Any) -> str:
    """Any value of an answer as JSON on one line."""
    return compact(value).decode()
