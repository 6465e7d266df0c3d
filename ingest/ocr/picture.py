"""Pictures opened and made ready to be read: the only module that uses Pillow. Sizes are looked at before anything is
unpacked; a picture is turned as its file says and made as large as characters need."""
from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from ...schema import DamagedError, JihuaError, TooLargeError

if TYPE_CHECKING:
    import numpy.typing

    Pixels = numpy.typing.NDArray[numpy.uint8]

Picture = Image.Image
PIXELS_MAX = 120_000_000    # of one picture; A4 at 600 dpi has 35 million, A3 at 600 dpi 70 million
DPI = 200                   # at which pages are read; 150 loses small type, more costs time and reads no better
SIDE_MIN, SIDE_MAX = 600, 3200      # pixels of the longer side: A3 has 3300 at 200 dpi
A4 = 842.0                  # points of its longer side
_DPI_MIN, _DPI_MAX = 100, 1300      # what scanners note; 72 and 96 are what programs note that do not know
_BLANK, _FAINT = 0.00015, 40        # share of a page that is ink (a line of five characters has 0.0005), and how much darker
Box = tuple[float, float, float, float]
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_AGAIN = "Open it with the program that wrote it and save it again as .png"


def pictures(data: bytes) -> Iterator[Picture]:
    """Every picture of an image file, upright, in colour. Raises DamagedError, TooLargeError with the picture's number."""
    index = 0
    try:
        with _opened(data) as file:
            count = getattr(file, "n_frames", 1) if file.format == "TIFF" else 1    # pictures of others move
            for index in range(count):
                file.seek(index)
                within(*file.size, place=f"page {index + 1}")
                yield upright(file)
    except JihuaError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(place=f"page {index + 1}") from error
    except Exception as error:      # Pillow's decoders raise whatever a broken file runs them into
        raise DamagedError(f"the picture is cut off or broken: {error}", way_out=_AGAIN) from error


def _opened(data: bytes) -> Picture:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")         # of bombs: sizes are looked at here
        return Image.open(BytesIO(data), formats=_FORMATS)


def within(width: int, height: int, place: str = "") -> None:
    """Raises TooLargeError for a picture of too many pixels."""
    if width * height > PIXELS_MAX:
        raise _too_large(place)


def _too_large(place: str) -> TooLargeError:
    return TooLargeError(f"a picture of more than {PIXELS_MAX} pixels", place=place, way_out="Save it smaller; 300 dpi are enough")


def upright(file: Picture) -> Picture:
    """The picture as it is to be looked at, in red, green and blue, on white where it lets through."""
    picture = file
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    elif picture.mode in ("I", "F"):
        picture = ImageOps.autocontrast(picture.convert("L"))
    turned = ImageOps.exif_transpose(picture) or picture
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        ground = Image.new("RGBA", turned.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, turned).convert("RGB")
    return turned.convert("RGB")


def is_blank(picture: Picture) -> bool:
    """Whether a page shows hardly more than paper."""
    counts = picture.convert("L").reduce(max(1, min(picture.size) // 400)).histogram()
    half, seen, paper = sum(counts) / 2, 0, 255
    while seen < half:
        seen += counts[paper]
        paper -= 1
    return sum(counts[:max(0, paper - _FAINT)]) < _BLANK * sum(counts)


def fitted(picture: Picture, points: float) -> Picture:
    """The picture of a page whose longer side has so many points, at 200 dpi; at most SIDE_MAX pixels."""
    long = max(picture.size)
    side = min(SIDE_MAX, max(SIDE_MIN, round(points * DPI / 72)))
    factor = side / long
    if 0.9 < factor < 1.2:
        return picture
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS if factor < 1 else Image.Resampling.BICUBIC)


def points(picture: Picture) -> tuple[float, float]:
    """Width and height in points: by the resolution that a scanner noted, else as if its longer side were that of A4."""
    dpi = picture.info.get("dpi", (0, 0))[0]
    try:
        scale = 72 / float(dpi) if _DPI_MIN <= float(dpi) <= _DPI_MAX else A4 / max(picture.size)
    except (TypeError, ValueError):
        scale = A4 / max(picture.size)
    return picture.width * scale, picture.height * scale


def laid_out(width: float, height: float, parts: Sequence[tuple[Box, bytes]]) -> Picture | None:
    """A page of `width` by `height` points with the pictures that lie on it, each in its box (x0, top, x1, bottom); None
    where none can be opened."""
    scale = min(DPI / 72, SIDE_MAX / max(width, height, 1))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    page: Picture | None = None
    for box, data in parts:
        x0, y0, x1, y1 = (round(edge * scale) for edge in box)
        picture = next(_readable(data), None)
        if picture is not None and 0 < x1 - x0 <= 2 * size[0] and 0 < y1 - y0 <= 2 * size[1]:
            page = page or Image.new("RGB", size, (255, 255, 255))
            page.paste(picture.resize((x1 - x0, y1 - y0), Image.Resampling.LANCZOS), (x0, y0))
    return page


def _readable(data: bytes) -> Iterator[Picture]:
    try:
        yield from pictures(data)
    except JihuaError:
        return


def turned(picture: Picture, quarters: int) -> Picture:
    """The picture turned to the left by so many quarters."""
    ways = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    return picture.transpose(ways[quarters]) if quarters % 4 else picture
