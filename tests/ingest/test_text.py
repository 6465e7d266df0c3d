"""Plain text: every line a block, the text itself untouched."""
from __future__ import annotations

from jihua.ingest.readers import read
from jihua.ingest.text.plain import lines, read_text


def test_lines_are_blocks_and_the_text_stays_as_it_is() -> None:
    text = "工作计划\r\n\r\n　　一、目标\t\r\n二、措施\r三、保障\n"
    source = read_text(text.encode("gb18030"), "a.txt")
    assert source.text == text and source.charset == "gb18030" and source.media_type == "text/plain"
    assert [(text[b.start:b.end], b.place) for b in source.blocks] == [
        ("工作计划", "line 1"), ("一、目标", "line 3"), ("二、措施", "line 4"), ("三、保障", "line 5")]
    assert all(b.kind == "paragraph" for b in source.blocks)


def test_form_feeds_part_blocks_but_count_no_line() -> None:
    assert [(line.number, line.indent) for line in lines("甲\f乙\u2028丙\n  丁")] == [(1, 0), (1, 0), (1, 0), (2, 2)]


def test_the_byte_order_mark_is_no_text() -> None:
    assert read("\ufeff一、目标".encode(), "a.txt").text == "一、目标"
