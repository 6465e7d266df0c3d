"""Quantities that words imply without a number: 全覆盖 is 100 %, 零事故 is 0."""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from ..model import PlanText
from .amount import Amount
from .nouns import Nouns
from .refuse import Refusals
from .status import status_of
from .words import checked_rows

_OF_SOMETHING = ("零增长", "零新增", "零发生")      # 接待费零增长: the growth of something, not of growth


@cache
def _words() -> tuple[re.Pattern[str], dict[str, int]]:
    """The words of rules/implied.toml as one pattern, and the value of each."""
    rows = checked_rows("implied", "word", ("words", "yes"))
    branches, values = [], {}
    for row in rows:
        before = row["before"].split("|") if row.get("before") else [""]
        after = f"(?={row['after']})" if row.get("after") else ""
        # the word first, then what stands before it: the search leaps from one first character to the next
        branches += [f"{word}(?:{'|'.join(f'(?<={c}{word})' for c in before)}){after}" for word in row["words"]]
        values.update(dict.fromkeys(row["words"], int(row["value"])))
    return re.compile("|".join(branches)), values


def implied(plan: PlanText, tense: Sequence[str], refusals: Refusals, nouns: Nouns) -> list[Amount]:
    """The implied quantities of a plan, in order of the text; those in quotation marks or titles are names."""
    out: list[Amount] = []
    k = last = 0
    for match in _words()[0].finditer(plan.view, plan.start, plan.end):
        while k < len(plan.sentences) and plan.sentences[k].end <= match.start():
            k += 1
        if k == len(plan.sentences) or plan.sentences[k].start > match.start() or refusals.covers(*match.span()):
            continue
        amount = _amount(plan, tense[k], k, match, nouns, last)
        last = match.end()
        if amount is not None:
            out.append(amount)
    return out


def _amount(plan: PlanText, tense: str, k: int, match: re.Match[str], nouns: Nouns, last: int) -> Amount | None:
    sentence = plan.sentences[k]
    low, high = nouns.chunk(max(sentence.start, last), match.start())
    text, span = nouns.left(low, high)
    value = _words()[1][match.group()]
    if (value or match.group().endswith("零")) and (not text or plan.view[high - 1] == "、"):
        return None      # one of a row of catchwords names nothing that is covered
    status, reason = status_of(plan, tense, low, match.start(), match.end(), None)
    if value == 0 and not match.group().endswith("零") and not (text and match.group() in _OF_SOMETHING):
        text, span = match.group()[1:], (match.start() + 1, match.end())
    return Amount(
        start=match.start(), end=match.end(), rule="quantity-implied", op="eq", value=Decimal(value),
        unit="%" if value else "", unit_code="%" if value else None, indicator=plan.text[slice(*span)] if span else text,
        indicator_span=span, status=status, implied=True, node=sentence.node, sentence=k,
        due=(plan.period.split("/")[-1] or None) if plan.period and status == "target" else None,
        why=(f"implied: {match.group()}", f"{status}: {reason}"),
    )
