"""A plan's lines as a flat sequence of items (numbered or headed) and texts, before they become a tree."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Line, Mark, PlanText
from ..numbering import Token, tokens
from .credible import credible
from .heading import trimmed

_STOP = re.compile(r"[。;:!?,、]$")
_SHORT = 45                       # a line with markup that is longer is a sentence in bold, not a heading
_NO_HEADING = re.compile(r"^(?:--|[(\[]|>|各位|同志们|尊敬的)|\d{4}年\d{1,2}月\d{1,2}日")
_ANNEX = re.compile(r"^(?:附 ?件|附 ?录|附 ?表|附 ?注|注释|名词解释|名词注释|名词术语|有关名词)[ :0-9一二三四五六七八九十()]{0,8}")


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
    marks = credible(tokens(plan.view, lines, [table.span for table in plan.tables]))
    by_line: dict[int, list[Token]] = {}
    for token in marks:
        by_line.setdefault(token.line, []).append(token)
    levels = _levels(lines, marks)
    out: list[Event] = []
    for k, line in enumerate(lines):
        out += _of_line(plan, line, k, by_line.get(k, ()), levels)
    return out


def _in_title(line: Line, title: tuple[int, int] | None) -> bool:
    return title is not None and title[0] <= line.start and line.end <= title[1]


def _levels(lines: Sequence[Line], marks: Sequence[Token]) -> dict[str, int]:
    """The markup level of a form of number where most of its items have one."""
    seen: dict[str, list[int]] = {}
    for token in marks:
        seen.setdefault(token.form, []).append(lines[token.line].heading if token.first else 0)
    return {form: max(set(found), key=lambda n: (found.count(n), n)) for form, found in seen.items()}


def _of_line(plan: PlanText, line: Line, k: int, marks: Sequence[Token], levels: dict[str, int]) -> Iterator[Event]:
    if not marks:
        form, level = _unnumbered(plan.view, line)
        yield Event(line.start, line.end, line.start, k, form, 0, None, level, True, line.kind)
        return
    if lead := trimmed(plan.text, line.start, marks[0].mark.start):
        yield Event(*lead, lead[0], k, kind=line.kind)
    for token, after in zip(marks, [*marks[1:], None], strict=True):
        mark = token.mark
        own = trimmed(plan.text, mark.start, after.mark.start if after else line.end)
        level = (line.heading if token is marks[0] else 0) or levels[token.form]
        yield Event(mark.start, own[1] if own else mark.end, min(mark.body, line.end), k, token.form, token.value, mark,
                    level, token.first, line.kind)


def _unnumbered(view: str, line: Line) -> tuple[str, int]:
    """Form and level of a heading without a number; an empty form for a text."""
    words = view[line.start:line.end]
    if len(words) > _SHORT or _NO_HEADING.search(words):
        return "", 0
    if _ANNEX.fullmatch(words):
        return "annex", 1
    if line.heading:
        return f"head{line.heading}", line.heading
    if line.bold and not _STOP.search(words):
        return "bold", 0
    return "", 0
