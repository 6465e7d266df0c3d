"""Quotation marks turned to `?`, page marks of sharing sites, figures mixed with letters: mended or told, and nothing else touched."""
from __future__ import annotations

import re
import time

import jihua
import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean
from jihua.schema import Cleaned

PROSE = ("要深入开展“三个一批”活动，落实“一村一策”；推进“厕所革命”“垃圾分类”等工作。\n\n各单位要坚持“谁主管、谁负责”的原则，实施“净水”工程，"
         "打造“宜居、宜业”的社区，做到“应保尽保”。是否完成，年底检查。")


def plain(text: str) -> Cleaned:
    return clean(SourceText(text, "text/plain", "text"))


@pytest.mark.parametrize("mark", ["?", "??"])
def test_lost_quotation_marks_come_back_in_pairs(mark: str) -> None:
    damaged = re.sub("[“”]", mark, PROSE)
    cleaned = plain(damaged)
    left = cleaned.text.count(mark)
    # “谁主管、谁负责” may be a question: its sentence keeps what it has, and the rest of it comes back with the others
    assert left <= 8 and cleaned.text.replace("“", mark).replace("”", mark) == damaged
    assert cleaned.text.startswith(PROSE[:PROSE.index("\n")])
    assert {e.rule for e in cleaned.edits} == {"lost-quote"}


def test_a_law_gets_its_own_marks() -> None:
    cleaned = plain("要贯彻?中华人民共和国安全生产法?，落实?一岗双责?，学习?某某省消防条例?，开展?回头看?活动。")
    assert cleaned.text == "要贯彻《中华人民共和国安全生产法》，落实“一岗双责”，学习《某某省消防条例》，开展“回头看”活动。"
    assert "ambiguous-repair" in {d.code for d in cleaned.diagnostics}


@pytest.mark.parametrize("text", [
    "什么是目标?怎么落实?", "方案可行?不可行?还要论证。", "群众满意吗?是谁的?", "查询地址http://a.example/x?a=1&b=2?c", "你好?世界", "1?18案件", "他问:行不行?行。",
    "要实现“双增?双减”目标", "落实?两手抓，推进各项工作。", "为什么要学?为了什么学?学了做什么?",
])
def test_question_marks_stay(text: str) -> None:
    assert plain(text).text == text


def paged(text: str, size: int) -> str:
    """A text with a site's page marks put in every `size` characters."""
    parts = [text[i:i + size] for i in range(0, len(text), size)]
    return "".join(part + f"{k}、 " if k < len(parts) else part for k, part in enumerate(parts, 1))


LONG = "今年要进一步加强社区服务中心建设，推进网格化管理，落实安全生产责任，改善居民生活条件，提高服务水平，" * 60 + "完成任务。"


def test_page_marks_of_sharing_sites_go() -> None:
    cleaned = plain(paged(LONG, 520))
    assert cleaned.text == LONG
    assert {(e.kind, e.rule) for e in cleaned.edits} == {("page_number", "shared-page-mark")}


