"""Characters and rulings of an OFD page (GB/T 33190-2016, 8 and 11): objects, blocks and drawings placed by their boundary
and transformation. The file's millimetres become points."""
from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from ...schema import TooLargeError
from ..xml_parts import Element, child, local
from .ofd_parts import OfdDocument
from .page import Char, PrintedPage, character, direction, rule

Matrix = tuple[float, float, float, float, float, float]

OBJECTS_MAX = 2_000_000     # objects of a file; drawings within drawings multiply
STROKES_MAX = 50_000        # of a page's paths looked at for rulings; a map has more, a table never
_MM = 72 / 25.4
_A4 = [0.0, 0.0, 210.0, 297.0]
_DEPTH = 6                  # drawings and blocks within each other
_PICTURE = 0.7              # share of the page that the pictures of a scan fill at least
_PICTURES_MAX = 200         # of a page that are drawn; scanners that write strips write some tens
_GROUPS = ("PageBlock", "Layer", "Content")
_FULL = 0x2E80              # characters from here on are as wide as they are high
_LATIN = 0.5                # of the size: the width of a letter whose advance the file does not give


class Budget:
    """Counts the objects of a file. Raises TooLargeError."""

    def __init__(self) -> None:
        self._left = OBJECTS_MAX

    def take(self) -> None:
        """Count one object."""
        self._left -= 1
        if self._left < 0:
            raise TooLargeError(f"more than {OBJECTS_MAX} objects", way_out="Split the document")


def printed(tree: Element, number: int, document: OfdDocument, budget: Budget) -> PrintedPage:
    """The page of a tree; one whose text mostly runs up or down comes turned."""
    box = _numbers((_box(tree) or _box(document)), 4) or _A4
    width, height = abs(box[2]) * _MM, abs(box[3]) * _MM
    upright = (_MM, 0.0, 0.0, _MM, -box[0] * _MM, -box[1] * _MM)
    walk = _Walk(PrintedPage(number, width, height, []), document, budget)
    walk.objects(tree, upright, 0)
    turned = walk.turned()
    if turned:
        matrix = (0.0, -1.0, 1.0, 0.0, 0.0, width) if turned == 3 else (0.0, 1.0, -1.0, 0.0, height, 0.0)
        walk = _Walk(PrintedPage(number, height, width, []), document, budget)
        walk.objects(tree, _within(upright, matrix), 0)
    walk.page.slanted = " ".join(dict.fromkeys(walk.slanted))
    return walk.page


def _box(where: Element | OfdDocument) -> str:
    area = where.area if isinstance(where, OfdDocument) else child(where, "Area")
    box = child(area, "PhysicalBox")
    return (box.text or "") if box is not None else ""


class _Walk:
    """Looks through a page's objects in order."""

    def __init__(self, page: PrintedPage, document: OfdDocument, budget: Budget) -> None:
        self.page, self._document, self._budget = page, document, budget
        self.slanted: list[str] = []
        self._running = {0: 0, 1: 0, 3: 0, -1: 0}
        self._strokes = STROKES_MAX
        self._pictured = 0.0

    def turned(self) -> int:
        """1 or 3 where most of the text runs up or down, else 0."""
        most = max((1, 3), key=lambda d: self._running[d])
        return most if self._running[most] > self._running[0] + self._running[-1] else 0

    def objects(self, node: Element, place: Matrix, depth: int) -> None:
        """Take what stands in a node; `place` leads from its coordinates to the page's."""
        for item in node:
            self._budget.take()
            kind = local(item)
            if kind == "TextObject":
                self._text(item, _placed(item, place))
            elif kind == "PathObject":
                self._path(item, _placed(item, place))
            elif kind == "ImageObject":
                self._picture(item.get("ResourceID") or "", _numbers(item.get("Boundary"), 4), place)
            elif kind in _GROUPS and depth < _DEPTH:
                self.objects(item, place, depth + 1)
            elif kind == "CompositeObject" and depth < _DEPTH:
                unit = self._document.units.get(item.get("ResourceID") or "")
                if unit is not None:
                    self.objects(unit, _placed(item, place), depth + 1)

    def _picture(self, resource: str, box: Sequence[float], place: Matrix) -> None:
        if not box:
            return
        (x0, y0), (x1, y1) = _at(place, box[0], box[1]), _at(place, box[0] + box[2], box[1] + box[3])
        edges = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if len(self.page.pictures) < _PICTURES_MAX:
            self.page.pictures.append((resource, edges))
        self._pictured += abs((x1 - x0) * (y1 - y0))
        if self._pictured > _PICTURE * self.page.width * self.page.height:
            self.page.scanned = True

    def _path(self, item: Element, place: Matrix) -> None:
        """Note the level and upright lines of a path; one with curves is a drawing (or a letter) and rules nothing."""
        data = child(item, "AbbreviatedData")
        text = (data.text or "") if data is not None else ""
        if "B" in text or "Q" in text or "A" in text:
            return
        begin = at = (0.0, 0.0)
        tokens = iter(text.split(None, 3 * max(0, self._strokes)))
        try:
            for kind in tokens:
                self._strokes -= 1
                to = begin if kind == "C" else _at(place, float(next(tokens)), float(next(tokens)))
                if kind in "LC":
                    rule(at, to, self.page)
                else:
                    begin = to
                at = to
        except (ValueError, StopIteration):
            return

    def _text(self, item: Element, place: Matrix) -> None:
        size = _number(item.get("Size"), 0.0)
        shown = size * math.hypot(place[2], place[3])
        if not (0.1 < shown < 10_000):
            return
        bold = item.get("Font") in self._document.bold or _number(item.get("Weight"), 400) >= 600
        wide = size * _number(item.get("HScale"), 1.0)
        x = y = 0.0
        for code in item:
            if local(code) != "TextCode":
                continue
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            text = (code.text or "").translate(_BREAKS)
            if not text:
                continue
            points = _points(x, y, text, wide, code)
            direction = _direction(points, place)
            self._running[direction] += len(text)
            if direction:
                self.slanted.append("".join(character(ord(c), self.page) for c in text))
            else:
                self._line(text, points, place, wide, shown, bold)

    def _line(self, text: str, points: Sequence[tuple[float, float]], place: Matrix, wide: float, size: float,
              bold: bool) -> None:
        a, b, c, d, e, f = place
        em, page = abs(wide * a) or size, self.page
        after = [a * x + c * y + e for x, y in points]
        bases = [b * x + d * y + f for x, y in points]
        add = page.chars.append
        for sign, x, end, base in zip(text, after, after[1:], bases, strict=False):
            code = ord(sign)
            shown = sign if 0x3000 <= code < 0xA000 else character(code, page)
            if not shown or not -1e6 < x < 1e6 or not -1e6 < base < 1e6:
                continue
            if code >= _FULL:
                end = end if x < end <= x + em else x + em
            elif not x < end <= x + 1.05 * em:
                end = x + _LATIN * em
            add(Char(shown, x, end, base, size, bold))


