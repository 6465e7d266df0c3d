"""Characters and boxes of PDF pages: the only module that uses pypdfium2. Coordinates are points from the upper left of
the page as it is shown, rotation undone."""
from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ...schema import DamagedError, EncryptedError, TooLargeError
from .page import Char, PrintedPage, character, direction, rule

if TYPE_CHECKING:
    from ..ocr.picture import Picture

PAGES_MAX = 20_000
OBJECTS_MAX = 50_000        # objects and strokes of a page looked at for rulings; a map has more, a table never
_FORM_DEPTH = 3
_DPI, _SIDE_MAX = 200, 3200     # of pages drawn to be recognised
_PICTURE = 0.7              # share of the page that the pictures of a scan fill at least


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., int]:
    """The same C function with plain integers for pointers: half the cost a call (0.45 against 1.0 µs), and it is
    called four times a character."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P, _I = ctypes.c_void_p, ctypes.c_int
_unicode = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_owner = _direct(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_box = _direct(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_origin = _direct(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)


class _Shapes:
    """Whether pdfium may take this machine's fonts for Chinese ones that a file names and does not hold. It looks every
    character up in them for its outline, 10 ms a page of 700, which text whose widths the file tells does not need."""

    def __init__(self) -> None:
        self.allowed = True
        self._info = pdfium.FPDF_GetDefaultSystemFontInfo()
        if not self._info:
            return
        mapped, named = (_copied(getattr(self._info.contents, name)) for name in ("MapFont", "GetFont"))

        def map_font(this: Any, weight: int, italic: int, charset: int, *more: Any) -> Any:
            return mapped(this, weight, italic, charset, *more) if self.allowed or charset not in _EASTERN else None

        def get_font(this: Any, name: Any) -> Any:      # asked next, for any font of the charset
            return named(this, name) if self.allowed else None

        self._kept = type(mapped)(map_font), type(named)(get_font)
        self._info.contents.MapFont, self._info.contents.GetFont = self._kept
        pdfium.FPDF_SetSystemFontInfo(self._info)


def _copied(function: Any) -> Any:
    """A pointer of a structure by itself, which stays when that of the structure is set."""
    return type(function)(ctypes.cast(function, _P).value)


_EASTERN = (128, 129, 134, 136)     # charsets of Windows: Japanese, Korean, simplified and traditional Chinese
_SHAPES = _Shapes()
_LATIN = re.compile(rb"(?:[A-Z]{6}\+)?(?:Times|Arial|Helvetica|Courier|Calibri|Cambria|Verdana|Tahoma|Georgia|Garamond|Century)")

Placer = Callable[[float, float], tuple[float, float]]     # the file's coordinates → the shown page's


class Pdf:
    """An open PDF. Raises EncryptedError, DamagedError, TooLargeError; close it by leaving its `with` block."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._shaped: Any = None        # the file once more, with shapes from this machine
        self._shapes = False            # whether the pages before could not do without
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                raise EncryptedError("the PDF asks for a password", way_out="Save it without a password") from error
            raise DamagedError("not a whole PDF", way_out="Fetch the file again; it may be truncated") from error
        if len(self._pdf) > PAGES_MAX:
            raise TooLargeError(f"{len(self._pdf)} pages, over the limit of {PAGES_MAX}", way_out="Split the document")

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()
        if self._shaped is not None:
            self._shaped.close()

    def property(self, key: str) -> str:
        """A property of the document such as `Title`; empty where absent."""
        return str(self._pdf.get_metadata_value(key))

    def picture(self, number: int) -> Picture | None:
        """What a page shows, at 200 dpi; None where it cannot be drawn."""
        page = self._load(number - 1, shapes=True)
        if page is None:
            return None
        try:
            long = max(page.get_size())
            picture = page.render(scale=min(_DPI / 72, _SIDE_MAX / max(long, 1))).to_pil()
            return cast("Picture", picture.convert("RGB"))
        except (pypdfium2.PdfiumError, MemoryError, ValueError):
            return None
        finally:
            page.close()

    def pages(self) -> Iterator[PrintedPage]:
        """Every page that can be loaded, in order; a broken page comes without characters. A page without shapes passes
        over pieces of one character each: it and those behind it are read with them."""
        for index in range(len(self._pdf)):
            page = self._read(index)
            if page.lost and not self._shapes:
                self._shapes = True
                page = self._read(index)
            yield page

    def _read(self, index: int) -> PrintedPage:
        page = self._load(index, shapes=self._shapes)
        if page is None:
            return PrintedPage(index + 1, 0, 0, [])
        try:
            return _page(page, index + 1)
        finally:
            page.close()

    def _load(self, index: int, *, shapes: bool) -> Any:
        """A page; None where it is broken. The fonts of a file are looked up as its pages are loaded."""
        _SHAPES.allowed = shapes
        try:
            if shapes and self._shaped is None:
                self._shaped = pypdfium2.PdfDocument(self._data)
            return (self._shaped if shapes else self._pdf)[index]
        except pypdfium2.PdfiumError:
            return None
        finally:
            _SHAPES.allowed = True      # the library is one for the whole process, and others may draw with it


