"""OFD pages come back as the paragraphs, tables and furniture that were set."""
from __future__ import annotations

import re

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.printed.ofd import MEDIA_TYPE, read_ofd
from jihua.ingest.readers import read
from make_ofd import LEFT, SIZE, SPACE, TOP, line, ofd, packed, page, text, typeset

TASKS = (
    "为做好全年工作，按照镇党委、镇政府的统一部署，结合本站实际，制定如下计划：",
    "一、工作目标",
    "全年新修机耕道12.5公里，疏浚沟渠38条，改造泵站4座，确保灌溉面积达到9600亩以上，旱涝保收田比例提高到85%，群众满意度不低于95%。",
    "二、主要任务",
    "（一）加强水利设施管护。",
    "1.三月底前完成沟渠、涵闸的普查登记，逐处建立台账，落实管护人员；四月起每月巡查一次，发现问题及时处理，重大问题当日上报。",
    "（二）推进节水灌溉。选择两个村开展试点，总结经验后在全镇推广。",
    "各村要明确专人负责，站里每季度通报一次进度，年底统一考核，考核结果与管护经费挂钩，并在村务公开栏公布，接受群众监督。",
    "某镇水务站",
)
TURNED = 'CTM="0 1 -1 0 0 0"'


def of_kind(source: SourceText, *kinds: str) -> list[str]:
    return [source.text[b.start:b.end] for b in source.blocks if b.kind in kinds]


def body(source: SourceText) -> list[str]:
    furniture = ("header", "footer", "page_number", "furniture")
    return [re.sub(r"\s", "", source.text[b.start:b.end]) for b in source.blocks if b.kind not in furniture]


def test_paragraphs_come_back_over_pages() -> None:
    source = read_ofd(ofd(*typeset(TASKS * 4, "某镇水务站年度工作计划", "第{}页"), title="年度工作计划"), "x.ofd")
    assert body(source) == list(TASKS) * 4
    assert of_kind(source, "header") == ["某镇水务站年度工作计划"] and of_kind(source, "page_number")[0] == "第1页"
    assert (source.media_type, source.reader, source.page.title, source.ocr) == (MEDIA_TYPE, "ofd", "年度工作计划", False)
    assert source.blocks[0].place == "page 1" and not source.diagnostics


def test_content_leads_to_the_reader() -> None:
    assert read(ofd(page(text(LEFT, TOP, "工作计划"))), "计划.zip").reader == "ofd"


@pytest.mark.parametrize(("old", "new"), [
    ("ofd:", ""), ("ofd:", "x:"), (SPACE, "http://www.ofdspec.org"), (f' xmlns:ofd="{SPACE}"', ""), ("<?xml", "\ufeff<?xml")],
    ids=["none", "other prefix", "other address", "prefix undeclared", "byte order mark"])
def test_any_prefix_or_none(old: str, new: str) -> None:
    parts = {
        "OFD.xml": f'<?xml version="1.0"?><ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<?xml version="1.0"?><ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages><ofd:Page ID="1" BaseLoc="a.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/a.xml": page(text(LEFT, TOP, "工作计划")),
    }
    changed = {name: content.replace(f"xmlns:{old}"[:-1], "xmlns" if not new else f"xmlns:{new}"[:-1]).replace(old, new)
               if old == "ofd:" else content.replace(old, new) for name, content in parts.items()}
    if "xmlns" in old:      # a prefix that is not declared is no XML with namespaces
        changed = {name: content.replace("ofd:", "") for name, content in changed.items()}
    assert read_ofd(packed(changed), "x.ofd").text == "工作计划"


def test_advances() -> None:
    """Repeated ones, none at all, lines within one object."""
    block = '<ofd:TextObject Boundary="28 60 160 30" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 2 5 -10 5 5" DeltaY="g 2 0 9 0 0">上半年下半年</ofd:TextCode></ofd:TextObject>'
    source = read_ofd(ofd(page(text(LEFT, 37, "完成任务十八项", delta=f"g 6 {SIZE}"), text(LEFT, 47, "第一年", delta=""), block)), "x.ofd")
    assert re.sub(r"\s", "", source.text) == "完成任务十八项第一年上半年下半年"


def test_words_between_letters() -> None:
    assert read_ofd(ofd(page(text(LEFT, TOP, "采用 BIM 技术"), text(LEFT, TOP + 20, "use of open data"))), "x.ofd").text == "采用 BIM 技术\nuse of open data"


def test_pages_stand_in_the_order_of_the_document() -> None:
    pages = [page(text(LEFT, TOP, words)) for words in ("第一项任务", "第二项任务")]
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in (1, 0, 1))
    document = f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages>{listed}</ofd:Pages></ofd:Document>'
    assert read_ofd(ofd(*pages, members={"Doc_0/Document.xml": document}), "x.ofd").text == "第二项任务\n第一项任务"