_BREAKS = {9: None, 10: None, 13: None}


def _points(x: float, y: float, text: str, em: float, code: Element) -> list[tuple[float, float]]:
    """Where each character begins, and where one after the last would."""
    dx, dy = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
    if not any(dx) and not any(dy):     # the file leaves the advance to the font
        usual = accumulate((em if ord(sign) >= _FULL else _LATIN * em for sign in text), initial=x)
        return [(each, y) for each in usual]
    last = (em if ord(text[-1]) >= _FULL else _LATIN * em) if any(dx) else 0.0
    xs = list(accumulate([*_filled(dx, len(text) - 1), last], initial=x))
    return list(zip(xs, accumulate([*_filled(dy, len(text) - 1), 0.0], initial=y), strict=True))


def _filled(deltas: list[float], count: int) -> list[float]:
    """That many advances; where the file gives fewer, its last one goes on."""
    return deltas[:count] + [deltas[-1] if deltas else 0.0] * (count - len(deltas))


def _deltas(value: str | None, count: int) -> list[float]:
    """Advances, at most `count`: `g 3 5` says 5 three times (GB/T 33190-2016, 11.3)."""
    out: list[float] = []
    tokens = (value or "").split()
    i = 0
    try:
        while i < len(tokens) and len(out) < count:
            if tokens[i] == "g":
                out += [float(tokens[i + 2])] * max(0, min(int(tokens[i + 1]), count - len(out)))
                i += 3
            else:
                out.append(float(tokens[i]))
                i += 1
    except (ValueError, IndexError):
        pass
    return out


def _direction(points: Sequence[tuple[float, float]], place: Matrix) -> int:
    """How a run of text goes on the page, as `direction` says it."""
    (x0, y0), (x1, y1) = next((pair for pair in zip(points, points[1:], strict=False) if pair[0] != pair[1]), ((0, 0), (1, 0)))
    dx = place[0] * (x1 - x0) + place[2] * (y1 - y0)
    dy = place[1] * (x1 - x0) + place[3] * (y1 - y0)
    return direction(dx, dy)


def _placed(item: Element, place: Matrix) -> Matrix:
    """From an object's own coordinates to the page's: its transformation, then its boundary's corner."""
    box = _numbers(item.get("Boundary"), 4)
    a, b, c, d, e, f = place
    if box:
        place = (a, b, c, d, a * box[0] + c * box[1] + e, b * box[0] + d * box[1] + f)
    own = _numbers(item.get("CTM"), 6)
    return _within((own[0], own[1], own[2], own[3], own[4], own[5]), place) if own else place


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _at(place: Matrix, x: float, y: float) -> tuple[float, float]:
    return place[0] * x + place[2] * y + place[4], place[1] * x + place[3] * y + place[5]


def _numbers(text: str | None, count: int) -> list[float]:
    """That many finite numbers; none where the text does not hold them."""
    try:
        values = [float(v) for v in text.split(None, count)[:count]] if text else []
    except ValueError:
        return []
    return values if len(values) == count and all(map(math.isfinite, values)) else []


def _number(text: str | None, usual: float) -> float:
    try:
        value = float(text) if text else usual
    except ValueError:
        return usual
    return value if math.isfinite(value) else usual