def _page(page: Any, number: int) -> PrintedPage:
    width, height = page.get_size()
    left, bottom, right, top = page.get_cropbox()
    place = _placer(page.get_rotation(), left, bottom, right, top)
    out = PrintedPage(number, width, height, [])
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return out
    try:
        owners, turned = _read_chars(textpage, place, out)
        if turned:      # a page whose text runs up or down: a wide table set sideways
            place = _turned(place, turned, width, height)
            out = PrintedPage(number, height, width, [])
            owners, _ = _read_chars(textpage, place, out)
    finally:
        textpage.close()
    walk = _Objects(out, owners)
    walk.read(partial(pdfium.FPDFPage_GetObject, page.raw), pdfium.FPDFPage_CountObjects(page.raw), place, 0)
    return out


def _placer(rotation: int, left: float, bottom: float, right: float, top: float) -> Placer:
    """From the file's coordinates to those of the page as shown, the upper left as origin."""
    if rotation == 90:
        return lambda x, y: (y - bottom, x - left)
    if rotation == 180:
        return lambda x, y: (right - x, y - bottom)
    if rotation == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _turned(place: Placer, direction: int, width: float, height: float) -> Placer:
    """The page turned so that text running up (1) or down (3) runs from left to right."""
    def up(x: float, y: float) -> tuple[float, float]:
        a, b = place(x, y)
        return height - b, a

    def down(x: float, y: float) -> tuple[float, float]:
        a, b = place(x, y)
        return b, width - a

    return up if direction == 1 else down


class _Font(NamedTuple):
    size: float
    bold: bool
    direction: int      # of the text on the page as shown: 0 from left to right, 1 up, 3 down, -1 aslant or upside down


def _read_chars(textpage: Any, place: Placer, out: PrintedPage) -> tuple[set[int], int]:
    """Take the characters of a page; gives the text objects that they belong to, and 1 or 3 where most of the text runs
    up or down."""
    raw = textpage.raw
    handle = ctypes.cast(raw, ctypes.c_void_p).value
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.addressof(box), ctypes.addressof(x), ctypes.addressof(y)
    fonts: dict[int, _Font] = {}
    slanted: list[str] = []
    running = {1: 0, 3: 0, -1: 0}
    for i in range(pdfium.FPDFText_CountChars(raw)):
        code = _unicode(handle, i)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(raw, i) == 1):
            continue            # pdfium's own line ends and blanks: the boxes tell better
        text = chr(code) if 0x3000 <= code < 0xA000 else character(code, out)
        if not text or not _box(handle, i, box_at):
            continue
        _origin(handle, i, x_at, y_at)
        owner = _owner(handle, i)
        font = fonts.get(owner)
        if font is None:
            font = fonts[owner] = _font(raw, i, place)
        if font.direction:
            slanted.append(text)
            running[font.direction] += 1
            continue
        ax, bx = place(box.left, box.top)[0], place(box.right, box.bottom)[0]
        base = place(x.value, y.value)[1]
        if math.isfinite(ax + bx + base) and font.size > 0.1:
            out.chars.append(Char(text, min(ax, bx), max(ax, bx), base, font.size, font.bold))
    out.slanted = "".join(slanted)
    turned = max((1, 3), key=lambda d: running[d])
    return set(fonts), turned if running[turned] > len(out.chars) + running[-1] else 0



