"""Which paragraphs are headings, told by their size against that of the body."""
from __future__ import annotations

from collections.abc import Sequence

from ..blocks import BlockKind
from .paragraphs import Paragraph

_LARGER = 1.12          # of the body's size; 小三 over 四号 is 1.07, 三号 over 四号 1.14
_TITLE = 1.25
_CHARS_MAX = 80
_SHARE_MAX = 0.4        # of all characters: more large ones are not headings
_LEVELS = 6
_LETTERHEAD = ("文件", "简报", "公报")   # the red head of an official document (GB/T 9704) is not its title


def kinds(paragraphs: Sequence[Paragraph], body: float) -> list[tuple[BlockKind, int]]:
    """Kind and heading level of each paragraph: a title at most once, on the first page with text; else headings by
    size, the largest level 1."""
    large = [i for i, p in enumerate(paragraphs) if body and p.size >= _LARGER * body and len(p.text) <= _CHARS_MAX]
    if sum(len(paragraphs[i].text) for i in large) > _SHARE_MAX * sum(len(p.text) for p in paragraphs):
        large = []
    title = _title(paragraphs, large, body)
    sizes = sorted({round(paragraphs[i].size) for i in large if i != title}, reverse=True)
    found: dict[int, tuple[BlockKind, int]] = {
        i: ("heading", min(_LEVELS, sizes.index(round(paragraphs[i].size)) + 1)) for i in large if i != title}
    if title is not None:
        found[title] = ("title", 0)
    return [found.get(i, ("toc" if p.toc else "paragraph", 0)) for i, p in enumerate(paragraphs)]


def _title(paragraphs: Sequence[Paragraph], large: Sequence[int], body: float) -> int | None:
    """The largest centred heading of the first page, the letterhead aside."""
    first = paragraphs[0].page if paragraphs else 0
    candidates = [i for i in large if paragraphs[i].page == first and paragraphs[i].align == "center"
                  and paragraphs[i].size >= _TITLE * body]
    named = [i for i in candidates if not paragraphs[i].text.endswith(_LETTERHEAD)] or candidates
    return max(named, key=lambda i: (paragraphs[i].size, -i)) if named else None
