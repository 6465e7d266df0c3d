"""Write the binary fixtures anew: `python tests/make_fixtures.py`. What they say stands here, in readable form.

Word: a responsibility table with merged cells, and a plan whose numbers only Word's automatic numbering bears.
PDF: a plan of parts, chapters and sections with running heads, page numbers and broken lines.
Text: a traditional page with glosses put into its bytes, elided and cut off, as search mirrors show such pages.
"""
from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypinyin import pinyin
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

DUTY_HEAD = ("序号", "重点任务", "工作措施", "目标要求", "牵头单位", "配合单位", "完成时限")
DUTY_ROWS = (
    ("1", "河道整治", "清理河岸垃圾，拆除违法建筑", "清理河道18公里", "县水务局", "各乡镇人民政府", "2023年6月底前"),
    ("2", "", "建设生态护岸", "新建护岸3.2公里", "县水务局", "县财政局、县自然资源局", "2023年11月"),
    ("3", "污水治理", "完善配套管网", "污水收集率达到85%以上", "县住房城乡建设局", "县生态环境局", "2023年底前"),
    ("4", "长效管护", "落实河长巡河制度", "镇级河长每周巡河不少于1次", "县河长制办公室", "", "持续推进"),
)

HOSPITAL = (   # level of the automatic numbering (-1: none), text
    (-1, "为推进医院高质量发展，结合实际，制定本方案。"),
    (0, "总体目标"),
    (-1, "到2025年，三级手术占比达到60%，平均住院日控制在8天以内。"),
    (0, "重点任务"),
    (1, "提升医疗质量"),
    (2, "严格落实十八项核心制度，每月抽查病历100份以上。"),
    (2, "开展新技术、新项目不少于10项。"),
    (1, "改善就医体验"),
    (2, "预约诊疗率提高到80%，门诊候诊时间缩短15分钟。"),
    (2, "2024年9月30日前上线智能导诊系统。"),
    (0, "保障措施"),
    (1, "加强组织领导，院长办公室负责统筹协调。"),
    (1, "强化经费保障，每年安排专项资金不低于500万元。"),
)

PLAN_PDF = (   # style, text
    ("title", "白石县“十四五”文化发展规划"), ("center", "（2021—2025年）"),
    ("part", "第一篇　总体要求"),
    ("chapter", "第一章　发展基础"),
    ("body", "“十三五”时期，全县文化事业稳步发展。建成乡镇综合文化站15个，农家书屋实现行政村全覆盖，文化产业增加值年均增长9.6%，占地区生产总值的比重由2.1%提高到3.4%。文物保护得到加强，非物质文化遗产名录体系更加完善，累计公布县级以上非遗项目86项。"),
    ("chapter", "第二章　指导思想"),
    ("body", "坚持以人民为中心的发展思想，推动文化事业和文化产业繁荣发展，不断满足人民群众精神文化需求。"),
    ("chapter", "第三章　发展目标"),
    ("body", "到2025年，人均公共文化设施面积达到0.6平方米，每万人拥有公共文化设施不少于3处，文化产业增加值占地区生产总值比重达到5%左右。到2035年，建成文化强县。"),
    ("part", "第二篇　主要任务"),
    ("chapter", "第四章　完善公共文化服务"),
    ("section", "第一节　健全设施网络"),
    ("body", "实施县图书馆新馆建设工程，总建筑面积1.2万平方米，2023年建成开放。改造提升村级文化广场120个，推动城市书房、文化驿站等新型公共文化空间向社区延伸，形成十五分钟文化圈，使城乡居民就近享有高质量的公共文化服务。"),
    ("section", "第二节　丰富产品供给"),
    ("body", "每年送戏下乡不少于200场，放映公益电影2400场次。鼓励社会力量参与，支持民间剧团发展，每两年评选一次优秀剧目。"),
    ("chapter", "第五章　保护传承文化遗产"),
    ("section", "第一节　加强文物保护"),
    ("body", "开展第四次文物普查，修缮古建筑12处。严禁擅自拆除不可移动文物。"),
    ("part", "第三篇　实施保障"),
    ("chapter", "第六章　组织领导"),
    ("body", "县文化和旅游局要会同有关部门制定年度计划，每年12月底前向县政府报告实施情况。"),
)

DAMAGED_HEAD = "您的位置：文山資料網>>社區工作/計劃方案/>>正文\n\n清和里社區××年環境保護工作計劃\n\n發表時間：2008/11/3 9:05:07\n\n\n"
DAMAGED_BODY = (
    "  為建設資源節約型、環境友好型社區，向實現低碳生活的目標邁進，清和里社區制定本計劃。\n"
    "  我們社區現有居民2860戶，總人口7150人。今年三月，開展了垃圾分類試點，取得了較好效果，為下一步工作打下良好基"
)
DAMAGED_GAP = "\n……(文山資料網http://www.example.com省略340字,正式會員可完整閱讀)…… \n"
DAMAGED_TAIL = (
    "發揮黨員的模範帶頭作用，帶動更多居民參與環境保護。\n"
    "  第二，結合世界環境日，舉辦環保知識講座兩次，組織一次舊物交換集市。\n"
    "  第三，在寒暑假期間，組織青少年開展觀察鳥類等活動。\n"
    "  二、完善設施,改善社區環境\n"
    "  在現有綠地基礎上，增設分類垃圾桶40個，並在國慶節前夕完成樓道清理。\n"
    "  三、加強宣傳,營造良好氛圍\n"
    "  利用櫥窗、網絡等載體，普及環保知識。我們計劃與鄰近學校合作，建立環保志愿者隊伍，使更"
)
DAMAGED_END = " ……(未完,全文共1385字,當前僅顯示820字,請閱讀下面提示信息。收藏《清和里社區**年環境保護工作計劃》"
GLOSSED = {"網": "wǎng", "創": "chuàng", "鄉": "xiāng", "設": "shè", "觀": "guān"}   # wherever these bytes occur
ACROSS = ("向實", "總人")   # two characters whose inner bytes happen to be a listed pair as well


