"""A page as it is printed, whatever the format that holds it: characters with their places, and the rulings between
them. Coordinates are points from the upper left."""
from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

RULE_MIN = 3.0              # points: shorter strokes belong to dotted lines and drawn signs


class Char(NamedTuple):
    """A character: `x0`–`x1` is its advance, `base` its baseline, `size` its font size as shown."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


class Recognition(NamedTuple):
    """How a page was read out of its picture: the mean `confidence` of its characters (0 to 1), its lines with theirs, and
    how many lines were `stamped` in red or set `aside` as unreadable."""

    confidence: float
    lines: tuple[tuple[str, float], ...]
    stamped: int = 0
    aside: int = 0


@dataclass(slots=True)
class PrintedPage:
    """A page as it is shown: `chars` in the file's order, those set at an angle (stamps, watermarks) apart.
    `rulings` are level and upright lines (x0, top, x1, bottom), a frame being four; `unknown` counts characters whose
    font does not say what they mean; `radicals` those given as look-alike radicals; `scanned`: one picture fills the
    page; `recognised` how its picture was read, where it was, `wrong` why its text layer is not to be believed, `unread`
    why its picture was not read (`library`: not installed, `limit`: too many pages before it, `picture`: none), `blank`: nothing is on it;
    `pictures` what lies on it, each with its box, where the format names them."""

    number: int
    width: float
    height: float
    chars: list[Char]
    slanted: str = ""
    rulings: list[tuple[float, float, float, float]] = field(default_factory=list)
    unknown: int = 0
    radicals: int = 0
    scanned: bool = False
    lost: int = 0       # pieces of text that the reader passed over: it knows no shape of their font
    recognised: Recognition | None = None
    wrong: str = ""
    unread: str = ""
    blank: bool = False
    pictures: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)


def character(code: int, out: PrintedPage) -> str:
    """The character of a code. Private ones are counted as unknown; radicals that stand for the character they look
    like, as fonts without a better mapping give them, become that character."""
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        out.unknown += 1
        return "\ufffd"
    if code < 32 or code in (0xAD, 0xFFFE, 0xFFFF, 0xFEFF) or 0x7F <= code < 0xA0:
        return ""
    if 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code >= 0xF0000:
        out.unknown += 1
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        out.radicals += 1
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def direction(dx: float, dy: float) -> int:
    """How text that runs by `(dx, dy)` goes on the page: 0 from left to right, 1 up, 3 down, -1 aslant or backwards."""
    if abs(dy) < 0.1 * abs(dx):
        return 0 if dx > 0 else -1
    if abs(dx) < 0.1 * abs(dy):
        return 1 if dy < 0 else 3
    return -1


def rule(one: tuple[float, float], two: tuple[float, float], out: PrintedPage) -> None:
    """Note a stroke from `one` to `two` where it is level or upright."""
    dx, dy = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(dx, dy) < 0.5 and max(dx, dy) > RULE_MIN and math.isfinite(dx + dy):
        out.rulings.append((min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])))