def test_also_between_a_number_and_its_title() -> None:
    text = f"一、{LONG}\n\n二、加强领导\n\n{LONG}"
    size = text.index("加强领导", len(LONG)) // 6
    marked = "".join(text[i * size:(i + 1) * size] + f"{i + 1}、 " for i in range(6)) + text[6 * size:]
    at = text.index("二、加强领导")
    marked = marked if "二、6、 加强领导" in marked else "".join(
        part + f"{k}、 " for k, part in enumerate((text[:at // 3], text[at // 3:2 * at // 3], text[2 * at // 3:at + 2]), 1)) + text[at + 2:]
    assert "二、" in marked and plain(marked).text == text


@pytest.mark.parametrize("text", [
    "重点抓好1、 组织建设 2、 思想建设 3、 作风建设 4、 制度建设", "".join(f"\n{k}、 {LONG[:300]}" for k in range(1, 8)).strip(),
    "".join(f"{LONG[:300]}。{k}、 " for k in range(1, 8)) + "完成。", f"{LONG[:500]}1、 {LONG[:500]}2、 {LONG[:500]}",
    "".join(f"{LONG[:size]}{k}、 " for k, size in enumerate((210, 3000, 250, 260, 270), 1)) + LONG[:99],
])
def test_numbers_of_the_text_stay(text: str) -> None:
    assert "shared-page-mark" not in {e.rule for e in plain(text).edits}


@pytest.mark.parametrize(("text", "after"), [
    ("某 某 社 区 工 作 计 划\n\n投 入 3 2 0 万 元 ， 增 长 8 . 5 % 。", "某某社区工作计划\n\n投入320万元，增长8.5%。"),
    ("投入 3 2 0 万元，新建 1 2 个广场，涉及3 000户，1 200 000元", "投入 320 万元，新建 12 个广场，涉及3000户，1200000元"),
    ("一 二 三 四 五 六 日 一 二 三", "一 二 三 四 五 六 日 一 二 三"), ("某 某 计 划", "某 某 计 划"), ("1 2个广场建成", "1 2个广场建成"), ("- - - - - - - - -", "- - - - - - - - -"),
    ("电话 010 8888 1234", "电话 010 8888 1234"), ("2023 1 12 件", "2023 1 12 件"), ("比分3 2，第5 6页", "比分3 2，第5 6页"),
])
def test_blanks_between_characters_and_digits_go(text: str, after: str) -> None:
    assert plain(text).text == after


def test_a_number_parted_in_an_odd_way_has_no_value() -> None:
    document = jihua.convert("某某社区工作计划\n\n一、目标\n\n（一）全年投入32 0万元，新建5个广场。\n".encode(), uri="a.txt")
    assert "damaged-number" in {d.code for d in document.diagnostics}
    assert [t.quote for plan in document.plans for t in plan.targets] == ["5个"]


MIXED = "一、主要目标\n\n（一）2O24年3月底前投入2O3万元，增长l5%，受益达到1S0户以上，改造道路3○公里。\n\n（二）l2月底前转移就业3.8?万人以上，新建5个广场。"


def test_mixed_figures_are_told_and_give_no_value() -> None:
    document = jihua.convert(f"某某社区工作计划\n\n{MIXED}\n".encode(), uri="a.txt")
    told = [(d.code, document.text[d.span[0]:d.span[1]]) for d in document.diagnostics if d.span]
    assert told == [("confusable-number", words) for words in ("2O24年", "2O3万元", "l5%", "1S0户", "3○公里", "l2月")] + [("damaged-number", "3.8?万人")]
    [plan] = document.plans
    assert MIXED in document.text
    assert [t.quote for t in [*plan.targets, *plan.actuals]] == ["5个"] and not plan.dates


@pytest.mark.parametrize("text", [
    "推行5S管理，O2O平台，B2B，H7N9，G20峰会，CO2排放，5G网络，4A级景区，B超，80后，1B座，S7路，二〇二四年，三○五室，iPhone5，A1型，(l)条，3Ol", "3.8万人，1,200元，20xx年，5%O", "他问了3?是的。",
])
def test_names_are_no_figures(text: str) -> None:
    assert not {d.code for d in plain(text).diagnostics} & {"confusable-number", "damaged-number"}


def test_hostile_marks_take_no_time() -> None:
    start = time.perf_counter()
    for text in ("?甲?" * 20_000, "甲1、 " * 30_000, "1O" * 40_000 + "元", "甲? " * 30_000, "O1O1" * 20_000, "".join(f"{LONG[:250]}{k % 999}、 " for k in range(2_000))):
        plain(text)
    assert time.perf_counter() - start < 12


def test_stretches_of_a_document_library_are_one_text_again() -> None:
    one = "乡里防火计划一、" + "抓宣传,进村入户发通知。" * 12 + "各组要"
    two = "把火源管好。二、" + "抓巡查,每天上山走一遍。" * 12
    cleaned = plain(f"乡里防火计划\n\n资源描述:\n\n1、乡里防火计划{one}\n\n2、{two}")
    assert cleaned.text == f"乡里防火计划\n\n乡里防火计划\n乡里防火计划\n{one[6:]}{two}"
    whole = f"乡里防火计划\n\n资源描述:\n\n1、{two}\n\n2、{two}"
    assert "\n\n2、" in plain(whole).text
