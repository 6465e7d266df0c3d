"""Documents for the tests of exports: the goldens of all fixtures, and the same with hostile characters in their words."""
from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import golden
from jihua.export.json import loads
from jihua.schema import Document

GOLDENS = [source.with_name("expected.json") for source in golden.sources()]
HOSTILE = ["\x00", "\x01", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\uffff", "<", ">", "&", '"', "]", "[", "*", "_", "`", "~", "|",
           "#", "\\", "-", "+", "=", ":", ",", ";", "!", "(", ")", "1", ".", " ", "\t", "\r", "𠮷", "\u202e"]
"""Characters that mean something in XML, iCalendar, YAML or Markdown, or that these cannot hold."""
COMMON = "。，、工作的一二和年月会社区安全"
"""Characters of the fixtures that hostile ones take the place of."""


@cache
def document(path: Path) -> Document:
    """The document of a golden."""
    return loads(path.read_bytes())


def twisted(data: bytes, table: dict[str, str]) -> Document:
    """The document with every character of `table` replaced by another one, in text, quotes and titles alike."""
    text = data.decode()
    for character, other in table.items():
        text = text.replace(character, json.dumps(other)[1:-1])
    return loads(text.encode())
