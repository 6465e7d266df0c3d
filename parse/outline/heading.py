"""Where an item's heading ends: its first sentence, or the words before a wide blank."""
from __future__ import annotations

import re

# Closed brackets and quotation marks are stepped over as a whole; the bounds keep one that is never closed cheap.
_STEP = re.compile(r"\([^()\n]{0,200}\)|“[^“”\n]{0,120}”|《[^《》\n]{0,80}》|[。;!?][”\")'\]]{0,3}")
_WIDE = re.compile(r" {2,}|\t")
_GLUED = 40        # a heading set off by blanks only is shorter than this
_ALONE = re.compile(r"[一-鿿、]{4,14} (?=[一-鿿])")     # one blank behind a heading's words, and a whole sentence behind it
_SENTENCE = 25
_LEAST = 2         # a single character before a blank is half of a word set wide: 总  则
_OPEN = re.compile(r"[“(《\[]")


def split_item(text: str, view: str, start: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Heading and remaining body of an item's own paragraph `text[start:end]`, each without blanks around it.

    The heading takes its closing stop along, so that heading and body together give the paragraph back."""
    if start >= end:
        return None, None
    cut = next((m.end() for m in _STEP.finditer(view, start, end) if m.group()[0] in "。;!?"), end)
    wide = _WIDE.search(view, start, min(cut, start + _GLUED))
    if wide and cut > wide.end() and wide.start() - start >= _LEAST and not _OPEN.search(view, start, wide.start()):
        cut = wide.start()
    elif _ALONE.match(view, start, cut) and (alone := view.index(" ", start, cut)) and cut - alone >= _SENTENCE and " " not in view[alone + 1:cut]:
        cut = alone
    return trimmed(text, start, cut), trimmed(text, cut, end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends; None where nothing is left."""
    raw = text[start:end]
    body = raw.strip()
    if not body:
        return None
    first = start + len(raw) - len(raw.lstrip())
    return first, first + len(body)