def _duties(path: Path) -> None:
    document = Document()
    document.add_heading("桐花县水环境综合整治责任分工表", level=0)
    document.add_paragraph("为落实《桐花县水环境综合整治实施方案》，明确2023年任务分工如下：")
    table = document.add_table(rows=1 + len(DUTY_ROWS), cols=len(DUTY_HEAD))
    table.style = "Table Grid"
    for column, words in enumerate(DUTY_HEAD):
        table.cell(0, column).paragraphs[0].add_run(words).bold = True
    for number, row in enumerate(DUTY_ROWS, 1):
        for column, words in enumerate(row):
            if words:
                table.cell(number, column).text = words
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(1, 4).merge(table.cell(2, 4)).text = "县水务局"
    end = document.add_paragraph("桐花县人民政府\n2023年1月12日")
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _save(document, path)


def _hospital(path: Path) -> None:
    document = Document()
    title = document.add_paragraph()
    title.add_run("青松医院高质量发展实施方案（2023—2025年）").bold = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    numbering = document.part.numbering_part.element
    levels = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>' for i, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{body}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, words in HOSPITAL:
        paragraph = document.add_paragraph(words)
        if level >= 0:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
    section = document.sections[0]
    section.header.paragraphs[0].text = "青松医院内部资料"
    _save(document, path)


def _save(document: object, path: Path) -> None:
    """Save with fixed times inside the package, so that the file is the same every time it is made."""
    document.core_properties.author = ""                     # type: ignore[attr-defined]
    document.save(str(path))                                 # type: ignore[attr-defined]
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _pdf(path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    base = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    styles = {
        "title": ParagraphStyle("title", fontSize=20, leading=30, alignment=TA_CENTER, spaceAfter=8, **base),
        "center": ParagraphStyle("center", fontSize=12, leading=20, alignment=TA_CENTER, spaceAfter=12, **base),
        "part": ParagraphStyle("part", fontSize=16, leading=26, alignment=TA_CENTER, spaceBefore=14, **base),
        "chapter": ParagraphStyle("chapter", fontSize=14, leading=24, alignment=TA_CENTER, spaceBefore=10, **base),
        "section": ParagraphStyle("section", fontSize=12, leading=20, alignment=TA_CENTER, **base),
        "body": ParagraphStyle("body", fontSize=12, leading=20, firstLineIndent=24, **base),
    }
    story: list[object] = [Paragraph(words, styles[style]) for style, words in PLAN_PDF]
    story.insert(8, PageBreak())

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)                                          # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, "白石县文化发展规划汇编")        # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 36, f"— {document.page} —")            # type: ignore[attr-defined]

    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story, onFirstPage=furniture, onLaterPages=furniture)


def gloss_table() -> dict[bytes, str]:
    """The listed byte pairs with the readings that the mirror puts after them."""
    table = {word.encode("gb18030"): reading for word, reading in GLOSSED.items()}
    for two in ACROSS:
        pair = two.encode("gb18030")[1:3]
        table[pair] = pinyin(pair.decode("gb18030"))[0][0]
    return table


def damage(text: str, glosses: dict[bytes, str]) -> str:
    """Text as a mirror shows it that puts `(pinyin)` after listed pairs of the GBK bytes without regard to characters.

    A gloss put across two characters leaves a lead byte before `(`; both decode to one `?`, and what follows is
    shifted by one byte until an ASCII byte is swallowed."""
    data, out, at = text.encode("gb18030"), bytearray(), 0
    while at < len(data):
        pair = data[at:at + 2]
        if pair in glosses:
            out += pair + b"(" + glosses[pair].encode("gb18030") + b")"
        else:
            out.append(data[at])
        at += 2 if pair in glosses else 1
    return _decode(bytes(out))


def _decode(data: bytes) -> str:
    """GBK as the mirror decodes it: a lead byte with a trail byte that does not fit becomes one `?` with it."""
    words, at = [], 0
    while at < len(data):
        width = 1 if data[at] < 0x80 else 2
        try:
            words.append(data[at:at + width].decode("gbk"))
        except UnicodeDecodeError:
            words.append("?")
        at += width
    return "".join(words)


def _damaged(path: Path) -> None:
    body = DAMAGED_HEAD + DAMAGED_BODY + DAMAGED_GAP + DAMAGED_TAIL + DAMAGED_END
    path.write_text(damage(body, gloss_table()), encoding="utf-8")


def main() -> None:
    """Write every binary fixture."""
    _duties(FIXTURES / "duties" / "source.docx")
    _hospital(FIXTURES / "hospital" / "source.docx")
    _pdf(FIXTURES / "outline_pdf" / "source.pdf")
    _damaged(FIXTURES / "damaged" / "source.txt")


if __name__ == "__main__":
    main()
