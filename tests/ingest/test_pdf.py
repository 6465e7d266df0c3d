"""PDF pages come back as the paragraphs, headings and tables that were set."""
from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.ingest.blocks import SourceText
from jihua.ingest.printed.pdf import MEDIA_TYPE, read_pdf
from make_pdf import LEFT, RIGHT, Sheet, one_font, typeset

TASKS = (
    "为做好全年工作，按照镇党委、镇政府的统一部署，结合本站实际，制定如下计划：",
    "一、工作目标",
    "全年新修机耕道12.5公里，疏浚沟渠38条，改造泵站4座，确保灌溉面积达到9600亩以上，旱涝保收田比例提高到85%，群众满意度不低于95%。",
    "二、主要任务",
    "（一）加强水利设施管护。",
    "1.三月底前完成沟渠、涵闸的普查登记，逐处建立台账，落实管护人员；四月起每月巡查一次，发现问题及时处理，重大问题当日上报。",
    "2.汛期实行24小时值班，做到雨情、水情、工情“三清楚”，遇有险情半小时内到场。",
    "（二）推进节水灌溉。选择两个村开展试点，总结经验后在全镇推广。",
    "三、保障措施",
    "各村要明确专人负责，站里每季度通报一次进度，年底统一考核，考核结果与管护经费挂钩，并在村务公开栏公布，接受群众监督。",
    "某镇水务站",
)


def body(source: SourceText) -> list[str]:
    """The texts of the blocks that are not furniture, without blanks."""
    furniture = ("header", "footer", "page_number", "furniture")
    return [re.sub(r"\s", "", source.text[b.start:b.end]) for b in source.blocks if b.kind not in furniture]


def of_kind(source: SourceText, kind: str) -> list[str]:
    return [source.text[b.start:b.end] for b in source.blocks if b.kind == kind]


@pytest.mark.parametrize("layout", [
    {}, {"size": 14, "lead": 24}, {"size": 12, "lead": 18, "head": "某镇水务站年度工作计划"}, {"size": 10.5, "lead": 14},
    {"indent": 0, "gap": 14}, {"size": 12, "lead": 20, "indent": 0, "gap": 16}, {"lead": 40, "foot": "第{}页"},
], ids=str)
def test_paragraphs_come_back(layout: dict[str, float]) -> None:
    source = read_pdf(typeset(TASKS * 4, **layout), "x.pdf")  # type: ignore[arg-type]
    assert body(source) == list(TASKS) * 4
    assert of_kind(source, "page_number")[0] in ("— 1 —", "第1页")


WORDS = st.sampled_from(["完成", "整治", "河道", "三公里", "12", "8.5%", "，", "“两不愁”", "、", "《条例》", "每月", "检查", "C20", "（含支渠）"])


@given(st.lists(st.lists(WORDS, min_size=1, max_size=80), max_size=25))
@settings(max_examples=25, deadline=None)
def test_any_indented_paragraphs_come_back(drawn: list[list[str]]) -> None:
    texts = [*TASKS, *("做好" + "".join(words) + "工作。" for words in drawn)]
    assert body(read_pdf(typeset(texts), "x.pdf")) == texts


def test_blanks_between_words() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "采用 BIM ", 16)
    sheet.text(LEFT, 160, "use of open", 16)
    sheet.text(LEFT, 188, "data", 16)
    sheet.text(LEFT, 240, "姓名", 16)
    sheet.text(LEFT + 60, 240, "单位", 16)
    assert [line for line in read_pdf(sheet.bytes(), "x.pdf").text.split("\n") if "use" not in line] == [
        "采用 BIM", "data", "姓名 单位"]


def test_a_quotation_mark_of_a_second_font_stays_in_its_place() -> None:
    sheet = Sheet()
    for x, words in ((0, "开展"), (48, "四清"), (96, "行动")):
        sheet.text(LEFT + x, 120, words)
    for x, mark in ((40, "“"), (81, "”")):
        sheet.text(LEFT + x, 120, mark, 16, "Helvetica")
    assert read_pdf(sheet.bytes(), "x.pdf").text == "开展“四清”行动"


