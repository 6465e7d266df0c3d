"""Automatic numbers of .doc, .rtf and .odt files read as the file shows them."""
from __future__ import annotations

import struct
from pathlib import Path

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.office.anydoc import read_doc, read_odt, read_rtf
from jihua.ingest.office.doc_labels import Labels
from jihua.ingest.office.rtf_labels import with_labels
from make_office import odt, rtf

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
LISTS = Path(__file__).with_name("data") / "lists.doc"    # written by us, saved by LibreOffice as Word 97


def lines(source: SourceText) -> list[str]:
    """The lines of a source."""
    return source.text.split("\n")


def test_a_word_97_file_shows_its_own_numbers() -> None:
    source = read_doc(LISTS.read_bytes(), "计划.doc")
    assert lines(source) == [
        "某县2024年工作计划", "第一章 总体要求", "一、指导思想", "二、工作目标", "（一）完成投资5亿元", "（二）新增就业300人", "1. 细项", "2. 细项乙",
        "第二章 重点任务", "一、抓好农业", "中间一段普通文字。", "二、继续抓好工业", "① 圈一", "② 圈二"]
    assert not source.diagnostics


def test_a_damaged_list_table_leaves_arabic_digits_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise struct.error
    monkeypatch.setattr("jihua.ingest.office.doc_labels._level", broken)
    source = read_doc(LISTS.read_bytes(), "计划.doc")
    assert lines(source)[1] == "第1章总体要求" and [d.code for d in source.diagnostics] == ["reader-note"]


def test_labels_that_two_levels_could_give_are_left() -> None:
    labels = Labels(LISTS.read_bytes())
    assert labels.own("第12章") == "第十二章 " and labels.own("（3）") == "（三）" and labels.own("第章") is None
    assert Labels(b"no file").own("第1章") is None
    assert all(Labels(LISTS.read_bytes()[:cut]).own("第1章") in (None, "第一章 ") for cut in range(0, 9000, 700))


def listed(label: str, words: str) -> str:
    """A numbered paragraph with its label written out, as Word and LibreOffice have it."""
    return "{\\listtext\\pard\\plain " + label + "\\tab}\\ls1\\ilvl0 " + words + "\\par "


def test_rich_text_shows_its_own_numbers() -> None:
    source = read_rtf(rtf(listed("一、", "总体要求") + listed("（一）", "目标") + listed("1.", "清淤") + listed("\\'b7", "巡查")), "x.rtf")
    assert lines(source) == ["一、总体要求", "（一）目标", "1. 清淤", "巡查"] and not source.diagnostics
    older = read_rtf(rtf("{\\pntext\\f0 二、\\tab}{\\*\\pn\\pnlvlbody\\pnf0}抓好农业\\par "), "x.rtf")
    assert lines(older) == ["二、抓好农业"]


def test_rich_text_without_labels_is_as_it_was() -> None:
    data = rtf("一、总体要求\\par ")
    assert with_labels(data) is data
    hostile = b"{\\rtf1" + b"{\\listtext " * 50_000
    assert with_labels(hostile)[:6] == b"{\\rtf1"


def level(number: int, shown: str, before: str = "", after: str = "", more: str = "") -> str:
    """A level of a list style."""
    return (f'<text:list-level-style-number text:level="{number}" style:num-format="{shown}" style:num-prefix="{before}" '
            f'style:num-suffix="{after}" {more}/>')


def styled(*levels: str) -> str:
    """The list style L."""
    return f'<text:list-style xmlns:style="{STYLE}" style:name="L">{"".join(levels)}</text:list-style>'


def test_opendocument_shows_its_own_numbers() -> None:
    style = styled(level(1, "一, 二, 三, ...", after="、"), level(2, "一, 二, 三, ...", "（", "）"),
                   level(3, "1", after=".", more='text:display-levels="1"'))
    one = ('<text:list text:style-name="L"><text:list-item><text:p>总体要求</text:p><text:list><text:list-item><text:p>目标</text:p>'
           "<text:list><text:list-item><text:p>清淤</text:p><text:p>说明文字</text:p></text:list-item></text:list>"
           "</text:list-item></text:list></text:list-item></text:list><text:p>正文</text:p>")
    more = '<text:list text:continue-numbering="true" text:style-name="L"><text:list-item><text:p>措施</text:p></text:list-item></text:list>'
    again = '<text:list text:style-name="L"><text:list-item text:start-value="5"><text:p>保障</text:p></text:list-item></text:list>'
    source = read_odt(odt(one + more + again, style), "x.odt")
    assert lines(source) == ["一、总体要求", "（一）目标", "1. 清淤", "说明文字", "正文", "二、措施", "五、保障"]
    assert not source.diagnostics


def test_opendocument_headings_show_their_own_numbers() -> None:
    outline = (f'<text:outline-style xmlns:style="{STYLE}" style:name="Outline">'
               '<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-prefix="第" style:num-suffix="章"/>'
               "</text:outline-style>")
    body = "".join(f'<text:h text:outline-level="1">{words}</text:h>' for words in ("总则", "附则"))
    assert lines(read_odt(odt(body, outline), "x.odt")) == ["第一章 总则", "第二章 附则"]
