"""Small .doc, .rtf, .odt, .xlsx and .xls files, for the tests of their readers."""
from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO
from string import ascii_uppercase
from zipfile import ZIP_STORED, ZipFile

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
OFFICE, TEXT, TABLE = (f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "text", "table"))


def doc(paragraphs: Sequence[str], flags: int = 0x1200) -> bytes:
    """A Word 97 file of plain paragraphs ([MS-DOC] 2.5: a FIB, one piece of UTF-16 text)."""
    text = "".join(p + "\r" for p in paragraphs)
    body = text.encode("utf-16-le")
    fib = bytearray(1024)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", fib, 10, flags)
    struct.pack_into("<H", fib, 32, 14)
    struct.pack_into("<H", fib, 62, 22)
    struct.pack_into("<i", fib, 64 + 12, len(text))
    struct.pack_into("<H", fib, 152, 93)
    pieces = struct.pack("<iiHIH", 0, len(text), 0, 1024, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", fib, 154 + 33 * 8, 0, len(clx))
    return compound({"WordDocument": bytes(fib) + body, "1Table": clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file ([MS-CFB]) of streams, each in sectors of its own."""
    padded = {name: data.ljust(-(-max(len(data), 4096) // _SECTOR) * _SECTOR, b"\0")
              for name, data in sorted(streams.items(), key=lambda s: (len(s[0]), s[0].upper()))}
    total = sum(len(data) for data in padded.values()) // _SECTOR
    tables = -(-(total + 2 + 8) // 128) + 1
    fat = [_FAT] * tables + [_END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    at = tables + 1
    for k, (name, data) in enumerate(padded.items(), 1):
        sectors = len(data) // _SECTOR
        entries.append(_entry(name, 2, at, len(data), right=k + 1 if k < len(padded) else _FREE))
        fat += [*range(at + 1, at + sectors), _END]
        at += sectors
    fat += [_FREE] * (tables * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *[*range(tables), *[_FREE] * (109 - tables)])
    return head + struct.pack(f"<{len(fat)}I", *fat) + b"".join(entries).ljust(_SECTOR, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, right, child) + bytes(36)
            + struct.pack("<IQ", start, size))


def rtf(body: str) -> bytes:
    """A Rich Text file in GBK; characters outside ASCII become escapes of their bytes."""
    escaped = "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gbk")) for c in body)
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0 " + escaped + "}").encode("ascii")


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text of raw content and automatic styles."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", ZIP_STORED)
        archive.writestr("content.xml", f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}">'
                                        f"<office:automatic-styles>{styles}</office:automatic-styles>"
                                        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>")
    return out.getvalue()


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], merged: str = "", formats: Sequence[str] = (), hidden: Sequence[str] = (),
         far: str = "") -> bytes:
    """A workbook: rows of strings, numbers, None; a pair is a number and the index of its format among `formats`, from 1.
    `merged` cells are those of the first sheet; `far` names a last cell in a row after the others."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    styles = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{f}"/>' for i, f in enumerate(formats))
    used = "".join(f'<xf numFmtId="{164 + i}" applyNumberFormat="1"/>' for i in range(len(formats)))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
            for i, name in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">' + "".join(
            f'<Relationship Id="r{i}" Type="{rel}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1))
            + f'<Relationship Id="s" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{styles}</numFmts><cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>',
    }
    for i, rows in enumerate(sheets.values(), 1):
        data = "".join(f'<row r="{r}">' + "".join(_cell(value, f"{chr(65 + c)}{r}") for c, value in enumerate(row)) + "</row>"
                       for r, row in enumerate(rows, 1))
        data += f'<row r="{far.lstrip(ascii_uppercase)}">{_cell("末", far)}</row>' if far else ""
        spans = f'<mergeCells>{"".join(f"<mergeCell ref={chr(34)}{m}{chr(34)}/>" for m in merged.split())}</mergeCells>' if merged and i == 1 else ""
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{spans}</worksheet>'
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _cell(value: object, at: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    number, style = value if isinstance(value, tuple) else (value, 0)
    return f'<c r="{at}" s="{style}"><v>{number}</v></c>'


def xls(rows: Sequence[Sequence[str]], name: str) -> bytes:
    """A BIFF8 workbook of one sheet of strings ([MS-XLS])."""
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0x600))

    def string(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    size = len(bof(5)) + 4 + 6 + len(title) + 4
    book = bof(5) + record(0x85, struct.pack("<IBB", size, 0, 0) + title) + record(0x0A, b"")
    cells = b"".join(record(0x204, struct.pack("<HHH", r, c, 0) + string(text)) for r, row in enumerate(rows) for c, text in enumerate(row))
    return compound({"Workbook": book + bof(0x10) + cells + record(0x0A, b"")})
