"""What a reader sees in a Word file is what the source text says, once and in order."""
from __future__ import annotations

from io import BytesIO

import docx as python_docx
import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.office.docx import MEDIA_TYPE, read_docx
from make_docx import CORE, NAMES, cell, docx, field, item, level, lists, para, row, run, table

TAB = "<w:r><w:tab/></w:r>"


def read(body: str, **more: object) -> SourceText:
    return read_docx(docx(body, **more), "计划.docx")  # type: ignore[arg-type]


def blocks(source: SourceText) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start:b.end]) for b in source.blocks]


def notes(source: SourceText) -> list[str]:
    return [d.message for d in source.diagnostics]


@pytest.mark.parametrize(("title", "inner", "text"), [
    ("runs are joined", run("加强") + run("领导"), "加强领导"),
    ("a tab is a blank", run("甲") + TAB + run("乙"), "甲 乙"),
    ("a line break parts lines", run("甲") + "<w:r><w:br/></w:r>" + run("乙"), "甲\n乙"),
    ("an insertion is kept", f"<w:ins>{run('新增')}</w:ins>", "新增"),
    ("a deletion is dropped", run("留") + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "留"),
    ("what was moved stands once", f"<w:moveFrom>{run('移')}</w:moveFrom><w:moveTo>{run('移')}</w:moveTo>", "移"),
    ("hidden text is dropped", run("见") + run("隐", "<w:vanish/>"), "见"),
    ("a link's words stay", f'<w:hyperlink r:id="x">{run("网页")}</w:hyperlink>', "网页"),
    ("smart tags are transparent", f"<w:smartTag>{run('三月')}</w:smartTag>", "三月"),
    ("content controls are transparent", f"<w:sdt><w:sdtContent>{run('内容')}</w:sdtContent></w:sdt>", "内容"),
    ("ruby gives its base", f"<w:r><w:ruby><w:rt>{run('guī')}</w:rt><w:rubyBase>{run('规')}</w:rubyBase></w:ruby></w:r>", "规"),
    ("a symbol is drawn", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "☑是"),
    ("a no-break hyphen shows", run("A") + "<w:r><w:noBreakHyphen/></w:r>" + run("1"), "A-1"),
    ("a formula's text stays", f"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>{run('时')}", "x=1时"),
    ("a field shows its result", field("REF 甲", "第三章"), "第三章"),
    ("an inner field's result in an instruction does not show",
     '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("DATE", "今日") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
     + run("明日") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "明日"),
    ("a field that never ends hides nothing", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("正文"), "正文"),
    ("a comment's text is not the document's", run("甲") + '<w:r><w:commentReference w:id="1"/></w:r>', "甲"),
    ("a reference to a note leaves no digit", run("增长8%") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "增长8%"),
])
def test_inline(title: str, inner: str, text: str) -> None:
    assert read(para(inner=inner)).text == text, title


def test_what_is_left_out_is_counted() -> None:
    comments = f"<w:comments {NAMES}><w:comment w:id='1'>{para('请核')}</w:comment></w:comments>"
    source = read(para("正文", inner=f"<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{run('新')}</w:ins>"
                       + run("藏起", "<w:vanish/>")), parts={"comments": comments})
    assert notes(source) == ["comments left out: 1", "deletions dropped: 1", "hidden characters dropped: 2",
                             "insertions accepted: 1"]
    assert {d.code for d in source.diagnostics} == {"reader-note"}


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert read(para("前半", "<w:rPr><w:del/></w:rPr>") + para("后半")).text == "前半后半"
    assert read(para("末尾", "<w:rPr><w:del/></w:rPr>")).text == "末尾"


def test_automatic_numbers_are_part_of_the_text() -> None:
    numbering = lists(
        level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3."),
        level(0, "decimalEnclosedCircle", "%1", more='<w:suff w:val="nothing"/>'))
    body = item("总体要求") + item("指导思想", level=1) + item("细目", level=2) + item("基本原则", level=1) + item("主要任务") \
        + item("其一", 2) + item("其二", 2) + item("没有这个表", 9) + para("正文")
    source = read(body, parts={"numbering": numbering})
    assert source.text.split("\n") == [
        "一、总体要求", "（一）指导思想", "1. 细目", "（二）基本原则", "二、主要任务", "①其一", "②其二", "没有这个表", "正文"]
    assert [b.kind for b in source.blocks].count("list_item") == 7


