"""What an element's style attribute says of its text. Pages say the same few things thousands of times: each is read once."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Align = Literal["", "center", "right"]

_BOLD = re.compile(r"font-weight:(?:bold|bolder|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight:(?:normal|lighter|[1-5]00)")
_ALIGN = re.compile(r"text-align:(center|right|end|left|justify|start)")
_AS_BLOCK = re.compile(r"display:(?:block|flex|grid|table(?:;|$)|list-item)")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
_TINY = re.compile(r"font-size:0(?:px|pt|em|%)?(?:;|$|!)")
_REMEMBERED = 4096     # different styles; a page has a few dozen, and one made to have a million may not fill the memory


@dataclass(slots=True)
class Style:
    """`bold` and `align` are None where nothing is said of them; `kept`: white space is; `looks`: one of these is said;
    `tiny`: letters of no size."""

    bold: bool | None = None
    align: Align | None = None
    kept: bool = False
    looks: bool = False
    block: bool = False
    hidden: bool = False
    tiny: bool = False
    sized: bool = False


PLAIN = Style()


@lru_cache(_REMEMBERED)
def style_of(words: str) -> Style:
    """The style that the words of a style attribute give."""
    said = "".join(words.lower().split())
    bold = True if _BOLD.search(said) else False if _NOT_BOLD.search(said) else None
    align = aligned(found.group(1)) if (found := _ALIGN.search(said)) else None
    kept = "white-space:pre" in said
    return Style(bold, align, kept, kept or bold is not None or align is not None, _AS_BLOCK.search(said) is not None,
                 _HIDDEN.search(said) is not None, _TINY.search(said) is not None, "font" in said)


def aligned(word: str) -> Align:
    """An alignment's name as the blocks of a text have it."""
    return "center" if word == "center" else "right" if word in ("right", "end") else ""
