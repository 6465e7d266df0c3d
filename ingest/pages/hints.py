"""Whether a file may be a web page with others that belong to it: by its bytes, in whatever charset, without reading it."""
from __future__ import annotations

import posixpath
import re

from .neighbours import SAVED

_CHARSETS = (("utf-8", "页頁"), ("gb18030", "页頁"), ("big5", "頁"))
_WAYS = "上下前后後2２二"
_PAGES: tuple[tuple[bytes, tuple[bytes, ...]], ...] = tuple(
    (sheet.encode(charset), tuple(f"{way}{one}".encode(charset, "ignore") for way in _WAYS for one in ("", "一")))
    for charset, sheets in _CHARSETS for sheet in sheets)
"""页 in the charsets that pages come in, and what stands before it in 下一页, 下页, 第2页 …"""
_SAID = (b"createPageHTML", b"rel=next", b'rel="next', b"rel=prev", b'rel="prev', "页".encode("utf-7"), b"&#39029;", b"&#x9875;", b"&#38913;")
_TAG = re.compile(rb"<(?:/[aA]|([iI]?[fF][rR][aA][mM][eE]))\b")
_LEADS = re.compile(rb"(?:>[\s\[(]{0,4}(?:2|\xef\xbc\x92|\xa3\xb2)|next(?: page)?)[\s\])>]{0,4}\Z", re.I)


def may_go_on(data: bytes, path: str) -> bool:
    """Whether a file may be a web page with others that belong to it: by its bytes, so that it need not be read, and by the
    folder where it lies."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):       # UTF-16, too rare to be looked into
        return True
    if b"<" not in data[:4096]:
        return False
    return SAVED.fullmatch(posixpath.basename(posixpath.dirname(path))) is not None or any(said in data for said in _SAID) \
        or any(_speaks(data, sheet, before) for sheet, before in _PAGES) or _leads(data)


def _speaks(data: bytes, sheet: bytes, before: tuple[bytes, ...]) -> bool:
    """Whether a 页 stands behind one of its ways."""
    at = data.find(sheet)
    while at >= 0:
        if data[max(0, at - 8):at].endswith(before):
            return True
        at = data.find(sheet, at + 1)
    return False


def _leads(data: bytes) -> bool:
    """Whether there is a frame, or a link called 2 or next."""
    for tag in _TAG.finditer(data):
        end = tag.start()
        if tag.group(1) or _LEADS.search(data, max(0, end - 20), end):
            return True
    return False
