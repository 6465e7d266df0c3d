"""Lines put together into paragraphs: by first-line indent, by how far the line before is filled, by gaps and marks."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median

from ..blocks import PageBox
from ..compose import Align
from .columns import Placed
from .lines import TextLine, is_latin

# Shares of the font size.
_INDENT = 1.2           # a first line is indented by two characters, sometimes by less
_EVEN = 0.5             # lines this near begin at the same place
_ROOM = 0.6             # a line with more room than its successor's first word and this much was ended on purpose
_GAP = 1.45             # of the usual line distance: a gap before a paragraph
_OTHER_SIZE = 0.08
_TYPE_AREA = 0.5        # share of the page's width: less is no type area but short lines that happen to end alike
_CENTRE = 0.9
_LARGE = 1.12           # of the body's size
_ASCENT, _DESCENT = 0.88, 0.12      # how far Chinese characters reach above and below their baseline
_NUMERAL = "[一二三四五六七八九十百零〇]{1,5}"
_MARK = re.compile(
    rf"(?:第(?:{_NUMERAL}|\d{{1,3}}) ?[章节条款编篇部]|{_NUMERAL}[、.．]"
    rf"|[（(](?:{_NUMERAL}|\d{{1,3}})[）)]|\d{{1,3}}[、)）]"
    r"|\d{1,3}[.．](?!\d)|[①-⑳㈠-㈩⑴-⒇⒈-⒛•●■◆▪])")
_ENDS = tuple("。；：！？…;:!?”」』）)")
_STOPS = tuple("。；：！？;:!?")
_TOC = re.compile(r".{1,80}?(?:[.·…‥]\s?){4,60}\s*+\d{0,4}")


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph; `page` is where it begins."""

    lines: list[TextLine]
    align: Align = ""
    toc: bool = False

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """The font size of its longest line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines joined, without blanks between Chinese characters."""
        return "".join(self._parts())

    @property
    def boxes(self) -> tuple[PageBox, ...]:
        """Where it is printed: a box for each page and column that it runs over."""
        out: list[PageBox] = []
        for line, words in zip(self.lines, self._parts(), strict=True):
            x0, top, x1, bottom = line.x0, line.base - _ASCENT * line.size, line.x1, line.base + _DESCENT * line.size
            last = out[-1] if out else None
            if last is not None and last.page == line.page and top >= last.box[1]:
                box = (min(x0, last.box[0]), last.box[1], max(x1, last.box[2]), max(bottom, last.box[3]))
                out[-1] = PageBox(last.chars + len(words), line.page, box)
            else:
                out.append(PageBox(len(words), line.page, (x0, top, x1, bottom)))
        return tuple(out)

    def _parts(self) -> list[str]:
        """The lines as they follow each other, each with the blank before it."""
        rest = (_between(before.text, line.text) + line.text for before, line in pairwise(self.lines))
        return [self.lines[0].text, *rest]


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of a column's text, and the usual distance of its lines, in points."""

    left: float
    right: float
    pitch: float


def _between(before: str, after: str) -> str:
    """A blank between Latin words; none within a number, after a hyphen, beside Chinese."""
    one, two = before[-1:], after[:1]
    return " " if is_latin(one) and is_latin(two) and not (one.isdigit() and two.isdigit()) else ""


def paragraphs(stretches: Sequence[Sequence[Placed]], widths: Mapping[int, float]) -> list[list[Paragraph]]:
    """The paragraphs of each stretch of lines in reading order; none runs over from one stretch to the next. `widths`
    are the pages' widths."""
    placed = [p for stretch in stretches for p in stretch]
    margins = _all_margins(placed, widths)
    layout = _Layout(margins, body_size([p.line for p in placed]), _indents(placed, margins))
    return [_of_stretch(stretch, layout) for stretch in stretches]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the pages have in common: margins by page and column, the body's size, whether first lines are indented."""

    margins: Mapping[tuple[int, int], Margins]
    body: float
    indents: bool

    def of(self, placed: Placed) -> Margins:
        return self.margins[placed.line.page, placed.column]


