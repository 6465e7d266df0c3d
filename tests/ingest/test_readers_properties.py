"""What holds for any bytes: a source text or an error of ours; blocks in order, inside the text, apart from each other."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.blocks import SourceText
from jihua.ingest.readers import read
from jihua.schema import JihuaError

NAMES = st.sampled_from(["", "a.txt", "a.md", "a.html", "a.doc", "计划.docx", "a.pdf"])
MARKUP = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=3 colspan=2>", "<th>",
    "<ol start=9>", "<ul>", "<li>", "</li>", "</ol>", "<a href=#x>", "<a href=y>", "</a>", "<b>", "</b>", "<pre>", "</pre>",
    "<h1>", "</h1>", "<div style='display:none'>", "<title>", "</title>", "<center>", "<!--", "-->", "<script>", "</script>",
    "&amp;nbsp;", "&#0;", "&#x110000;", "&#8203;", "\x00", "\n", "\t", "　", "一、目标。", "1. 修路2公里；", "首页 > 计划",
    "来源：某网", "| 甲 | 乙 |\n", "|---|---|\n", "# 题\n", "---\n", "title: 甲\n", "> ", "- ", "**", "```\n",
    "<details>\n", "<summary>目录</summary>\n", "[^1]: ", "\r", "\f", "\u2028", "\ufeff", "\ud800",
])
STARTS = st.sampled_from([
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.4", b"{\\rtf", b"<html>", b"---\n", b"\xff\xfe", b"BM", b"MZ",
    b"RIFF"])
CHARSETS = st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-le", "cp950", "shift_jis"])


def check(source: SourceText) -> None:
    end = 0
    for block in source.blocks:
        assert end <= block.start <= block.end <= len(source.text)
        assert block.start < block.end or block.kind == "page_break"
        words = source.text[block.start:block.end]
        assert words == words.strip() and block.place and 0 <= block.link_chars <= max(1, len(words))
        end = block.end
    for table in source.tables:
        assert 0 <= table.span[0] <= table.span[1] <= len(source.text)
        for row in table.rows:
            for cell in row:
                assert source.text[cell.span[0]:cell.span[1]] == cell.text
                assert table.span[0] <= cell.span[0] and cell.span[1] <= table.span[1]
    gaps = "".join(source.text[a.end:b.start] for a, b in zip(source.blocks, source.blocks[1:], strict=False))
    between = [c for c in gaps if not c.isspace() and c not in "\ufeff\u200b"]
    assert source.reader == "markdown" or not between or source.tables


def survives(data: bytes, name: str) -> None:
    try:
        source = read(data, name)
    except JihuaError as error:
        assert error.message and error.way_out
        return
    check(source)
    assert read(data, name) == source


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    survives(data, name)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=60), CHARSETS, NAMES)
def test_any_markup_in_any_charset(parts: list[str], charset: str, name: str) -> None:
    survives("".join(parts).encode(charset, "replace"), name)


@settings(max_examples=150, deadline=None)
@given(STARTS, st.binary(max_size=200), NAMES)
def test_any_bytes_behind_a_known_start(start: bytes, rest: bytes, name: str) -> None:
    survives(start + rest, name)


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKUP, max_size=40))
def test_decoded_text_is_kept_whole_by_text_and_markdown(parts: list[str]) -> None:
    text = "".join(p for p in parts if "<" not in p and p not in ("\x00", "\ud800", "\ufeff")) + "。"
    for name in ("a.txt", "a.md"):
        assert read(text.encode(), name).text == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_long_lines_and_many_lines(name: str) -> None:
    for text in ("甲" * 1_000_000, "一、目标\n" * 50_000, "| " * 100_000, "-" * 200_000, "**" * 100_000, "> " * 100_000,
                 "#" * 100_000):
        check(read(text.encode(), name))
