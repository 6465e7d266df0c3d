"""Numbers that a page shows and that stand nowhere in its text: lists, style sheets, counters, Word's marks."""
from __future__ import annotations

import pytest
from jihua.ingest.html.read import read_html


def lines(markup: str, style: str = "") -> list[str]:
    source = read_html(f"<html><head><style>{style}</style></head><body>{markup}</body></html>".encode())
    return source.text.split("\n")


THREE = "<li>修建村道2公里，年底前完工。</li><li>植树300棵，三月完成。</li><li>办好敬老院，添置床位。</li>"


@pytest.mark.parametrize(("style", "first", "third"), [
    ("cjk-ideographic", "一、", "三、"), ("simp-chinese-informal", "一、", "三、"), ("trad-chinese-informal", "一、", "三、"),
    ("simp-chinese-formal", "壹、", "叁、"), ("trad-chinese-formal", "壹、", "參、"), ("cjk-heavenly-stem", "甲、", "丙、"),
    ("cjk-decimal", "一、", "三、"), ("upper-roman", "I. ", "III. "), ("decimal-leading-zero", "01. ", "03. "), ("decimal", "1. ", "3. ")])
@pytest.mark.parametrize("where", ["inline", "sheet", "class", "item", "ul"])
def test_list_styles(style: str, first: str, third: str, where: str) -> None:
    markup, sheet = {
        "inline": (f"<ol style='list-style-type:{style}'>{THREE}</ol>", ""),
        "sheet": (f"<ol>{THREE}</ol>", f"ol {{ list-style: outside {style} }}"),
        "class": (f"<div class=c><ol>{THREE}</ol></div>", f"ol,ul{{list-style:none}} @media screen {{ .c > ol {{list-style-type:{style}}} }}"),
        "item": (f"<ol>{THREE}</ol>", f"#x li{{list-style:none}} body li {{list-style-type: {style}}}"),
        "ul": (f"<ul style='list-style-type:{style}'>{THREE}</ul>", ""),
    }[where]
    shown = lines(markup, sheet)
    assert shown[0].startswith(f"{first}修建") and shown[2].startswith(f"{third}办好")


def test_lists_shown_without_numbers_have_none() -> None:
    assert lines(f"<ol>{THREE}</ol>", "/* ol{list-style:decimal} */ ol, ul { list-style: none outside }")[0].startswith("修建")
    assert lines(f"<ol>{THREE}</ol>", "@media print { ol {list-style:none} }")[0].startswith("1. 修建")
    assert lines(f"<ul>{THREE}</ul>", "ul{list-style:disc}")[0].startswith("修建")
    assert lines(f"<ol style='list-style:decimal'>{THREE}</ol>", "ol{list-style:none}")[0].startswith("1. 修建")


def test_counters_number_headings_and_items() -> None:
    style = """body{counter-reset: part} h2{counter-increment: part; counter-reset: item}
    h2::before{content: counter(part, cjk-ideographic) "、"} p.i{counter-increment:item}
    p.i:before{content:"（" counter(item, simp-chinese-informal) "）"}"""
    assert lines("<h2>工作目标</h2><p class=i>修路2公里。</p><p class='x i'>植树300棵。</p><h2>保障措施</h2><p class=i>加强领导。</p>", style) == [
        "一、工作目标", "（一）修路2公里。", "（二）植树300棵。", "二、保障措施", "（一）加强领导。"]


def test_nested_counters() -> None:
    style = "ol{counter-reset:n;list-style:none} li{counter-increment:n} li::before{content:counters(n,'.') ' '}"
    assert lines("<ol><li>目标<ol><li>修路。</li><li>植树。</li></ol></li><li>措施</li></ol>", style) == [
        "1 目标", "1.1 修路。", "1.2 植树。", "2 措施"]


def test_a_mark_written_in_the_sheet() -> None:
    style = r'.a:before{content:"\4e00、"} .b:before{content:"\f101"} .c:before{content:attr(data-n) "、"} q:before{content:"“"}'
    assert lines("<p class=a>修路。</p><p class=b>植树。</p><p class=c data-n=二>养老。</p><p><q>引</q></p>", style) == [
        "一、修路。", "植树。", "二、养老。", "引"]


