"""The folded copy that vocabulary rows match on: one width, simplified characters, character for character."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...schema.script import row, simplified as _simplified

_FROM = "　\u00a0–—―─━－〔〕【】［］「」『』“”〈〉《》，：；（）！？｜•・"
_INTO = "  ------[][][]\"\"\"\"\"\"<><>,:;()!?|··"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LINE = re.compile(r"[^\n]+")


@cache
def _table() -> list[int]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update({ord(odd): plain for odd, plain in zip(_FROM, _INTO, strict=True)})
    return row(_simplified() | table)


def fold(text: str) -> str:
    """`text` in half width and simplified characters; as long as `text`."""
    return text.translate(_table())


def simplified(char: str) -> str:
    """The simplified form of one character."""
    return _simplified().get(ord(char), char)


@cache
def simplified_only() -> frozenset[str]:
    """Characters that the table gives as simplified forms, and that are no traditional ones by themselves."""
    return frozenset(_simplified().values()) - frozenset(chr(code) for code in _simplified())


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the lines that hold anything, without the blanks around it."""
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        line = match.group()
        body = line.strip()
        if body:
            first = match.start() + len(line) - len(line.lstrip())
            yield first, first + len(body)


def whole_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to its whole line and the line feed that ends it (at the end of the text, the one before it);
    after an empty line the empty lines below go as well."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    if high < 0:
        return max(0, low - 1), len(text)
    high += 1
    if low == 0 or text.startswith("\n", low - 2):
        while text.startswith("\n", high):
            high += 1
    return low, high
