"""Places where a site has left text out: the marker goes, what it says of the missing text is kept."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Change, Draft
from ..rows import rows
from .context import Context, GapNote
from .fold import fold, whole_line

_TRIGGER = re.compile("省略|略去|从略|從略|[(（]略|隐藏|隱藏|未完|全文|余下|餘下|剩余|剩餘|还剩|還剩|[内內]容|删去|刪去|[会會][员員]|已略|下[页頁]|更多")
_STEP = 60               # a marker that begins within as many characters is in the window as well
_AROUND = 200            # characters to each side of a trigger within which a marker lies


def elisions(draft: Draft, context: Context) -> None:
    """Remove the markers of left-out text; note each as a gap, and the lengths that the page declares."""
    text = draft.text
    changes: list[Change] = []
    for start, end, rule, numbers in _found(text):
        if changes and start < changes[-1].end:
            continue
        low, high = _widened(text, start, end)
        context.gaps.append(GapNote(draft.source_offset(low), numbers.get("chars"), text[start:end].strip()))
        context.declared_chars = context.declared_chars or numbers.get("declared")
        context.shown_chars = context.shown_chars or numbers.get("shown")
        context.note(draft, "gap", _message(numbers), low, high)
        changes.append(Change(low, high, "", "gap_marker", rule))
    draft.change(changes)


def _found(text: str) -> Iterator[tuple[int, int, str, dict[str, int]]]:
    """Markers in order: span, row, the numbers in it."""
    at = last = 0
    while trigger := _TRIGGER.search(text, at):
        at = trigger.end()
        line_start = text.rfind("\n", 0, trigger.start()) + 1
        line_end = text.find("\n", trigger.end())
        line_end = len(text) if line_end < 0 else line_end
        short = line_end - line_start <= 80
        low = max(line_start, trigger.start() - _AROUND)
        if not short:    # what is left out on a long line is told by a number of characters
            at += _STEP
            if "字" not in text[low:trigger.end() + _AROUND]:
                continue
        window = fold(text[low:min(line_end, trigger.end() + _AROUND)])
        for row in rows("elision", "row"):
            if row.more.get("line"):
                if not short:
                    continue
                lead = len(window) - len(window.lstrip())
                match = row.pattern.fullmatch(window.strip())
            else:
                lead = 0
                match = row.pattern.search(window)
                if match and low + match.start() < last:
                    match = None
            if match:
                last = low + lead + match.end()
                numbers = {k: int(v) for k, v in match.groupdict().items() if v}
                yield low + lead + match.start(), low + lead + match.end(), row.id, numbers
                at = last
                break


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole line for a marker that has one to itself, else the marker and the blanks before it."""
    low, high = whole_line(text, start, end)
    if not text[low:start].strip() and not text[end:high].strip():
        return low, high
    while start > 0 and text[start - 1] in " \u3000":
        start -= 1
    return start, end


def _message(numbers: dict[str, int]) -> str:
    if "chars" in numbers:
        return f"the site has left out {numbers['chars']} characters"
    if "declared" in numbers and "shown" in numbers:
        return f"the site shows {numbers['shown']} of {numbers['declared']} characters"
    return "the site has left out text"
