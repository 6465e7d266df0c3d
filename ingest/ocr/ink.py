"""What of a picture is ink: the black without red seals, the red alone, ruled lines. The only module that uses numpy."""
from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .picture import Picture, Pixels

_RED = 60               # by how much red outdoes the stronger of green and blue, of 255; stamp pads 80 to 200, paper 0 to 30
_RED_SHARE = 0.0008     # of the page: less is no seal; a seal of 42 mm has 0.005 of A4
_MARGIN = 24            # pixels left around red ink
_RULE = 0.05            # of the picture's width: shorter strokes belong to characters
_FILLED = 0.94          # of a ruling's length is ink
_THICK = 0.008          # of the width: thicker ones are bars and pictures
_INKED = 0.02           # of the place of a character; a thin 〇 has 0.06, specks of a bad copy 0.01
_RULES_MAX = 2000
Ruling = tuple[float, float, float, float]


def black(picture: Picture) -> Pixels:
    """The red channel as grey: a red seal is as light there as paper, and what stands under it is read."""
    pixels = np.asarray(picture)
    excess = pixels[:, :, 0].astype(np.int16) - pixels[:, :, 1:].max(axis=2)
    grey = np.where(excess > _RED, np.uint8(255), pixels[:, :, 0])
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))


def red(picture: Picture) -> tuple[Pixels, int, int] | None:
    """The red ink alone, black on white: the stretch of the picture that holds it, and where its upper left stands. None where
    there is hardly any."""
    pixels = np.asarray(picture)
    excess = pixels[:, :, 0].astype(np.int16) - pixels[:, :, 1:].max(axis=2)
    inked = excess > _RED
    if float(inked.mean()) < _RED_SHARE:
        return None
    rows, columns = np.flatnonzero(inked.sum(axis=1) > 2), np.flatnonzero(inked.sum(axis=0) > 2)
    if not len(rows) or not len(columns):
        return None
    top, left = max(0, int(rows[0]) - _MARGIN), max(0, int(columns[0]) - _MARGIN)
    part = excess[top:int(rows[-1]) + _MARGIN, left:int(columns[-1]) + _MARGIN]
    grey = np.clip(255 - 255 * part // 120, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2)), left, top


def is_inked(pixels: Pixels, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether something is printed in a stretch of a page."""
    part = pixels[max(0, round(y0)):max(0, round(y1)), max(0, round(x0)):max(0, round(x1)), 0]
    return part.size > 0 and float((part < int(np.median(pixels[::16, ::16, 0])) - 60).mean()) > _INKED


def gaps(pixels: Pixels, boxes: Sequence[Ruling]) -> list[int]:
    """The widest stretch of columns without ink in each box of a page, in pixels."""
    dark = int(np.median(pixels[::16, ::16, 0])) - 60
    out = []
    for x0, y0, x1, y1 in boxes:
        part = pixels[max(0, round(y0)):max(0, round(y1)), max(0, round(x0)):max(0, round(x1)), 0]
        inked = np.flatnonzero((part < dark).any(axis=0)) if part.size else np.empty(0, int)
        edges = np.concatenate(([-1], inked, [part.shape[1]]))
        out.append(int(np.diff(edges).max()) - 1)
    return out


def between(pixels: Pixels, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float] | None:
    """From where to where something is printed in a stretch of a page; None where nothing is, where it begins with ink, or
    where a ruling stands in it."""
    left = max(0, round(x0))
    part = pixels[max(0, round(y0)):max(0, round(y1)), left:max(0, round(x1)), 0]
    if not part.size:
        return None
    dark = part < int(np.median(pixels[::16, ::16, 0])) - 60
    inked = np.flatnonzero(dark.any(axis=0))
    if not len(inked) or inked[0] == 0 or bool(dark.all(axis=0).any()):
        return None
    return left + float(inked[0]), left + float(inked[-1]) + 1


def blank_rows(picture: Picture) -> list[int]:
    """Rows without ink, where a long picture may be cut; in order."""
    grey = np.asarray(picture.convert("L")).astype(np.int16)
    return [int(y) for y in np.flatnonzero(grey.max(axis=1) - grey.min(axis=1) < 24)]


def rulings(pixels: Pixels, angle: float) -> list[Ruling]:
    """Level and upright lines (x0, y0, x1, y1) in pixels, each of them as straight as the page lies: `angle` is by how much its
    lines fall to the right, in radians; the places given are those of the page laid straight about its middle."""
    grey = pixels[:, :, 0]
    dark = grey < min(170, int(np.median(grey)) - 50)
    level = list(_runs(_sheared(dark, angle)))
    upright = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _runs(_sheared(dark.T, -angle))]
    return [*level, *upright][:_RULES_MAX]


def _sheared(dark: np.ndarray, angle: float) -> np.ndarray:
    """Columns moved up by as much as the lines fall, so that they lie level."""
    if abs(angle) < 0.0004:
        return dark
    out = np.zeros_like(dark)
    height = dark.shape[0]
    steps = np.round((np.arange(dark.shape[1]) - dark.shape[1] / 2) * math.tan(angle)).astype(int)
    for step in np.unique(steps):
        columns = steps == step
        if step >= 0:
            out[:height - step, columns] = dark[step:, columns]
        else:
            out[-step:, columns] = dark[:height + step, columns]
    return out


def _runs(dark: np.ndarray) -> Iterator[Ruling]:
    """Level stretches of ink, those on neighbouring rows as one."""
    width = dark.shape[1]
    length = max(24, int(_RULE * width))
    if width <= length:
        return
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = sums[:, length:] - sums[:, :-length] >= _FILLED * length
    open_: list[list[int]] = []         # x0, first row, x1, last row
    for y in np.flatnonzero(full.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.pad(full[y].astype(np.int8), 1)))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            x0, x1 = int(start), int(stop) - 1 + length
            same = next((r for r in open_ if y - r[3] <= 2 and r[0] < x1 and x0 < r[2]), None)
            if same is None:
                open_.append([x0, int(y), x1, int(y)])
            else:
                same[0], same[2], same[3] = min(same[0], x0), max(same[2], x1), int(y)
        yield from _closed([r for r in open_ if y - r[3] > 2], width)
        open_ = [r for r in open_ if y - r[3] <= 2]
    yield from _closed(open_, width)


def _closed(found: list[list[int]], width: int) -> Iterator[Ruling]:
    for x0, top, x1, bottom in found:
        if bottom - top <= max(4, _THICK * width):
            middle = (top + bottom) / 2
            yield float(x0), middle, float(x1), middle