def test_a_raised_mark_stays_in_its_line_and_overprinted_text_stands_once() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "占地500m")
    sheet.text(LEFT + 70, 115, "2", 8)
    sheet.text(LEFT + 76, 120, "以上")
    for shift in (0, 0.4):
        sheet.text(LEFT + shift, 200, "两次印出")
    assert read_pdf(sheet.bytes(), "x.pdf").text == "占地500m2以上\n两次印出"


@pytest.mark.parametrize("size", [10.5, 14, 16])
def test_double_narrow_letters_are_two(size: float) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "详见http://example.com，共11项billion", size)
    assert read_pdf(sheet.bytes(), "x.pdf").text == "详见http://example.com，共11项billion"


def test_a_title_whose_first_line_is_full_goes_on() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "桐花县水利工程管护与节水灌溉三年行动暨", 22.9)
    sheet.centre(160, "年度工作计划", 22.9)
    for i in range(8):
        sheet.text(LEFT + (0 if i % 2 else 32), 220 + 28 * i, "各村要按月报送进度并在年底前完成验收工作不得拖延" + ("。" if i % 2 else "推诿"))
    assert of_kind(read_pdf(sheet.bytes(), "x.pdf"), "title") == ["桐花县水利工程管护与节水灌溉三年行动暨年度工作计划"]


def test_a_full_heading_without_a_stop_is_not_run_into_the_text() -> None:
    heading, note = "二、坚持建管并重，加快补齐水利工程短板弱项促增收", "——2024年3月1日在全镇水利工程管护工作会议上"
    found = body(read_pdf(typeset([heading, TASKS[2], note, "站长讲话", *TASKS]), "x.pdf"))
    assert found[:4] == [heading, TASKS[2], note, "站长讲话"]


def test_the_running_head_of_a_lone_page_is_told_by_its_title() -> None:
    sheet = Sheet()
    sheet.centre(60, "某镇水务站年度工作计划", 10.5)
    sheet.centre(120, "某镇水务站", 22)
    sheet.centre(155, "年度工作计划", 22)
    for i in range(3):
        sheet.text(LEFT + 32, 200 + 28 * i, "全年疏浚沟渠38条，改造泵站4座。")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert of_kind(source, "header") == ["某镇水务站年度工作计划"] and of_kind(source, "title") == ["某镇水务站年度工作计划"]


def test_title_and_headings_by_size() -> None:
    sheet = Sheet()
    sheet.centre(90, "某镇人民政府文件", 36)
    sheet.centre(150, "关于印发全镇水利工程管护与节水灌溉", 22)
    sheet.centre(184, "年度工作计划的通知", 22)
    y = 230
    for heading in ("一、目标", "二、任务"):
        sheet.text(LEFT + 32, y, heading, 18)
        for i in range(4):
            sheet.text(LEFT + (0 if i else 32), y + 28 * (i + 1), "各村要按月报送进度并在年底前完成验收工作不得拖延" + ("" if i == 3 else "推诿"))
        y += 150
    sheet.text(RIGHT - 130, 640, "2024年3月1日")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert of_kind(source, "title") == ["关于印发全镇水利工程管护与节水灌溉年度工作计划的通知"]
    assert [(b.level, source.text[b.start:b.end]) for b in source.blocks if b.kind == "heading"] == [
        (1, "某镇人民政府文件"), (2, "一、目标"), (2, "二、任务")]
    assert [b.align for b in source.blocks][-1] == "right"


def test_running_heads_are_not_lost_and_not_in_the_way() -> None:
    source = read_pdf(typeset(TASKS * 6, head="某镇年度计划"), "x.pdf")
    pages = len(of_kind(source, "page_number"))
    assert pages > 3 and of_kind(source, "header") == ["某镇年度计划"]
    assert source.text.count("某镇年度计划") == 1
    assert [b.place for b in source.blocks if b.kind == "page_number"] == [f"page {i + 1}" for i in range(pages)]


