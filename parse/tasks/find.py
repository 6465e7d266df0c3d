"""Every task of a plan, in order of the text."""
from __future__ import annotations

import re
from collections.abc import Sequence

from ..dates import Placed, Time, resolve
from ..model import Found, PlanText, Sentence
from ..quantities.amount import Amount
from ..tense import tenses
from .fields import Fields
from .judge import Judge, Verdict
from .roles import Roles, only_roles, spoken, tail
from .rows import Rows
from .work import Work


_ASIDE = re.compile(r"[(（\[【〔][^()（）]*[)）\]】〕]?\Z")
_DATED = re.compile(r"\([^()]{2,30}\)[。;]?")


def find_tasks(plan: PlanText, dates: Sequence[Found[Time]], amounts: Sequence[Amount],
               placed: Sequence[Placed] | None = None) -> list[Work]:
    """The plan's tasks: sentences by their wording, rows of responsibility tables by their columns.

    `dates`, `placed` and `amounts` are what was found in the plan; works refer to them by index."""
    fields = Fields(plan, dates, placed if placed is not None else resolve(plan, dates), amounts)
    judge, rows = Judge(plan), Rows(plan, fields)
    works: list[Work] = []
    item: list[Work] = []      # the tasks of the item at hand, for a line of roles that follows them
    for sentence, tense in zip(plan.sentences, tenses(plan), strict=True):
        if sentence.row is not None:
            works += rows.work(sentence)
            continue
        if item and item[-1].node is not sentence.node:
            item = []
        dated = item and _DATED.fullmatch(plan.view, sentence.start, sentence.end)
        if dated and fields.inside(sentence.start, sentence.end):      # when, put behind the full stop
            fields.time(item[-1], [(sentence.start, sentence.end)])
            continue
        roles = only_roles(plan.view, sentence.start, sentence.end)
        if roles:
            _give(item, roles, fields)
            continue
        verdict = judge(sentence, tense)
        if verdict.task:
            item.append(_work(plan, sentence, verdict, fields))
            works.append(item[-1])
    return works


def _work(plan: PlanText, s: Sentence, verdict: Verdict, fields: Fields) -> Work:
    work = Work(s.start, s.end, s.node, why=(verdict.why,))
    end, roles = tail(plan.view, s.start, s.end)
    fields.verb(work, verdict.order or next((clause for clause in verdict.clauses if clause.verb), None))
    fields.subject(work, verdict.clauses)
    fields.helpers(work)
    fields.audience(work)
    fields.time(work, roles.due)
    roles = roles or spoken(plan.view, s.start, end)
    if end < s.end and roles and work.object:
        work.object = _ASIDE.sub("", work.object) or None
    if roles:
        _give([work], roles, fields)
    return work


def _give(works: Sequence[Work], roles: Roles, fields: Fields) -> None:
    """Roles that were told apart from the sentence count for all tasks of the item."""
    actors = tuple(dict.fromkeys(map(fields.text, roles.actors())))
    partners = tuple(name for name in dict.fromkeys(map(fields.text, roles.partner)) if name not in actors)
    for work in works:
        work.actors = tuple(dict.fromkeys((*(work.actors if work.why[-1:] == ("roles",) else ()), *actors))) or work.actors
        work.partners = tuple(dict.fromkeys((*work.partners, *partners)))
        work.why = (*work.why, "roles") if work.why[-1:] != ("roles",) else work.why
        if roles.due:
            fields.time(work, roles.due)
