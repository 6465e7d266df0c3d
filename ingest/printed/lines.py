"""Lines of a page out of its characters: by baseline, then from left to right, so that a quotation mark set in a second
font stays where it stands."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from .page import Char

# Shares of the font size, measured on office and typesetter PDFs.
_SAME_LINE = 0.45       # baselines this near are one line: a raised note mark is off by a third, the next line by one
_LATIN_GAP = 0.18       # between two Latin letters or digits: a blank
_WIDE_GAP = 0.75        # beside a Chinese character: a blank; justified lines spread to 0.3, digits stand off by 0.25
_COLUMN_GAP = 1.6       # a gap that may part columns
_CLOSING = frozenset("，。；：、！？）》〉」』】〕”’…,.;:!?)]}%％")
_OPENING = frozenset("（《〈「『【〔“‘([{")
_PLACE, _X0 = attrgetter("base", "x0"), attrgetter("x0")
_WORD_MAX = 40          # characters of a word that a line may begin with
_OVERPRINT = 0.3        # of its width: the same character again, nearer than this, was printed twice to look bold
_OVERPRINT_MIN = 0.1    # of the size, for characters with a narrow box; the two letters of `ll` are 0.2 apart


@dataclass(slots=True)
class TextLine:
    """A stretch of a line without wide gaps parting columns. `edge` is where it ends without closing marks, which may
    hang over the margin; `first` is the width of what cannot be broken off at its start."""

    page: int
    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    first: float
    edge: float


def lines_of(chars: Sequence[Char], page: int) -> list[list[TextLine]]:
    """The lines of a page from above, each as its stretches between column gaps from left to right."""
    out = []
    for row in _rows(chars):
        stretches = [s for s in _stretches(row) if any(not c.text.isspace() for c in s)]
        if stretches:
            out.append([_line(stretch, page) for stretch in stretches])
    return out


def joined(lines: Sequence[TextLine]) -> TextLine:
    """Stretches of one line as one, a blank between them."""
    if len(lines) == 1:
        return lines[0]
    first, last = lines[0], lines[-1]
    size = max(lines, key=lambda line: len(line.text)).size
    return TextLine(first.page, " ".join(line.text for line in lines), first.x0, last.x1, first.base, size,
                    all(line.bold for line in lines), first.first, last.edge)


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    base = size = 0.0
    for char in sorted(chars, key=_PLACE):
        own = char.size
        if rows and char.base - base <= _SAME_LINE * (own if own > size else size):
            rows[-1].append(char)
            if own > size:
                base, size = char.base, own
            continue
        rows.append([char])
        base, size = char.base, own
    return rows


def _stretches(row: list[Char]) -> list[list[Char]]:
    """Characters from left to right, cut at column gaps; overprinted ones once."""
    row.sort(key=_X0)
    out: list[list[Char]] = []
    stretch: list[Char] = []
    end = 0.0           # of the last character that is not blank
    one = two = three = ""      # the texts before it
    for char in row:
        text, x0, x1, _, size, _ = char
        if text.isspace():
            if out:
                stretch.append(char)
            continue
        if out and x0 - end <= _COLUMN_GAP * size:
            if (text != one and text != two and text != three) or not _printed_again(char, stretch):
                stretch.append(char)
            if x1 > end:
                end = x1
        else:
            stretch = [char]
            out.append(stretch)
            end = x1
        one, two, three = text, one, two
    return out


def _printed_again(char: Char, stretch: list[Char]) -> bool:
    text = char.text
    same = next((other for other in stretch[:-4:-1] if other.text == text), None)
    if same is None:
        return False
    return char.x0 - same.x0 < max(_OVERPRINT * min(char.x1 - char.x0, char.size), _OVERPRINT_MIN * char.size)


def _line(stretch: list[Char], page: int) -> TextLine:
    shown = [c for c in stretch if not c.text.isspace()]
    sizes: Counter[float] = Counter()
    for exact, count in Counter([c.size for c in shown]).items():
        sizes[round(float(exact), 1)] += count
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = max([c.base for c in shown if abs(c.size - size) < 0.1])
    end = max([c.x1 for c in shown])
    bold = all(c.bold for c in shown)
    edge = next((c.x1 for c in reversed(shown) if c.text not in _CLOSING), end)
    return TextLine(page, _spaced(stretch), shown[0].x0, end, base, size, bold, _first_width(shown), edge)


def _spaced(stretch: list[Char]) -> str:
    """The text, with one blank for blanks of the file and for gaps that show as one."""
    parts: list[str] = []
    last: Char | None = None
    blank = False
    for char in stretch:
        if char.text.isspace():
            blank = True
            continue
        if last is not None and (blank or char.x0 - last.x1 > _LATIN_GAP * char.size):
            gap = char.x0 - last.x1
            latin = is_latin(last.text[-1]) and is_latin(char.text[0])
            wide = gap > (_LATIN_GAP if latin else _WIDE_GAP) * max(char.size, last.size)
            if wide or (blank and gap > (-0.1 if latin else 0.02) * char.size):     # letters overhang, such as f
                parts.append(" ")
        parts.append(char.text)
        last, blank = char, False
    return "".join(parts)


def is_latin(char: str) -> bool:
    """A letter or digit that is written in words parted by blanks."""
    return char.isalnum() and ord(char) < 0x2E80


def _first_width(shown: list[Char]) -> float:
    """How wide the start of a line is up to where it could have been broken."""
    end = 1
    while end < min(len(shown), _WORD_MAX):
        before, after = shown[end - 1].text, shown[end].text
        if not (_in_word(before) and _in_word(after)) and after not in _CLOSING and before not in _OPENING:
            break
        end += 1
    return shown[end - 1].x1 - shown[0].x0


def _in_word(text: str) -> bool:
    """Part of a Latin word or a figure such as `8.5%`, which is not parted at a line's end."""
    return is_latin(text[-1]) or text in ".,%％"
