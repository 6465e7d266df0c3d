"""The only module that uses rapidocr: lines of text, with a place and a confidence for each, out of a picture of a page.
Nothing is fetched: the models are the ones in its wheel."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...schema import UnsupportedError

if TYPE_CHECKING:
    from .picture import Pixels

EXTRA = 'Run pip install "jihua[ocr]"'
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_SETTINGS = {
    "Global.use_cls": False,            # its classifier turns good lines upside down and loses them
    "Global.log_level": "critical",
    "Global.max_side_len": 3200,        # picture.py has made it smaller already
    "Det.limit_type": "max",            # where lines are, seen on 1280 pixels: half the time of all of 150 dpi, 3.2 s
    "Det.limit_side_len": 1280,         # against 5.7, and nothing lost (CER .003 and .002 both ways; at 960 .008)
    "Rec.rec_batch_num": 1,             # lines of one length at a time: no padding, and no line depends on another
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,     # the same sums in the same order; batches use the cores
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A character that was read, and the middle of it, in pixels."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: `corners` from the upper left clockwise in pixels, `confidence` from 0 to 1. `signs` are its
    characters without blanks, none where the library gives no places for them."""

    text: str
    confidence: float
    corners: tuple[tuple[float, float], ...]
    signs: tuple[Sign, ...] = ()


def moved(line: Line, x: float, y: float) -> Line:
    """The line, so much further to the right and down."""
    corners = tuple((a + x, b + y) for a, b in line.corners)
    return Line(line.text, line.confidence, corners, tuple(Sign(s.text, s.x + x, s.y + y) for s in line.signs))


def read_lines(pixels: Pixels) -> list[Line]:
    """The lines of a picture (rows × columns × 3, 8 bit), in the library's order: from above. Raises UnsupportedError where
    the library or its models are not installed."""
    found = _engine()(pixels, use_det=True, use_cls=False, return_word_box=True, return_single_char_box=True, text_score=0.0)
    if getattr(found, "boxes", None) is None or not getattr(found, "txts", None):
        return []
    words = found.word_results if len(found.word_results or ()) == len(found.txts) else ((),) * len(found.txts)
    return [_line(*one) for one in zip(found.txts, found.scores, found.boxes, words, strict=True)]


def read_strip(pixels: Pixels) -> tuple[str, float]:
    """What is read in a picture of one line, with the confidence; nothing in an empty one."""
    if not pixels.size:
        return "", 0.0
    found = _engine()(pixels, use_det=False, use_cls=False, use_rec=True, return_word_box=False, text_score=0.0)
    return (str(found.txts[0]), float(found.scores[0])) if found.txts else ("", 0.0)


@cache
def _engine() -> Any:
    try:
        import rapidocr
    except ImportError as error:
        raise UnsupportedError("reading pictures of text needs a library that is not installed",
                               way_out=f"{EXTRA}, or recognise its text (OCR) and save that as .txt or .pdf") from error
    folder = Path(rapidocr.__file__).parent / "models"
    missing = [name for name in _MODELS.values() if not (folder / name).is_file()]
    if missing:         # the library would fetch them
        raise UnsupportedError(f"the models of rapidocr are missing: {', '.join(missing)}",
                               way_out='Run pip install --force-reinstall "rapidocr>=3.10"')
    paths = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    return rapidocr.RapidOCR(params={**_SETTINGS, **paths})


def _line(text: str, score: float, box: Any, words: Sequence[Any]) -> Line:
    corners = tuple((float(x), float(y)) for x, y in box)
    signs = []
    for sign, _, around in words:
        xs, ys = zip(*((float(x), float(y)) for x, y in around), strict=True)
        signs.append(Sign(str(sign), sum(xs) / len(xs), sum(ys) / len(ys)))
    whole = "".join(sign.text for sign in signs) == "".join(str(text).split())
    return Line(str(text), round(float(score), 4), corners, tuple(signs) if whole else ())
