"""Pipe tables of Markdown: one block a cell, and the Table that they make."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ...schema import Cell, Table
from ..blocks import Block
from .plain import Line

_DIVIDER = re.compile(r"\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?$")
_BAR = re.compile(r"(?<!\\)\|")


def is_divider(words: str) -> bool:
    """Whether a line parts a table's head from its body: `| --- | :--: |`."""
    return "|" in words and _DIVIDER.match(words) is not None


def table_blocks(text: str, rows: list[Line], number: int) -> tuple[Table, list[Block]]:
    """A table of a head, a divider and rows, and its blocks in order; the divider is furniture, empty cells have no
    block."""
    cells: list[list[Cell]] = []
    blocks: list[Block] = []
    for k, line in enumerate(rows):
        if k == 1:
            blocks.append(Block(line.start, line.end, "furniture", place=f"line {line.number}"))
            continue
        row = [Cell(text=text[a:b], span=(a, b)) for a, b in _cells(text, line)]
        cells.append(row)
        place = f"table {number} row {len(cells)} cell"
        blocks += [Block(*c.span, "cell", place=f"{place} {i}") for i, c in enumerate(row, 1) if c.text]
    header = [c.text for c in cells[0]]
    return Table(id=f"t{number}", span=(rows[0].start, rows[-1].end), header=header, rows=cells), blocks


def _cells(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Where the cells of a row stand, without the blanks around their words."""
    words = text[line.start:line.end]
    bars = [m.start() for m in _BAR.finditer(words)]
    starts = ([] if words.startswith("|") else [-1]) + bars
    ends = bars[1 if words.startswith("|") else 0:] + ([] if bars and bars[-1] == len(words) - 1 else [len(words)])
    for a, b in zip(starts, ends, strict=False):
        inner = words[a + 1:b]
        left = len(inner) - len(inner.lstrip())
        width = len(inner.strip())
        start = line.start + a + 1 + (left if width else 0)
        yield start, start + width
