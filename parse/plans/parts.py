"""Pages that gather several plans: the lines that head each."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Line
from ..numbering import ordinal
from ..rules import load
from .kinds import kind_of

_BODY = 12       # characters that must follow a heading for it to head a plan
_BODY_PLAIN = 30 # where only a number behind the title says that there are several
_LONGEST = 60    # of a heading
_SEVERAL = re.compile("[0-9一二三四五六七八九十]篇|集锦|汇编|合集|汇总")
_TOP = 12        # lines at the top among which the first plan's heading stands


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    family: str
    stem: str
    value: int
    least: int


def gathered(view: str, lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that head the plans of a gathering page, in order; empty for a page with one plan."""
    families: dict[tuple[str, str], list[_Heading]] = {}
    for k, line in enumerate(lines):
        heading = _heading(view, line, k)
        if heading is not None:
            families.setdefault((heading.family, heading.stem), []).append(heading)
    runs = [_run(found, lines) for found in families.values() if len(found) >= 2]
    best = max(runs, key=len, default=[])
    return best if len(best) >= 2 else []


def first_of_several(view: str, lines: Sequence[Line], page: str, introduced: bool) -> list[int]:
    """The line that heads the first plan of a gathering page that is cut off before its second one: numbered 1 behind the
    page's own title, or on a page that an editor has introduced."""
    for k, line in enumerate(lines[:_TOP]):
        heading = _heading(view, line, k)
        if heading is None or heading.value != 1 or not _run([heading], lines):
            continue
        stem = heading.stem.replace(" ", "")
        named = bool(page) and (stem == page.replace(" ", "") or view[line.start:line.end].endswith(page))
        own = page.replace(" ", "") == view[line.start:line.end].replace(" ", "")
        several = _SEVERAL.search(heading.stem) is not None
        if (named or introduced or several) and (not own or introduced or several):
            return [k]
    return []


def _heading(view: str, line: Line, k: int) -> _Heading | None:
    if line.end - line.start > _LONGEST:
        return None
    hit = load("plans").match(view, line.start, line.end)
    if hit is None:
        return None
    words = view[line.start:line.end]
    stem = hit.parts.get("stem", "").strip()
    if hit.rule.more.get("words") and not kind_of(stem or words):
        return None
    number = hit.parts.get("n") or next((c for c in (words[i] for i in range(len(words))) if ordinal(c)), "")
    least = _BODY_PLAIN if hit.rule.more.get("words") else _BODY
    return _Heading(k, hit.rule.id, stem, ordinal(number) or 0, least)


def _run(headings: Sequence[_Heading], lines: Sequence[Line]) -> list[int]:
    """The headings whose numbers rise and behind which a plan's text stands."""
    out: list[_Heading] = []
    for at, heading in enumerate(headings):
        stop = headings[at + 1].line if at + 1 < len(headings) else len(lines)
        body = lines[stop - 1].end - lines[heading.line].end
        if body >= heading.least and (not out or heading.value > out[-1].value):
            out.append(heading)
    return [h.line for h in out]