def _indents(placed: Sequence[Placed], margins: Mapping[tuple[int, int], Margins]) -> bool:
    """Whether most lines after one that was ended on purpose are indented."""
    first = indented = 0
    for last, now in pairwise(placed):
        if margins[last.line.page, last.column].right - last.line.x1 > now.line.first + 2 * now.line.size:
            first += 1
            indented += now.line.x0 - margins[now.line.page, now.column].left > _INDENT * now.line.size
    return first >= 3 and indented > 0.6 * first


def _of_stretch(stretch: Sequence[Placed], layout: _Layout) -> list[Paragraph]:
    out: list[Paragraph] = []
    last: Placed | None = None
    for now, after in zip_longest(stretch, stretch[1:]):
        align = _alignment(now.line, layout.of(now), layout.body)
        toc = _TOC.fullmatch(now.line.text[:200]) is not None
        if last is None or toc or out[-1].toc or _starts(
                out[-1], last, now, align, layout, opens=after is not None and _opens(now, after, layout)):
            out.append(Paragraph([now.line], align, toc))
        else:
            out[-1].lines.append(now.line)
            out[-1].align = out[-1].align or align
        last = now
    return out


def body_size(lines: Sequence[TextLine]) -> float:
    """The font size of most characters; 0 without lines."""
    sizes: dict[float, int] = defaultdict(int)
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 0.0


def _opens(now: Placed, after: Placed, layout: _Layout) -> bool:
    """Whether a line is full and the one after stands at the margin, as after the first line of a paragraph."""
    own, em = layout.of(after), now.line.size
    full = layout.of(now).right - now.line.x1 <= after.line.first + _ROOM * em
    return full and after.line.x0 - own.left < _EVEN * em and now.line.size == after.line.size


def _starts(
    paragraph: Paragraph, last: Placed, now: Placed, align: Align, layout: _Layout, *, opens: bool,
) -> bool:
    """Whether `now` begins a paragraph after `paragraph`, whose last line is `last`; `opens` tells that the line after
    `now` speaks for it."""
    line, prior, own, before = now.line, last.line, layout.of(now), layout.of(last)
    em = line.size
    turned = line.page != prior.page or now.column != last.column
    if abs(line.size - prior.size) > _OTHER_SIZE * max(line.size, prior.size):
        return True
    if align or paragraph.align:
        filled = not paragraph.align and em > _LARGE * layout.body and before.right - prior.x1 <= line.first + _ROOM * em
        centred = align == "center" and (paragraph.align == "center" or filled)
        return not (centred and not turned and _title_goes_on(prior, line, own))
    if not turned and line.base - prior.base > max(_GAP * own.pitch, 1.2 * em):
        return True
    room = before.right - prior.x1
    if room > line.first + _ROOM * em:
        return True
    if _MARK.match(line.text):
        indented = line.x0 - own.left > _INDENT * em
        # Where first lines are indented, a number at the margin only happens to stand there.
        return indented or (not layout.indents and prior.text.endswith(_STOPS))
    # Where first lines are indented, words without a mark are no indented block: each such line is a first one.
    ended = opens or prior.text.endswith(_ENDS) or (layout.indents and not _MARK.match(paragraph.lines[0].text))
    return _indented(paragraph, line, own, before, ended)


def _indented(paragraph: Paragraph, line: TextLine, own: Margins, before: Margins, ended: bool) -> bool:
    """Whether a line that the one before may run on into begins a paragraph by its indent."""
    em = line.size
    indent = line.x0 - own.left
    if indent < _INDENT * em:
        return False
    first = paragraph.lines[0].x0 - before.left if len(paragraph.lines) == 1 else None
    rest = paragraph.lines[-1].x0 - before.left
    if first is None:
        return abs(indent - rest) > _EVEN * em      # the paragraph's own lines are indented: this one goes on
    if abs(indent - first) <= _EVEN * em:
        return ended                                 # an indented block, or one paragraph a line
    if indent > first:
        return not _MARK.match(paragraph.lines[0].text)     # hanging text after a mark
    return False


