"""Formats by content, refusals with their way out."""
from __future__ import annotations

import io
import struct
import zipfile

import pytest
from jihua.ingest.formats import DOCX, PPTX, XLSX, formats, suffix
from jihua.ingest.readers import READERS, read
from jihua.ingest.sniff import sniff
from jihua.schema import DamagedError, EncryptedError, UnsupportedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*names: str, mimetype: str = "") -> bytes:
    """A zip with parts of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>" * 200)
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """An OLE file as far as its directory entries go."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", len(name) * 2 + 2, 2) + bytes(61) for name in streams)
    return OLE + bytes(512 - len(OLE)) + entries


KINDS = [
    (b"%PDF-1.4\n%...", "a.pdf", "application/pdf"),
    (b"\r\n%PDF-1.4\n", "a.pdf", "application/pdf"),
    (package("[Content_Types].xml", "word/document.xml"), "a.docx", DOCX),
    (package("xl/workbook.xml"), "a.xlsx", XLSX),
    (package("ppt/presentation.xml"), "a.pptx", PPTX),
    (package("OFD.xml", "Doc_0/Document.xml"), "a.ofd", "application/ofd"),
    (package("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "a.odt",
     "application/vnd.oasis.opendocument.text"),
    (package("甲/计划.docx"), "a.zip", "application/zip"),
    (compound("Root Entry", "WordDocument"), "a.doc", "application/msword"),
    (compound("Root Entry", "WordDocument"), "a.wps", "application/msword"),
    (compound("Root Entry", "CONTENTS", "SPELLING"), "a.wps", "application/vnd.ms-works"),
    (compound("Root Entry", "Workbook"), "a.xls", "application/vnd.ms-excel"),
    (compound("Root Entry", "__properties_version1.0"), "a.msg", "application/vnd.ms-outlook"),
    (b"{\\rtf1\\ansi}", "a.doc", "application/rtf"),
    (b"Rar!\x1a\x07\x00", "a.rar", "application/vnd.rar"),
    (b"\x1f\x8b\x08\x00", "a.gz", "application/gzip"),
    (b"\x89PNG\r\n\x1a\n", "a.png", "image/*"),
    (b"\xff\xd8\xff\xe0", "a.txt", "image/*"),
    (b"MZ" + bytes(100), "a.exe", "application/x-executable"),
    (b"From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
     "a.doc", "multipart/related"),
    (b"Received: from x\nFrom: a@b.example\nSubject: x\n\ntext", "a.eml", "message/rfc822"),
    ("<!DOCTYPE html><p>甲".encode(), "a", "text/html"),
    ("\ufeff  <!-- 注 --><?xml version='1.0'?>\n<html>".encode(), "a.txt", "text/html"),
    ("<HTML><BODY>甲".encode("utf-16"), "a.html", "text/html"),
    ("<html><body>甲".encode("utf-16-be"), "a.html", "text/html"),
    ('<div class="wrap"><p>一、目标</p></div>'.encode(), "", "text/html"),
    ("计划<br>一、目标<br>二、措施<br>三、保障<br>".encode("gb18030"), "a.txt", "text/html"),
    ("工作计划\n一、目标<br>".encode(), "a.html", "text/html"),
    ("<?xml version='1.0'?><plan>甲</plan>".encode(), "a.xml", "application/xml"),
    ("---\ntitle: 工作计划\n---\n正文".encode(), "a.txt", "text/markdown"),
    ("# 工作计划".encode(), "a.md", "text/markdown"),
    ("#### 一、宣传部\n**目标**: 办好校报。\n#### 二、学习部\n".encode(), "a.txt", "text/markdown"),
    ("工作计划\n# 1 号楼\n20**年**月**日".encode(), "a.txt", "text/plain"),
    ("<details>\n<summary>目录</summary>\n".encode(), "a.md", "text/markdown"),
    ("---\n第一部分\n---\n".encode(), "a.txt", "text/plain"),
    ("一、目标：a<b，且 b<c。".encode(), "a.txt", "text/plain"),
    ("工作计划".encode("utf-16"), "a.txt", "text/plain"),
    ("工作计划".encode("gb18030"), "", "text/plain"),
    (bytes(range(256)) * 40, "a.txt", "application/octet-stream"),
]


@pytest.mark.parametrize(("data", "name", "expected"), KINDS, ids=[f"{i}-{k[2]}" for i, k in enumerate(KINDS)])
def test_content_tells_the_format(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected
    assert expected in formats()


def test_every_format_has_a_reader_or_a_way_out() -> None:
    read_types = {media_type for media_type, _, _ in READERS}
    for row in formats().values():
        assert (row.type in read_types) != bool(row.way_out), row.type


def test_refusals_name_the_format_and_the_way_out() -> None:
    with pytest.raises(UnsupportedError) as caught:
        read(compound("Root Entry", "CONTENTS"), "计划.wps")
    assert "Microsoft Works" in str(caught.value) and ".docx" in caught.value.way_out and caught.value.place
    with pytest.raises(UnsupportedError) as caught:
        read(b"AT&TFORM" + bytes(50), "计划.txt")
    assert "whatever its name .txt says" in str(caught.value)


def test_empty_and_cut_off_files_are_damaged() -> None:
    with pytest.raises(DamagedError):
        read(b"", "a.txt")
    whole = package("[Content_Types].xml", "word/document.xml")
    with pytest.raises(DamagedError) as caught:
        read(whole[:len(whole) // 2], "a.docx")
    assert "Word" in str(caught.value)


def test_a_locked_package_is_encrypted() -> None:
    with pytest.raises(EncryptedError) as caught:
        read(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "a.docx")
    assert "password" in caught.value.way_out


def test_a_name_that_says_otherwise_is_noted() -> None:
    assert [d.code for d in read("<html><p>一、目标".encode(), "计划.doc").diagnostics] == ["suffix-mismatch"]
    for name in ("计划.html", "计划", "计划.bak", "v1.2"):
        assert not read("<html><p>一、目标".encode(), name).diagnostics
    assert not read("一、目标".encode(), "计划.md").diagnostics


def test_a_file_of_blanks_holds_no_text() -> None:
    assert [d.code for d in read(" \r\n　\n".encode(), "a.txt").diagnostics] == ["no-text"]
    assert [d.code for d in read(b"<html><script>x()</script></html>", "a.html").diagnostics] == ["no-text"]


@pytest.mark.parametrize(("name", "expected"), [
    ("a.DOCX", "docx"), ("x/y.z/甲", ""), (".htaccess", ""), ("甲.tar.gz", "gz"), ("a.", "")])
def test_suffix(name: str, expected: str) -> None:
    assert suffix(name) == expected
