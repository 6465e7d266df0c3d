"""Text read in another charset comes back, whole or in part; what merely holds such letters stays."""
from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean
from jihua.schema import Cleaned, Page

HANS = ("某某社区今年工作计划\n\n一、主要任务\n\n今年要加强社区服务中心建设，办好三件实事，每月开展一次安全检查；发现隐患，及时整改。力争年底前完成道路改造5公里，总投入"
        "320万元，比上年增长8%。\n\n二、保障措施\n\n各单位要明确责任，定期报送进度，确保各项任务落到实处。")
HANT = ("某某社區今年工作計畫\n\n一、主要任務\n\n今年要加強社區服務中心建設，辦好三件實事，每月開展一次安全檢查；發現隱患，及時整改。力爭年底前完成道路改造5公里，總投入"
        "320萬元，比上年增長8%。\n\n二、保障措施\n\n各單位要明確責任，定期報送進度，確保各項任務落到實處。")
BESIDE = "本段没有损坏，共有12条，“三个一批”——全部完成。"
ALL = ("utf8-as-latin1", "utf8-as-cp1252", "utf8-twice", "gbk-as-latin1", "big5-as-latin1", "big5-as-gbk", "entities-of-bytes",
       "percent-u", "backslash-u")
MOST = {"utf8-as-gbk": .95, "utf8-as-cp1252-fffd": .97, "utf8-as-cp1252-?": .97, "gbk-as-big5": .94, "gbk-as-cp950": .92}   # bytes are lost


def kinds() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("simulate", Path(__file__).with_name("simulate.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.KINDS)


KINDS = kinds()


def damage(kind: str, text: str) -> str:
    made = KINDS[kind](text)    # type: ignore[operator]
    return str(made)


def plain(text: str) -> Cleaned:
    return clean(SourceText(text, "text/plain", "text"))


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == {*ALL, *MOST}


@pytest.mark.parametrize("kind", ALL)
def test_a_whole_text_comes_back(kind: str) -> None:
    text = HANT if kind.startswith("big5") else HANS
    cleaned = plain(damage(kind, text))
    assert cleaned.text == text
    assert cleaned.edits and cleaned.completeness.complete


@pytest.mark.parametrize("kind", ALL)
def test_a_part_comes_back_and_the_rest_stays(kind: str) -> None:
    text = HANT if kind.startswith("big5") else HANS
    cleaned = plain(f"{BESIDE}\n\n{damage(kind, text)}\n\n{BESIDE}")
    assert cleaned.text == f"{BESIDE}\n\n{text}\n\n{BESIDE}"


@pytest.mark.parametrize("kind", MOST)
def test_where_bytes_are_lost_the_rest_comes_back_and_the_loss_is_told(kind: str) -> None:
    cleaned = plain(f"{BESIDE}\n\n{damage(kind, HANS)}\n\n{BESIDE}")
    assert cleaned.text.startswith(BESIDE) and cleaned.text.endswith(BESIDE)
    body = cleaned.text[len(BESIDE) + 2:-len(BESIDE) - 2]
    lost = body.count("\ufffd")
    assert len(body) == len(HANS)
    assert sum(a == b for a, b in zip(body, HANS, strict=True)) >= MOST[kind] * len(HANS)
    assert all(a in (b, "\ufffd") for a, b in zip(body, HANS, strict=True) if not ("\u4e00" <= b <= "\u9fff"))
    assert lost == sum(gap.chars or 0 for gap in cleaned.completeness.gaps)
    assert ("lost-byte" in {d.code for d in cleaned.diagnostics}) == (lost > 0) == bool(cleaned.damaged)


@pytest.mark.parametrize("text", [
    "参观Café，学习Münchner Straße的做法，费用20€，±5℃。", "français, déjà, À propos; El Niño; Ångström; naïve", "温度20°C，10×5，A·B，§3，“引”、‘用’——……",
    "学习日语：あいうえお、カタカナ，ありがとう。", "注音：ㄅㄆㄇㄈ，ㄛㄜㄝ。", "俄文Россия，希腊文αβγδ。", "公路330公里，楼330室，率5%，值12元，元3，漏1处", "路径C:\\user\\unit，折扣20%unit",
    "▲top\nあいうえお、カタカナ\n" + "\n".join(f"#{k} linghua 於 2013/12/28 21:29\n王昆 於 2014" for k in range(9)), "什么????怎么办", "一锟斤拷也没有", "图标\ue600\ue601\ue602与文字", "表格│├─┤┼",
])
def test_foreign_letters_stay(text: str) -> None:
    assert plain(text).text == text
    assert plain(f"{HANS}\n\n{text}").text == f"{HANS}\n\n{text}"


def test_clean_words_beside_misread_ones_are_not_read_as_two_bytes() -> None:
    text = "公路330公里，楼330室，漏1处，总值330亿元。"
    cleaned = plain(f"{text}\n{damage('utf8-as-gbk', HANS)}\n{text}")
    assert cleaned.text.startswith(text) and cleaned.text.endswith(text)


def test_a_page_in_simplified_script_gets_no_traditional_characters() -> None:
    assert "增長" not in plain(damage("utf8-as-gbk", HANS * 3 + "5年增长59.6%，5年增长59.6%。")).text


def test_text_that_became_replacement_marks_is_a_gap() -> None:
    cleaned = plain("今年要完成锟斤拷锟斤拷锟斤拷任务，投入20万元。")
    assert cleaned.text == "今年要完成\ufffd\ufffd\ufffd任务，投入20万元。"
    assert [gap.chars for gap in cleaned.completeness.gaps] == [3]


def test_question_marks_for_lost_words_are_a_gap_and_stay() -> None:
    text = "今年要完成????任务，投入20万元。"
    cleaned = plain(text)
    assert cleaned.text == text and [gap.chars for gap in cleaned.completeness.gaps] == [4]
    assert [d.code for d in cleaned.diagnostics] == ["lost-byte"]


@pytest.mark.parametrize("kind", ["utf8-as-latin1", "gbk-as-latin1", "utf8-as-gbk", "backslash-u", "utf8-twice"])
def test_the_fields_of_a_page_are_read_back_with_its_text(kind: str) -> None:
    title, site = "某某社区今年工作计划", "某某计划资料"
    page = Page(title=damage(kind, title), site=damage(kind, site), author="王某", breadcrumb=[damage(kind, title)])
    cleaned = clean(SourceText(damage(kind, HANS), "text/html", "html", page=page))
    assert cleaned.page.title == title and cleaned.page.breadcrumb == [title]
    assert cleaned.page.site == site and cleaned.page.author == "王某"
    untouched = clean(SourceText(HANS, "text/html", "html", page=page))
    assert untouched.page.title == page.title
