"""The pages of an image file; a long picture is cut into several."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from .ink import blank_rows
from .picture import A4, Picture, pictures, points

_LONG, _CUT = 2.2, 1.4      # height over width from which a picture is cut, and of the pieces: those of A4


def pages(data: bytes) -> Iterator[tuple[Picture, float, float]]:
    """Every page of an image file with its width and height in points; a picture many times as high as it is wide, such as a
    saved screen, is cut between lines into several."""
    for picture in pictures(data):
        width, height = points(picture)
        if picture.height <= _LONG * picture.width:
            yield picture, width, height
            continue
        scale = A4 / (_CUT * picture.width)
        for top, bottom in _pieces(picture):
            piece = picture.crop((0, top, picture.width, bottom))
            yield piece, piece.width * scale, piece.height * scale


def _pieces(picture: Picture) -> Iterator[tuple[int, int]]:
    """Rows from and to where a long picture is cut, without ink at the cuts where that can be."""
    blank, step, top = blank_rows(picture), round(_CUT * picture.width), 0
    while picture.height - top > step * 1.2:
        near = bisect_right(blank, top + step)
        cut = blank[near - 1] if near and blank[near - 1] > top + step // 2 else top + step
        yield top, cut
        top = cut
    yield top, picture.height