@pytest.mark.parametrize("mark", ["- 3 -", "—3—", "第 3 页 共 9 页", "3/9", "3", "Page 3 of 9", "第三页"])
def test_page_numbers(mark: str) -> None:
    sheet = Sheet()
    sheet.text(LEFT + 32, 120, "正文第一段。")
    sheet.centre(790, mark, 10.5)
    assert of_kind(read_pdf(sheet.bytes(), "x.pdf"), "page_number") == [re.sub(r"(?<=[^ ]) (?=[^ ])", " ", mark)]


def test_a_number_that_ends_a_page_of_text_is_text() -> None:
    sheet = Sheet()
    for i in range(24):
        sheet.text(LEFT, 120 + 28 * i, "全镇共有水库山塘机耕道等各类设施总数为二百四十处比上年增" if i < 23 else "2024")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert source.text.endswith("2024") and of_kind(source, "page_number") == []


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.centre(100, "跨两栏的标题在上面占满了整个版心宽度", 22)
    for i in range(12):
        sheet.text(LEFT, 150 + 24 * i, f"左栏第{i:02d}行文字填满栏宽到此", 14)
        sheet.text(310, 150 + 24 * i, f"右栏第{i:02d}行文字填满栏宽到此", 14)
    text = "".join(body(read_pdf(sheet.bytes(), "x.pdf")))
    assert re.findall(r"[左右]栏第\d\d行", text) == [f"{side}栏第{i:02d}行" for side in "左右" for i in range(12)]


def test_a_ruled_table_between_paragraphs() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "任务分工见下表：")
    sheet.grid((79, 139, 339, 479), (150, 180, 210, 240), [["序号", "任务", "责任单位"], ["1", "清淤", "水务站"], ["2", "修路", "城管所"]])
    sheet.text(LEFT + 32, 290, "以上各项年底考核。")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert source.text == "任务分工见下表：\n序号\t任务\t责任单位\n1\t清淤\t水务站\n2\t修路\t城管所\n以上各项年底考核。"
    assert source.tables[0].header == ["序号", "任务", "责任单位"]
    assert [b.place for b in source.blocks if b.kind == "cell"][3] == "page 1 table 1 row 2 cell 1"


def test_merged_and_wrapped_cells() -> None:
    sheet = Sheet()
    for x0, y, x1 in ((79, 150, 379), (179, 190, 379), (79, 230, 379), (79, 270, 379)):
        sheet.line(x0, y, x1, y)
    for x, y0, y1 in ((79, 150, 270), (179, 150, 270), (379, 150, 270), (279, 190, 230)):
        sheet.line(x, y0, x, y1)
    for x, y, words in ((84, 170, "生态环境保"), (84, 186, "护"), (184, 170, "跨两列"), (184, 210, "左"), (284, 210, "右"), (84, 250, "下"),
                        (184, 250, "宽")):
        sheet.text(x, y, words, 16)
    [made] = read_pdf(sheet.bytes(), "x.pdf").tables
    assert [[(c.text, c.row_span, c.col_span) for c in r] for r in made.rows] == [
        [("生态环境保护", 2, 1), ("跨两列", 1, 2)], [("左", 1, 1), ("右", 1, 1)], [("下", 1, 1), ("宽", 1, 2)]]


