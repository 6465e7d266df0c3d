"""How a sound file is made an unsound one, always the same way from the same seed: bytes anywhere, and, where the format
is known, its own parts: members of packages (packed again with right sums), XML, PDF objects and streams, OLE sectors,
RTF tokens, MIME headers, JSON."""
from __future__ import annotations

import gzip
import random
import re
import struct
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Mutate = Callable[[bytes, random.Random], bytes]
LARGEST = 3_000_000      # bytes of a mutated file
_NUMBERS = ("0", "-1", "1", "2147483647", "-2147483648", "4294967295", "99999999999999999999", "1e308", "NaN", "0.0000001", "", "x", "65536")
_LENGTHS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_ODD = ("\ufffe", "\u202e", "\x00", "𠮷", "一、" * 200, "1" * 400, "(" * 300, "（一）", "?" * 50, " " * 5000, "\n" * 300, "wǎng)", "20xx年", "第" * 99, "９" * 40, "锟斤拷" * 9)
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb"=\s*(\"[^\"]*\"|'[^']*')")
_BOMB = (b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
         b'<!ENTITY e SYSTEM "file:///etc/hostname">]>')
_ENTITIES = (b"&a;", b"&c;", b"&e;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&nbsp;", b"&amp;amp;lt;", b"&", b"&#99999999999;")


def mutated(kind: str, data: bytes, dice: random.Random) -> bytes:
    """`data` after one to four changes that suit its format."""
    ways = WAYS.get(kind, (anything,))
    for _ in range(dice.choice((1, 1, 2, 4))):
        data = dice.choice(ways)(data, dice)[:LARGEST]
    return data


def anything(data: bytes, dice: random.Random) -> bytes:
    """Bits, bytes and stretches changed, dropped, doubled, moved, the end cut off, numbers set to their extremes."""
    if not data:
        return dice.randbytes(20)
    at = dice.randrange(len(data))
    size = min(len(data) - at, 1 << dice.randrange(14))
    way = dice.randrange(9)
    if way == 0:
        return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1:]
    if way == 1:
        return data[:at]
    if way == 2:
        return data[:at] + data[at + size:]
    if way == 3:
        return data[:at] + data[at:at + size] * dice.choice((2, 3, 50)) + data[at + size:]
    if way == 4:
        other = dice.randrange(len(data))
        return data[:at] + data[other:other + size] + data[at:]
    if way == 5:
        return data[:at] + dice.randbytes(min(size, 64)) + data[at + min(size, 64):]
    if way == 6:
        return data[:at] + dice.choice((b"\x00", b"\xff")) * size + data[at + size:]
    if way == 7:
        for _ in range(dice.choice((1, 8, 64))):
            at = dice.randrange(len(data))
            data = data[:at] + dice.randbytes(1) + data[at + 1:]
        return data
    return length_field(data, dice)


def length_field(data: bytes, dice: random.Random) -> bytes:
    """Two or four bytes somewhere set to a small or an extreme number."""
    at, form = dice.randrange(max(1, len(data))), dice.choice(("<H", "<I", ">I", ">H"))
    number = dice.choice(_LENGTHS) & (0xFFFF if form[1] == "H" else 0xFFFFFFFF)
    return data[:at] + struct.pack(form, number) + data[at + struct.calcsize(form):]


def markup(data: bytes, dice: random.Random) -> bytes:
    """Tags dropped, doubled, nested, swapped, left open; attributes set to numbers of every size; entities put in."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return anything(data, dice)
    tag, way = dice.choice(tags), dice.randrange(9)
    low, high = tag.span()
    if way == 0:
        return data[:low] + data[high:]
    if way == 1:
        return data[:low] + tag[0] * dice.choice((2, 10, 500, 20_000)) + data[high:]
    if way == 2:
        other = dice.choice(tags)
        return data[:low] + other[0] + data[high:]
    if way == 3:
        end = dice.choice(tags).end()
        low, end = min(low, end), max(low, end)
        return data[:end] + data[low:end] * dice.choice((1, 3, 40)) + data[end:]
    if way == 4:
        values = list(_VALUE.finditer(data))
        if values:
            value = dice.choice(values)
            new = dice.choice((*_NUMBERS, dice.choice(_ODD), "../" * 9, "&a;", dice.choice(values)[1][1:-1].decode("latin-1")))
            return data[:value.start(1)] + b'"' + new.encode("utf-8", "ignore") + b'"' + data[value.end(1):]
    if way == 5:
        return data[:high] + dice.choice(_ENTITIES) + data[high:]
    if way == 6:
        prolog = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:prolog] + _BOMB + data[prolog:high] + b"&c;" + data[high:]
    if way == 7:
        return data[:high] + dice.choice(_ODD).encode("utf-8", "ignore") + data[high:]
    name = re.match(rb"<([\w:-]+)", tag[0])
    depth = dice.choice((5, 300, 3_000))
    return data[:low] + (b"<" + name[1] + b">" if name else b"<b>") * depth + data[low:]


def members(data: bytes, dice: random.Random) -> bytes:
    """A package unpacked, one part of it changed, dropped, doubled, renamed or exchanged, and packed again."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = [(i.filename, package.read(i)) for i in package.infolist()]
    except Exception:    # an earlier change has broken it
        return anything(data, dice)
    if not parts:
        return anything(data, dice)
    k, way = dice.randrange(len(parts)), dice.randrange(10)
    name, part = parts[k]
    if way == 0:
        del parts[k]
    elif way == 1:
        parts.append((name, dice.choice(parts)[1]))
    elif way == 2:
        parts[k] = (dice.choice((name.upper(), "../" + name, "/" + name, name + "/", "", name * 40, "con.txt", "word/document.xml", "a\x00b")), part)
    elif way == 3:
        parts[k] = (name, dice.choice(parts)[1])
    elif way == 4:
        parts[k] = (name, part + bytes(dice.choice((10, 1_000_000))))
    else:
        parts[k] = (name, (markup if b"<" in part[:200] and dice.random() < .8 else anything)(part, dice))
    out = BytesIO()
    with warnings.catch_warnings(), ZipFile(out, "w") as package:
        warnings.simplefilter("ignore")    # two members of one name are wanted
        for title, content in parts:
            package.writestr(ZipInfo(title or "x"), content[:LARGEST], dice.choice((ZIP_DEFLATED, ZIP_STORED)))
    return out.getvalue()


