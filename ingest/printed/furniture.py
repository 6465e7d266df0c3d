"""Running heads, running feet and page numbers: lines at a page's edge that come again on other pages."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..blocks import BlockKind
from .lines import TextLine, joined
from .page import PrintedPage

Row = list[TextLine]
Places = Mapping[str, list[tuple[float, int]]]

_EDGE_LINES = 3         # a running head has at most so many lines
_EDGE = 0.14            # share of the page's height at its top and bottom where furniture stands
_SAME_PLACE = 4.0       # points by which a running head may move from page to page
_STANDS_OFF = 1.3       # a bare number is the page's where it stands off by more than the page's line distance
_NUMBER = r"(?:\d{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十〇百]{1,5})"
_FRAMED = re.compile(
    rf"(?:第 ?{_NUMBER} ?[页頁](?: ?[,，/／]? ?[共（(] ?共? ?{_NUMBER} ?[页頁][)）]?)?"
    rf"|[-—–－―~·•] ?{_NUMBER} ?[-—–－―~·•]"
    rf"|[—–－―-]{{1,3}} ?{_NUMBER} ?[—–－―-]{{1,3}}|{_NUMBER} ?[/／] ?{_NUMBER}|[Pp]age ?\d{{1,4}}(?: of \d{{1,4}})?)")
_BARE = re.compile(r"\d{1,4}|[ivxIVX]{1,6}")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that belongs to the page, not to the text."""

    kind: BlockKind
    text: str
    page: int


def part_furniture(
    pages: Sequence[PrintedPage], rows: Mapping[int, list[Row]],
) -> tuple[dict[int, list[Row]], list[Furniture]]:
    """The rows of each page without furniture, and the furniture in order of pages, heads before feet."""
    places = _places(pages, rows)
    kept: dict[int, list[Row]] = {}
    found: list[Furniture] = []
    for page in pages:
        left = list(rows.get(page.number, []))
        heads = _taken(left, page, places, from_top=True)
        feet = _taken(left, page, places, from_top=False)
        kept[page.number] = left
        found += [*heads, *reversed(feet)]
    return kept, found


def _key(row: Row) -> str:
    return _DIGITS.sub("#", "".join("".join(line.text for line in row).split()))


def _places(pages: Sequence[PrintedPage], rows: Mapping[int, list[Row]]) -> Places:
    """Where each wording (digits aside) stands at an edge: its baselines, in order, each with its page."""
    places: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for page in pages:
        on_page = rows.get(page.number, [])
        edges = on_page[:_EDGE_LINES] + on_page[max(_EDGE_LINES, len(on_page) - _EDGE_LINES):]
        for row in edges:
            if _at_edge(row, page):
                places[_key(row)].append((row[0].base, page.number))
    return {key: sorted(found) for key, found in places.items()}


def _at_edge(row: Row, page: PrintedPage) -> bool:
    return row[0].base < _EDGE * page.height or row[0].base > (1 - _EDGE) * page.height


def _taken(left: list[Row], page: PrintedPage, places: Places, *, from_top: bool) -> list[Furniture]:
    """Take furniture from one end of a page's rows, up to the first row that is none."""
    out: list[Furniture] = []
    steps = [b[0].base - a[0].base for a, b in pairwise(left)]
    pitch = median(steps) if len(steps) > 3 else 0.0
    while left and len(out) < _EDGE_LINES:
        row = left[0] if from_top else left[-1]
        kind = _kind(row, left[1:2] if from_top else left[-2:-1], page, pitch, places)
        if kind is None and from_top and _heads_title(row, left[1:5], page):
            kind = "header"
        if kind is None:
            break
        left.pop(0 if from_top else -1)
        out.append(Furniture(kind, joined(row).text, page.number))
    return out


def _kind(row: Row, beside: list[Row], page: PrintedPage, pitch: float, places: Places) -> BlockKind | None:
    if not _at_edge(row, page):
        return None
    text = joined(row).text.strip()
    if _FRAMED.fullmatch(text):
        return "page_number"
    if _BARE.fullmatch(text) and (_stands_off(row, beside, pitch) or _comes_again(row, page, places)):
        return "page_number"
    if _comes_again(row, page, places):
        return "header" if row[0].base < page.height / 2 else "footer"
    return None


def _heads_title(row: Row, below: list[Row], page: PrintedPage) -> bool:
    """Whether a line at the top says in smaller type what the title directly below says: the head of a lone page."""
    wanted, words = _key(row), ""
    if len(wanted) < 4 or not _at_edge(row, page):
        return False
    for other in below:
        if row[0].size >= 0.9 * other[0].size:
            return False
        words += _key(other)
        if not wanted.startswith(words):
            return False
        if words == wanted:
            return True
    return False


def _stands_off(row: Row, beside: list[Row], pitch: float) -> bool:
    """Whether a line is set apart from its neighbour by distance or by smaller type."""
    if not beside:
        return True
    one, other = row[0], beside[0][0]
    return abs(one.base - other.base) > _STANDS_OFF * pitch or one.size < 0.9 * other.size


def _comes_again(row: Row, page: PrintedPage, places: Places) -> bool:
    base = row[0].base
    found = places.get(_key(row), [])
    return any(abs(other - base) <= _SAME_PLACE and number != page.number for other, number in _near(found, base))


def _near(found: list[tuple[float, int]], base: float) -> list[tuple[float, int]]:
    """Few neighbours of a baseline in the sorted list: enough to find another page, whatever the number of pages."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle][0] < base:
            low = middle + 1
        else:
            high = middle
    return found[max(0, low - 8):low + 8]
