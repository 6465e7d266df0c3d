"""Numbers of Rich Text lists as the file shows them: Word, WPS and LibreOffice write each label out for programs that
know nothing of lists (RTF 1.9.1, \\listtext; \\pntext of older ones)."""
from __future__ import annotations

import re

_WRITTEN = re.compile(rb"\\(?:listtext|pntext)(?![a-z])")
_GROUP = re.compile(rb"\{\\(?:listtext|pntext)(?![a-z])([^{}]{0,400})\}")
_LEAD = re.compile(rb"^((?:\\[a-z]+-?\d* ?)*)\s*")
_GAP = re.compile(rb"(?:\\tab(?![a-z]) ?|[ \r\n])+$")
_NUMBERED = re.compile(rb"\\(?:ls|pnlvl|pnlvlblt|pnlvlbody|pnlvlcont)-?\d{0,5}(?![a-z0-9]) ?")
_CLOSED = (rb"\'a1\'a2", rb"\u12289", rb"\'a3\'a9", rb"\u65289", rb"\'a3\'ae", rb"\'a1\'a3")     # 、 ） ． 。
_BULLETS = re.compile(rb"\\'b7|\\u8226|\\u-?\d+ ?\\?'?3f|\\bullet")


def with_labels(data: bytes) -> bytes:
    """The file with its labels as ordinary text and no automatic numbers; as it is where it writes no label out."""
    if _WRITTEN.search(data) is None:
        return data
    return _NUMBERED.sub(b"", _GROUP.sub(_typed, data))


def _typed(found: re.Match[bytes]) -> bytes:
    """A label's group as text: a blank after `1.`, none after `一、`, nothing for a bullet."""
    label = _LEAD.sub(rb"\1", _GAP.sub(b"", found.group(1)))
    if _bullet(label):
        return b""
    closed = any(mark in label[-12:] for mark in _CLOSED)
    return b"{" + label + (b"" if closed else b" ") + b"}"


def _bullet(label: bytes) -> bool:
    shown = re.sub(rb"\\(?!')[a-z]+-?\d* ?", b"", label).strip()
    return shown in (b"", b"\\'b7", b"o") or (len(shown) <= 8 and _BULLETS.fullmatch(shown) is not None)
