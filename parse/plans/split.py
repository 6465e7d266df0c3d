"""One page → the plans on it: several on a gathering page, a notice and its attachments, or one."""
from __future__ import annotations

import re
from collections.abc import Sequence

from ...schema import Cleaned, Table
from ..duties import Columns
from ..model import Line, PlanText, lines_of
from ..view import matching_view
from .documents import NEWS, documents, sends_out
from .issued import noted
from .kinds import kind_of
from .parts import first_of_several, gathered
from .title import Title, clean, find_title

_NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、.章篇,]|\([一二三四五六七八九十]{1,2}\)|[1-9][0-9]?[、.](?![0-9])|--(?=[一-鿿]))")
_LEAST = 30              # characters of text below which a page holds no plan


def split(cleaned: Cleaned, view: str) -> list[PlanText]:
    """The plans of a cleaned text, in order; none where the page holds no plan (a news article, nothing but menus)."""
    text = cleaned.text
    lines = lines_of(text, 0, len(text), cleaned.hints)
    page = matching_view(clean(cleaned.page.title or ""))
    heads = gathered(view, lines) or first_of_several(view, lines, page, _editors(cleaned))
    if heads:
        groups: list[tuple[tuple[Line, ...], Title | None]] = [
            (lines[a:b], _headed(text, lines[a])) for a, b in zip(heads, [*heads[1:], len(lines)], strict=True)
        ]
    else:
        found = [(group, _title(cleaned, view, group, k)) for k, group in enumerate(documents(view, lines, page))]
        groups = [(group, title) for k, (group, title) in enumerate(found) if _is_plan(view, group, title, cleaned.tables)
                  or (k == 0 < len(found) - 1 and sends_out(view, group))]
    plans = [_plan(cleaned, view, group, title) for group, title in groups]
    for ordinal, plan in enumerate(plans, 1):
        plan.ordinal = ordinal
    if len(plans) == 1:
        plans[0].issued = noted(view, [line for line in lines if line.kind == "quote" and line.end <= plans[0].start])
    return plans


def _editors(cleaned: Cleaned) -> bool:
    """Whether an editor has introduced the page's texts."""
    return any(edit.kind == "boilerplate" and edit.rule in ("editor", "collection-title") for edit in cleaned.edits)


def _headed(text: str, line: Line) -> Title:
    return Title(clean(text[line.start:line.end]), (line.start, line.end))


def _title(cleaned: Cleaned, view: str, group: Sequence[Line], k: int) -> Title | None:
    return find_title(cleaned.text, view, group, cleaned.page.title if k == 0 else None)


def _is_plan(view: str, group: Sequence[Line], title: Title | None, tables: Sequence[Table]) -> bool:
    """Whether lines are a plan: by a title that names a kind, by numbered items, or by a table of who is to do what by when."""
    if not group:
        return False
    words = sum(line.end - line.start for line in group)
    if title is not None and kind_of(title.text):
        return words >= _LEAST
    numbered = sum(1 for line in group if _NUMBERED.match(view, line.start, line.end))
    if words < _LEAST or any(NEWS.match(view, line.start, line.end) for line in group[:4]):
        return False
    return numbered >= 2 or any(group[0].start <= t.span[0] < group[-1].end and Columns(t).tells for t in tables)


def _plan(cleaned: Cleaned, view: str, group: Sequence[Line], title: Title | None) -> PlanText:
    start, end = group[0].start, group[-1].end
    gaps = tuple(gap.at for gap in cleaned.completeness.gaps if start <= gap.at <= end)
    return PlanText(
        text=cleaned.text, view=view, start=start, end=end, title=title.text if title else None,
        title_span=title.span if title else None, lines=tuple(group), kind=kind_of(title.text) if title else None,
        tables=tuple(t for t in cleaned.tables if start <= t.span[0] < end),
        damaged=tuple(d for d in cleaned.damaged if start <= d[0] and d[1] <= end), gaps=gaps,
    )
