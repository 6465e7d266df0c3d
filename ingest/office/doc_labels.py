"""Numbers of Word 97-2003 lists in their own style: the library writes `第1章` where the file's list table says that the
level counts 一, 二, 三 ([MS-DOC] 2.9.150 LSTF, 2.9.129 LVL; codes of [MS-OSHARED] 2.2.1.3)."""
from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..numbering import Suffix, gap
from ..numbering_formats import format_number
from ..ole import compound

_LISTS = 73             # fcPlfLst among the pairs of offset and length in the FIB
_PAIRS = 154            # where these begin
_LISTS_MAX = 4000
_FORMATS = dict(enumerate((
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "", "", "hex", "", "ideographDigital",
    "japaneseCounting", "", "", "decimalFullWidth", "decimalHalfWidth", "", "japaneseDigitalTenThousand",
    "decimalEnclosedCircle", "decimalFullWidth2", "", "", "decimalZero", "bullet", "", "", "decimalEnclosedFullstop",
    "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional",
    "ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand")))
"""MSONFC code → the name that Word 2007 and later give the same style; empty for styles of other languages."""

_FOLLOWS: dict[int, Suffix] = {1: "space", 2: "nothing"}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A level's label: `parts` are words and, as numbers, the levels whose count stands there; `formats` those of all
    levels of the list."""

    parts: tuple[str | int, ...]
    formats: tuple[str, ...]
    follow: Suffix

    def written(self, label: str) -> str | None:
        """The label in its own style, for one in Arabic digits; None where it is no label of this level."""
        pattern = "".join(r"(\d{1,5})" if isinstance(p, int) else re.escape(p) for p in self.parts)
        found = re.fullmatch(pattern, label)
        if found is None:
            return None
        counts = iter(found.groups())
        text = "".join(format_number(int(next(counts)), self.formats[p]) if isinstance(p, int) else p for p in self.parts)
        return text + gap(self.follow, text)


class Labels:
    """The labels of one file. `own` gives a label in its list's style where the file leaves no doubt, else None."""

    def __init__(self, data: bytes) -> None:
        try:
            self._shapes = tuple(_shapes(data))
        except Exception:       # a list table that is damaged, or a library that is absent, leaves the digits as they are
            self._shapes = ()

    def own(self, label: str) -> str | None:
        """The label as the file shows it; None where no level fits or two disagree."""
        bare = label.strip()
        found = {text for shape in self._shapes if (text := shape.written(bare)) is not None}
        return found.pop() if len(found) == 1 else None


def _shapes(data: bytes) -> Iterator[_Shape]:
    with compound(data, "doc") as file:
        head = file.read("WordDocument")[:_PAIRS + 8 * (_LISTS + 1)]
        flags = struct.unpack_from("<H", head, 10)[0]
        table = file.read("1Table" if flags & 0x200 else "0Table")
    at, size = struct.unpack_from("<II", head, _PAIRS + 8 * _LISTS)
    if size < 2:
        return
    count = struct.unpack_from("<h", table, at)[0]
    lists = [table[at + 2 + 28 * k + 26] & 1 for k in range(min(count, _LISTS_MAX))]     # 1: of one level
    at += 2 + 28 * len(lists)
    for simple in lists:
        levels = []
        for _ in range(1 if simple else 9):
            level, at = _level(table, at)
            levels.append(level)
        formats = tuple(_FORMATS.get(code, "") for code, _, _ in levels)
        for code, parts, follow in levels:
            if _FORMATS.get(code) and all(isinstance(p, str) or (p < len(formats) and formats[p]) for p in parts):
                yield _Shape(parts, formats, follow)


def _level(table: bytes, at: int) -> tuple[tuple[int, tuple[str | int, ...], Suffix], int]:
    """A level's style code, its label's parts, what follows the label; and where the next level begins."""
    code, follow = table[at + 4], _FOLLOWS.get(table[at + 15], "tab")
    characters, paragraph = table[at + 24], table[at + 25]
    at += 28 + characters + paragraph
    length = struct.unpack_from("<H", table, at)[0]
    text = table[at + 2:at + 2 + 2 * length].decode("utf-16-le", "replace")
    pieces = re.findall(r"[\x00-\x08]|[^\x00-\x08]+", text)
    parts = tuple(ord(p) if p < "\x09" else p for p in pieces)
    return (code, parts, follow), at + 2 + 2 * length
