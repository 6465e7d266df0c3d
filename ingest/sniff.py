"""What a file is, by its content. A name only decides between formats that look alike, such as Markdown and text."""
from __future__ import annotations

import re

from ..schema import DamagedError
from .formats import BINARY, suffix
from .sniff_package import ole_type, zip_type
from .text.charset import unmarked_utf16

_HEAD = 8192   # bytes that are looked at to tell text formats apart
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/x-compressed"),
    (b"MSCF", "application/x-compressed"),
    (b"\xff\xd8\xff", "image/*"),
    (b"\x89PNG\r\n", "image/*"),
    (b"GIF87a", "image/*"),
    (b"GIF89a", "image/*"),
    (b"II*\x00", "image/*"),
    (b"MM\x00*", "image/*"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"ID3", "audio/*"),
    (b"OggS", "audio/*"),
    (b"fLaC", "audio/*"),
    (b"FLV\x01", "audio/*"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio/*"),
    (b"\x7fELF", "application/x-executable"),
    (b"%!PS", "application/postscript"),
    (b"SQLite format 3\x00", "application/x-sqlite3"),
    (b"CAJ\x00", "application/x-caj"),
    (b"WARC/", "application/warc"),
    (b"KDH ", "application/x-caj"),
)
# A web page begins, after byte order mark, blanks, comments and an XML prolog, with one of these.
_BEFORE = re.compile(r"(?:\s++|<!--(?:[^-]|-(?!->))*+-->|<\?xml\b[^>]*+>)*+")
_PAGE = re.compile(r"<(?:!doctype\s++html|html|head|body|frameset|meta|title|link|base)\b", re.I)
_FRAGMENT = re.compile(
    r"<(?:div|p|span|table|tbody|tr|td|ul|ol|li|h[1-6]|br|hr|center|font|b|strong|a|img|article|section|main|header|"
    r"footer|nav|form|script|style|iframe|blockquote|pre|dl|details|input)\b[^<>]*+>", re.I)
_TAG = re.compile(r"</?(?:div|p|span|table|tr|td|li|h[1-6]|br|font|strong|a|img)\b[^<>]*+>", re.I)
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}: [^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}")
_FRONT_MATTER = re.compile(r"---[ \t]*+\r?\n\s*+(?:#[^\n]*+\n)?[^\s:<]{1,60}[ \t]*+:(?:\s|$)")
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\v\x1a\x1b") + b"\x7f"
_ATX = re.compile(r"^#{1,6} [^\s#]", re.M)
_STRONG = re.compile(r"\*\*(?![\s*])[^*\n]{2,200}\*\*")
_MARKDOWN_NAMES = ("md", "markdown", "mdown", "mkd")
_PAGE_NAMES = ("html", "htm", "xhtml", "shtml", "shtm", "asp", "aspx", "jsp", "php")


def sniff(data: bytes, name: str = "") -> str:
    """The media type of a file's content, one of data/formats.toml.

    Raises DamagedError for an empty or truncated file and EncryptedError for a package that asks for a password."""
    if not data:
        raise DamagedError("the file is empty", way_out="Fetch or save it again")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return zip_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ole_type(data)
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    return _riff(data) or _text_type(data, suffix(name))


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is a mail message; a web page saved as one is none."""
    return not unmarked_utf16(head) and _mail_type(_head(head, "")) == "message/rfc822"


def _mail_type(head: str) -> str:
    if not _MAIL.match(head) or not re.search(r"^mime-version:|^(?:received|return-path|message-id):", head, re.I | re.M):
        return ""
    saved_page = (re.search(r"^content-type:\s*+multipart/related", head, re.I | re.M)
                  and not re.search(r"^(?:received|return-path|message-id|to):", head, re.I | re.M))
    return "multipart/related" if saved_page else "message/rfc822"


def _riff(data: bytes) -> str:
    """Formats whose mark does not stand at the start, or is too short to be believed alone."""
    if data[:4] == b"RIFF":
        return "image/*" if data[8:12] == b"WEBP" else "audio/*"
    if data[4:8] == b"ftyp":
        return "audio/*"
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        return "application/x-executable"
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "image/*"
    if data[:2] == b"\xff\xfb" and b"\x00" in data[:_HEAD]:
        return "audio/*"
    return "application/x-tar" if data[257:262] == b"ustar" else ""


def _text_type(data: bytes, ending: str) -> str:
    wide = unmarked_utf16(data[:_HEAD])
    head = _head(data, wide)
    if not wide and _is_binary(data):
        return BINARY
    start = _BEFORE.match(head)
    rest = head[start.end():] if start else head
    if _PAGE.match(rest):
        return "text/html"
    if mail := _mail_type(head):
        return mail
    if ending in _MARKDOWN_NAMES or _FRONT_MATTER.match(head):
        return "text/markdown"
    if _FRAGMENT.match(rest) or (ending in _PAGE_NAMES and "<" in head):
        return "text/html"
    if head.lstrip().startswith("<?xml"):
        return "application/xml"
    if ending in ("csv", "tsv"):
        return "text/csv"
    if rest[:1] in "{[" and re.match(r"[\[{]\s*+(?:\"|\{|\[)", rest) and ending in ("json", "jsonl", "ndjson", "jl"):
        return "application/json"
    if _mostly_tags(head):
        return "text/html"
    return "text/markdown" if _is_markdown(head) else "text/plain"


def _is_markdown(head: str) -> bool:
    """Whether lines begin as Markdown's headings do: two, or one beside words in bold."""
    headings = len(_ATX.findall(head))
    return headings >= 2 or (headings == 1 and len(_STRONG.findall(head)) >= 2)


def _head(data: bytes, wide: str) -> str:
    """The first characters, good enough to see ASCII markup in any charset."""
    head = data[:_HEAD]
    for mark, charset in ((b"\xef\xbb\xbf", "latin-1"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark):].decode(charset, "replace")
    return head.decode(wide or "latin-1", "replace")


def _is_binary(data: bytes) -> bool:
    """Whether control characters are more than a text's (2 in 100, measured on samples from its start, middle and
    end). Text in UTF-16 or UTF-32 with a byte order mark is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    data = data.rstrip(b"\x00\x1a") or data
    middle = len(data) // 2
    sample = data if len(data) <= 3 * _HEAD else data[:_HEAD] + data[middle:middle + _HEAD] + data[-_HEAD:]
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * 0.02


def _mostly_tags(head: str) -> bool:
    """A fragment that begins with words: at least one tag in 300 characters, one of them closing or a break."""
    tags = _TAG.findall(head)
    closed = any(t.startswith("</") or t.lower().startswith("<br") for t in tags)
    return closed and len(tags) >= max(3, len(head) // 300)
