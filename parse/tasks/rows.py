"""Responsibility tables: a row is a task, its columns are the task's fields; merged cells count for all their rows."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ...schema import Cell, Table
from ..model import PlanText, Sentence
from ..rules import load
from ..view import matching_view
from .clauses import clauses
from .fields import Fields
from .names import names
from .roles import Roles, labelled, spoken
from .work import Work

_MOST_COLUMNS = 200
_WHO = ("lead", "actor", "person", "partner")


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
        self.tells = bool(used & {"task", "detail"}) and bool(used & {*_WHO, "due"})

    def cells(self, row: int, role: str) -> list[Cell]:
        """The cells with words of a row's columns of that role, each once."""
        line = self.grid.rows[row]
        found = {cell.span: cell for c, cell in enumerate(line) if cell and cell.text.strip() and self.roles.get(c) == role}
        return list(found.values())


class Rows:
    """Reads the rows of a plan's tables as tasks."""

    def __init__(self, plan: PlanText, fields: Fields) -> None:
        self._plan, self._fields = plan, fields
        self._known: dict[int, Columns] = {}

    def work(self, sentence: Sentence) -> list[Work]:
        """The task that a table row is; none for a head row or a row of another kind of table."""
        if sentence.row is None:
            return []
        t, r = sentence.row
        columns = self._known.get(t)
        if columns is None:
            columns = self._known[t] = Columns(self._plan.tables[t])
        if not columns.tells or r < columns.first:
            return []
        told = columns.cells(r, "detail") or columns.cells(r, "task") or columns.cells(r, "target")
        if not told or not any(sentence.start <= c.span[0] < sentence.end for c in (*told, *columns.cells(r, "target"))):
            return []
        return [self._filled(sentence, columns, r, told)]

    def _filled(self, s: Sentence, columns: Columns, r: int, told: Sequence[Cell]) -> Work:
        work = Work(s.start, s.end, s.node, why=("table row",))
        own = next((c for c in told if s.start <= c.span[0] < s.end), told[0])
        found = clauses(self._plan.view, *own.span)
        first = next((c for c in found if c.verb and c.kind in ("order", "aim")), None)
        self._fields.verb(work, first)
        self._fields.audience(work)
        roles = self._roles(columns, r)
        work.actors = tuple(dict.fromkeys(map(self._fields.text, roles.actors())))
        work.partners = tuple(n for n in dict.fromkeys(map(self._fields.text, roles.partner)) if n not in work.actors)
        self._fields.time(work, [c.span for c in columns.cells(r, "due")])
        return work

    def _roles(self, columns: Columns, r: int) -> Roles:
        roles, view = Roles(), self._plan.view
        for role in _WHO:
            for cell in columns.cells(r, role):
                inner = labelled(view, *cell.span) or spoken(view, *cell.span)
                if inner and role != "partner":
                    roles.lead += inner.lead
                    roles.actor += inner.actor
                    roles.partner += inner.partner
                    continue
                for name in names(view, *cell.span):
                    self._place(roles, role, name)
        return roles

    def _place(self, roles: Roles, role: str, name: tuple[int, int]) -> None:
        """A name by its column, or by the bracket behind it: （牵头）, （配合）."""
        mark = re.match(r"\s*\((牵头|主办|主责|配合|协办|协助|参与)", self._plan.view[name[1]:name[1] + 8])
        if mark:
            role = "lead" if mark.group(1) in ("牵头", "主办", "主责") else "partner"
        getattr(roles, role).append(name)