def test_numbers_by_style() -> None:
    """Heading styles bring their numbers; a style based on one takes them over, numId 0 switches them off."""
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{}"/></w:pPr>'
    styles = f"""<w:styles {NAMES}>
      <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>{number.format(0)}</w:style>
      <w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>{number.format(1)}</w:style>
      <w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定"/><w:basedOn w:val="2"/></w:style>
      <w:style w:type="paragraph" w:styleId="y"><w:name w:val="无号"/><w:basedOn w:val="1"/>
        <w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>"""
    numbering = lists(level(0, "chineseCounting", "第%1章", more='<w:pStyle w:val="1"/><w:suff w:val="space"/>')
                      + level(1, "decimal", "%1.%2", more='<w:isLgl/><w:pStyle w:val="2"/>'))
    def styled(text: str, style: str) -> str:
        return para(text, f'<w:pStyle w:val="{style}"/>')
    source = read(styled("年度计划", "T") + styled("总则", "1") + styled("目标", "2") + styled("原则", "x") + styled("附则", "y"),
                  parts={"styles": styles, "numbering": numbering})
    assert [(b.kind, b.level, source.text[b.start:b.end]) for b in source.blocks] == [
        ("title", 0, "年度计划"), ("heading", 1, "第一章 总则"), ("heading", 2, "1.1 目标"), ("heading", 2, "1.2 原则"),
        ("heading", 1, "附则")]


def test_a_list_style_stands_for_its_definition() -> None:
    styles = (f'<w:styles {NAMES}><w:style w:type="numbering" w:styleId="L"><w:name w:val="甲"/><w:pPr><w:numPr>'
              '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>')
    numbering = lists(level(0, "upperLetter", "%1)") + '<w:styleLink w:val="L"/>', '<w:numStyleLink w:val="L"/>')
    assert read(item("甲", 2) + item("乙", 2), parts={"styles": styles, "numbering": numbering}).text == "A) 甲\nB) 乙"


def test_bold_and_alignment() -> None:
    source = read(para("标题", '<w:jc w:val="center"/>', "<w:b/>") + para("落款", '<w:jc w:val="right"/>')
                  + para(inner=run("粗", "<w:b/>") + run("细", '<w:b w:val="0"/>')))
    assert [(b.bold, b.align) for b in source.blocks] == [(True, "center"), (False, "right"), (False, "")]


def test_a_table_with_merged_cells() -> None:
    span, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = read(para("分工") + table(
        row("序号", "任务", "单位", properties="<w:tblHeader/>"),
        row(cell(para("1"), properties=top), "清淤", cell(para("水务站"), para("城管所"))),
        row(cell(para(), properties=below), cell(para("合并"), properties=span))))
    assert source.text == "分工\n序号\t任务\t单位\n1\t清淤\t水务站 城管所\n\t合并"
    [made] = source.tables
    assert made.header == ["序号", "任务", "单位"]
    assert [[(c.text, c.row_span, c.col_span) for c in r] for r in made.rows] == [
        [("序号", 1, 1), ("任务", 1, 1), ("单位", 1, 1)], [("1", 2, 1), ("清淤", 1, 1), ("水务站 城管所", 1, 1)],
        [("合并", 1, 2)]]
    assert all(source.text[c.span[0]:c.span[1]] == c.text for r in made.rows for c in r)
    assert source.blocks[4].place == "table 1 row 2 cell 1"


@pytest.mark.parametrize(("rows", "header"), [
    ([row("项目", "目标"), row("绿化", "种树三百株")], ["项目", "目标"]),
    ([row("姓名", ""), row("单位", "某站")], []),
    ([row("绿化", "种树三百株，其中乔木一百株。"), row("道路", "修路")], []),
    ([row(cell(para("附表"), properties='<w:gridSpan w:val="2"/>')), row("项目", "目标"), row("道路", "修路")], ["项目", "目标"]),
])
def test_head_row(rows: list[str], header: list[str]) -> None:
    assert read(table(*rows)).tables[0].header == header


