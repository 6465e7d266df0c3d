"""The page's own text told from its furniture, on pages of each kind that plans are published on."""
from __future__ import annotations

import gc
from pathlib import Path

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.html.read import read_html

OUTER = {"furniture", "links", "header", "footer"}

MODEL_TEXTS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>村级年度工作计划_范文大全网</title></head><body>
<div class="top-nav"><a href="/">首页</a><a href="/jihua">工作计划</a><a href="/zongjie">工作总结</a></div>
<div class="crumb">当前位置：<a href="/">范文大全网</a> &gt; <a href="/jihua">工作计划</a> &gt; <a href="/x">村级工作计划</a> &gt; 正文</div>
<div class="left"><h1>村级年度工作计划</h1>
<div class="info">时间：2021-04-18 10:26:40 <a href="/c">村级工作计划</a> <a href="/t">我要投稿</a></div>
<div class="box"><h2>村级年度工作计划 篇1</h2><p>　　一、总体要求</p><p>　　（一）修好道路</p><p>　　1、3月底前完成村道硬化2公里。</p>
<p><a href="/tags/jh">相关推荐：村级工作计划</a></p>
<h2>村级年度工作计划 篇2</h2><p>　　一、抓好春耕</p><p>　　种植水稻500亩，亩产达到1000斤以上。</p><p>　　某某村委会</p><p>　　20xx年1月5日</p></div>
<div class="related"><h3>【村级年度工作计划】相关文章：</h3><ul><li><a href="/1">村级工作计划范文03-20</a></li></ul></div></div>
<div class="right"><h3>热门推荐</h3><ul><li><a href="/1">村级计划，怎么写</a></li><li><a href="/2">最新村级计划06-19</a></li></ul></div>
<div class="footer">Copyright © 2022 范文大全网 版权所有 京ICP备00000000号</div>
<span style="display:none">统计代码</span></body></html>"""

LAYOUT_TABLES = """<html><head><title>某街道2006年工作计划</title></head><body bgcolor=#ffffff>
<table width=760 align=center><tr><td><a href=/>首页</a> | <a href=/a>新闻</a> | <a href=/b>公告</a></td></tr></table>
<table width=760 align=center><tr><td width=160 valign=top><table><tr><td><a href=1>工作动态</a></td></tr>
<tr><td><a href=2>政策法规</a></td></tr></table></td>
<td>您的位置：政务信息网&gt;&gt;计划规划/&gt;&gt;正文<br><center><b><font size=5>某街道2006年工作计划</font></b></center>
<p align=center>发表时间：2007/5/9 16:08:31　点击：128</p>
<table width=95%><tr><td><br>&nbsp;&nbsp;&nbsp;&nbsp;根据上级精神，制定本计划。<BR>　　一、工作目标<BR>　　１、新建卫生站３个。
<BR>　　二、保障措施<BR>　　加强领导。<BR></td></tr></table>
<p align=right>某街道办事处<br>二〇〇六年三月一日</p>
【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</td></tr></table>
<table width=760><tr><td align=center>版权所有：某某街道办事处　技术支持：某某公司<br>地址：某某路1号　电话：00000000</td></tr></table></body></html>"""

HIDDEN_BODY = """<html><head><meta property="og:title" content="某某小学春季学期工作计划"></head><body><div id="page-content">
<h1 id="activity-name">某某小学春季学期工作计划</h1><div><em>2023-02-15 18:00</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><section><p><strong>一、指导思想</strong></p>
<p>立德树人，全面提高教育质量。</p>
<p style="display:none">mp-style-type</p></section><ol><li><p>开学第一周召开班主任会议；</p></li><li><p>每周三开展教研活动。</p></li></ol></div></div>
<div style="display:none"><p>微信扫一扫<br>关注该公众号</p></div></body></html>"""

PORTAL = """<div class="wrap"><table><tr><td><table class="bd1"><tr><td><b>索 引 号：</b></td><td>000/2019-1</td>
<td><b>主题分类：</b></td><td>综合政务</td></tr>
<tr><td><b>发文机关：</b></td><td>某市政府</td><td><b>成文日期：</b></td><td>2019年01月02日</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">某市2019年治水工作要点</td></tr><tr><td><b>发文字号：</b></td><td>某政发〔2019〕1号</td>
<td><b>发布日期：</b></td><td>2019年01月08日</td></tr></table></td></tr></table>
<table><tr><td><table><tr><td id="UCAP-CONTENT"><p style="text-align:center"><b>某市2019年</b></p>
<p style="text-align:center"><b>治水工作要点</b></p><p>各区政府：</p>
<p style="text-indent:2em">一、全年治理河道30公里。</p><p>附件：<a href="a.doc">任务分解表.doc</a></p>
<p align="right">某市政府</p></td></tr></table><div>扫一扫在手机打开当前页</div></td></tr></table></div>"""


def page(markup: str) -> SourceText:
    return read_html(markup.encode())


def texts(source: SourceText, *, own: bool = True) -> list[str]:
    return [source.text[b.start:b.end] for b in source.blocks if (b.kind not in OUTER) == own]


def test_a_collection_of_model_texts() -> None:
    source = page(MODEL_TEXTS)
    assert texts(source) == [
        "村级年度工作计划", "村级年度工作计划 篇1", "一、总体要求", "（一）修好道路", "1、3月底前完成村道硬化2公里。", "村级年度工作计划 篇2", "一、抓好春耕",
        "种植水稻500亩，亩产达到1000斤以上。", "某某村委会", "20xx年1月5日"]
    outside = "\n".join(texts(source, own=False))
    assert all(words in outside for words in ("首页工作计划", "我要投稿", "相关推荐", "相关文章", "热门推荐", "Copyright"))
    assert "统计代码" not in source.text


def test_its_metadata() -> None:
    meta = page(MODEL_TEXTS).page
    assert (meta.title, meta.site, meta.published) == ("村级年度工作计划", "范文大全网", "2021-04-18T10:26:40")
    assert meta.breadcrumb == ["范文大全网", "工作计划", "村级工作计划"] and meta.category == "村级工作计划"


def test_a_page_laid_out_by_tables_in_gbk() -> None:
    source = read_html(LAYOUT_TABLES.encode("gb18030"))
    assert source.charset == "gb18030" and not source.tables
    assert texts(source) == [
        "某街道2006年工作计划", "根据上级精神，制定本计划。", "一、工作目标", "１、新建卫生站３个。", "二、保障措施", "加强领导。", "某街道办事处", "二〇〇六年三月一日"]
    assert (source.page.site, source.page.breadcrumb) == ("政务信息网", ["政务信息网", "计划规划"])
    assert source.page.published == "2007-05-09T16:08:31"
    assert [b.align for b in source.blocks if b.kind not in OUTER] == ["center", "", "", "", "", "", "right", "right"]


def test_a_body_that_a_script_would_show() -> None:
    source = page(HIDDEN_BODY)
    assert texts(source) == ["某某小学春季学期工作计划", "一、指导思想", "立德树人，全面提高教育质量。", "1. 开学第一周召开班主任会议；", "2. 每周三开展教研活动。"]
    assert source.blocks[0].kind == "title" and source.page.published == "2023-02-15T18:00"
    assert "mp-style-type" not in source.text and "公众号" not in source.text


def test_the_title_as_written_goes_before_a_subtitle_masked_otherwise() -> None:
    page = """<html><head><title>某社区××年工作计划</title></head><body><h1>某社区××年工作计划</h1><p>分享到：<a>微信</a></p>
