"""Every task of a plan, in order of the text."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model import PlanText
from ..tense import tenses
from .judge import Judge
from .work import Work


def find_tasks(plan: PlanText, dates: Sequence[Any], amounts: Sequence[Any]) -> list[Work]:
    """The plan's tasks: sentences by their wording, rows of responsibility tables by their columns."""
    judge = Judge(plan)
    works = []
    for sentence, tense in zip(plan.sentences, tenses(plan), strict=True):
        if sentence.row is not None:
            continue
        verdict = judge(sentence, tense)
        if verdict.task:
            works.append(Work(sentence.start, sentence.end, sentence.node))
    return works