def test_automatic_numbers_in_a_table_count_by_rows() -> None:
    source = read(table(row("序号", "事项"), *(row(cell(item("")), name) for name in ("修路", "清淤"))),
                  parts={"numbering": lists(level(0, "decimal", "%1"))})
    assert source.text == "序号\t事项\n1\t修路\n2\t清淤"


def test_a_table_of_one_column_and_a_form_that_holds_a_document_are_paragraphs() -> None:
    framed = read(table(row(cell(para("一、目标"), para("二、措施")))))
    assert framed.text == "一、目标\n二、措施" and not framed.tables
    plan = [para(f"{i}、认真做好第{i}项工作，按月检查，按季小结，年底考核。") for i in range(1, 21)]
    form = read(table(row("单位", "某站"), row("计划", cell(*plan))))
    assert form.text.startswith("单位\t某站\n计划\n1、") and len(form.tables) == 1
    assert [b.kind for b in form.blocks].count("paragraph") == 21


def test_a_nested_table_stands_in_its_cell() -> None:
    source = read(table(row("甲", cell(table(row("内一", "内二")), para())), row("乙", "丙")))
    assert source.text == "甲\t内一 内二\n乙\t丙" and len(source.tables) == 1


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{para('红头')}</w:txbxContent>"
    shape = (f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
             f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    for drawn in (shape, old):
        assert blocks(read(para("正文", inner=drawn))) == [("paragraph", "正文"), ("text_box", "红头")]


def test_notes_and_margins_follow_the_body() -> None:
    margin = f"<w:hdr {NAMES}>{para('某镇文件')}</w:hdr>"
    foot = f"<w:ftr {NAMES}>{para(inner=run('— ') + field('PAGE', '3') + run(' —'))}</w:ftr>"
    notes_part = (f"<w:footnotes {NAMES}><w:footnote w:type='separator' w:id='0'>{para('线')}</w:footnote>"
                  f"<w:footnote w:id='2'>{para('按户籍人口计。')}</w:footnote></w:footnotes>")
    source = read(para("正文"), parts={"header1": margin, "header2": margin, "footer1": foot, "footnotes": notes_part})
    assert blocks(source) == [("paragraph", "正文"), ("footnote", "按户籍人口计。"), ("header", "某镇文件"),
                              ("page_number", "— 3 —")]


def test_contents_and_page_breaks() -> None:
    contents = para(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
                    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("第一章 总则") + TAB + run("1")) \
        + para("第二章 任务 4", inner='<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    source = read(contents + para(inner='<w:r><w:br w:type="page"/></w:r>' + run("第一章 总则")) + para("正文", "<w:pageBreakBefore/>"))
    assert blocks(source) == [("toc", "第一章 总则 1"), ("toc", "第二章 任务 4"), ("page_break", ""), ("paragraph", "第一章 总则"),
                              ("page_break", ""), ("paragraph", "正文")]


@pytest.mark.parametrize(("title", "creator", "expected"), [
    ("年度工作计划", "某镇办公室", ("年度工作计划", "某镇办公室")), ("Microsoft Word - 1.doc", "Administrator", (None, None)),
    ("文档1", "微软用户", (None, None)), ("", "", (None, None))])
def test_properties(title: str, creator: str, expected: tuple[str | None, str | None]) -> None:
    source = read(para("正文"), core=CORE.format(title, creator))
    assert (source.page.title, source.page.author, source.page.published) == (*expected, None)


def test_a_file_made_by_python_docx() -> None:
    made = python_docx.Document()
    made.add_heading("年度工作要点", 0)
    made.add_heading("一、目标", 1)
    made.add_paragraph("完成三件实事。")
    made.add_paragraph("修路", style="List Number")
    made.add_paragraph("清淤", style="List Number")
    made.add_paragraph("种树", style="List Bullet")
    out = BytesIO()
    made.save(out)
    source = read_docx(out.getvalue(), "要点.docx")
    assert source.text == "年度工作要点\n一、目标\n完成三件实事。\n1. 修路\n2. 清淤\n• 种树"
    assert [(b.kind, b.level) for b in source.blocks][:3] == [("title", 0), ("heading", 1), ("paragraph", 0)]
    assert (source.media_type, source.reader, source.charset) == (MEDIA_TYPE, "docx", None)


def test_an_empty_file_says_so() -> None:
    source = read(para())
    assert source.text == "" and [d.code for d in source.diagnostics] == ["no-text"]
