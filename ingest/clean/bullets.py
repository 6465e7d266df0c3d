"""Bullets with which lines of plain text begin go, as Markdown's do: `- `, `• `, `■`; only where lines near each other have them."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context

_BULLET = re.compile(r"^[ \t\u3000]*+(?P<sign>[•●■◆▪▶►▸➢➤✓✔\uf06c\uf0d8]\ufe0f?[ \t\u3000]{0,4}|[-·○□◇*][ \t\u3000]{1,4}|[-](?=[^\x00-\x7f—－–-]))"
                     r"(?=[^\s\d—－–-])", re.MULTILINE)
_NEAR = 4                # lines between two of the same sign
_FEWEST = 3              # of a hyphen close to its words


def bullets(draft: Draft, context: Context) -> None:
    """Remove the bullets of lists in plain text."""
    if context.source.media_type != "text/plain":
        return
    text = draft.text
    found = list(_BULLET.finditer(text))
    changes = []
    for k, mark in enumerate(found):
        sign = mark["sign"].strip()
        near = [m for m in found[max(0, k - 2):k + 3] if m is not mark and m["sign"] == mark["sign"] and _close(text, m, mark)]
        if len(near) + 1 >= (_FEWEST if sign == "-" and mark["sign"] == "-" else 2):
            changes.append(Change(mark.start("sign"), mark.end("sign"), "", "markup", "bullet"))
    draft.change(changes)


def _close(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    low, high = sorted((one.start("sign"), two.start("sign")))
    return sum(1 for line in text[low:high].split("\n") if line.strip()) <= _NEAR
