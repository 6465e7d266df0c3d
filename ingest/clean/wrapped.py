"""Text with hard line ends: nearly all lines end at one column, whatever they say. Which of its line ends are none."""
from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

_FEWEST = 8              # lines
_NARROW, _WIDE = 30, 160  # columns between which text is wrapped
_SLACK = 5               # columns by which a full line may fall short: no line begins with a stop
_INDENT = 4              # columns by which a paragraph's first line falls short where the file has lost its indent
_LONGEST = .98           # of the lines keep to it; a few were joined by whoever typed them
_FULL_SHARE = .5         # of the lines that do not end a sentence, how many end at the column
_DOUBLE = .8
_ENDS = frozenset("。！？；：!?;:…”")


def wrapped_breaks(text: str, spans: list[tuple[int, int]], mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The gaps `[end, start)` between lines of which the second goes on with the first; none for text that is not wrapped."""
    column = _column(text, spans)
    if not column:
        return
    indented = sum(1 for start, _ in spans if _indent(text, start) >= 2)
    by_indent = indented >= 3 and indented < len(spans) * .7
    apart = _apart(text, spans)
    before = None
    for (start, end), (after, stop) in zip(spans, spans[1:], strict=False):
        opens = before is None or text.count("\n", before, start) != apart
        before = end
        full = _indent(text, start) + width(text[start:end]) >= column - _SLACK - _INDENT * opens
        if not full or text.count("\n", end, after) != apart or mark.match(text, after, stop) or "\t" in text[start:stop]:
            continue
        new = _indent(text, after) >= 2 if by_indent else text[end - 1] in _ENDS
        if not new:
            yield end, after


def _apart(text: str, spans: list[tuple[int, int]]) -> int:
    """How many line feeds part two lines: two where nearly every line is followed by an empty one."""
    gaps = [text.count("\n", end, after) for (_, end), (after, _) in pairwise(spans)]
    return 2 if gaps.count(2) >= _DOUBLE * len(gaps) else 1


def _column(text: str, spans: list[tuple[int, int]]) -> int:
    """The column at which lines end; 0 where they do not."""
    if len(spans) < _FEWEST or len(text) > len(spans) * _WIDE:
        return 0
    ends = [_indent(text, s) + width(text[s:e]) for s, e in spans]
    column, longest = (sorted(ends)[int(len(ends) * share)] for share in (.95, _LONGEST))
    if not _NARROW <= column <= _WIDE or longest > column + 2 * _SLACK:
        return 0
    open_ends = [w for w, (_, e) in zip(ends, spans, strict=True) if text[e - 1] not in _ENDS]
    full = sum(1 for w in open_ends if w >= column - _SLACK)
    return column if full >= _FEWEST / 2 and full >= len(open_ends) * _FULL_SHARE else 0


def width(words: str) -> int:
    """Columns of a line: two for a wide character."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in words)


def _indent(text: str, start: int) -> int:
    line = text.rfind("\n", 0, start) + 1
    return width(text[line:start])
