"""Containers of other kinds than zip and tar for the tests: 7z by its library, stored RAR, Outlook messages and web archives
written byte by byte, mails, dumps of crawlers."""
from __future__ import annotations

import gzip
import io
import json
import struct
import zlib
from email.message import EmailMessage
from typing import Any

TITLE = "青溪镇2024年工作计划"
PLAN = f"{TITLE}\n\n一、全年完成植树5000株以上，成活率达到95%。\n二、6月30日前完成检查。\n三、每月5日前上报进度。\n"
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>" + "".join(
    f"<p>{line}</p>" for line in PLAN.split("\n")[2:] if line) + "</body></html>"
_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def sevenzip(files: dict[str, bytes], filters: list[dict[str, Any]] | None = None, password: str | None = None,
             hidden: bool = False) -> bytes:
    """A .7z, all files in one stream; `hidden` encrypts the list as well."""
    import py7zr
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=filters, password=password, header_encryption=hidden) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


def rar5(files: dict[str, bytes], method: int = 0, flags: int = 0) -> bytes:
    """A .rar of version 5 whose files are stored, whatever `method` says (RAR 5.0 archive format)."""
    out = b"Rar!\x1a\x07\x01\x00" + _block5(b"\x01\x00\x00")
    for name, data in files.items():
        raw = name.encode()
        head = (b"\x02" + _vint(2 | flags) + _vint(len(data)) + _vint(4) + _vint(len(data)) + _vint(0)
                + struct.pack("<I", zlib.crc32(data)) + _vint(method << 7) + _vint(1) + _vint(len(raw)) + raw)
        out += _block5(head) + data
    return out + _block5(b"\x05\x00\x00")


def _block5(head: bytes) -> bytes:
    head = _vint(len(head)) + head
    return struct.pack("<I", zlib.crc32(head)) + head


def _vint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def rar4(files: dict[str, bytes], charset: str = "gb18030", method: int = 0, flags: int = 0, main: int = 0) -> bytes:
    """A .rar of version 4 whose files are stored, whatever `method` says, their names bytes of `charset`."""
    out = b"Rar!\x1a\x07\x00" + _block4(b"\x73", main, bytes(6))
    for name, data in files.items():
        raw = name.encode(charset)
        fields = struct.pack("<IIBIIBBHI", len(data), len(data), 2, zlib.crc32(data), 0x58210000, 29, 0x30 + method, len(raw), 32)
        out += _block4(b"\x74", 0x8000 | flags, fields + raw) + data
    return out + _block4(b"\x7b", 0x4000, b"")


