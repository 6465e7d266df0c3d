"""What a plan says of itself: its kind, issuer, region, period, date of issue and signatory."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...schema import Page
from ..dates.find import republican
from ..dates.time import Time
from ..model import Found, PlanText
from ..view import matching_view
from .issued import Signed, issued_at, signatory, signed_from, signed_in
from .issuer import issuer_of
from .kinds import kind_of
from .period import When, bare_year, carried, leading_year, period_in, planned, roc_range, roc_year, speech_date, year_digits
from .region import most_named, region_of
from .title import clean

_REPORT = re.compile("工作报告|计划.{0,12}报告")
_PLANNED = re.compile(r"([12][0-9]{3}|[一二][〇零九八七][〇零一二三四五六七八九]{2})年.{0,20}?(?:安排|任务|部署|建议|打算|思路|目标|重点|举措|要求)")
_REVIEWED = re.compile(r"([12][0-9]{3}|[一二][〇零九八七][〇零一二三四五六七八九]{2})年.{0,20}?(?:回顾|总结|完成情况|执行情况)")
_ANNOUNCED = re.compile("如下|特?制定|拟定|特拟|编制|汇报|报告")
_BRACKET = re.compile(r"\([^()日月]{0,20}(?:学年|年度|学期|季度|半年|年)[^()日月]{0,12}\)")
_SENTENCE = re.compile("[^。;!]+")
_FAR = 2000         # characters of a paragraph within which it announces the plan
_YEARLY = re.compile("计划|要点|安排|思路|打算|总结|任务|配档|行事历")
_BY_THEN = re.compile("(?:到|至|截止|截至|自|从|以来|底|末|力争|[0-9]月)$")
_LATE = "11"        # from this month on a session may plan for the year to come
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_CITED = 60         # characters of a cited title before its year
_OFTEN = 3          # a year named so often in a report held at the end of the year before is what it plans for
_ANSWERS = {"批复", "复函", "答复", "函", "通报", "公告", "通告", "决定", "命令", "条例", "规定"}   # a year there is their matter's
_YEARS = re.compile(r"^(?:[0-9]{4}|[0-9X]{4})$")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a plan; spans lie in the text and are None where only the page or its front matter says so. `year`
    is the plan's year where its period lies in one year that is not masked; `signature` is where the plan's signature begins."""

    kind: str | None = None
    org: str | None = None
    org_span: tuple[int, int] | None = None
    region: str | None = None
    period: str | None = None
    period_span: tuple[int, int] | None = None
    issued: str | None = None
    issued_span: tuple[int, int] | None = None
    signatory: str | None = None
    year: int | None = None
    signature: int | None = None


def facts(plan: PlanText, page: Page, dates: Sequence[Found[Time]]) -> Facts:
    """The facts of one plan. `dates` are all time expressions of the plan, in order."""
    kind = kind_of(plan.title)
    org = issuer_of(plan, page.author)
    report = _REPORT.search(plan.title or "") is not None
    written = issued_at(plan, held=report)
    issued = written or (_held(page.title) if report else None)
    period, span = _period(plan, page, dates, issued)
    return Facts(
        kind=kind, org=org[0] if org else None, org_span=org[1] if org else None,
        region=_region(plan, page, org[0] if org else None),
        period=period, period_span=span, issued=issued.edtf if issued else plan.issued,
        issued_span=written.span if written else None, signatory=signatory(plan), year=_year_of(period),
        signature=signed_from(plan),
    )


def _region(plan: PlanText, page: Page, org: str | None) -> str | None:
    """The place that the title, issuer or page names, else the one that a government's report keeps naming."""
    found = region_of(plan.title, org, page.title, page.author, *_top(plan))
    return found or (most_named(plan.view[plan.start:plan.end], org) if org and _REPORT.search(plan.title or "") else None)


def _top(plan: PlanText) -> list[str]:
    """The short lines at the top: session and speaker name the place."""
    return [plan.view[line.start:line.end] for line in plan.lines[:6] if line.end - line.start <= 60]


def _year_of(period: str | None) -> int | None:
    found = re.match(r"([0-9]{4})(?!.*/)", period or "")
    return int(found.group(1)) if found else None


def _period(plan: PlanText, page: Page, dates: Sequence[Found[Time]], issued: Signed | None
            ) -> tuple[str | None, tuple[int, int] | None]:
    report = bool(plan.title and _REPORT.search(plan.title))
    taiwan = republican(plan.view, plan.start, plan.end)
    if kind_of(plan.title) in _ANSWERS:
        return None, None
    for words, at in ((plan.title, plan.title_span), (page.title if plan.ordinal == 1 else None, None)):
        if not words:
            continue
        words = words if report else clean(words)
        if report and speech_date(words):
            continue
        found = (carried(matching_view(words)) or period_in(matching_view(words), planned(matching_view(words))) or (roc_range(matching_view(words)) if taiwan else None)
                 or roc_year(words, sure=taiwan) or (bare_year(words) if report else leading_year(words)))
        if found and not (report and _past(found.edtf, issued)):
            return found.edtf, _placed(plan, words, at, found)
    if report:
        return _report_year(plan, issued)
    return _beneath(plan) or _opening(plan) or _only_year(plan, dates) or (None, None)