def test_blocks_and_drawings_within_each_other() -> None:
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{text(10, 20, "引用的文字")}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    use = '<ofd:CompositeObject ID="7" ResourceID="5" Boundary="18 60 100 100" CTM="1 0 0 1 0 0"/>'
    block = f"<ofd:PageBlock><ofd:PageBlock>{text(LEFT, TOP, '块中的文字')}</ofd:PageBlock></ofd:PageBlock>"
    assert read_ofd(ofd(page(use, block), resources=unit), "x.ofd").text == "块中的文字\n引用的文字"


def test_templates_are_background() -> None:
    background = page(text(80, 20, "某镇人民政府"), text(80, 280, "共建共享"))
    pages = [page(text(LEFT, TOP + 10 * i, f"第{n}项任务"), template="t0") for i, n in enumerate("一二三")]
    source = read_ofd(ofd(*pages, templates=(background,)), "x.ofd")
    assert of_kind(source, "header") == ["某镇人民政府"] and of_kind(source, "footer") == ["共建共享"]
    assert body(source) == ["第一项任务", "第二项任务", "第三项任务"]


def test_a_template_that_holds_the_whole_page_is_its_text() -> None:
    source = read_ofd(ofd(page(template="t0"), templates=(page(text(LEFT, TOP, "全年疏浚沟渠38条。")),)), "x.ofd")
    assert of_kind(source, "paragraph") == ["全年疏浚沟渠38条。"]


def test_stamps_and_words_at_an_angle_are_furniture() -> None:
    appearance = f'<ofd:PageAnnot xmlns:ofd="{SPACE}"><ofd:Annot Type="Watermark"><ofd:Appearance Boundary="0 0 210 297">{text(60, 100, "内部资料")}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    listed = f'<ofd:Annotations xmlns:ofd="{SPACE}"><ofd:Page PageID="100"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    slanted = text(60, 150, "征求意见", more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    data = ofd(page(text(LEFT, TOP, "工作计划"), slanted, slanted), extra="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
               members={"Doc_0/Annots/Annotations.xml": listed, "Doc_0/Annots/Annot_0.xml": appearance})
    source = read_ofd(data, "x.ofd")
    assert body(source) == ["工作计划"] and of_kind(source, "furniture") == ["内部资料", "征求意见"]


def test_a_page_set_sideways_and_upright_columns_are_turned() -> None:
    sideways = page(*(text(150 - 10 * i, 40, words, more=TURNED) for i, words in enumerate(("第一行字", "第二行字"))))
    assert body(read_ofd(ofd(sideways), "x.ofd")) == ["第一行字", "第二行字"]
    columns = "".join(f'<ofd:TextObject Boundary="{150 - 10 * i} 40 6 80" Size="5"><ofd:TextCode X="0" Y="5" DeltaY="g 3 5">{words}</ofd:TextCode></ofd:TextObject>'
                      for i, words in enumerate(("第一列字", "第二列字")))
    assert body(read_ofd(ofd(page(columns)), "x.ofd")) == ["第一列字", "第二列字"]


def test_ruled_tables() -> None:
    xs, ys = (30.0, 80.0, 150.0), (40.0, 55.0, 70.0, 85.0)
    rulings = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    cells = [text(xs[c] + 3, ys[r] + 10, words, 4) for r, row in enumerate((("任务", "责任单位"), ("清淤", "水务站"), ("巡查", "各村")))
             for c, words in enumerate(row)]
    source = read_ofd(ofd(page(text(LEFT, 30, "分工如下"), *rulings, *cells, text(LEFT, 110, "以上各项按月通报"))), "x.ofd")
    assert source.text == "分工如下\n任务\t责任单位\n清淤\t水务站\n巡查\t各村\n以上各项按月通报"
    assert source.tables[0].header == ["任务", "责任单位"] and [c.text for c in source.tables[0].rows[2]] == ["巡查", "各村"]


def test_bold_by_weight_and_by_font() -> None:
    fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="SimHei" Bold="true"/></ofd:Fonts>'
    assert read_ofd(ofd(page(text(LEFT, TOP, "工作目标")), resources=fonts), "x.ofd").blocks[0].bold
    assert read_ofd(ofd(page(text(LEFT, TOP, "工作目标", more='Weight="700"'))), "x.ofd").blocks[0].bold
    assert not read_ofd(ofd(page(text(LEFT, TOP, "工作目标"))), "x.ofd").blocks[0].bold


def test_pages_without_text_are_told() -> None:
    picture = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
    found = read_ofd(ofd(page(picture), page(picture)), "x.ofd").diagnostics
    assert [d.code for d in found] == ["no-text"] and "OCR" in found[0].message
    found = read_ofd(ofd(page(picture), page(picture, text(LEFT, TOP, "工作计划"))), "x.ofd").diagnostics
    assert [d.code for d in found] == ["page-without-text", "reader-note"] and "page 2" in found[1].message


def test_characters_that_the_font_does_not_name() -> None:
    found = read_ofd(ofd(page(text(LEFT, TOP, "\ue000" * 12))), "x.ofd").diagnostics
    assert ["fonts that do not say" in d.message for d in found] == [True]