def test_hidden_and_odd_rules_do_not_count() -> None:
    style = """li{counter-increment:n} li:before{content:counter(n) "、"} ol{list-style:none} li.h{display:none}
    li:nth-child(2):before{content:"坏"} li + li::before{content:"坏"} a[href]:before{content:"坏"} { } } li::before{"""
    shown = lines("<ol><li>甲事。</li><li style='display:none'>无</li><li>乙事。</li></ol>", style)
    assert shown == ["1、甲事。", "2、乙事。"]


@pytest.mark.parametrize("hostile", [
    "a{" * 50_000, "ol " * 50_000 + "{list-style:none}", "ol{list-style:" + "'" * 50_000, "/*" * 50_000,
    "ol,li{list-style:none}" * 20_000, "p:before{content:" + "counter(" * 20_000, "@media print{" * 20_000])
def test_hostile_sheets_end_soon(hostile: str) -> None:
    assert lines(f"<ol>{THREE}</ol>", hostile)[0].endswith("完工。")


def test_words_labels_survive_in_every_form_that_it_writes_them() -> None:
    ignore = "<span style='mso-list:Ignore'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"
    forms = ("<![if !supportLists]><span lang=EN-US>{}</span><![endif]>", "<!--[if !supportLists]--><span>{}</span><!--[endif]-->",
             "<!--[if !supportLists]><!--><b><span>{}</span></b><!--<![endif]-->", "<span>{}</span>")
    body = "".join(f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{form.format(ignore.format(mark))}"
                   f"<b><span style='font-family:仿宋'>修路</span></b><span lang=EN-US>{k}<o:p></o:p></span><span>公里。</span></p>"
                   for k, (form, mark) in enumerate(zip(forms, "一二三四", strict=True), 1))
    shown = lines("<!--[if supportFields]><span>域代码</span><![endif]-->" + body.replace("一<", "一、<"), "@list l0:level1 {mso-level-text:%1、}")
    assert ["".join(line.split()) for line in shown] == ["一、修路1公里。", "二修路2公里。", "三修路3公里。", "四修路4公里。"]


@pytest.mark.parametrize("space", ["&nbsp;", "&amp;nbsp;", "&amp;#160;"])
@pytest.mark.parametrize("body", [
    "<table><tr><td>{0}<br>{1}<br/><br />{2}</td></tr></table>", "<div style='visibility:hidden' id=js_content><p>{0}</p><section>{1}</section>{2}</div>",
    "<p>{0}</p><p>{1}</p><p>{2}</p>", "<font><div>{0}<p>{1}</div><b>{2}</b></font>", "<center><table><tr><td><pre>{0}\n{1}\r\n{2}</pre></table></center>",
    "<td>{0}<td>{1}<tr><td>{2}", "<dl><dt>{0}<dd>{1}<dd>{2}</dl>", "<ul><li>{0}<li>{1}<li>{2}</ul>"])
def test_layouts_and_twice_escaped_words_together(space: str, body: str) -> None:
    items = ("一、新建&lt;文化广场&gt;３处", "二、投资５０万元&amp;ldquo;以上&amp;rdquo;；", "三、每月５日前报送进度。")
    text = read_html(f"<html><body>{body.format(*(space * 2 + item for item in items))}</body></html>".encode()).text
    assert [line.strip() for line in text.split("\n")] == ["一、新建<文化广场>３处", "二、投资５０万元“以上”；", "三、每月５日前报送进度。"]


def test_deep_pages_lose_nothing() -> None:
    for opened, closed in (("<font size=2>", ""), ("<b><i>", ""), ("<div>", "</div>"), ("<table><tr><td>", "")):
        markup = "".join(f"{opened}第{i}条，修路{i}公里。<br>" for i in range(3000)) + closed * 3000
        shown = lines(markup)
        assert len(shown) == 3000 and shown[-1] == "第2999条，修路2999公里。"


def test_a_tag_of_endless_attributes_is_refused() -> None:
    from jihua.schema import TooLargeError
    with pytest.raises(TooLargeError, match="a tag of more than 1,000 attributes"):
        lines("<p " + " ".join(f'a{i}="<x>"' for i in range(20_000)) + ">x</p>")
