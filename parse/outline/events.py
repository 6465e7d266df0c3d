"""A plan's lines as a flat sequence of items (numbered or headed) and texts, before they become a tree."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Line, Mark, PlanText
from ..numbering import Token, tokens
from ..view import matching_view
from .credible import credible
from .heading import trimmed
from .nested import INNER, nested
from .unnumbered import attachments, contents, unnumbered

_TOP = 12
_CELLS = 2       # tabs in a line that is a row of a table in plain text
_MASK = re.compile(r"[×xX*_□]{1,4}")


@dataclass(frozen=True, slots=True)
class Event:
    """An item, which opens a section, or a text (`form` empty). `[start, end)` is its stretch with its mark, `body`
    where its words begin; `value` 0 for an unnumbered heading; `level` of the file's own markup, 0 for none."""

    start: int
    end: int
    body: int
    line: int
    form: str = ""
    value: int = 0
    mark: Mark | None = None
    level: int = 0
    first: bool = True
    kind: str = ""


def events(plan: PlanText) -> list[Event]:
    """Every non-blank stretch of the plan in order, its title's lines left out."""
    lines = [line for line in plan.lines if not _in_title(line, plan.title_span)]
    listed = contents(plan.view, lines) | attachments(plan.view, lines)
    rows = _rows(lines, plan)
    marks = nested(plan.view, lines, credible(tokens(plan.view, lines, listed | rows)))
    by_line: dict[int, list[Token]] = {}
    for token in marks:
        by_line.setdefault(token.line, []).append(token)
    heads = unnumbered(plan.view, lines, set(by_line), listed | rows | _titles(plan, lines), _begun_again(marks))
    levels = _levels(lines, marks)
    out: list[Event] = []
    for k, line in enumerate(lines):
        if k in by_line:
            out += _numbered(plan, line, k, by_line[k], levels)
        else:
            form, level = heads.get(k, ("", 0))
            out.append(Event(line.start, line.end, line.start, k, form, 0, None, level, True, line.kind))
    return _alike(out)


def _alike(found: list[Event]) -> list[Event]:
    """Headings that are only bold are of one rank with the bold ones whose words tell that they part the plan (2022年工作
    安排), where none of these holds one of those: both stand right above the numbered items, or text."""
    items = [event for event in found if event.form]
    for one, two in zip(items, items[1:], strict=False):
        if (one.form, two.form) == ("plain1", "bold") or (one.form == "bold" and two.value > 1):
            return found
    if not any(event.form == "plain1" for event in items):
        return found
    return [replace(event, form="plain1") if event.form == "bold" else event for event in found]


def _begun_again(marks: Sequence[Token]) -> set[int]:
    """The lines at which the plan's first series begins, where it begins more than once: what stands before each is a
    heading, even one that nothing else shows to be one (2022年十件实事)."""
    begun = [token for token in marks if token.first and token.value == 1 and token.form == marks[0].form]
    return {token.line for token in begun} if len(begun) >= 2 and begun[0] is marks[0] else set()


def _in_title(line: Line, title: tuple[int, int] | None) -> bool:
    return title is not None and title[0] <= line.start and line.end <= title[1]


def _titles(plan: PlanText, lines: Sequence[Line]) -> set[int]:
    """The lines before the title, and those near the top that give it once more, maybe masked otherwise (20××)."""
    top = plan.title_span[0] if plan.title_span else 0
    title = _MASK.sub("*", matching_view(plan.title or "")).replace(" ", "")
    return {k for k, line in enumerate(lines[:_TOP]) if line.start < top or (
        line.end - line.start <= 2 * len(title)
        and _MASK.sub("*", plan.view[line.start:line.end]).replace(" ", "") == title)}


def _rows(lines: Sequence[Line], plan: PlanText) -> set[int]:
    """The lines that are rows of tables, and those that are written as such."""
    spans = sorted(table.span for table in plan.tables)
    out, at = set(), 0
    for k, line in enumerate(lines):
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        if (at < len(spans) and spans[at][0] <= line.start) or plan.view.count("\t", line.start, line.end) >= _CELLS:
            out.add(k)
    return out


def _levels(lines: Sequence[Line], marks: Sequence[Token]) -> dict[str, int]:
    """The markup level of a form of number where most of its items have one."""
    seen: dict[str, list[int]] = {}
    for token in marks:
        seen.setdefault(token.form, []).append(lines[token.line].heading if token.first else 0)
    return {form: max(set(found), key=lambda n: (found.count(n), n)) for form, found in seen.items()}


def _numbered(plan: PlanText, line: Line, k: int, marks: Sequence[Token], levels: dict[str, int]) -> Iterator[Event]:
    if lead := trimmed(plan.text, line.start, marks[0].mark.start):
        yield Event(*lead, lead[0], k, kind=line.kind)
    for token, after in zip(marks, [*marks[1:], None], strict=True):
        mark = token.mark
        own = trimmed(plan.text, mark.start, after.mark.start if after else line.end)
        level = (line.heading if token is marks[0] else 0) or levels[token.form]
        level = 0 if token.form.endswith(INNER) else level
        yield Event(mark.start, own[1] if own else mark.end, min(mark.body, line.end), k, token.form, token.value, mark,
                    level, token.first, line.kind)
