"""Text of documents made safe to show."""
from __future__ import annotations

_UNSAFE = {c: "\ufffd" for c in (*range(0x00, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
           if chr(c) not in "\n\t"}
"""Characters of a document that could steer a terminal or turn its text around; each shown as one other character."""


_BREAKS = str.maketrans("\n\t", "\ufffd\ufffd")


def one_line(text: str) -> str:
    """As `safe`, and without line feeds and tabs, which a file may have in its name."""
    return safe(text).translate(_BREAKS)


def safe(text: str) -> str:
    """The text with every character that could steer a terminal shown as U+FFFD."""
    return text.translate(_UNSAFE)