def pdf(data: bytes, dice: random.Random) -> bytes:
    """Objects dropped, doubled or exchanged, references led elsewhere, numbers at their extremes, streams changed inside."""
    objects = list(re.finditer(rb"\d+ \d+ obj.*?endobj", data, re.S))
    references = list(re.finditer(rb"\d+ 0 R", data))
    numbers = list(re.finditer(rb"(?<=[ \[])-?\d+(?:\.\d+)?(?=[ \]/>\r\n])", data))
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S))
    way = dice.randrange(6)
    if way == 0 and objects:
        one, two = dice.choice(objects), dice.choice(objects)
        return data[:one.start()] + dice.choice((b"", one[0] * 2, two[0])) + data[one.end():]
    if way == 1 and references:
        one, two = dice.choice(references), dice.choice(references)
        return data[:one.start()] + two[0] + data[one.end():]
    if way == 2 and numbers:
        one = dice.choice(numbers)
        return data[:one.start()] + dice.choice(_NUMBERS).encode() + data[one.end():]
    if way in (3, 4) and streams:
        one = dice.choice(streams)
        return data[:one.start(1)] + _stream(one[1], dice) + data[one.end(1):]
    return anything(data, dice)


def _stream(packed: bytes, dice: random.Random) -> bytes:
    """A stream changed inside, packed as it was where that is known."""
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return anything(packed, dice)
    numbers = list(re.finditer(rb"-?\d+(?:\.\d+)?", content))
    if numbers and dice.random() < .6:
        one = dice.choice(numbers)
        content = content[:one.start()] + dice.choice(_NUMBERS).encode() + content[one.end():]
    elif dice.random() < .3:
        content = content * dice.choice((2, 30))
    else:
        content = anything(content, dice)
    return zlib.compress(content[:LARGEST])


def sectors(data: bytes, dice: random.Random) -> bytes:
    """An OLE file's header, allocation table, directory or streams: chains led in circles, sizes at their extremes."""
    if len(data) < 2048:
        return anything(data, dice)
    count, way = len(data) // 512 - 1, dice.randrange(5)
    at = 512 * (1 + dice.randrange(count))
    if way == 0:
        entry = 512 + 4 * dice.randrange(128)
        return data[:entry] + struct.pack("<I", dice.choice((*_LENGTHS, 0xFFFFFFFE, 0xFFFFFFFD, dice.randrange(count)))) + data[entry + 4:]
    if way == 1:
        field = dice.choice((24, 26, 28, 30, 32, 44, 48, 56, 60, 64, 68, 72, 76))
        return data[:field] + struct.pack("<I", dice.choice((*_LENGTHS, dice.randrange(count)))) + data[field + 4:]
    if way == 2:
        other = 512 * (1 + dice.randrange(count))
        return data[:at] + data[other:other + 512] + data[at + 512:]
    if way == 3:
        entry = data.find("Root".encode("utf-16-le"))
        field = entry + 128 * dice.randrange(4) + dice.choice((0, 64, 66, 67, 68, 72, 76, 116, 120))
        if entry > 0:
            return data[:field] + struct.pack("<I", dice.choice((*_LENGTHS, dice.randrange(6)))) + data[field + 4:]
    near = at + dice.randrange(512)
    return data[:near] + struct.pack("<I", dice.choice(_LENGTHS)) + data[near + 4:]