<div id="content"><p>某社区**年工作计划</p><p>一、加强学习，每月组织一次读书会，提高居民素质。</p><p>二、开展活动，每季度举办一次讲座。</p></div></body></html>"""
    source = read_html(page.encode())
    assert [source.text[b.start:b.end] for b in source.blocks if b.kind == "title"] == ["某社区××年工作计划"]


def test_titles_of_related_pages_go_though_they_are_not_linked() -> None:
    source = page("""<html><body><h2>某街道工作计划</h2><pre>一、加强学习，每月组织一次读书会，提高居民素质。
二、开展活动，每季度举办一次健康讲座，丰富居民生活。
【某街道工作计划】相关文章:
某街道工作计划03-20
某村工作计划范文10-30</pre></body></html>""")
    assert texts(source)[-1].startswith("二、") and len(texts(source)) == 3
    assert texts(source, own=False) == ["【某街道工作计划】相关文章:", "某街道工作计划03-20", "某村工作计划范文10-30"]


def test_a_portal_with_a_table_of_information() -> None:
    source = page(PORTAL)
    assert texts(source) == ["某市2019年", "治水工作要点", "各区政府：", "一、全年治理河道30公里。", "附件：任务分解表.doc", "某市政府"]
    assert [b.kind for b in source.blocks if b.kind not in OUTER][:2] == ["title", "title"] and not source.tables
    meta = source.page
    assert (meta.title, meta.author, meta.published, meta.category) == ("某市2019年治水工作要点", "某市政府", "2019-01-08", "综合政务")


def test_a_plan_shorter_than_its_page() -> None:
    menu = "".join(f'<li><a href="/{i}">栏目{i}的名字</a></li>' for i in range(80))
    news = "".join(f'<li><a href="/n{i}">某地召开会议，部署全年工作，要求抓好落实{i}</a></li>' for i in range(30))
    body = "<p>一、修路2公里。</p><p>二、植树300棵。</p><p>三、办好敬老院。</p>"
    source = page(f"<body><ul>{menu}</ul><div>{body}</div><div><ul>{news}</ul></div></body>")
    assert texts(source) == ["一、修路2公里。", "二、植树300棵。", "三、办好敬老院。"]


def test_a_page_whose_text_is_a_table_keeps_the_words_around_it() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>修路{i}公里，6月底前完工并验收合格</td><td>建设办</td></tr>" for i in range(1, 20))
    source = page("<body><div class=nav><a href=1>首页</a></div><div class=content><h2>任务分解表</h2>"
                  "<p>（2021年度）</p><div style='overflow:auto'>"
                  f"<table><tr><th>序号</th><th>任务</th><th>单位</th></tr>{rows}</table></div><p>注：各单位按月报送进度。</p></div></body>")
    assert len(source.tables) == 1 and source.tables[0].header == ["序号", "任务", "单位"]
    assert texts(source)[:2] == ["任务分解表", "（2021年度）"] and texts(source)[-1] == "注：各单位按月报送进度。"


def test_summaries_of_other_pages_do_not_outweigh_a_short_plan() -> None:
    side = "".join(f"<tr><td><a href={i}>本鄉舉辦活動{i}</a><br>本鄉於三月舉辦第{i}次活動，民眾踴躍參加，場面熱鬧。</td></tr>" for i in range(12))
    source = page(f"<body><table><tr><td width=200><table>{side}</table></td><td><p>某某鄉公所施政計畫</p><table><tr><td>"
                  "<p>一、民政業務</p><p>（一）每村補助五十萬元。</p></td></tr></table><table><tr><td><p>二、建設業務</p>"
                  "<p>（一）拓寬道路三公里，六月底前完工。</p></td></tr></table></td></tr></table></body>")
    assert texts(source) == ["某某鄉公所施政計畫", "一、民政業務", "（一）每村補助五十萬元。", "二、建設業務", "（一）拓寬道路三公里，六月底前完工。"]


def test_traditional_furniture_is_read_too() -> None:
    meta = page("<body><div>目前位置：首頁 &gt; 施政計畫 &gt; 正文</div><div>發布單位：某某鄉公所　發布日期：2007/5/9</div>"
                "<div><p>一、民政業務，每村補助五十萬元。</p><p>二、建設業務，拓寬道路三公里，六月底前完工。</p></div></body>").page
    assert (meta.author, meta.published, meta.breadcrumb) == ("某某鄉公所", "2007-05-09", ["首頁", "施政計畫"])


def test_nobody_is_no_author() -> None:
    meta = page("<body><p>作者：佚名　来源：本站整理　时间：2007-05-09</p><p>一、拓宽道路三公里，六月底前完工。</p></body>").page
    assert (meta.author, meta.site, meta.published) == (None, None, "2007-05-09")


def test_the_rest_behind_a_button_is_kept_and_a_dialog_is_not() -> None:
    rest = "".join(f"<p>{i}、某村今年修路2公里，6月底前完工，由村委会负责，每月检查一次。</p>" for i in range(3, 12))
    source = page("<body><div><p>1、组织学习，每周一次，全体党员参加。</p><p>2、走访困难户，每户至少两次。</p>"
                  f"<div id=more style='display:none'>{rest}</div></div>"
                  "<div style='display:none'><p>登录后可以评论，请先注册。</p></div></body>")
    assert len(texts(source)) == 11 and "登录" not in source.text


@pytest.mark.parametrize(("window", "title"), [
    ("某市2021-2025年发展规划", "某市2021-2025年发展规划"), ("某市发展规划（2021—2025年）_规划计划_某市政府网", "某市发展规划（2021—2025年）"),
    ("某镇工作要点 - 某镇人民政府", "某镇工作要点"), ("某镇工作要点-某县教育网", "某镇工作要点"), ("某校计划|某某小学", "某校计划"),
])
def test_a_title_sheds_the_site(window: str, title: str) -> None:
    assert page(f"<head><title>{window}</title></head><body><p>一、今年修路2公里，6月底前完工。</p></body>").page.title == title


def test_comments_longer_than_the_text_stay_outside() -> None:
    comments = "".join(f"<p>说得好，我们村也是这样做的，今年修了路，明年还要植树，大家都很满意{i}。</p>" for i in range(30))
    source = page(f"<body><div class='entry'><p>一、今年修路2公里，6月底前完工。</p><p>二、植树300棵。</p></div>"
                  f"<div id='comments'>{comments}</div></body>")
    assert texts(source) == ["一、今年修路2公里，6月底前完工。", "二、植树300棵。"]


def test_a_wrapper_with_a_misleading_name_keeps_its_text() -> None:
    source = page("<body class='header-fixed'><div class='links-wrap'><p>一、今年修路2公里，6月底前完工。</p><p>二、植树300棵。</p></div></body>")
    assert len(texts(source)) == 2


def test_a_lead_in_a_container_of_its_own_is_kept() -> None:
    source = page("<body><div><p>为做好今年工作，结合本村实际，制定计划如下。</p></div><div><p>一、修路，二月开工，年底前完成2公里。</p>"
                  "<p>二、植树，三月完成300棵，成活率达到90%以上。</p><p>三、办好敬老院，添置床位20张，请两名护工。</p></div>"
                  "<p align=right>某村委会</p><p>2022年1月5日</p></body>")
    assert len(texts(source)) == 6 and not texts(source, own=False)


@pytest.mark.parametrize("markup", [
    "<ul><li><a href=1>甲</a></li><li><a href=2>乙</a></li></ul>", "<p>工作计划</p>", "计划", "<div class=footer>甲</div>", "<td>一、目标",
])
def test_no_page_is_lost_where_nothing_is_sure(markup: str) -> None:
    assert texts(page(markup))


def test_contents_of_the_page_are_no_links_of_the_site() -> None:
    source = page("<body><ul><li><a href='#a'>第一章 总则</a></li><li><a href='#b'>第二章 任务</a></li></ul>"
                  "<h2 id=a>第一章 总则</h2><p>为改善民生，制定本计划，全市遵照执行。</p><h2 id=b>第二章 任务</h2><p>新建学校3所，改造卫生院5个，年底前完成。</p></body>")
    assert [b.kind for b in source.blocks][2:] == ["heading", "paragraph", "heading", "paragraph"]


SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "html"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("govcn/[0-9]*.html"))[::6], ids=lambda p: p.stem)
def test_source_documents_give_text_and_metadata(path: Path) -> None:
    source = read_html(path.read_bytes())
    assert sum(map(len, texts(source))) > .5 * len(source.text)
    assert source.page.title and source.page.author and source.page.published


def test_a_page_read_is_freed_at_once() -> None:
    page = ("<html><head><title>计划</title></head><body>" + "<div><p>一、抓好春耕。</p></div>" * 500 + "</body></html>").encode()
    read_html(page)
    gc.collect()
    gc.disable()
    try:
        read_html(page)
        assert gc.collect() < 100
    finally:
        gc.enable()
