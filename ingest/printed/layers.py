"""Text layers that do not say what the page shows: told by their text alone."""
from __future__ import annotations

import re

from ..text.commonness import commonness
from .page import PrintedPage

# Measured on the pages of good files: every PDF and OFD of the sources (82 pages), the fixtures, and 40 more set in seven ways:
# commonness .78 to 1.0, unknown characters at most .02. Wrong maps of characters give -.7 to .35.
_CHARS_MIN = 30         # fewer characters tell nothing
_UNKNOWN = 0.15         # share of characters whose font does not say what they mean
_COMMON = 0.45
_BEYOND_MIN = 0.3       # share of characters beyond ASCII from which their commonness counts
LITTLE = 40            # characters of a picture's own layer: a scanner's mark or a page number, not the text
# Figures with letters in them, signs in mid-word: what recognition without a dictionary leaves. The layer of a scan is wrong
# from _SIGNS in a thousand characters on (the scan among the sources has 11, well recognised ones 0 to 1.5).
_MISREAD = re.compile(
    r"\d[IlOoqtZSB丁门冉](?=[\d年月日,.])|(?<![A-Za-z])[IlOoqtZS]{1,2}\d|(?<=[一-龥])[<>^~`|\\\[\]{}_\"](?=[一-龥])"
    r"|[,.]·|·[,.]|(?<=[一-龥])[a-wyz](?=[一-龥])")
_SIGNS = 4


class Layers:
    """Judges the text layers of one file's pages in order; those of scans, which one program recognised, with what the
    scans before them showed."""

    def __init__(self) -> None:
        self._signs = self._chars = 0

    def wrong(self, page: PrintedPage) -> str:
        """Why the text layer of a page is not to be believed; empty where it is."""
        text = "".join(char.text for char in page.chars)
        count = len(text)
        if page.scanned and count < LITTLE:
            return f"a picture with {count} characters of text"
        if count < _CHARS_MIN:
            return ""
        if page.unknown > _UNKNOWN * count:
            return f"{page.unknown} of {count} characters in fonts that do not say what they mean"
        beyond = sum(c > "\x7f" for c in text)
        if beyond > _BEYOND_MIN * count and commonness(text) < _COMMON:
            return "its characters do not occur in Chinese text this way"
        return self._misread(text) if page.scanned else ""

    def _misread(self, text: str) -> str:
        signs = len(_MISREAD.findall(text))
        self._signs, self._chars = self._signs + signs, self._chars + len(text)
        if signs * 1000 > _SIGNS * len(text) or self._signs * 1000 > _SIGNS * self._chars:
            return f"recognised badly: {signs} misread figures and signs"
        return ""
