"""Older Word, Kingsoft, Rich Text and OpenDocument files come back as paragraphs, headings, lists, notes and tables."""
from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.blocks import SourceText
from jihua.ingest.office.anydoc import read_doc, read_odt, read_rtf
from jihua.ingest.readers import read
from jihua.schema import DamagedError, EncryptedError, JihuaError, TooLargeError, UnsupportedError
from make_office import compound, doc, odt, rtf

PLAN = ["年度工作计划", "为做好全年工作，制定如下计划：", "一、工作目标", "全年疏浚沟渠38条，群众满意度不低于95%。", "二、保障措施", "（一）加强督查。每季度通报一次进度。"]
FORMATS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "formats"
WHOLE = {
    "doc": doc(PLAN),
    "rtf": rtf("\\par ".join(PLAN) + "\\par "),
    "odt": odt("".join(f"<text:p>{p}</text:p>" for p in PLAN)),
}
READ = {"doc": read_doc, "rtf": read_rtf, "odt": read_odt}


def kinds(source: SourceText) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, source.text[b.start:b.end]) for b in source.blocks]


def real_files() -> list[tuple[str, bytes]]:
    """Old Word and Kingsoft files of the source documents, those in zips too; none on a machine without them."""
    out = [(p.name, p.read_bytes()) for p in sorted((FORMATS / "office").glob("*.*")) if p.suffix in (".doc", ".wps")]
    for path in sorted((FORMATS / "zip-gbk").glob("*.zip")):
        with zipfile.ZipFile(path, metadata_encoding="gb18030") as archive:
            out += [(i.filename, archive.read(i)) for i in archive.infolist() if i.filename.lower().endswith((".doc", ".wps"))]
    return out


@pytest.mark.parametrize("kind", WHOLE)
def test_paragraphs_come_back(kind: str) -> None:
    source = read(WHOLE[kind], f"计划.{kind}")
    assert source.text == "\n".join(PLAN) and source.reader == kind
    assert [b.place for b in source.blocks][:2] == ["paragraph 1", "paragraph 2"] and not source.diagnostics


def test_content_decides_whatever_the_name() -> None:
    assert read(WHOLE["doc"], "计划.wps").reader == "doc"
    source = read(WHOLE["rtf"], "计划.doc")
    assert source.reader == "rtf" and not source.diagnostics
    assert [d.code for d in read(WHOLE["odt"], "计划.doc").diagnostics] == ["suffix-mismatch"]
    with pytest.raises(UnsupportedError, match="Microsoft Works"):
        read(compound({"CONTENTS": b"x"}), "计划.wps")


def test_headings_line_breaks_bold_and_notes() -> None:
    body = '<text:h text:outline-level="2">一、目标</text:h><text:p>上句<text:line-break/>下句<text:note text:note-class="footnote" text:id="f1">' \
           "<text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body></text:note></text:p>"
    assert kinds(read_odt(odt(body), "x.odt")) == [("heading", 2, "一、目标"), ("paragraph", 0, "上句"), ("paragraph", 0, "下句"), ("footnote", 0, "注文")]
    source = read_rtf(rtf(r"\b 工作目标\b0\par {\b 重点}任务\par "), "x.rtf")
    assert [b.bold for b in source.blocks] == [True, False]


def test_numbers_of_lists_are_written_and_told() -> None:
    style = ('<text:list-style style:name="L" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
             '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>')
    items = "".join(f"<text:list-item><text:p>{p}</text:p></text:list-item>" for p in ("清淤", "巡查"))
    source = read_odt(odt(f"<text:list>{items}</text:list>"), "x.odt")
    assert [k[0] for k in kinds(source)] == ["list_item", "list_item"] and source.text == "清淤\n巡查"
    source = read_odt(odt(f'<text:list text:style-name="L">{items}</text:list>', style), "x.odt")
    assert source.text == "1. 清淤\n2. 巡查" and not source.diagnostics


def test_tables() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = [cell.format("", "任务") + cell.format("", "责任单位") + cell.format("", "时限"),
            cell.format(' table:number-rows-spanned="2"', "清淤") + cell.format("", "水务站") + cell.format("", "6月底"),
            "<table:covered-table-cell/>" + cell.format(' table:number-columns-spanned="2"', "各村，年底") + "<table:covered-table-cell/>"]
    body = "<table:table>" + '<table:table-column table:number-columns-repeated="3"/>' + "".join(f"<table:table-row>{r}</table:table-row>" for r in rows) + "</table:table>"
    source = read_odt(odt(body), "x.odt")
    assert source.text == "任务\t责任单位\t时限\n清淤\t水务站\t6月底\n\t各村，年底"
    table = source.tables[0]
    assert table.header == ["任务", "责任单位", "时限"] and (table.rows[1][0].row_span, table.rows[2][0].col_span) == (2, 2)


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anydoc", None)
    with pytest.raises(UnsupportedError) as caught:
        read(WHOLE["doc"], "计划.doc")
    assert 'pip install "jihua[office]"' in caught.value.way_out and caught.value.source == "计划.doc"


def test_encrypted_and_damaged() -> None:
    with pytest.raises(EncryptedError) as encrypted:
        read(doc(PLAN, flags=0x1300), "计划.doc")
    assert encrypted.value.source == "计划.doc" and encrypted.value.way_out
    with pytest.raises(DamagedError) as damaged:
        read(WHOLE["doc"][:3000], "计划.doc")
    assert damaged.value.source == "计划.doc" and damaged.value.way_out


def test_bombs() -> None:
    repeated = '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="10000"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>'
    with pytest.raises(TooLargeError) as caught:
        read_odt(odt(repeated), "x.odt")
    assert caught.value.source == "x.odt"
    nested = "<text:section>" * 20_000 + "甲" + "</text:section>" * 20_000
    with pytest.raises(JihuaError):
        read_odt(odt(nested), "x.odt")
    assert read_rtf(b"{\\rtf1" + b"{" * 200_000, "x.rtf").text == ""


@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 0.999), st.binary(max_size=40))
@settings(max_examples=200, deadline=None)
def test_damage_anywhere_gives_text_or_an_error_of_ours(kind: str, where: float, patch: bytes) -> None:
    data = WHOLE[kind]
    at = int(where * len(data))
    try:
        READ[kind](data[:at] + patch + data[at + len(patch):], "x")
    except JihuaError as error:
        assert error.source == "x"


@pytest.mark.parametrize(("name", "data"), real_files(), ids=lambda v: v if isinstance(v, str) else "")
def test_real_files(name: str, data: bytes) -> None:
    source = read(data, name)
    assert source.reader == "doc" and len(source.text) > 100 and source == read(data, name)
    assert all(source.text[c.span[0]:c.span[1]] == c.text for t in source.tables for r in t.rows for c in r)
