"""Titles and authors that programs write into a file's properties are told from those of people."""
from __future__ import annotations

import pytest
from jihua.ingest.docinfo import real_author, real_title
from jihua.ingest.rows import Row, rows

READERS = {"title": real_title, "author": real_author}


@pytest.mark.parametrize("which", READERS)
def test_rows(which: str) -> None:
    table: tuple[Row, ...] = rows("docinfo", which)
    assert table
    for row in table:
        assert all(READERS[which](words) is None for words in row.yes), row.id
        assert all(READERS[which](words) == words for words in row.no), row.id


@pytest.mark.parametrize("words", [None, "", " ", "甲", "untitled", "PowerPoint Presentation", "1", "年度\x07计划", "长" * 200])
def test_what_is_no_title(words: str | None) -> None:
    assert real_title(words) is None


def test_blanks_are_folded() -> None:
    assert real_title("  年度\u3000工作 计划\n") == "年度 工作 计划"
