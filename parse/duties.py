"""Responsibility tables: which column is for what, by its title."""
from __future__ import annotations

import re
from functools import cache

from ..schema import Cell, Table
from .rules import load
from .view import matching_view

WHO = ("lead", "actor", "person", "partner")
"""Roles of columns that name who acts."""
_MOST_COLUMNS = 200


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.value, re.compile(row.pattern)) for row in load("roles").rows)


def role_of(title: str) -> str | None:
    """What a column is for by its title: a `value` of `roles.toml`, None for any other column."""
    plain = re.sub(r"\s|\([^()]*\)|[*:]", "", matching_view(title))
    return next((value for value, pattern in _columns() if pattern.fullmatch(plain)), None)


class Grid:
    """A table laid out: for every row and column the cell that covers it."""

    def __init__(self, table: Table) -> None:
        self.rows: list[list[Cell | None]] = []
        hanging: dict[int, tuple[Cell, int]] = {}      # column -> the cell from above and how many rows it still covers
        for cells in table.rows:
            line, todo = list[Cell | None](), list(cells)
            while todo or any(column >= len(line) for column in hanging):
                column = len(line)
                if column >= _MOST_COLUMNS:
                    break
                if column in hanging:
                    cell, left = hanging.pop(column)
                    line.append(cell)
                    if left > 1:
                        hanging[column] = (cell, left - 1)
                    continue
                if not todo:
                    line.append(None)
                    continue
                cell = todo.pop(0)
                for _ in range(min(cell.col_span, _MOST_COLUMNS - column)):
                    if cell.row_span > 1:
                        hanging[len(line)] = (cell, cell.row_span - 1)
                    line.append(cell)
            self.rows.append(line)


class Columns:
    """Which column of a table is for what, and at which row its body begins."""

    def __init__(self, table: Table) -> None:
        self.grid = Grid(table)
        self.first, self.roles = 0, dict[int, str]()
        for r, line in enumerate(self.grid.rows[:4]):
            found = {c: role for c, cell in enumerate(line) if cell and cell.text and (role := role_of(cell.text))}
            if len(found) >= 2 and len(found) >= len({id(c) for c in line if c and c.text}) / 2:
                self.roles.update(found)
                self.first = r + 1
        used = set(self.roles.values())
        self.tells = bool(used & {"task", "detail"}) and bool(used & {*WHO, "due"})

    def cells(self, row: int, role: str) -> list[Cell]:
        """The cells with words of a row's columns of that role, each once."""
        line = self.grid.rows[row]
        found = {cell.span: cell for c, cell in enumerate(line) if cell and cell.text.strip() and self.roles.get(c) == role}
        return list(found.values())
