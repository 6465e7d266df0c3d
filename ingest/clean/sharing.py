"""Page marks of document-sharing sites, `1、 ` `2、 ` in the midst of sentences, even between 二、 and its title.

They go only where their sequence is that of pages: three or more in mid-sentence, counted up, at even distances of the
size of a page. A number of the text's own stands behind a stop or at a line's start, or close to its neighbours."""
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ..draft import Change, Draft
from .context import Context
from .fold import fold, lines
from .unbroken import unbroken

_MARK = re.compile(r"(?<=[\u4e00-\u9fff，、A-Za-z%％”》）)\u3000 ])(?<![第\d])(\d{1,3})、(?:[ \u3000]{1,2}(?=[\u4e00-\u9fff\dA-Za-z，。、；：“《（(])|[ \u3000]*(?=\n))")
_ANY = re.compile(r"(?<=[^\n\d第 \u3000])(\d{1,3})、(?:[ \u3000]{1,2}|(?=\n))(?=[^\s]|\n)")
_SIGN = re.compile(r"\d、[ \u3000\n]")
_LINE_NUMBER = re.compile(r"(?:^|\n)[ \u3000]*[（(]?[一二三四五六七八九十]{1,3}[)）]?、?\Z")
_SITE = re.compile("由(?:会员|用户|网友).{0,4}(?:上传|分享)|文档编号:|(?:资源|文档)(?:描述|简介)")
_HEAD = 6_000            # characters of the page in which the site shows
_STRETCH = re.compile(r"(\d{1,3})、")
_STRETCH_LENGTH = 100    # characters of a stretch
_TITLE = 6               # of a title that is told again
_STOPS = frozenset("。！？；：!?;:…”")
_FEWEST = 3
_MOST = .6              # of the marks found, and of the pages counted, that the chain must hold
_NEAREST, _FARTHEST = 300, 4_000    # characters of a page
_UNEVEN = 2.5            # how many times longer than the shortest page the longest may be
_BACK = 40               # marks that are looked back over for the one before
_MISSED = 3              # pages in a row whose mark stands elsewhere, at a line's start


@dataclass(frozen=True, slots=True)
class _Link:
    """The longest chain that ends with a mark: marks in it, its shortest and longest page, the mark before."""

    count: int
    shortest: float
    longest: float
    before: int


def shared_page_marks(draft: Draft, context: Context) -> None:
    """Remove the longest sequence of such marks, if it counts pages."""
    _stretches(draft, context)
    text = draft.text
    if len(_SIGN.findall(text)) < _FEWEST:
        return
    found = [m for m in _MARK.finditer(text) if _inside(text, m.start())]
    if len(found) < _FEWEST:
        return
    chain = _longest(found)
    counted = int(chain[-1][1]) - int(chain[0][1]) + 1
    if len(chain) < max(_FEWEST, _MOST * len(found), _MOST * counted):
        return
    chain = sorted([*chain, *_between(text, chain)], key=lambda m: m.start())
    context.page_breaks += [draft.source_offset(m.start()) for m in chain]
    draft.change(Change(m.start(), m.end(), "", "page_number", "shared-page-mark") for m in chain)


def _stretches(draft: Draft, context: Context) -> None:
    """On a page of a site that prints a text in numbered stretches, cut anywhere, their numbers at the lines' starts go."""
    text = draft.text
    if not _SITE.search(fold(draft.source[:_HEAD])):
        return
    spans = list(lines(text))
    found: list[int] = []
    for k, (start, end) in enumerate(spans):
        mark = _STRETCH.match(text, start, end)
        if mark and int(mark[1]) == len(found) + 1 and end - start > _STRETCH_LENGTH:
            found.append(k)
    cut = [k for k in found[1:] if text[spans[k - 1][1] - 1] not in _STOPS]
    if len(found) < 2 or 2 * len(cut) < len(found) - 1:
        return
    changes, title = [], str(context.page.get("title") or "")
    for k in found:
        mark = _STRETCH.match(text, *spans[k])
        assert mark
        changes.append(Change(spans[k - 1][1] if k in cut else mark.start(), mark.end(), "", "page_number", "shared-page-mark"))
        at = mark.end()
        while k == found[0] and len(title) >= _TITLE and text.startswith(title, at):      # its title runs into the text
            at += len(title)
            if text[at:at + 1] != "\n":
                changes.append(Change(at, at, "\n", "whitespace", "lost-break"))
    draft.change(changes)
    unbroken(draft, context)


def _inside(text: str, at: int) -> bool:
    """Whether a mark stands in a line, and behind 、 only where that ends a numeral: 二、1、 加强领导."""
    line = text.rfind("\n", 0, at) + 1
    before = text[line:at].rstrip(" \u3000")
    return bool(before) and before[-1] not in "。；：！？;:" and (before[-1] != "、" or _LINE_NUMBER.search(before[-8:]) is not None)


def _between(text: str, chain: list[re.Match[str]]) -> list[re.Match[str]]:
    """Marks behind a stop whose number is the one that misses between two of the chain, where no other has it."""
    out = []
    for one, two in pairwise(chain):
        missing = range(int(one[1]) + 1, int(two[1]))
        for number in missing:
            found = [m for m in _ANY.finditer(text, one.end(), two.start()) if int(m[1]) == number]
            if len(found) == 1 and _even([one, found[0], two]):
                out.append(found[0])
    return out


def _longest(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The longest chain of marks counted up at even distances."""
    best: list[_Link] = []
    for k, mark in enumerate(found):
        link = _Link(1, float("inf"), 0.0, -1)
        for i in range(max(0, k - _BACK), k):
            page = _page(found[i], mark) if 0 < int(mark[1]) - int(found[i][1]) <= _MISSED else 0.0
            low, high = min(best[i].shortest, page), max(best[i].longest, page)
            if _NEAREST <= page <= _FARTHEST and high <= _UNEVEN * low and best[i].count >= link.count:
                link = _Link(best[i].count + 1, low, high, i)
        best.append(link)
    at, chain = max(range(len(best)), key=lambda k: best[k].count), []
    while at >= 0:
        chain.append(found[at])
        at = best[at].before
    return chain[::-1]


def _page(one: re.Match[str], two: re.Match[str]) -> float:
    return (two.start() - one.start()) / (int(two[1]) - int(one[1]))


def _even(chain: list[re.Match[str]]) -> bool:
    pages = [_page(one, two) for one, two in pairwise(chain)]
    return max(pages) <= _UNEVEN * min(pages)
