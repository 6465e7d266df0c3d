"""What a reader gives: source text, unchanged, with the blocks that it is made of and their place in the file."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..schema import Diagnostic, Page, Table

BlockKind = Literal[
    "paragraph", "heading", "title", "cell", "list_item", "quote", "toc", "header", "footer", "page_number", "footnote",
    "furniture", "links", "text_box", "page_break",
]


class PageBox(NamedTuple):
    """Where the next `chars` characters of a block are printed: page, and left, top, right, bottom in points from the
    page's upper left."""

    chars: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of the source text. `place` is where it stands in the file, for a person to find:
    `line 12`, `paragraph 7`, `table 2 row 3 cell 1`, `page 4`, `body/div[2]/p[5]`; docs/contract.md lists the forms.
    `boxes` are its stretches on printed pages, in order; together they are as long as the block."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0             # of a heading, 1 the highest
    place: str = ""
    bold: bool = False
    align: Literal["", "center", "right"] = ""
    link_chars: int = 0        # characters of the block that stand in links (HTML)
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file in reading order. Blocks are in order and do not overlap; white space between them belongs
    to none. Tables carry spans of the source text."""

    text: str
    media_type: str
    reader: str
    charset: str | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    page: Page = field(default_factory=Page)
    ocr: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
