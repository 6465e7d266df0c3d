"""Damage by inserted glosses, made by the simulator, and by hand; what merely looks like it stays."""
from __future__ import annotations

from pathlib import Path

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean
from jihua.schema import Cleaned

GLOSSES = {"網": "wǎng", "鄉": "xiāng", "鎮": "zhèn", "創": "chuàng", "設": "shè", "實": "shí", "現": "xiàn", "發": "fā", "會": "huì", "業": "yè", "區": "qū",
           "驅": "qū", "側": "cè", "於": "yú", "處": "chù", "國": "guó", "經": "jīng", "濟": "jì", "學": "xué", "習": "xí", "務": "wù", "動": "dòng"}
PROSE = ("全鎮農業發展取得新成績，鄉村道路建設基本完成。\n\n一、主要任務\n\n向實現小康目標邁進，創建學習型社區；加強網格化管理，為居民服務。\n\n"
         "二、保障措施\n\n各部門要認真落實責任，定期檢查，確保任務完成。經濟工作會議部署的事項，要逐項辦理，及時反饋。")


def plain(text: str) -> Cleaned:
    return clean(SourceText(text, "text/plain", "text"))


def simulate(text: str) -> str:
    """The simulator of this folder, loaded by path: test modules here are not a package."""
    import importlib.util
    spec = importlib.util.spec_from_file_location("simulate", Path(__file__).with_name("simulate.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.damaged(text, GLOSSES))


def test_simulated_damage_is_undone() -> None:
    damaged = simulate(PROSE)
    assert damaged.count("(") > 15
    cleaned = plain(damaged)
    assert cleaned.text == PROSE
    assert {e.kind for e in cleaned.edits} <= {"gloss", "lost_byte"}
    assert cleaned.completeness.complete


@pytest.mark.parametrize(("text", "repaired"), [
    ("上網(wǎng)查詢", "上網查詢"),
    ("鄉(xiāng)鎮(zhèn)建設(shè)", "鄉鎮建設"),
    ("加強建設(jiànshè)工作", "加強建設工作"),
    ("網(wǎng)絡；向?qū)崿F(xiàn)目標前進", "網絡；向實現目標前進"),
])
def test_glosses_by_hand(text: str, repaired: str) -> None:
    assert plain(text).text == repaired


def test_a_swallowed_digit_is_lost_and_said_to_be() -> None:
    cleaned = plain("全鎮(zhèn)總?cè)丝?480人，其中農業人口300人。")
    assert cleaned.text == "全鎮總人口\ufffd480人，其中農業人口300人。"
    at = cleaned.text.index("\ufffd")
    assert any(a <= at < b for a, b in cleaned.damaged)
    assert "lost-byte" in {d.code for d in cleaned.diagnostics}
    assert not cleaned.completeness.complete and len(cleaned.completeness.gaps) == 1


@pytest.mark.parametrize("text", [
    "（三）加强领导", "管理办法(试行)", "会议室(room)", "总量(GDP)", "咖啡(ka3)", "是什么?怎么做?", "甪(lù)直古镇保护规划", "硚(qiáo)口区工作计划",
    "真的可行吗?可行)", "拼音教学:学习a、o、e(ā、ō、ē)。", "价格(de)说明",
])
def test_real_brackets_stay(text: str) -> None:
    assert plain(text).text == text


def misread(text: str) -> str:
    """UTF-8 read as GBK, with U+FFFD for each byte that GBK has no character for."""
    data, out, at = text.encode(), [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        try:
            out.append(data[at:at + size].decode("gb18030"))
            at += size
        except UnicodeDecodeError:
            out.append("\ufffd")
            at += 1
    return "".join(out)


def test_misread_utf8_is_restored_beside_clean_text() -> None:
    clean_part = "第一部分是好的。\n"
    page = "今年的主要任务是加强基层建设，推进一项新的工作，办好一批实事。完成全年目标，确保一切顺利。"
    cleaned = plain(clean_part + misread(page) + "\n最后一段也是好的。")
    assert cleaned.text == clean_part + page + "\n最后一段也是好的。"
    assert {e.kind for e in cleaned.edits} == {"mojibake"}


SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CLEAN = [f for name in ("reports", "plans", "five-year") for f in sorted((SHARED / name).glob("*.md"))[::12]] if SHARED.exists() else []


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_clean_documents_keep_their_body(path: Path) -> None:
    """No repair, no gap and no furniture but a caption in documents that have none."""
    from jihua.ingest.readers import read
    cleaned = clean(read(path.read_bytes(), path.name))
    touched = [e for e in cleaned.edits if e.kind in ("gloss", "lost_byte", "mojibake", "gap_marker", "page_number")]
    assert not touched
    assert all(len(e.before) < 40 for e in cleaned.edits if e.kind == "boilerplate")
    assert cleaned.completeness.complete and not cleaned.damaged


def test_a_shift_without_a_gloss_is_undone_on_a_page_that_has_glosses() -> None:
    cleaned = plain("鄉(xiāng)鎮(zhèn)工作\n\n落實責任，加強考核??茖W習。這樣可以嗎?可以。")
    assert cleaned.text == "鄉鎮工作\n\n落實責任，加強考核。科學習。這樣可以嗎?可以。"
    assert "ambiguous-repair" in {d.code for d in cleaned.diagnostics}
    assert plain("加強考核??茖W習。").text == "加強考核??茖W習。"      # nothing tells here what has come over the page


def test_a_shift_that_begins_in_the_blank_before_a_mark_is_undone_on_any_page() -> None:
    cleaned = plain("一、工作任務。\n?。ㄒ唬┚C合治理河道。\n1.清淤。\n?。ǘ┬袠I監管。\n1.巡查。\n?知道了嗎。")
    assert cleaned.text == "一、工作任務。\n　（一）綜合治理河道。\n1.清淤。\n　（二）行業監管。\n1.巡查。\n?知道了嗎。"
    assert {e.kind for e in cleaned.edits} == {"lost_byte"}
