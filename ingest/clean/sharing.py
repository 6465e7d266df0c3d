"""Page marks of document-sharing sites, `1、 ` `2、 ` in the midst of sentences, even between 二、 and its title.

They go only where their sequence is that of pages: three or more in mid-sentence, counted up, at even distances of the
size of a page. A number of the text's own stands behind a stop or at a line's start, or close to its neighbours."""
from __future__ import annotations

import re
from itertools import pairwise

from ..draft import Change, Draft
from .context import Context

_MARK = re.compile(r"(?<=[\u4e00-\u9fff，、A-Za-z%％”》）)])(?<!第)[ \u3000]?(\d{1,3})、[ \u3000]{1,2}(?=[\u4e00-\u9fff\dA-Za-z，。、；：“《（(])")
_LINE_NUMBER = re.compile(r"(?:^|\n)[ \u3000]*[（(]?[一二三四五六七八九十]{1,3}[)）]?、?\Z")
_FEWEST = 3
_NEAREST, _FARTHEST = 200, 4_000    # characters of a page
_UNEVEN = 4              # how many times longer than the shortest page the longest may be
_MISSED = 3              # pages in a row whose mark stands elsewhere, at a line's start


def shared_page_marks(draft: Draft, context: Context) -> None:
    """Remove the longest sequence of such marks, if it counts pages."""
    text = draft.text
    found = [m for m in _MARK.finditer(text) if text[m.start() - 1] != "、" or _LINE_NUMBER.search(text, max(0, m.start() - 8), m.start())]
    if len(found) < _FEWEST:
        return
    chain = _longest(found)
    if len(chain) < _FEWEST:
        return
    context.page_breaks += [draft.source_offset(m.start()) for m in chain]
    draft.change(Change(m.start(), m.end(), "", "page_number", "shared-page-mark") for m in chain)


def _longest(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The longest chain of marks counted up at even distances."""
    best: list[list[re.Match[str]]] = []
    for k, mark in enumerate(found):
        before = [chain for chain in best[max(0, k - 40):k] if _follows(chain[-1], mark) and _even([*chain, mark])]
        best.append([*max(before, key=len, default=[]), mark])
    return max(best, key=len)


def _page(one: re.Match[str], two: re.Match[str]) -> float:
    return (two.start() - one.start()) / (int(two[1]) - int(one[1]))


def _follows(one: re.Match[str], two: re.Match[str]) -> bool:
    return 0 < int(two[1]) - int(one[1]) <= _MISSED and _NEAREST <= _page(one, two) <= _FARTHEST


def _even(chain: list[re.Match[str]]) -> bool:
    pages = [_page(one, two) for one, two in pairwise(chain)]
    return max(pages) <= _UNEVEN * min(pages)
