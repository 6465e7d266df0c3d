"""What must hold of every outline: it gives the plan back, its spans lie within each other, it costs little."""
from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.parse.model import Node, PlanText, lines_of
from jihua.parse.numbering import ordinal, tokens
from jihua.parse.outline import irregularities, outline
from jihua.parse.plans import facts, split
from jihua.parse.view import matching_view
from jihua.schema import Cleaned, Page

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DOCUMENTS = sorted((SHARED / "corpus" / "reports").glob("*.md"))[::40] if SHARED.exists() else []
PIECES = [
    "一、", "二、", "三、", "(一)", "(二)", "1、", "2.", "3．", "①", "②", "一是", "二是", "三是", "第一，", "第二，",
    "第一章 ", "——", "甲、", "壹、", "2.1 ", "A.", "加强领导", "。", "；", "：", "\n", "\n\n", "  ", "抓好落实。",
    "3.5亿元", "目录", "20xx年2月15日", "各位代表", "“", "（", "）", "附件1", "\t",
]
HOSTILE = {
    "blanks": " " * 60_000, "digits": "1" * 100_000, "marks": "1、" * 30_000, "brackets": "(一)" * 20_000,
    "one line": "一、加强领导。" * 20_000, "lines": "1、a\n" * 10_000, "dashes": "——" * 30_000, "nested": "“（《" * 20_000,
    "chinese": "一" * 60_000, "series": "。".join(f"{k}、甲" for k in range(1, 9_000)),
    "same": "工作计划 篇1\n" * 10_000, "tails": "某某" * 20 + "\n" + "九年九月" * 9_000,
    "stems": "".join(f"第{k}组计划1\n抓好各项工作。\n" for k in range(4_000)),
}


def plan_of(text: str) -> PlanText:
    return PlanText(text, matching_view(text), 0, len(text), None, None, lines_of(text, 0, len(text)))


def own_spans(roots: tuple[Node, ...]) -> list[tuple[int, int]]:
    out = []
    for node in (node for root in roots for node in root.walk()):
        if node.mark is not None and not node.inferred:
            out.append((node.mark.start, node.mark.end))
        out += [node.heading] if node.heading else []
        out += node.paragraphs
    return sorted(out)


def gives_back(plan: PlanText, roots: tuple[Node, ...]) -> None:
    spans = own_spans(roots)
    assert all(one[1] <= two[0] for one, two in zip(spans, spans[1:], strict=False))
    title = plan.title_span or (0, 0)
    lines = [line for line in plan.lines if not (title[0] <= line.start and line.end <= title[1])]
    want = "".join(plan.text[line.start:line.end] for line in lines)
    assert re.sub(r"\s", "", "".join(plan.text[a:b] for a, b in spans)) == re.sub(r"\s", "", want)
    for node in (node for root in roots for node in root.walk()):
        for child in node.children:
            assert node.start <= child.start and child.end <= node.end and child.parent is node
        assert node.mark is None or node.inferred or plan.text[node.mark.start:node.mark.end].strip()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_tree_gives_every_line_back(pieces: list[str]) -> None:
    plan = plan_of("".join(pieces))
    roots = outline(plan)
    gives_back(plan, roots)
    irregularities(roots)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_tree(text: str) -> None:
    plan = plan_of(text)
    gives_back(plan, outline(plan))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_source_documents_are_given_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for plan in split(Cleaned(text=text, media_type="text/plain", reader="text"), matching_view(text)):
        gives_back(plan, outline(plan))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_little(text: str) -> None:
    started = time.process_time()
    view = matching_view(text)
    for plan in split(Cleaned(text=text, media_type="text/plain", reader="text"), view):
        outline(plan)
        facts(plan, Page(), [])
    gives_back(plan_of(text), outline(plan_of(text)))
    assert time.process_time() - started < 3.0


@pytest.mark.parametrize(("words", "value"), [
    ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("廿五", 25), ("一百零三", 103), ("九十九", 99), ("㉑", 21), ("⑿", 12), ("丙", 3),
    ("拾贰", 12), ("叁", 3), ("c", 3), ("17", 17), ("Ⅳ", 4), ("二三", None), ("", None),
])
def test_ordinals(words: str, value: int | None) -> None:
    assert ordinal(words) == value


def test_tokens_tell_where_they_stand() -> None:
    text = "一、总则\n(一)1、甲。2、乙。"
    found = tokens(text, lines_of(text, 0, len(text)))
    assert [(text[t.mark.start:t.mark.end], t.first) for t in found] == [
        ("一、", True), ("(一)", True), ("1、", True), ("2、", False)]