def _title_goes_on(prior: TextLine, line: TextLine, own: Margins) -> bool:
    """A centred heading of several lines: same size, close below each other, neither ended nor numbered anew."""
    close = line.base - prior.base < 2.1 * line.size
    worded = prior.text[-1:] not in "。！？）)" and not _MARK.match(line.text)
    return close and worded and line.bold == prior.bold


def _alignment(line: TextLine, own: Margins, body: float) -> Align:
    em = line.size
    left, right = line.x0 - own.left, own.right - line.x1
    if left < _INDENT * em or own.right <= own.left:
        return ""
    large = line.size > _LARGE * body
    if abs(left - right) <= _CENTRE * em * 2 and (left > 3 * em or (large and left > em)):
        return "center"
    if left > 0.45 * (own.right - own.left) and right < 5 * em:
        return "right"
    return ""


def _all_margins(placed: Sequence[Placed], widths: Mapping[int, float]) -> dict[tuple[int, int], Margins]:
    """Margins of each column of each page, told by those of all pages of the same width."""
    body = body_size([p.line for p in placed])
    by_page: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    alike: dict[tuple[int, float], list[TextLine]] = defaultdict(list)
    for p in placed:
        by_page[p.line.page, p.column].append(p.line)
        if abs(p.line.size - body) <= _OTHER_SIZE * body:
            alike[p.column, round(widths.get(p.line.page, 0))].append(p.line)
    whole = {key: _margins(_aligned(lines), body, key[1] if key[0] == 0 else 0) for key, lines in alike.items()}
    out = {}
    for key, lines in by_page.items():
        same = [line for line in lines if abs(line.size - body) <= _OTHER_SIZE * body] or lines
        width = widths.get(key[0], 0)
        of_all = whole.get((key[1], round(width)))
        out[key] = _leaning(_margins(same, body, width if key[1] == 0 else 0), of_all, body)
    return out


def _aligned(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines as if each page's text began at the same place: a scanner lays one sheet further to the left than another."""
    pages: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    lefts = {page: _left(sorted(line.x0 for line in own)) for page, own in pages.items()}
    usual = lefts[max(pages, key=lambda page: len(pages[page]))] if pages else 0.0
    off = {page: left - usual for page, left in lefts.items()}
    if all(abs(shift) < 1 for shift in off.values()):
        return lines
    return [replace(line, x0=line.x0 - off[line.page], edge=line.edge - off[line.page])
            if abs(off[line.page]) < _INDENT * line.size else line for line in lines]


def _left(starts: Sequence[float]) -> float:
    """Where several lines begin, of sorted places the first that two share."""
    return next((a for a, b in pairwise(starts) if b - a < 3), starts[0])


def _leaning(own: Margins, whole: Margins | None, em: float) -> Margins:
    """A page's margins corrected by the document's: where all its lines are indented or short, they do not show."""
    if whole is None:
        return own
    left = whole.left if -1 < own.left - whole.left - _INDENT * em < 4 * em else own.left
    shifted = whole.right + (left - whole.left if abs(left - whole.left) < 2 * em else 0)
    return Margins(left, max(own.right, shifted), own.pitch if own.pitch < 1.5 * whole.pitch else whole.pitch)


def _margins(lines: Sequence[TextLine], em: float, width: float) -> Margins:
    """Edges at which several lines begin and end; where too few end alike, a right margin like the left one is taken
    (`width` 0: unknown)."""
    steps = [b.base - a.base for a, b in pairwise(lines) if a.page == b.page and 0 < b.base - a.base < 4 * em]
    pitch = median(steps) if steps else 1.6 * em
    left = _left(sorted(line.x0 for line in lines))
    rights = sorted((line.edge for line in lines), reverse=True)
    right = next((a for a, b in pairwise(rights) if a - b < 0.6 * em), rights[0])
    filled = sum(right - x < em for x in rights)
    if filled < max(3, 0.2 * len(rights)) or right - left < _TYPE_AREA * width:
        right = max(right, width - left - em)
    return Margins(left, right, pitch)