def tokens(data: bytes, dice: random.Random) -> bytes:
    """Rich Text: control words with other numbers, groups doubled, nested or left open, odd words."""
    words = list(re.finditer(rb"\\[a-z]+-?\d* ?|\\'[0-9a-f]{2}|[{}]", data))
    if not words:
        return anything(data, dice)
    one, way = dice.choice(words), dice.randrange(5)
    if way == 0:
        return data[:one.start()] + dice.choice((b"", one[0] * 100, dice.choice(words)[0])) + data[one.end():]
    if way == 1:
        return data[:one.start()] + b"{" * dice.choice((1, 100, 30_000)) + data[one.start():]
    if way == 2:
        word = dice.choice((b"\\bin", b"\\u", b"\\uc", b"\\ansicpg", b"\\f", b"\\cellx", b"\\fcharset", b"\\ilvl", b"\\ls", b"\\li"))
        return data[:one.start()] + word + dice.choice(_NUMBERS).encode() + b" " + data[one.start():]
    if way == 3:
        return data[:one.start()] + dice.choice((b"{\\*\\pn", b"{\\object\\objdata 0105", b"{\\pict\\bin9999 ", b"\\'", b"\\u-1?", b"}}}}")) + data[one.start():]
    return anything(data, dice)


def lines(data: bytes, dice: random.Random) -> bytes:
    """Mail and records in lines: headers dropped, doubled, given other values; boundaries and encodings exchanged."""
    rows = data.split(b"\n")
    k, way = dice.randrange(len(rows)), dice.randrange(6)
    if way == 0:
        del rows[k]
    elif way == 1:
        rows[k:k] = [rows[k]] * dice.choice((1, 20, 3_000))
    elif way == 2:
        rows[k] = rows[dice.randrange(len(rows))]
    elif way == 3:
        heads = (b"Content-Transfer-Encoding: x-uuencode", b"Content-Type: multipart/mixed; boundary=a", b"Content-Type: text/html; charset=utf-16", b"Content-Length: -5",
                 b"Content-Type: message/rfc822", b"Date: Mon, 99 Foo 99999 99:99:99 +9999", b"Subject: =?gb2312?B?!!!!?=", b"Content-Type: text/plain; charset=" + b"x" * 500)
        rows[k:k + dice.randrange(2)] = [dice.choice(heads)]
    elif way == 4:
        rows[k] = rows[k].replace(b":", b"").replace(b"--", b"-") if dice.random() < .5 else dice.choice(_ODD).encode("utf-8", "ignore")
    else:
        return anything(data, dice)
    return b"\n".join(rows)


def values(data: bytes, dice: random.Random) -> bytes:
    """JSON and CSV: quotes, brackets and commas dropped, nested or doubled, other values put in."""
    marks = list(re.finditer(rb'["\[\]{},:\n]', data))
    if not marks:
        return anything(data, dice)
    one, way = dice.choice(marks), dice.randrange(5)
    if way == 0:
        return data[:one.start()] + data[one.end():]
    if way == 1:
        return data[:one.start()] + dice.choice((b"[", b"{", b'{"a":', b'"', b",")) * dice.choice((1, 50, 50_000)) + data[one.start():]
    if way == 2:
        return data[:one.end()] + dice.choice((b"null", b"1e999", b'"\\ud800"', b"true", b"9" * 5000, b"\x00", *(w.encode("utf-8", "ignore") for w in _ODD))) + data[one.end():]
    if way == 3:
        other = dice.choice(marks)
        return data[:one.start()] + data[other.start():other.start() + 300] + data[one.start():]
    return anything(data, dice)


def packed(data: bytes, dice: random.Random) -> bytes:
    """A gzip stream unpacked, changed and packed again; or its frame changed."""
    try:
        return gzip.compress(anything(gzip.decompress(data), dice)[:LARGEST], mtime=0) if dice.random() < .6 else anything(data, dice)
    except Exception:    # an earlier change has broken it
        return anything(data, dice)


_PACKAGE: tuple[Mutate, ...] = (members, members, members, anything)
WAYS: dict[str, tuple[Mutate, ...]] = {
    "html": (markup, markup, anything), "markdown": (anything, values, lines), "text": (anything, lines),
    "docx": _PACKAGE, "odt": _PACKAGE, "xlsx": _PACKAGE, "ofd": _PACKAGE, "zip": (members, anything, length_field),
    "doc": (sectors, sectors, anything), "wps": (sectors, anything), "xls": (sectors, sectors, anything), "msg": (sectors, sectors, anything),
    "pdf": (pdf, pdf, pdf, anything), "rtf": (tokens, tokens, anything), "eml": (lines, lines, anything), "mhtml": (lines, lines, anything),
    "json": (values, values, anything), "csv": (values, values, anything), "gz": (packed,), "tar": (length_field, anything, lines),
    "warc": (lines, lines, anything, length_field), "7z": (anything, length_field), "rar": (anything, length_field), "image": (anything, length_field),
}