def turned(turn: int) -> Sheet:
    """A sheet on which everything is drawn turned."""
    sheet = Sheet()
    sheet.canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[turn])
    sheet.canvas.rotate(turn)
    return sheet


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(turn: int) -> None:
    sheet = turned(turn)
    sheet.canvas.setPageRotation(turn)
    sheet.text(LEFT, 400, "各村要完成排查")
    sheet.grid((79, 279, 479), (500, 530, 560), [["村名", "户数"], ["东村", "八十"]])
    assert read_pdf(sheet.bytes(), "x.pdf").text == "各村要完成排查\n村名\t户数\n东村\t八十"


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_set_sideways_is_read(turn: int) -> None:
    sheet = turned(turn)
    for x, y, words in ((79, 400, "First line"), (79, 428, "of a wide table"), (84, 516, "a"), (284, 516, "b"), (84, 546, "c"), (284, 546, "d")):
        sheet.text(x, y, words, 12, "Helvetica")
    sheet.grid((79, 279, 479), (500, 530, 560), [])
    assert read_pdf(sheet.bytes(), "x.pdf").text.endswith("of a wide table\na\tb\nc\td")


def test_words_set_aslant_are_furniture() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "正文第一段。")
    sheet.canvas.rotate(40)
    sheet.canvas.setFont("Helvetica", 40)
    sheet.canvas.drawString(300, 100, "DRAFT")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert [(b.kind, source.text[b.start:b.end]) for b in source.blocks] == [("paragraph", "正文第一段。"), ("furniture", "DRAFT")]


def test_footnotes_stand_after_the_text_that_they_would_part() -> None:
    sheet = Sheet()
    for i in range(10):
        sheet.text(LEFT + (0 if i else 32), 120 + 28 * i, "各村要按月报送进度并在年底前完成验收工作不得拖延" + ("" if i == 0 else "推诿"))
    sheet.text(LEFT, 700, "①按户籍人口计算，不含外来务", 10.5)
    sheet.text(LEFT, 716, "工人员。", 10.5)
    sheet.text(LEFT, 732, "②含在建。", 10.5)
    sheet.centre(790, "— 1 —", 10.5)
    sheet.page()
    sheet.text(LEFT, 120, "敷衍塞责。")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert [b.kind for b in source.blocks] == ["paragraph", "footnote", "footnote", "page_number"]
    assert source.text.split("\n")[0].endswith("推诿敷衍塞责。")
    assert of_kind(source, "footnote") == ["①按户籍人口计算，不含外来务工人员。", "②含在建。"]


def test_contents_lines() -> None:
    sheet = Sheet()
    for i, title in enumerate(("第一章 总则", "第二章 任务", "第三章 附则")):
        sheet.text(LEFT, 120 + 28 * i, f"{title}{'.' * 40}{i + 1}")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert [b.kind for b in source.blocks] == ["toc"] * 3


def test_pages_without_text_are_told() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 120, "正文")
    sheet.page()
    sheet.canvas.circle(300, 400, 100, fill=1)
    sheet.page()
    sheet.page()        # blank: nothing is missing
    sheet.text(LEFT, 120, "又一页")
    source = read_pdf(sheet.bytes(), "x.pdf", ocr_pages=0)
    assert [(d.code, d.message[:6]) for d in source.diagnostics] == [("page-without-text", "page 2")]
    bare = Sheet()
    bare.canvas.circle(300, 400, 100, fill=1)
    empty = read_pdf(bare.bytes(), "x.pdf", ocr_pages=0)
    assert (empty.text, [d.code for d in empty.diagnostics]) == ("", ["no-text"])
    assert "OCR" in empty.diagnostics[0].message


def test_fonts_without_meaning_and_radicals() -> None:
    private = read_pdf(one_font("abcdefghijkl", {ord(c): 0xE000 + i for i, c in enumerate("abcdefghijkl")}), "x.pdf")
    assert [d.code for d in private.diagnostics] == ["reader-note"] and "do not say" in private.diagnostics[0].message
    radicals = read_pdf(one_font("ab", {ord("a"): 0x2F00, ord("b"): 0x2F2F}), "x.pdf")
    assert radicals.text == "一工" and radicals.diagnostics[0].message.startswith("2 characters")


@pytest.mark.parametrize(("title", "author", "expected"), [
    ("年度工作计划", "某镇办公室", ("年度工作计划", "某镇办公室")), ("Microsoft Word - 计划.doc", "user", (None, None)), ("untitled", "", (None, None))])
