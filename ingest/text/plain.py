"""Plain text: every line that is not blank is a block."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..blocks import Block, SourceText
from .charset import decode

# A line ends where an editor says so; form feeds and Unicode's separators part blocks, but do not count as lines.
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\r\n|\n|\r")
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A line `[start, end)` without the blanks around it; `indent` is the blanks before it."""

    start: int
    end: int
    number: int
    indent: int = 0


def lines(text: str) -> Iterator[Line]:
    """The lines that hold more than blanks, with their numbers as an editor counts them, from 1."""
    number = 1
    for found in _LINE.finditer(text):
        content = found.group()
        if content[0] in "\r\n":
            number += 1
            continue
        left = len(content) - len(content.lstrip(_BLANK))
        right = len(content.rstrip(_BLANK))
        if left < right:
            yield Line(found.start() + left, found.start() + right, number, left)


def read_text(data: bytes, name: str = "", *, charset: str | None = None) -> SourceText:
    """The decoded text, unchanged, with a block a line. `charset` is the label of whatever brought the text."""
    decoded = decode(data, charset)
    blocks = tuple(Block(line.start, line.end, place=f"line {line.number}") for line in lines(decoded.text))
    return SourceText(decoded.text, "text/plain", "text", decoded.charset, blocks, diagnostics=decoded.diagnostics)