def _beneath(plan: PlanText) -> tuple[str, tuple[int, int]] | None:
    """The period that a bracket of its own right under the title gives: (2023—2024学年度第二学期)."""
    for line in plan.lines[:4]:
        if plan.title_span and line.start >= plan.title_span[1] and _BRACKET.fullmatch(plan.view, line.start, line.end):
            found = period_in(plan.view, line.start, line.end) or roc_range(plan.view, line.start, line.end)
            return (found.edtf, (found.start, found.end)) if found else None
    return None


def _past(period: str, issued: Signed | None) -> bool:
    """Whether a report's title may name the year that it reviews: the one before the session, or that at whose end it was."""
    held, month = (issued.edtf[:4], issued.edtf[5:7]) if issued else ("", "")
    return period.isdigit() and held.isdigit() and int(period) == int(held) - (month < _LATE)


def _placed(plan: PlanText, words: str, title: tuple[int, int] | None, found: When) -> tuple[int, int] | None:
    if title is None:
        return None
    at = plan.text.find(words[found.start:found.end], *title)
    return (at, at + found.end - found.start) if at >= 0 else None


def _report_year(plan: PlanText, issued: Signed | None) -> tuple[str | None, tuple[int, int] | None]:
    """A report plans for the year that its headings arrange; else for the year of the session."""
    short = [line for line in plan.lines if line.end - line.start <= 40]
    headings = (_PLANNED.search(plan.view, line.start, line.end) for line in short)
    years = [(found.group(1), found.span(1)) for found in headings if found]
    if issued is None:
        return max(years, default=(None, None), key=lambda y: str(y[0]))
    held, month = issued.edtf[:4], issued.edtf[5:7]
    after = str(int(held) + 1) if held.isdigit() else ""
    if month >= _LATE:
        for year, span in years:
            if year == after:
                return year, span
        reviewed = (_REVIEWED.search(plan.view, line.start, line.end) for line in short)
        named = sum(plan.view.count(f"{year}年", plan.start, plan.end) for year in (after, after.translate(_HAN)))
        if (named >= _OFTEN
                or any(found and year_digits(found.group(1)) == held for found in reviewed)):
            return after, None
    at = plan.view.find(held, *issued.span)
    return held, (at, at + 4) if at >= plan.start else None


def _held(title: str | None) -> Signed | None:
    """The day of the session that a page's title tells."""
    found = speech_date(title) if title else None
    return signed_in(title, *found.span()) if found and title else None


def _opening(plan: PlanText) -> tuple[str, tuple[int, int]] | None:
    """The period of the opening sentence that announces the plan: 现将2023年工作计划安排如下."""
    for line in plan.lines[:6]:
        for sentence in _SENTENCE.finditer(plan.view, line.start, min(line.end, line.start + _FAR)):
            if _ANNOUNCED.search(plan.view, *sentence.span()):
                found = _last_period(plan, *sentence.span())
                if found:
                    return found.edtf, (found.start, found.end)
    return None


def _last_period(plan: PlanText, start: int, end: int) -> When | None:
    """The period in the last clause of a sentence that has one and goes on to name a plan."""
    clauses = [start, *(k + 1 for k in range(start, end) if plan.view[k] == ","), end]
    for a, b in reversed(list(zip(clauses, clauses[1:], strict=False))):
        found = period_in(plan.view, a, b)
        if found and kind_of(plan.view[found.end:b]) and not _cited(plan.view, start, found.start):
            return found
    return None


def _cited(view: str, start: int, at: int) -> bool:
    """Whether a place lies in the title of a document that the text names."""
    return view.rfind("《", max(start, at - _CITED), at) > view.rfind("》", max(start, at - _CITED), at)


def _only_year(plan: PlanText, dates: Sequence[Found[Time]]) -> tuple[str, tuple[int, int]] | None:
    """The one year that a yearly plan speaks of."""
    if not _YEARLY.search(plan.kind or ""):
        return None
    years = [(hit.value.edtf, hit.span) for hit in dates if hit.value.type == "DATE" and hit.value.edtf
             and _YEARS.match(hit.value.edtf) and hit.value.edtf != "XXXX" and not _cited(plan.view, plan.start, hit.start)]
    first = years[0] if len({year for year, _ in years}) == 1 else None
    if first is None or _BY_THEN.search(plan.view, max(plan.start, first[1][0] - 4), first[1][0]):
        return None
    return first
