"""Bytes → text: byte order mark, strict UTF-8, the declared charset, then the evidence of the characters themselves.

The order follows the measurement that no detector on the market tells GBK from Big5 on a few words, while the plain
question "which reading gives frequent characters?" does.
"""
from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ...schema import Diagnostic
from ...schema.diagnose import diagnostic
from .commonness import commonness, plain_share

LOST = "\ufffd"
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),   # before UTF-16: its mark begins with that one's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_LABELS = {   # what pages call a charset, without punctuation → what to decode with; supersets as browsers take them
    **dict.fromkeys(("gb2312", "gbk", "xgbk", "cp936", "ms936", "windows936", "gb231280", "csgb2312", "chinese", "gb",
                     "gb18030", "eucgb", "euccn", "xeuccn", "gb2313", "gb2321", "gb231"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cnbig5", "csbig5", "xxbig5", "xbig5", "cp950", "windows950", "big5eten"),
                    "big5"),
    **dict.fromkeys(("utf8", "unicode11utf8", "utf"), "utf-8"),
    **dict.fromkeys(("hzgb2312", "hz"), "hz"),
    **dict.fromkeys(("iso88591", "latin1", "ascii", "usascii", "windows1252", "cp1252", "ansi"), "cp1252"),
}
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode_escape", "raw_unicode_escape"))   # Python's, for other ends
_BIG5 = ("cp950", "big5hkscs")
_JAPANESE = ("shift_jis", "euc_jp")
_CANDIDATES = ("gb18030", *_BIG5, *_JAPANESE, "cp1252")
_SAMPLE = 24_000     # bytes whose characters are weighed; more does not change the verdict
_GOOD = .35          # commonness that Chinese prose exceeds in its own charset: below it nothing is certain
_FOREIGN = .05       # below this even the declared charset gives no Chinese
_CLEARLY = .25       # by how much the evidence must beat a declared charset

_HEAD = 4096          # bytes in which a page declares its charset (browsers look at 1024)
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset that gave it, and how many places hold U+FFFD for bytes that no character has."""

    text: str
    charset: str
    lost: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`. Never fails: what cannot be decoded becomes U+FFFD and is counted in a diagnostic.

    `declared` is the label of a page or a mail; it holds only where the bytes bear it out."""
    label = _label(declared)
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark):], charset, label)
    wide = unmarked_utf16(data)
    if wide:
        return _decoded(data, wide, label)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _weighed(data, label)
    if data.isascii() and (label == "hz" or _is_hz(data)):
        return _decoded(data, "hz", label)
    return Decoded(text, "utf-8", 0, () if data.isascii() else _wrong_label(label, "utf-8"))


def declared_charset(data: bytes) -> str | None:
    """The label in a page's meta element or XML prolog."""
    found = _DECLARED.search(data[:_HEAD])
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def unmarked_utf16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` for such text without a byte order mark, else `""`.

    Such text has zero bytes (blanks, digits, line feeds, 一), which other charsets have not, and in the right order its
    characters are ASCII or frequent ones."""
    sample = data[:_SAMPLE] if len(data) > _SAMPLE else data[:len(data) // 2 * 2]
    if len(sample) < 4 or 0 not in sample:
        return ""
    shares = {charset: plain_share(sample.decode(charset, "replace")) for charset in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda charset: shares[charset])
    return best if shares[best] > .6 else ""


def _weighed(data: bytes, label: str) -> Decoded:
    """The best reading by evidence; the declared one unless the evidence is clearly against it."""
    if _mostly_utf8(data):
        return _decoded(data, "utf-8", label)
    scores = {charset: _score(data, charset) for charset in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda charset: scores[charset])
    if label and label not in ("utf-8", "cp1252") and best != label:
        best = _declared_or(best, label, data, scores)
    decoded = _decoded(data, best, label)
    if best not in scores or scores[best] >= (_FOREIGN if best == label else _GOOD):
        return decoded
    note = f"the charset is uncertain: read as {best}, but few of its characters are frequent ones"
    return Decoded(decoded.text, best, decoded.lost, (*decoded.diagnostics, diagnostic("reader-note", note)))


def _declared_or(best: str, label: str, data: bytes, scores: dict[str, float]) -> str:
    """The declared charset where the evidence does not clearly speak for another; one that is not weighed (Russian,
    Korean) where it explains every byte and nothing else is likely."""
    own = max(_BIG5, key=lambda charset: scores[charset]) if label == "big5" else label
    if own in scores:
        return own if scores[own] + _CLEARLY >= scores[best] else best
    return own if scores[best] < _GOOD and LOST not in data.decode(own, "replace") else best


def _score(data: bytes, charset: str) -> float:
    sample = data[:_SAMPLE]
    if len(sample) == _SAMPLE:   # do not cut a character in two: end after an ASCII control or blank where there is one
        cut = max(sample.rfind(b"\n"), sample.rfind(b" "))
        sample = sample[:cut] if cut > _SAMPLE // 2 else sample
    text = sample.decode(charset, "replace")
    return commonness(text, latin=charset == "cp1252", japanese=charset in _JAPANESE)


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with some broken places: whole multi-byte characters outnumber them tenfold, which
    happens in no other charset."""
    text = data.decode("utf-8", "replace")
    broken = text.count(LOST) - data.count(b"\xef\xbf\xbd")
    whole = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    at_end = broken == 1 and text.endswith(LOST)
    return whole >= (2 if at_end else 10 * broken)


def _is_hz(data: bytes) -> bool:
    """HZ (RFC 1843): GB 2312 in seven bits between `~{` and `~}`, as in mail of the 1990s."""
    if b"~{" not in data or b"~}" not in data:
        return False
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return False
    return commonness(text) > _GOOD


def _decoded(data: bytes, charset: str, label: str) -> Decoded:
    text = data.decode(charset, "replace")
    lost = text.count(LOST)
    if lost and charset in ("utf-8", "gb18030"):
        lost -= data.count(LOST.encode(charset))
    notes = _wrong_label(label, charset)
    if lost > 0:
        message = f"bytes that are no {charset} in {lost} place{'s' * (lost > 1)}; U+FFFD stands for them"
        notes += (diagnostic("charset-lost-bytes", message),)
    return Decoded(text, charset, max(lost, 0), notes)


def _label(declared: str | None) -> str:
    """The codec for a declared label, `""` for none or an unknown one."""
    key = re.sub(r"[^a-z0-9]", "", (declared or "")[:40].lower())
    if not key or key in ("utf16", "utf16le", "utf16be", "unicode"):   # read by whoever sees its bytes: not UTF-16
        return ""
    if key in _LABELS:
        return _LABELS[key]
    try:
        codec = codecs.lookup(key)
        "".encode(codec.name)
    except (LookupError, ValueError):
        return ""
    return "" if codec.name.replace("-", "_") in _NO_CHARSETS else codec.name


def _wrong_label(label: str, charset: str) -> tuple[Diagnostic, ...]:
    same = label == charset or (label == "big5" and charset in _BIG5)
    if not label or same:
        return ()
    return (diagnostic("charset-declared-wrong", f"declared as {label}, read as {charset}"),)
