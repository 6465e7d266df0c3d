"""Place the time expressions of a plan: what each is for, and which day, month or year it is where that is sure."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...schema import Role
from ...schema.values import is_edtf
from ..model import Found, PlanText, Sentence
from ..tense import Tense, tenses
from . import festivals
from .frames import frame, months_ahead
from .time import Time

_YEAR = re.compile(r"(?<![\dX-])(\d{4})(?=[-/]|$)")
_PUBLISHED = re.compile(r"(?:发布|发表|更新|上传|刊发)(?:时间|日期|于)?[: ]*$")
_MONTH = re.compile(r"XXXX-(0[1-9]|1[0-2])")
_REPORT = "政府工作报告"


@dataclass(frozen=True, slots=True)
class Placed:
    """A time expression in its place. `anchor` says what `resolved` was reckoned from: `period` (the plan's year),
    `issued` (the year of its issue) or `context` (a year named before in the same sentence); None for a full date."""

    role: Role
    resolved: str | None = None
    anchor: str | None = None


def resolve(plan: PlanText, dates: Sequence[Found[Time]]) -> list[Placed]:
    """One `Placed` for each of `dates`, in their order. Nothing is resolved from a guess: without a sure year of the
    plan (`20XX`) only full dates and what hangs on them are."""
    clock = _Clock(plan, dates)
    out = []
    for hit in dates:
        done = clock.done(hit.start)
        year, anchor = clock.year(hit, done)
        resolved = _resolved(hit.value, year)
        if resolved is None or not _open_year(hit.value):
            anchor = None
        clock.spoken(hit, resolved)
        out.append(Placed(_role(plan, hit, done), resolved, anchor))
    return out


class _Clock:
    """The years spoken of: the plan's own, and the one last named in the sentence at hand."""

    def __init__(self, plan: PlanText, dates: Sequence[Found[Time]]) -> None:
        self.plan, self.frame = plan, frame(plan, dates)
        self.starts = [s.start for s in plan.sentences]
        self.tenses: tuple[Tense, ...] = tenses(plan) if plan.sentences else ()
        self.own, self.anchor = plan.year, "period"
        issued = _YEAR.match(plan.issued or "")
        if self.own is None and issued and "X" not in (plan.period or ""):
            self.own, self.anchor = int(issued.group(1)), "issued"
        self.ahead = months_ahead(plan) if self.anchor == "issued" else None
        self.named: tuple[Sentence | None, int] | None = None
        self.framed: tuple[Sentence | None, str, str] | None = None

    def _index(self, at: int) -> int | None:
        k = bisect_right(self.starts, at) - 1
        return k if k >= 0 and at < self.plan.sentences[k].end else None

    def done(self, at: int) -> bool:
        """Whether the sentence at `at` tells what has been."""
        k = self._index(at)
        return k is not None and self.tenses[k] == "done"

    def _context(self, at: int) -> int | None:
        k = self._index(at)
        if self.named is None or k is None:
            return None
        sentence, year = self.named
        return year if sentence is self.plan.sentences[k] else None

    def spoken(self, hit: Found[Time], resolved: str | None) -> None:
        """Remember the year that a point in time names."""
        k = self._index(hit.start)
        if hit.value.from_context:
            return                              # 高于上年,…高于上年 are one year, not two
        if hit.value.type != "DATE" or k is None or not resolved:
            return
        begin, slash, end = resolved.partition("/")
        if not slash:
            self.named = (self.plan.sentences[k], int(resolved[:4]))
        elif int(end[:4]) == int(begin[:4]) + 1:
            self.framed = (self.plan.sentences[k], begin, end)

    def _within(self, hit: Found[Time]) -> int | None:
        """The year of a day or month within the stretch over the turn of the year that the sentence has named."""
        k = self._index(hit.start)
        if self.framed is None or k is None or self.framed[0] is not self.plan.sentences[k]:
            return None
        _, begin, end = self.framed
        month = _MONTH.match(hit.value.edtf or "")
        years = [int(begin[:4]), int(end[:4])] if month else []
        fits = [year for year in years if month and begin[:7] <= f"{year}-{month.group(1)}" <= end[:7]]
        return fits[0] if len(fits) == 1 else None

    def year(self, hit: Found[Time], done: bool) -> tuple[int | None, str | None]:
        """The year that an expression without one stands in, and what says so."""
        time = hit.value
        if time.offset is None and not done and self.frame is not None and self.frame.knows(time):
            return self.frame.year(time), "period"
        if time.offset is None and (within := self._within(hit)) is not None:
            return within, "context"
        context = self._context(hit.start)
        if time.offset is not None and not time.from_context:
            return (None if self.own is None else self.own + time.offset), self.anchor
        if self.own is not None and self.anchor == "issued" and time.offset is None:
            if context is None and not done and self.ahead is not None and time.festival is None and self.ahead.knows(time):
                return self.ahead.year(time), "issued"
            return (context, "context") if context is not None else (None, None)
        offset = time.offset or 0
        if context is not None and (time.from_context or done or self.own is None):
            return context + offset, "context"
        if self.own is None or (time.from_context and self.anchor == "issued" and self.plan.period is None):
            return None, None
        if not done:
            return self.own + offset, self.anchor
        reviewed = self.own - 1 if self.plan.kind == _REPORT else None
        return (None if reviewed is None else reviewed + offset), self.anchor


def _open_year(time: Time) -> bool:
    return time.edtf is None or time.edtf.startswith("XXXX")


def _resolved(time: Time, year: int | None) -> str | None:
    if time.type != "DATE" or time.impossible:
        return None
    if time.near is not None and time.edtf is not None:
        time = replace(time, edtf=time.edtf.replace("XXXX-XX", time.near), near=None)
    if time.edtf is not None and not _open_year(time):
        return time.edtf if "X" not in time.edtf.replace("-XX", "") else None
    if year is None or not 1000 <= year <= 2999:
        return None
    if time.lunar is not None:
        day = festivals.civil_day(time.lunar, year) if "X" not in time.lunar else None
        return day.isoformat() if day else None
    if time.edtf is None:
        day = festivals.day_of(time.festival, year) if time.festival else None
        return day.isoformat() if day else None
    ends = None if time.end_offset is None or time.offset is None else year + time.end_offset - time.offset
    return _in_year(time.edtf, year, ends)


def _in_year(edtf: str, year: int, ends: int | None) -> str | None:
    """The reading with its open year filled in; a range that runs backwards (去冬今春) ends a year on."""
    if "-XX" in edtf:
        return None
    begin, slash, end = edtf.partition("/")
    last = ends or (year + 1 if slash and _order(end) < _order(begin) else year)
    out = begin.replace("XXXX", str(year)) + slash + end.replace("XXXX", str(last))
    return out if is_edtf(out) else None


def _order(edtf: str) -> str:
    """Seasons by the month they begin in, so that winter comes after autumn and before next spring."""
    part = edtf[5:]
    return {"21": "03", "22": "06", "23": "09", "24": "12"}.get(part[:2], part)


def _role(plan: PlanText, hit: Found[Time], done: bool) -> Role:
    time = hit.value
    if time.type == "SET":
        return "recurrence"
    if time.type != "DATE":
        return "mention"
    if plan.title_span and plan.title_span[0] <= hit.start < plan.title_span[1]:
        known = time.edtf is not None and "X" not in time.edtf and plan.period is None
        return "issued" if time.edtf == plan.issued else "mention" if known else "period"
    if _PUBLISHED.search(plan.view[max(0, hit.start - 8):hit.start]):
        return "published"
    if time.edtf is not None and time.edtf == plan.issued and _on_its_own(plan, hit):
        return "issued"
    if time.role == "deadline":
        return "mention" if done else "deadline"
    return time.role or "mention"


def _on_its_own(plan: PlanText, hit: Found[Time]) -> bool:
    """Whether the date ends a line of little else, as under a signature or a title."""
    k = bisect_right(plan.lines, hit.start, key=lambda line: line.start) - 1
    return k >= 0 and plan.lines[k].end - plan.lines[k].start <= hit.end - hit.start + 30
