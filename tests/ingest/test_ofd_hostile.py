"""Broken and hostile OFD files: text where there is some, else an error of ours, never another."""
from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.printed import ofd_page, ofd_parts
from jihua.ingest.printed.ofd import read_ofd
from jihua.ingest.readers import read
from jihua.schema import DamagedError, EncryptedError, JihuaError, TooLargeError
from make_ofd import LEFT, TOP, line, ofd, packed, page, text

FILES = sorted((Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "formats" / "ofd").glob("*.ofd"))
CONTENT = page(text(LEFT, TOP, "工作计划"), line(30, 40, 90, 40), text(LEFT, TOP + 20, "一、目标", more='CTM="1 0 0 1 0 0"'))
WHOLE = ofd(CONTENT)


@pytest.mark.parametrize("data", [
    b"", WHOLE[:len(WHOLE) // 2], packed({"OFD.xml": "<ofd"}), packed({"OFD.xml": "<OFD/>", "a/Document.xml": "<Document/>"}),
    ofd(members={"Doc_0/Document.xml": "<a>" * 5000}), ofd()])
def test_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError) as caught:
        read_ofd(data, "计划.ofd")
    assert caught.value.source == "计划.ofd" and caught.value.way_out


def test_encrypted() -> None:
    with pytest.raises(EncryptedError) as caught:
        read(ofd(CONTENT, members={"Encryptions.xml": "<Encryptions/>", "OFD.xml": "\0\1\2"}), "计划.ofd")
    assert caught.value.place == "Encryptions.xml" and caught.value.way_out
    with pytest.raises(EncryptedError):
        read(packed({"Encryptions.xml": "<Encryptions/>", "entriesmap.dat": "x"}), "计划.ofd")


@pytest.mark.parametrize("entities", [
    '<!ENTITY a "一二三四五六七八九十"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">',
    '<!ENTITY c SYSTEM "file:///etc/hostname">', '<!ENTITY % p SYSTEM "http://example.com/x.dtd"> %p; <!ENTITY c "x">'])
def test_no_entity_is_resolved(entities: str) -> None:
    hostile = f"<!DOCTYPE x [{entities}]>" + page(text(LEFT, TOP, "&c;", delta=""))
    source = read_ofd(ofd(hostile, CONTENT), "x.ofd")
    assert source.text == "工作计划\n一、目标"
    assert any("page_0/content.xml" in d.message for d in source.diagnostics)


def test_a_broken_page_is_told_and_the_others_are_read() -> None:
    source = read_ofd(ofd(CONTENT, "<ofd:Page", CONTENT), "x.ofd")
    assert source.text.count("一、目标") == 2
    assert [d.code for d in source.diagnostics] == ["page-without-text", "reader-note"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_parts, "PAGES_MAX", 1)
    with pytest.raises(TooLargeError):
        read_ofd(ofd(CONTENT, CONTENT), "x.ofd")
    monkeypatch.setattr(ofd_page, "OBJECTS_MAX", 3)
    with pytest.raises(TooLargeError) as caught:
        read_ofd(WHOLE, "x.ofd")
    assert caught.value.source == "x.ofd" and caught.value.way_out


def test_drawings_that_multiply_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_page, "OBJECTS_MAX", 20_000)
    units = "".join(f'<ofd:CompositeGraphicUnit ID="{k}"><ofd:Content>' + f'<ofd:CompositeObject ResourceID="{k + 1}"/>' * 100
                    + "</ofd:Content></ofd:CompositeGraphicUnit>" for k in range(9))
    data = ofd(page('<ofd:CompositeObject ResourceID="0"/>'), resources=f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")
    begun = time.perf_counter()
    with pytest.raises(TooLargeError):
        read_ofd(data, "x.ofd")
    assert time.perf_counter() - begun < 5
    own = '<ofd:CompositeGraphicUnit ID="0"><ofd:Content><ofd:CompositeObject ResourceID="0"/></ofd:Content></ofd:CompositeGraphicUnit>'
    bitten = ofd(page('<ofd:CompositeObject ResourceID="0"/>'), resources=f"<ofd:CompositeGraphicUnits>{own}</ofd:CompositeGraphicUnits>")
    assert not read_ofd(bitten, "x.ofd").text


@pytest.mark.parametrize("value", ["nan", "inf", "-1e308", "g", "g 999999999999 1", "g -5 1", "1 x", "9" * 6000, "一"])
def test_absurd_numbers(value: str) -> None:
    odd = (f'<ofd:TextObject Boundary="{value}" Size="5" CTM="{value}" HScale="{value}"><ofd:TextCode X="{value}" Y="{value}" DeltaX="{value}" '
           f'DeltaY="{value}">乙丙</ofd:TextCode></ofd:TextObject><ofd:TextObject Size="{value}"><ofd:TextCode>丁</ofd:TextCode></ofd:TextObject>'
           f'<ofd:PathObject Boundary="{value}"><ofd:AbbreviatedData>M {value} L {value}</ofd:AbbreviatedData></ofd:PathObject>')
    assert "工作计划" in read_ofd(ofd(page(odd, text(LEFT, TOP, "工作计划"))), "x.ofd").text


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_gives_text_or_an_error_of_ours(at: int, patch: bytes) -> None:
    try:
        read_ofd(WHOLE[:at] + patch + WHOLE[at + len(patch):], "x.ofd")
    except JihuaError as error:
        assert error.source == "x.ofd"


@given(st.integers(0, len(CONTENT) - 1), st.text(max_size=10), st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_damaged_pages_never_stop_the_others(at: int, patch: str, cut: int) -> None:
    source = read_ofd(ofd(CONTENT[:at] + patch.encode("utf-8", "replace").decode() + CONTENT[at + cut:], CONTENT), "x.ofd")
    assert "目标" in source.text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_real_files(path: Path) -> None:
    data = path.read_bytes()
    source = read(data, path.name, ocr_pages=0)
    at = 0
    for block in source.blocks:
        assert at <= block.start <= block.end <= len(source.text)
        at = block.end
    assert source.reader == "ofd" and source == read(data, path.name, ocr_pages=0)
    assert source.text.strip() or [d.code for d in source.diagnostics][:1] == ["no-text"]
