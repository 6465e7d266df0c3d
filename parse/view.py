"""The matching view of a text: exactly as long, but in one width, one script, one kind of dash, space and bracket.

Rules match on the view; spans apply to the text. What rules may rely on: ASCII `, ; : ( ) [ ] ! ? % . - ~` and digits,
`。` and `、` as they are, `“ ”` for every double quote that has a side, `·` for every middle dot, `〇` for every circle
used as a zero, simplified characters, a blank for every odd space; line feed and tab stay.
"""
from __future__ import annotations

from functools import cache

from ..schema.script import even, row


def matching_view(text: str) -> str:
    """The view of `text`, character for character: `len(matching_view(text)) == len(text)`."""
    return text.translate(_row())


@cache
def _row() -> list[int]:
    return row(even())
