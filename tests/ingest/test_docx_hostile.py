"""Broken and hostile Word files: text where there is some, else an error of ours, never another."""
from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest import package
from jihua.ingest.blocks import SourceText
from jihua.ingest.office.docx import read_docx
from jihua.schema import DamagedError, EncryptedError, JihuaError, TooLargeError, UnsupportedError
from make_docx import NAMES, docx, item, level, lists, para, row, run, table, zipped

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "formats"
NUMBERING = lists(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2."))
WHOLE = docx(para("年度计划", '<w:jc w:val="center"/>') + item("目标") + item("任务", level=1) + table(row("甲", "乙"), row("一", "二")),
             parts={"numbering": NUMBERING})


def real_files() -> list[tuple[str, bytes]]:
    """Word files of the source documents, those in zips too; none on a machine without them."""
    out = [(p.name, p.read_bytes()) for p in sorted((SHARED / "office").glob("*.docx"))]
    for path in sorted((SHARED / "zip-gbk").glob("*.zip")):
        with zipfile.ZipFile(path, metadata_encoding="gb18030") as archive:
            out += [(i.filename, archive.read(i)) for i in archive.infolist() if i.filename.endswith(".docx")]
    return out


def well_formed(source: SourceText) -> bool:
    """Blocks in order, inside the text, without white space at their ends; tables' cells where they say."""
    at = 0
    for block in source.blocks:
        if not at <= block.start <= block.end <= len(source.text):
            return False
        at = block.end
        words = source.text[block.start:block.end]
        if words != words.strip() or "\n" in words:
            return False
    cells = [c for t in source.tables for r in t.rows for c in r]
    return all(source.text[c.span[0]:c.span[1]] == c.text for c in cells)


@pytest.mark.parametrize(("data", "kind", "words"), [
    (b"", DamagedError, "zip"),
    (b"PK\x03\x04 and then nothing", DamagedError, "zip"),
    (WHOLE[:len(WHOLE) // 2], DamagedError, "zip"),
    (zipped({"a.txt": b"x"}), DamagedError, "no Word document"),
    (zipped({"word/document.xml": b"<w:document"}), DamagedError, "broken"),
    (zipped({"word/document.xml": f"<w:document {NAMES}/>".encode()}), DamagedError, "main part"),
    (zipped({"word/document.xml": b"<a>" * 5000}), DamagedError, "broken"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), EncryptedError, "password"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, UnsupportedError, "older"),
])
def test_refused(data: bytes, kind: type[JihuaError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        read_docx(data, "计划.docx")
    assert caught.value.source == "计划.docx" and caught.value.way_out


def test_an_encrypted_zip_is_told_apart() -> None:
    data = bytearray(WHOLE)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(EncryptedError):
        read_docx(bytes(data), "x.docx")


@pytest.mark.parametrize(("member", "size", "words"), [
    ("word/media/image1.bin", package.RATIO_FROM + 1, "times its size"),
    ("word/styles.xml", package.XML_MAX + 1, "bytes of XML"),
    ("word/media/image1.bin", package.TOTAL_MAX + 1, "bytes unpacked"),
])
def test_bombs_are_refused_by_what_the_directory_says(member: str, size: int, words: str) -> None:
    """Nothing is unpacked: the sizes are claims of the directory, here false ones."""
    data = bytearray(docx(para("正文"), members={member: b"\0" * 1000}))
    at = data.rfind(b"PK\x01\x02")
    assert member.encode() in data[at:at + 46 + len(member)]
    data[at + 24:at + 28] = struct.pack("<I", size)
    with pytest.raises(TooLargeError, match=words) as caught:
        read_docx(bytes(data), "x.docx")
    assert caught.value.way_out


def with_entities(entities: str, words: str) -> bytes:
    main = f"<!DOCTYPE w:document [{entities}]><w:document {NAMES}><w:body>{para(words)}</w:body></w:document>"
    return zipped({"word/document.xml": main.encode()})


def test_entities_neither_expand_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET", encoding="utf-8")
    source = read_docx(with_entities(f'<!ENTITY file SYSTEM "file://{secret}"><!ENTITY a "haha">', "前&file;&a;后"), "x.docx")
    assert source.text == "前"
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    with pytest.raises(DamagedError):
        read_docx(with_entities(laughs, "甲&l11;乙"), "x.docx")


@pytest.mark.parametrize(("title", "parts", "members"), [
    ("a part that is not XML", {"styles": "<broken", "numbering": NUMBERING}, {}),
    ("an empty part", {"styles": "", "numbering": NUMBERING}, {}),
    ("relations that lead nowhere", {"numbering": NUMBERING}, {"word/_rels/document.xml.rels": (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" '
        b'Type="http://x/image" Target="NULL"/><Relationship Id="y" Type="http://x/styles" Target="../../etc/passwd"/>'
        b'</Relationships>')}),
    ("relations that are broken", {"numbering": NUMBERING}, {"word/_rels/document.xml.rels": b"<oops", "_rels/.rels": b"\0"}),
])
def test_broken_parts_leave_the_text(title: str, parts: dict[str, str], members: dict[str, bytes]) -> None:
    source = read_docx(docx(item("目标") + item("任务"), parts=parts, members=members), "x.docx")
    assert source.text == "一、目标\n二、任务", title


def test_a_broken_part_is_named() -> None:
    source = read_docx(docx(para("正文"), parts={"styles": "<broken"}), "x.docx")
    assert [d.message for d in source.diagnostics] == ["word/styles.xml is broken and was left out"]


def test_strict_files_and_odd_member_names() -> None:
    strict = f"<w:document {NAMES}><w:body>{para('正文')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/")
    assert read_docx(zipped({"word/document.xml": strict.encode()}), "x.docx").text == "正文"
    usual = f"<w:document {NAMES}><w:body>{para('正文')}</w:body></w:document>".encode()
    assert read_docx(zipped({"WORD\\Document.xml": usual}), "x.docx").text == "正文"


def test_styles_that_bite_their_tails() -> None:
    styles = (f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
              f'<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>')
    assert read_docx(docx(para("正文", '<w:pStyle w:val="a"/>'), parts={"styles": styles}), "x.docx").text == "正文"
    looped = lists('<w:numStyleLink w:val="a"/>')
    assert read_docx(docx(item("正文"), parts={"styles": styles, "numbering": looped}), "x.docx").text == "正文"


@pytest.mark.parametrize("values", ["99999999999999999999999", "-5", "", "一", "1.5", "0x10"])
def test_absurd_numbers(values: str) -> None:
    numbering = lists(f'<w:lvl w:ilvl="{values}"/><w:lvl w:ilvl="0"><w:start w:val="{values}"/><w:numFmt w:val="{values}"/>'
                      f'<w:lvlText w:val="%1%9%0{values}"/><w:lvlRestart w:val="{values}"/></w:lvl>')
    body = item("甲", values) + item("乙", 1) + para("丙", f'<w:outlineLvl w:val="{values}"/><w:jc w:val="{values}"/>') \
        + f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{values}"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{values}"/>' \
          f'<w:vMerge w:val="{values}"/></w:tcPr>{para("丁")}</w:tc><w:tc>{para("戊")}</w:tc></w:tr></w:tbl>' \
        + para(inner=f'<w:r><w:sym w:font="x" w:char="{values}"/></w:r>' + run("己"))
    source = read_docx(docx(body, parts={"numbering": numbering}), "x.docx")
    assert well_formed(source) and all(word in source.text for word in "甲乙丙丁戊己")


def test_a_long_file_is_read_in_time() -> None:
    body = para("长" * 200_000) + "".join(item(f"第{i}件事。") for i in range(3000)) + para(inner=run("字") * 3000)
    source = read_docx(docx(body, parts={"numbering": NUMBERING}), "x.docx")
    assert "三千、第2999件事。" not in source.text and source.text.count("件事。") == 3000


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_gives_text_or_an_error_of_ours(at: int, patch: bytes) -> None:
    try:
        assert well_formed(read_docx(WHOLE[:at] + patch + WHOLE[at + len(patch):], "x.docx"))
    except JihuaError as error:
        assert error.source == "x.docx"


FRAGMENTS = st.sampled_from([
    para("文"), item("项"), "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p/>", "<w:tc/>", run("字"),
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>', '<w:vMerge/>', "<w:sdt/>", "<mc:AlternateContent/>", "<!-- x -->", "<?pi x?>", "乱"])


@given(st.lists(FRAGMENTS, max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_nesting_gives_text_or_an_error_of_ours(fragments: list[str]) -> None:
    try:
        assert well_formed(read_docx(docx("".join(fragments), parts={"numbering": NUMBERING}), "x.docx"))
    except JihuaError as error:
        assert error.way_out


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_arbitrary_bytes(data: bytes) -> None:
    with pytest.raises(JihuaError):
        read_docx(data, "x.docx")


@pytest.mark.parametrize(("name", "data"), real_files(), ids=lambda v: v if isinstance(v, str) else "")
def test_real_files(name: str, data: bytes) -> None:
    if name.startswith("~$"):       # what Word leaves beside an open file
        with pytest.raises(DamagedError):
            read_docx(data, name)
        return
    source = read_docx(data, name)
    assert well_formed(source) and len(source.text) > 100
    assert BytesIO(data).read(2) == b"PK" and source == read_docx(data, name)
