"""Which files may have others that belong to them, by their bytes: none that really has may be passed over."""
from __future__ import annotations

from time import process_time

import pytest
from jihua.ingest.pages import links
from jihua.ingest.pages.hints import may_go_on


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "big5", "utf-16"])
@pytest.mark.parametrize("words", ["下一頁", "上頁", "後一頁", "第２頁", "第二頁", "前一頁"])
def test_words_of_pages_are_found_in_every_charset(words: str, charset: str) -> None:
    data = f"<html><body>一、<a href=x>{words}</a></body></html>".encode(charset)
    assert links.may_go_on(data.decode(charset)) and may_go_on(data, "a/x.html")


@pytest.mark.parametrize("markup", [
    "<a href=a_1.html>[2]</a>", "<A HREF=a_1.html> ２ </A>", "<a href=a>Next page</a>", "<link rel=next href=a>", "<iframe src=a>", "<FRAME SRC=a>",
    '<script>createPageHTML(3, 0, "t", "htm")</script>'])
def test_links_and_frames_are_found(markup: str) -> None:
    assert may_go_on(f"<html>{markup}</html>".encode(), "x.html")


def test_others_have_none() -> None:
    assert not may_go_on("<html><a href=b.html>首页</a> 这一页 12</html>".encode(), "a/x.html")
    assert not may_go_on("下一页".encode(), "x.txt")
    assert may_go_on(b"<html></html>", "a/p_files/main.htm") and may_go_on(b"<p>", "a.zip!/p.files/main.htm")


@pytest.mark.parametrize("data", [b"<" * 4_000_000, b"<" + "页".encode() * 1_000_000, b"<" + b"x>2 </a" * 500_000, b"<" + b">   </a" * 500_000], ids=len)
def test_long_files_take_no_time(data: bytes) -> None:
    before = process_time()
    may_go_on(data, "x")
    assert process_time() - before < 2
