"""What a container says of a file in it holds where the file says nothing else."""
from __future__ import annotations

import jihua
from jihua.schema import Origin

PLAN = "一、全年完成植树五千株以上，成活率达到95%。\n二、每月五日前上报进度。\n三、修建道路三公里。\n"
SAID = Origin(url="http://e.example/1.htm", fetched_at="2024-03-04T02:00:05Z", charset="big5", title="青溪镇2024年工作计划",
              published="2024-03-01", site="青溪镇人民政府")


def test_a_bare_text_has_the_facts_of_its_row() -> None:
    document = jihua.convert(PLAN.encode(), uri="dump.jsonl!/1", origin=SAID)
    page = document.page
    assert (page.title, page.published, page.site, page.url) == (SAID.title, SAID.published, SAID.site, SAID.url)
    assert document.source.fetched_at == SAID.fetched_at and document.plans[0].title == SAID.title
    assert document.source.charset == "utf-8"       # the label is not borne out
    assert jihua.convert(PLAN.encode()).source.fetched_at is None


def test_what_the_page_says_itself_goes_before() -> None:
    html = f"<html><head><title>青溪镇计划</title><link rel='canonical' href='http://e.example/a.htm'></head><body><p>{PLAN}</p></body></html>"
    page = jihua.convert(html.encode(), uri="a.warc!/x", origin=SAID).page
    assert page.title == "青溪镇计划" and page.published == SAID.published


def test_the_label_decides_between_charsets_that_the_bytes_leave_open() -> None:
    words = "財政"
    for label, charset in (("big5", "cp950"), ("gb2312", "gb18030")):
        data = words.encode(charset)
        assert jihua.convert(data, origin=Origin(charset=label)).text == words