def _block4(kind: bytes, flags: int, rest: bytes) -> bytes:
    head = kind + struct.pack("<HH", flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def compound(streams: dict[str, bytes], root: bytes = bytes(16)) -> bytes:
    """An OLE file ([MS-CFB]): streams by their path, storages made as paths ask for them; `root` is the class of the whole.
    Streams of less than 4096 bytes stand in the small one, as they must."""
    order = [""]
    for path in streams:
        parts = path.split("/")
        order += [one for k in range(1, len(parts) + 1) if (one := "/".join(parts[:k])) not in order]
    small, mini, places = b"", [], {}
    for path, data in streams.items():
        if 0 < len(data) < 4096:
            places[path], count = len(mini), -(-len(data) // 64)
            mini += [*range(len(mini) + 1, len(mini) + count), _END]
            small += data.ljust(count * 64, b"\0")
    mini += [_FREE] * (-len(mini) % 128)
    parts_of = [("", struct.pack(f"<{len(mini)}I", *mini)), ("/", small), *((p, d) for p, d in streams.items() if len(d) >= 4096)]
    shelves = -(-len(order) // 4)
    sectors = {path: -(-len(data) // _SECTOR) for path, data in parts_of}
    tables = -(-(shelves + sum(sectors.values()) + 10) // 127)
    fat, at = [_FAT] * tables + [*range(tables + 1, tables + shelves), _END], tables + shelves
    for path, count in sectors.items():
        places[path] = at if count else _END
        fat += [*range(at + 1, at + count), _END][:count]
        at += count
    fat += [_FREE] * (tables * 128 - len(fat))
    below = {path: sorted((k for k, one in enumerate(order) if one and one.rpartition("/")[0] == path),
                          key=lambda k: (len(order[k]), order[k].upper())) for path in order}
    right = {k: row[j + 1] for row in below.values() for j, k in enumerate(row[:-1])}
    shelf = b"".join(_entry(path.rpartition("/")[2] or "Root Entry", 2 if path in streams else 1 if path else 5,
                            places.get(path or "/", _END), len(streams.get(path, b"") if path else small), right.get(k, _FREE),
                            (below[path] or [_FREE])[0], b"" if path else root) for k, path in enumerate(order))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, places[""], sectors[""], _END, 0)
    head += struct.pack("<109I", *[*range(tables), *[_FREE] * (109 - tables)])
    body = b"".join(data.ljust(sectors[path] * _SECTOR, b"\0") for path, data in parts_of)
    return head + struct.pack(f"<{len(fat)}I", *fat) + shelf.ljust(shelves * _SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, right: int, child: int, root: bytes) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, right, child) + root.ljust(36, b"\0")
            + struct.pack("<IQ", start, size))


def outlook(body: dict[str, bytes], attached: dict[str, bytes] | None = None, page: int = 936, inner: dict[str, bytes] | None = None) -> bytes:
    """A message of Outlook: its properties (`0037001F` → bytes), what is attached, and one message attached to it."""
    streams = _properties("", body, 32, page)
    for k, (name, data) in enumerate((attached or {}).items()):
        where = f"__attach_version1.0_#{k:08X}/"
        streams |= _properties(where, {"3707001F": name.encode("utf-16-le"), "37010102": data}, 8, page)
    if inner is not None:
        where = f"__attach_version1.0_#{len(attached or {}):08X}/"
        streams |= _properties(where, {"3001001F": "转来的信".encode("utf-16-le")}, 8, page)
        streams |= _properties(f"{where}__substg1.0_3701000D/", inner, 24, page)
    return compound(streams, bytes.fromhex("0b0d020000000000c000000000000046"))


def _properties(where: str, body: dict[str, bytes], head: int, page: int) -> dict[str, bytes]:
    fixed = bytes(head) + struct.pack("<HHIQ", 3, 0x3FFD, 6, page) + struct.pack("<HHIQ", 0x40, 0x39, 6, 133539912050000000)
    return {f"{where}__properties_version1.0": fixed, **{f"{where}__substg1.0_{key}": data for key, data in body.items()}}


def mail(attached: dict[str, bytes], nested: EmailMessage | None = None, text: str = PLAN) -> EmailMessage:
    """A mail with what is attached."""
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "a@example.org", "b@example.org", "<1@example.org>"
    message["Subject"], message["Date"] = f"转发：{TITLE}", "Mon, 04 Mar 2024 10:00:05 +0800"
    message.set_content(text)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if nested is not None:
        message.add_attachment(nested)
    return message


def record(url: str, body: bytes, head: str = "Content-Type: text/html; charset=gb2312", *, status: str = "200 OK",
           kind: str = "response", date: str = "2024-03-04T02:00:05Z", size: int | None = None) -> bytes:
    """A record of a web archive; `size` is what it says of its length."""
    block = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body if kind == "response" else body
    of = "application/http; msgtype=response" if kind == "response" else head.partition(": ")[2]
    length = len(block) if size is None else size
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: {of}\r\nContent-Length: {length}\r\n\r\n").encode() + block + b"\r\n\r\n"


def chunked(data: bytes, size: int = 100) -> bytes:
    """The data as HTTP sends it in pieces."""
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for k in range(0, len(data), size)
                    for piece in [data[k:k + size]]) + b"0\r\n\r\n"


def warc(*records: bytes, packed: bool = True) -> bytes:
    """A web archive, each record packed on its own."""
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def rows(count: int = 3) -> list[dict[str, Any]]:
    """Rows as a crawler writes them."""
    return [{"id": k, "title": TITLE, "url": f"http://e.example/{k}.htm", "pub_time": "2024-03-01 10:00:00", "source": "青溪镇人民政府",
             "crawl_time": "2024-03-04 10:00:05", "content": PLAN + str(k)} for k in range(count)]


def jsonl(data: list[dict[str, Any]]) -> bytes:
    """Rows, an object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in data).encode()


def seeds() -> dict[str, bytes]:
    """One small container of each kind, by a file name, for fuzzing."""
    files = {"附件/计划.txt": PLAN.encode("gb18030"), "二.html": PAGE.encode()}
    page = PAGE.encode("gb18030")
    letter = {"0037001F": TITLE.encode("utf-16-le"), "1000001F": PLAN.encode("utf-16-le")}
    return {
        "a.7z": sevenzip(files), "b.7z": sevenzip(files, [{"id": 4}, {"id": 0x4000000000000001}]), "c.rar": rar5(files), "d.rar": rar4(files),
        "e.msg": outlook(letter, {"附件.txt": PLAN.encode()}, inner=letter), "f.eml": mail(files, mail({"内.txt": b"x"})).as_bytes(),
        "g.warc": warc(record("http://e.example/1.htm", page), record("http://e.example/2.htm", chunked(page),
                       "Content-Type: text/html\r\nTransfer-Encoding: chunked"), packed=False),
        "h.warc.gz": warc(record("http://e.example/1.htm", gzip.compress(page), "Content-Type: text/html\r\nContent-Encoding: gzip")),
        "i.jsonl": jsonl(rows()), "j.json": json.dumps({"data": rows()}, ensure_ascii=False).encode(),
        "k.csv": ("title,content\n" + "".join(f'"{TITLE}","{PLAN}"\n' for _ in range(3))).encode("gb18030"),
        "l.csv": "序号,任务,责任单位,完成时限\n1,植树5000株,林业站,6月底\n2,修路三公里,交通办,年底前\n".encode("gb18030"),
    }
