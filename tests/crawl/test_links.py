"""Which links of a page a crawl follows, and as what."""
from __future__ import annotations

import re
import time

import pytest
from jihua.crawl.links import _table, links
from jihua.ingest.html.profiles import Profile

WHOLE = ("next", "arrow", "elsewhere")       # tables whose patterns stand for a link's whole words
ROWS = [(name, text, wanted == "yes") for name, row in _table().items() for wanted in ("yes", "no")
        for text in row.get(wanted, ())]


@pytest.mark.parametrize(("name", "text", "fits"), ROWS, ids=str)
def test_rows(name: str, text: str, fits: bool) -> None:
    pattern = re.compile(_table()[name]["pattern"], re.I)
    assert bool(pattern.fullmatch(text) if name in WHOLE else pattern.search(text)) == fits


def kinds(html: str, profile: Profile | None = None) -> dict[str, str]:
    """Path → kind of the links of a page."""
    return {link.url.removeprefix("http://x.cn/jh/"): link.kind for link in links(html, "http://x.cn/jh/", "utf-8", profile)}


@pytest.mark.parametrize(("html", "found"), [
    ('<li><a href="t1.html">青溪镇工作要点</a> <span>2024-01-05</span></li>', {"t1.html": "article"}),
    ('<tr><td><a href="v.asp?n=1">青溪镇工作要点</a></td><td>2024年1月5日</td></tr>', {"v.asp?n=1": "article"}),
    ('<li><a href="/t20240105_1.html">青溪镇工作要点</a></li>', {"http://x.cn/t20240105_1.html": "article"}),
    ('<a href="x.html">关于做好二〇二四年工作的通知</a>', {"x.html": "article"}),
    ('<a href="x.html" title="青溪镇人民政府二〇二四年工作要点">青溪镇人民政府…</a>', {"x.html": "article"}),
    ('<a href="ghjh/">规划计划</a>', {"ghjh/": "column"}),
    ('<a href="1.doc">附件</a><a href="2.PDF?a=1">附件2</a>', {"1.doc": "attachment", "2.PDF?a=1": "attachment"}),
    ('<a href="2.html">下一页</a>', {"2.html": "next"}),
    ('<a href="2.html">[下一页]</a>', {"2.html": "next"}),
    ('<a href="2.html" rel="next">→</a>', {"2.html": "next"}),
    ('<a href="2.html"><img src="n.gif" alt="x"></a>', {}),
    ('<a href="2.html" title="下一页"><img src="n.gif"></a>', {"2.html": "next"}),
    ('<div class="pagination"><a href="2.html">&gt;</a></div>', {"2.html": "next"}),
    ('<p>第1页 共3页 <a href="2.html">&gt;&gt;</a></p>', {"2.html": "next"}),
    ('<div class="calendar"><b>2024年1月</b><a href="?m=2">&gt;</a></div>', {}),
    ('<link rel="next" href="2.html">', {"2.html": "next"}),
    ('<a href="2.html">下一篇：青溪镇2024年工作计划</a>', {}),
    ('<p>下一篇：<a href="2.html">青溪镇2024年工作计划安排意见</a></p>', {}),
    ('<a href="javascript:go(2)">下一页</a><a href="#">下一页</a><a href="mailto:a@x.cn">联系我们</a>', {}),
    ('<a href="a.jpg">青溪镇2024年工作计划图片新闻</a>', {}),
    ('<a href="/">首页</a><a href="m.html">网站地图</a>', {}),
    ('<frameset><frame src="left.html"><frame src="main.html"></frameset>', {"left.html": "part", "main.html": "part"}),
    ('<META HTTP-EQUIV="Refresh" CONTENT="0; URL=index2.htm">', {"index2.htm": "part"}),
    ('<meta http-equiv="refresh" content="300;url=index2.htm">', {}),
    ('<base href="http://x.cn/other/"><a href="2.html">下一页</a>', {"http://x.cn/other/2.html": "next"}),
    ('<script>createPageHTML(25, 0, "index", "html");</script>', {"index_1.html": "next"}),
    ('<script>createPageHTML(25, 24, "index", "html");</script>', {}),
])
def test_pages_of_unknown_sites(html: str, found: dict[str, str]) -> None:
    assert kinds(html) == found


def test_a_profile_decides_on_what_it_selects() -> None:
    profile = Profile("x", ("x.cn",), article=".news a", list_next="#more")
    html = ('<div class="news"><a href="a.html">一</a></div><a href="2.html">关于做好二〇二四年工作的通知</a>'
            '<a id="more" href="p2.html">更多</a><a href="3.html">下一页</a><a href="1.doc">附件</a>')
    assert kinds(html, profile) == {"a.html": "article", "p2.html": "next", "1.doc": "attachment"}


@pytest.mark.parametrize("html", [
    "<div>" * 50_000, "<a href=x>" * 50_000, "<li>" + '<a href="x.html">青溪镇工作要点</a>' * 20_000,
    "<a href='" + "a/" * 100_000 + "'>下一页</a>", "createPageHTML(" * 50_000, "<a href=1 class=" + "x" * 1_000_000, "\0" * 100_000, ""],
    ids=range(8))
def test_hostile_pages_take_bounded_time(html: str) -> None:
    began = time.perf_counter()
    assert len(links(html, "http://x.cn/", "utf-8", None)) <= 5_000
    assert time.perf_counter() - began < 3
