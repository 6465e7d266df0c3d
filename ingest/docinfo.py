"""Title and author out of a file's own properties, where a person wrote them and not a program."""
from __future__ import annotations

import re

from .rows import rows

_CJK = re.compile(r"[\u3400-\u9fff]")
_TITLE_MAX, _AUTHOR_MAX = 120, 40


def real_title(text: str | None) -> str | None:
    """The title property; None where it is empty or what programs write there (`Microsoft Word - 1.doc`)."""
    return _real(text, "title", _TITLE_MAX)


def real_author(text: str | None) -> str | None:
    """The author property; None where it is empty or the name of a machine or an office suite."""
    return _real(text, "author", _AUTHOR_MAX)


def _real(text: str | None, which: str, longest: int) -> str | None:
    words = " ".join((text or "").replace("\x00", "").split())
    if not 2 <= len(words) <= longest or not words.isprintable() or not _CJK.search(words):
        return None
    return None if any(row.pattern.search(words) for row in rows("docinfo", which)) else words
