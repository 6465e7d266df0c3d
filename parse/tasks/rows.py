"""Responsibility tables: a row is a task, its columns are the task's fields; merged cells count for all their rows."""
from __future__ import annotations

import re
from collections.abc import Sequence

from ...schema import Cell
from ..duties import WHO, Columns
from ..model import PlanText, Sentence
from .clauses import clauses
from .fields import Fields
from .names import names
from .roles import Roles, labelled, spoken
from .work import Work


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
        for role in WHO:
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
