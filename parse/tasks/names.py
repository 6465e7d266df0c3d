"""Lists of who: taken apart into names at the marks and joining words between them, never within a name."""
from __future__ import annotations

import re
from collections.abc import Iterator

from .actors import acts, among

Span = tuple[int, int]

_BREAK = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|[、,;/\n\t。:]|\s{1,8}|以及|会同|和|及|与")
_JOINS = ("以及", "会同", "和", "及", "与")
_ETC = re.compile(r"等(?:有关|相关|各)?(?:单位|部门|机关|方面)?\Z|\s+\Z")
_MARKER = re.compile(r"\s*\((?:牵头|主办|主责|责任|负责|配合|协办|协助|参与|承办|排[名序]第一|按职责分工|按职能分工|分别负责|共同负责)[^()]{0,8}\)\Z")
_LEADING = re.compile(r"(?:由|请|各有关单位:|、|\s)+")
_SHARED = re.compile(r"等(?:有关|相关|各)?(?:部门|单位|机关)|部门|单位|机关")
_PAIR_LEFT = ("党委", "党工委", "党组织", "党支部", "工委")
_PAIR_RIGHT = ("政府", "人民政府", "管委会", "办事处", "村委会", "居委会", "行政")


def names(view: str, start: int, end: int) -> list[Span]:
    """The spans of the names in the list `view[start:end]`, in order.

    `县（市）、乡（镇）党委`, `党委和政府` and `教育、民政等部门` share a head or a modifier and stay one name."""
    parts = [p for p in (_trimmed(view, *part) for part in _parts(view, start, end)) if p[1] > p[0]]
    out: list[Span] = []
    k = 0
    while k < len(parts):
        low, high = parts[k]
        while k + 1 < len(parts) and _one(view, (low, high), parts[k + 1], parts[k + 1:]):
            k += 1
            high = parts[k][1]
        out.append((low, high))
        k += 1
    return out


def _parts(view: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for mark in _BREAK.finditer(view, start, end):
        if mark.group()[0] in "([":
            continue
        if mark.group() in _JOINS and not _joins(view, at, mark.start(), mark.end(), end):
            continue
        yield at, mark.start()
        at = mark.end()
    yield at, end


def _joins(view: str, at: int, low: int, high: int, end: int) -> bool:
    """Whether a joining word stands between two names, not within one."""
    stop = _BREAK.search(view, high, end)
    right = view[high:stop.start() if stop and stop.group()[0] not in "([" else end]
    return acts(view[at:low]) and acts(right)


def _trimmed(view: str, low: int, high: int) -> Span:
    lead = _LEADING.match(view, low, high)
    low = lead.end() if lead else low
    while tail := (_MARKER.search(view, low, high) or _bare_etc(view, low, high)):
        high = tail.start()
    return low, high


def _bare_etc(view: str, low: int, high: int) -> re.Match[str] | None:
    """A closing 等 or blank; 等部门 stays, since it is the head that the names share."""
    tail = _ETC.search(view, low, high)
    return tail if tail and (tail.group() == "等" or not tail.group().strip()) else None


def _one(view: str, left: Span, right: Span, rest: list[Span]) -> bool:
    """Whether two neighbours are one name."""
    a, b = view[slice(*left)], view[slice(*right)]
    if among("level", a):
        return True
    if a.endswith(_PAIR_LEFT) and b in _PAIR_RIGHT:
        return True
    return not acts(a) and len(a) <= 6 and any(_SHARED.search(view, *p) and acts(view[slice(*p)]) for p in rest[:6]) \
        and not re.search(r"\s", view[left[1]:right[0]])
