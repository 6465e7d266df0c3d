"""Rich Text as Outlook keeps it: packed ([MS-OXRTFCP]), and often no more than the wrapping of a web page ([MS-OXRTFEX])."""
from __future__ import annotations

import re

from ..text.charset import decode

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D        # LZFu, MELA
_WORDS = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
"""What the dictionary holds before the first byte, as the specification gives it (2.1.2.1)."""
_TOKEN = re.compile(rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_CHARS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
          b"bullet": "•", b"endash": "–", b"emdash": "—"}
_ASIDE = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pntext")


def unpacked(data: bytes, most: int) -> bytes:
    """The Rich Text in a packed stream, no more than `most` bytes of it. ValueError for what is no such stream."""
    kind = int.from_bytes(data[8:12], "little")
    if kind == _PLAIN:
        return data[16:16 + most]
    if kind != _PACKED or len(data) < 17:
        raise ValueError("no packed Rich Text")
    window = bytearray(_WORDS) + bytearray(4096 - len(_WORDS))
    write, at, out = len(_WORDS), 16, bytearray()
    while at < len(data) and len(out) < most:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                piece, at = data[at:at + 1], at + 1
            else:
                pair, at = int.from_bytes(data[at:at + 2], "big"), at + 2
                if pair >> 4 == write:
                    return bytes(out)
                for k in range((pair & 15) + 2):
                    window[write] = byte = window[((pair >> 4) + k) & 4095]
                    write = write + 1 & 4095
                    out.append(byte)
                continue
            window[write] = piece[0]
            write = write + 1 & 4095
            out += piece
    return bytes(out)


def page_in(rtf: bytes, label: str | None) -> tuple[str, str] | None:
    """What Rich Text wraps: `html` and the page, or `text` and the text; None where it is Rich Text of its own."""
    head = rtf[:2000]
    kind = "html" if b"\\fromhtml1" in head else "text" if b"\\fromtext" in head else ""
    return (kind, _Unwrapped(label, kind == "html").run(rtf)) if kind else None


class _Unwrapped:
    """Reads the tokens once: tags stand in groups of their own, what only the Rich Text shows between `\\htmlrtf` and
    `\\htmlrtf0`."""

    def __init__(self, label: str | None, html: bool) -> None:
        self._label, self._html = label, html
        self._out: list[str] = []
        self._raw = bytearray()
        self._skip = 0                          # characters in the place of one that was written as \\u
        self._instead = 1                       # how many such characters stand there, as \\uc says
        self._groups: list[tuple[bool, bool]] = []      # shown, only for Rich Text
        self._shown, self._rtf, self._star = True, False, False

    def run(self, rtf: bytes) -> str:
        """The page."""
        for found in _TOKEN.finditer(rtf):
            code, word, number, sign, brace, plain = found.groups()
            if word:
                self._word(word, int(number) if number else None)
            elif brace:
                self._brace(brace)
            elif code:
                self._put(bytes([int(code, 16)]))
            elif sign:
                self._sign(sign)
            elif plain:
                self._put(plain)
        self._flush()
        return "".join(self._out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")     # \\u gives half a rare character

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._groups.append((self._shown, self._rtf))
        elif self._groups:
            self._shown, self._rtf = self._groups.pop()
        self._star = False

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._star = True
        elif sign in b"\\{}":
            self._put(sign)
        elif sign == b"~":
            self._say("\xa0")

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"htmlrtf":
            self._rtf = number != 0
        elif word in _ASIDE or self._star and word != b"htmltag":
            self._shown = False
        elif word == b"u" and number is not None:
            self._say(chr(number % 65536))
            self._skip = self._instead
        elif word == b"uc" and number is not None:
            self._instead = min(max(number, 0), 9)
        elif word in _CHARS:
            self._say("\r\n" if word == b"par" and self._html else _CHARS[word])
        self._star = False

    def _put(self, raw: bytes) -> None:
        cut = min(self._skip, len(raw))
        raw, self._skip = raw[cut:], self._skip - cut
        if self._shown and not self._rtf:
            self._raw += raw

    def _say(self, words: str) -> None:
        if self._shown and not self._rtf:
            self._flush()
            self._out.append(words)

    def _flush(self) -> None:
        if self._raw:
            self._out.append(decode(bytes(self._raw), self._label).text if not self._raw.isascii() else self._raw.decode())
            self._raw.clear()
