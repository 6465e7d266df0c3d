"""What a page shows: lines, white space, list numbers, tables, entities."""
from __future__ import annotations

import time

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.html.read import read_html
from jihua.ingest.html.words import is_site_line
from jihua.ingest.rows import Row, rows


def page(markup: str) -> SourceText:
    return read_html(f"<body>{markup}</body>".encode())


def shown(markup: str) -> list[str]:
    return page(markup).text.split("\n")


@pytest.mark.parametrize(("markup", "expected"), [
    ("<p>甲  乙</p>丙<div>丁<br/>戊</div>", ["甲 乙", "丙", "丁", "戊"]),
    ("<p>总体\n  要求：\r\nGDP\n增长</p>", ["总体要求： GDP 增长"]),
    ("<p>　　一、<b>目</b><i>标</i> <span> 甲</span></p>", ["　　一、目标 甲"]),
    ("<span>甲</span><span style='display:block'>乙</span>丙", ["甲", "乙", "丙"]),
    ("<p>甲&amp;nbsp;乙&amp;ldquo;丙&amp;#8221; A&B</p>", ["甲\xa0乙“丙” A&B"]),
    ("<pre>甲  乙\n  丙\n</pre>", ["甲  乙", "  丙"]),
    ("<script>x</script><style>y</style><!-- z --><p>甲<template>t</template><select><option>o</select></p>", ["甲"]),
    ("<ruby>规<rp>(</rp><rt>gui</rt><rp>)</rp></ruby>划", ["规划"]),
    ("<p>一、目标：修路、植树、办学堂，年底前完成。<span style='display:none'>a1b2</span></p>", ["一、目标：修路、植树、办学堂，年底前完成。"]),
    ("<dl><dt>目标</dt><dd>修路</dd></dl>", ["目标", "修路"]),
])
def test_lines(markup: str, expected: list[str]) -> None:
    assert shown(markup) == expected


@pytest.mark.parametrize(("markup", "expected"), [
    ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    ("<ol start=3><li>甲<ol type=a><li>子</li><li value=5>丑</li></ol></li><li>乙</li></ol>", ["3. 甲", "a. 子", "e. 丑", "4. 乙"]),
    ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    ("<ol type=I><li>甲<li value=9>乙</ol>", ["I. 甲", "IX. 乙"]),
    ("<ol style='list-style-type: cjk-ideographic'><li value=10>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
    ("<ol style='list-style:none'><li>甲</ol><ol style='list-style: disc inside'><li>乙</ol>", ["甲", "乙"]),
    ("<ol><li>一、甲<li>二、乙</ol>", ["一、甲", "二、乙"]),
    ("<ol><li><p>甲</p><p>续</p></li><li><img></li><li>乙</li></ol>", ["1. 甲", "续", "3. 乙"]),
    ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
])
def test_list_numbers_as_a_reader_sees_them(markup: str, expected: list[str]) -> None:
    assert shown(markup) == expected


def test_a_data_table_has_rows_cells_and_spans() -> None:
    source = page("""<p>任务分解如下：</p><table border=1><tr><td>序号</td><td>任务</td><td>单位</td></tr>
      <tr><td rowspan=2>1</td><td>改造小区12个，<br>惠及3000户</td><td rowspan=2>住建局</td></tr><tr><td>新建车位500个</td></tr>
      <tr><td colspan=2>合计</td><td></td></tr></table><p>请认真落实。</p>""")
    assert source.text.split("\n") == [
        "任务分解如下：", "序号\t任务\t单位", "1\t改造小区12个， 惠及3000户\t住建局", "\t新建车位500个\t", "合计\t", "请认真落实。"]
    table, = source.tables
    assert table.header == ["序号", "任务", "单位"]
    assert [[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows[1:]] == [
        [("1", 2, 1), ("改造小区12个， 惠及3000户", 1, 1), ("住建局", 2, 1)], [("新建车位500个", 1, 1)],
        [("合计", 1, 2), ("", 1, 1)]]
    assert all(source.text[c.span[0]:c.span[1]] == c.text for row in table.rows for c in row)
    assert {b.kind for b in source.blocks} == {"paragraph", "cell"}


@pytest.mark.parametrize("markup", [
    "<table><tr><td>一、目标</td></tr><tr><td>二、措施</td></tr></table>",
    "<table><tr><td>左</td><td><table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></td></tr></table>",
    "<table border=1><tr><td>栏目</td><td>导航</td></tr><tr><td>甲</td><td><p>"
    + "一、今年修路2公里，6月底前完工。</p><p>" * 40 + "</p></td></tr></table>",
    "<table role=presentation><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
])
def test_layout_tables_are_no_data(markup: str) -> None:
    assert len(page(markup).tables) == ("丁</td></tr></table></td>" in markup)


def test_looks_and_places() -> None:
    source = page("<h2>一、目标</h2><center>某村</center><p style='text-align:right;font-weight:bold'>村委会</p>"
                  "<p><b>甲</b>乙<a href=x>丙丁</a></p>")
    assert [(b.kind, b.level, b.bold, b.align, b.link_chars) for b in source.blocks] == [
        ("heading", 2, True, "", 0), ("paragraph", 0, False, "center", 0), ("paragraph", 0, True, "right", 0),
        ("paragraph", 0, False, "", 2)]
    assert [b.place for b in source.blocks] == ["body/h2[1]", "body/center[1]", "body/p[1]", "body/p[2]"]


def test_declared_and_wrong_charsets() -> None:
    markup = "<meta charset=gb2312><p>镕字不在国标里，计划照读。</p>"
    assert "镕" in read_html(markup.encode("gb18030")).text
    source = read_html(markup.encode())
    assert "镕" in source.text and [d.code for d in source.diagnostics] == ["charset-declared-wrong"]
    assert read_html("<html><p>目标".encode("utf-16")).text == "目标"


@pytest.mark.parametrize("row", rows("web", "line"), ids=lambda row: row.id)
def test_a_line_row_reads_its_examples(row: Row) -> None:
    where = str(row.more.get("where", ""))
    for line in row.yes:
        assert is_site_line(line, where), line
    for line in row.no:
        assert not is_site_line(line, where), line


HOSTILE = {
    "deep": "<div>" * 20000 + "甲", "inline": "<b><i>" * 10000 + "甲", "tables": "<table><tr><td>" * 2000 + "甲",
    "blanks": " " * 300000 + "甲",
    "digits": "<p>" + "1" * 300000, "breaks": "<br>一" * 20000, "labels": "<p>来源：甲 " * 3000, "lists": "<ol><li>" * 1500 + "甲",
    "spans": "<table>" + ("<tr>" + "<td rowspan=9999 colspan=9999>甲</td>" * 20 + "</tr>") * 100, "signs": "<" * 100000 + "甲",
    "crumbs": "<p>首页" + "&gt;甲" * 20000, "share": "<p>" + "分享到微信" * 30 + "甲", "entities": "<p>甲" + "&amp;nbsp;" * 50000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_in_linear_time(name: str) -> None:
    begun = time.perf_counter()
    assert page(HOSTILE[name]).text
    assert time.perf_counter() - begun < 10