def _font(raw: Any, index: int, place: Placer) -> _Font:
    """Size as shown, weight and direction of the text object that character `index` belongs to."""
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(raw, index)
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        return _Font(size, False, 0)
    (ox, oy), (ax, ay) = place(0, 0), place(matrix.a, matrix.b)
    dx, dy = ax - ox, ay - oy
    scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
    return _Font(abs(size * scale), _bold(raw, index), direction(dx, dy))


def _bold(raw: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(raw, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    return b"bold" in name.value.lower()


def _is_latin(font: Any) -> bool:
    """Whether a font's name is of a family without Chinese characters."""
    name = ctypes.create_string_buffer(64)
    pdfium.FPDFFont_GetBaseFontName(font, name, 64)
    return bool(_LATIN.match(name.value))


class _Objects:
    """Looks through a page's objects: straight lines and frames, whether one picture fills the page, and text that
    pdfium passed over (`owners` are the text objects whose characters it gave)."""

    def __init__(self, out: PrintedPage, owners: set[int]) -> None:
        self._out, self._owners, self._left = out, owners, OBJECTS_MAX
        self._pictured = 0.0

    def read(self, get: Callable[[int], Any], count: int, place: Placer, depth: int) -> None:
        for i in range(count):
            self._left -= 1
            if self._left < 0:
                return
            item = get(i)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                inner = partial(pdfium.FPDFFormObj_GetObject, item)
                self.read(inner, pdfium.FPDFFormObj_CountObjects(item), _within(item, place), depth + 1)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, _within(item, place))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(_within(item, place))
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, place)

    def _picture(self, place: Placer) -> None:
        (ax, ay), (bx, by) = place(0, 0), place(1, 1)
        self._pictured += abs((bx - ax) * (by - ay))        # some scanners write a page in strips
        if self._pictured > _PICTURE * self._out.width * self._out.height:
            self._out.scanned = True

    def _text(self, item: Any, place: Placer) -> None:
        if ctypes.cast(item, ctypes.c_void_p).value in self._owners:
            return
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font or pdfium.FPDFFont_GetIsEmbedded(font):     # what is embedded has shapes: that was a blank
            return
        if _is_latin(font):         # so it was here: pdfium has shapes of its own for them
            self._blank(item, _within(item, place))
        else:
            self._out.lost += 1

    def _blank(self, item: Any, place: Placer) -> None:
        """Note a blank that stands by itself, as it does in Word's files between a number and its heading."""
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(item, size)
        (x, y), (ax, ay), (ux, uy) = place(0, 0), place(1, 0), place(0, 1)
        height = abs(size.value) * math.hypot(ux - x, uy - y)
        if self._out.chars and math.isfinite(x + y + height) and height > 0.1 and not direction(ax - x, ay - y):
            self._out.chars.append(Char(" ", x, x, y, height, False))

    def _path(self, item: Any, place: Placer) -> None:
        """Note the level and upright lines of a path."""
        x, y = ctypes.c_float(), ctypes.c_float()
        begin = at = (0.0, 0.0)
        for i in range(min(pdfium.FPDFPath_CountSegments(item), max(0, self._left))):
            self._left -= 1
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            to = place(x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = to
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                rule(at, to, self._out)
            if pdfium.FPDFPathSegment_GetClose(segment):
                rule(to, begin, self._out)
            at = to


def _within(item: Any, place: Placer) -> Placer:
    """From an object's own coordinates to those of the page as shown."""
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return place
    a, b, c, d, e, f = m.a, m.b, m.c, m.d, m.e, m.f
    return lambda x, y: place(a * x + c * y + e, b * x + d * y + f)