def test_properties(title: str, author: str, expected: tuple[str | None, str | None]) -> None:
    sheet = Sheet()
    sheet.canvas.setTitle(title)
    sheet.canvas.setAuthor(author)
    sheet.text(LEFT, 120, "正文")
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert (source.page.title, source.page.author) == expected
    assert (source.media_type, source.reader, source.charset, source.ocr) == (MEDIA_TYPE, "pdf", None, False)


def test_a_table_that_runs_over_a_page_is_one() -> None:
    """Its head, repeated on the second page, is set aside; a table of other columns is another one."""
    sheet, head = Sheet(), ["序号", "任务", "责任单位"]
    sheet.grid([80, 140, 360, 500], [640, 680, 720], [head, ["1", "清淤", "水务站"]])
    sheet.centre(790, "— 1 —", 10.5)
    sheet.page()
    sheet.grid([80, 140, 360, 500], [120, 160, 200], [head, ["2", "修路", "村建办"]])
    sheet.grid([80, 300, 500], [300, 340, 380], [["年份", "资金"], ["2024", "5万元"]])
    sheet.centre(790, "— 2 —", 10.5)
    source = read_pdf(sheet.bytes(), "x.pdf")
    found = [[[cell.text for cell in row] for row in table.rows] for table in source.tables]
    assert found == [[head, ["1", "清淤", "水务站"], ["2", "修路", "村建办"]], [["年份", "资金"], ["2024", "5万元"]]]
    assert of_kind(source, "furniture") == ["序号 任务 责任单位"]


def test_a_table_after_words_on_the_next_page_is_another() -> None:
    sheet, head = Sheet(), ["序号", "任务"]
    sheet.grid([80, 140, 500], [640, 680, 720], [head, ["1", "清淤"]])
    sheet.page()
    sheet.text(LEFT, 110, "二、道路维修任务如下。")
    sheet.grid([80, 140, 500], [150, 190, 230], [head, ["2", "修路"]])
    assert len(read_pdf(sheet.bytes(), "x.pdf").tables) == 2


def test_a_blank_set_by_itself_parts_a_number_from_its_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    from jihua.ingest.printed.pdf_tables import SecondReading
    monkeypatch.delattr(SecondReading, "passed_over")       # slow, and of no use here
    sheet = Sheet()
    sheet.text(LEFT, 120, "第九条")
    sheet.text(LEFT + 48, 120, " ", 16, "Times-Roman")
    sheet.text(LEFT + 52, 120, "沟渠用地")
    sheet.text(LEFT, 160, "灌溉面积")
    sheet.text(LEFT + 68, 160, "达标")
    assert read_pdf(sheet.bytes(), "x.pdf").text == "第九条 沟渠用地\n灌溉面积达标"


@pytest.mark.parametrize("machine", ["has fonts", "has none"])
def test_characters_set_one_by_one_in_a_font_that_the_file_does_not_hold(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from jihua.ingest.printed.pdf_chars import Pdf
    load = Pdf._load
    if machine == "has none":
        monkeypatch.setattr(Pdf, "_load", lambda self, index, *, shapes: load(self, index, shapes=False))
    sheet, words = Sheet(), "全年疏浚沟渠三条。"
    sheet.text(LEFT, 80, TASKS[0][:12])
    for page in range(2):
        for i, sign in enumerate(words):
            sheet.text(LEFT + 16 * i, 120, sign)
        if not page:
            sheet.page()
    source = read_pdf(sheet.bytes(), "x.pdf")
    assert source.text.split("\n") == [TASKS[0][:12], words, words] and not source.diagnostics


def test_only_pages_that_need_it_are_drawn_from_fonts_of_the_machine() -> None:
    from jihua.ingest.printed.pdf_chars import Pdf
    with Pdf(typeset(TASKS)) as pdf:
        assert [len(page.chars) > 9 and not page.lost for page in pdf.pages()] == [True] and pdf._shaped is None
        assert pdf.picture(1) is not None and pdf._shaped is not None
