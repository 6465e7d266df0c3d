"""Cells as stores take them."""
from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ..columns import Column
from ..flat import FlatTable, Row
from ..json import compact


def simple(column: Column, value: Any) -> str | int | float | None:
    """A cell for a store without decimals and lists: a double (null where none comes near), a list as JSON."""
    if value is None:
        return None
    if column.kind == "number":
        return double(value)
    if column.kind in ("texts", "json"):
        return compact(value).decode()
    plain: str | int = int(value) if column.kind == "bool" else value
    return plain


def double(value: Any) -> float | None:
    """The double nearest to a decimal; None beyond what doubles hold."""
    near = float(value)
    return near if math.isfinite(near) else None


def simple_rows(table: FlatTable, rows: list[Row]) -> Iterator[tuple[str | int | float | None, ...]]:
    """Rows of `simple` cells."""
    for row in rows:
        yield tuple(simple(column, value) for column, value in zip(table.columns, row, strict=True))
