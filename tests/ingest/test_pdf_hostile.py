"""Broken and hostile PDF files: text where there is some, else an error of ours, never another."""
from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.printed import pdf_chars, text
from jihua.ingest.blocks import SourceText
from jihua.ingest.printed.columns import in_order
from jihua.ingest.printed.lines import TextLine
from jihua.ingest.printed.pdf import read_pdf
from jihua.schema import DamagedError, EncryptedError, JihuaError, TooLargeError
from make_pdf import LEFT, Sheet, one_font

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "formats" / "pdf"


def plan() -> Sheet:
    sheet = Sheet(pageCompression=0)
    sheet.text(LEFT, 120, "年度工作计划")
    sheet.grid((79, 279, 479), (150, 180, 210), [["任务", "时限"], ["修路", "六月"]])
    return sheet


WHOLE = plan().bytes()


def well_formed(source: SourceText) -> bool:
    """Blocks in order and inside the text, whose characters can all be written; tables' cells where they say."""
    source.text.encode("utf-8")
    at = 0
    for block in source.blocks:
        if not at <= block.start <= block.end <= len(source.text) or "\n" in source.text[block.start:block.end]:
            return False
        at = block.end
    return all(source.text[c.span[0]:c.span[1]] == c.text for t in source.tables for r in t.rows for c in r)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"not a PDF at all", b"%PDF-1.7\n" + b"\0" * 5000, WHOLE[:300]])
def test_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError) as caught:
        read_pdf(data, "计划.pdf")
    assert caught.value.source == "计划.pdf" and caught.value.way_out


def test_encrypted() -> None:
    sheet = Sheet(encrypt="secret")
    sheet.text(LEFT, 120, "plan", font="Helvetica")
    with pytest.raises(EncryptedError) as caught:
        read_pdf(sheet.bytes(), "计划.pdf")
    assert caught.value.way_out


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "CHARS_MAX", 3)
    with pytest.raises(TooLargeError):
        read_pdf(WHOLE, "x.pdf")
    monkeypatch.setattr(pdf_chars, "PAGES_MAX", 0)
    with pytest.raises(TooLargeError):
        read_pdf(WHOLE, "x.pdf")


def test_codes_that_are_no_characters() -> None:
    """Surrogates, controls and unassigned codes of a font's own table never reach the text as they are."""
    odd = {ord("a"): 0xD800, ord("b"): 0, ord("c"): 0xFFFF, ord("d"): 0x0A, ord("e"): 0x202E}
    source = read_pdf(one_font("abcdefg", odd), "x.pdf")
    assert well_formed(source) and source.text.endswith("fg")


def test_a_page_of_many_rulings_is_read_in_time() -> None:
    """A drawing: thousands of lines that cross make no table and do not hold up the page."""
    sheet = Sheet()
    sheet.text(LEFT, 700, "图例")
    for i in range(400):
        sheet.line(50, 50 + 1.5 * i, 550, 50 + 1.5 * i)
        sheet.line(50 + 1.2 * i, 50, 50 + 1.2 * i, 650)
    assert "图例" in read_pdf(sheet.bytes(), "x.pdf").text


def test_long_lines_and_many_characters_are_read_in_time() -> None:
    sheet = Sheet()
    sheet.text(0, 120, "1" * 20_000, 0.5, "Helvetica")
    sheet.text(0, 140, "." * 20_000, 0.5, "Helvetica")
    for i in range(300):
        sheet.text(LEFT, 150 + i, "((((" * 20, 3, "Helvetica")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert "1" * 20_000 in source.text


def test_a_page_of_two_thousand_million_points_is_read_in_time() -> None:
    wide = 2_147_483_647.0
    lines = [TextLine(1, "推进改革", .45 * wide, .48 * wide, 100.0 + 20 * i, 16.0, False, 16.0, .48 * wide) for i in range(30)]
    start = time.perf_counter()
    assert len(in_order([[line] for line in lines], wide)) == 30
    assert time.perf_counter() - start < 2


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=30))
@settings(max_examples=100, deadline=None)
def test_damage_anywhere_gives_text_or_an_error_of_ours(at: int, patch: bytes) -> None:
    try:
        assert well_formed(read_pdf(WHOLE[:at] + patch + WHOLE[at + len(patch):], "x.pdf"))
    except JihuaError as error:
        assert error.source == "x.pdf"


@given(st.integers(300, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_truncation_gives_text_or_an_error_of_ours(length: int) -> None:
    try:
        assert well_formed(read_pdf(WHOLE[:length], "x.pdf"))
    except JihuaError as error:
        assert error.way_out


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_arbitrary_bytes(data: bytes) -> None:
    with pytest.raises(JihuaError):
        read_pdf(b"%PDF-1.5\n" + data, "x.pdf")


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.pdf")), ids=lambda p: p.name)
def test_real_files(path: Path) -> None:
    source = read_pdf(path.read_bytes(), path.name, ocr_pages=0)
    assert well_formed(source) and len(source.text) > 500
    assert source == read_pdf(path.read_bytes(), path.name, ocr_pages=0)
