"""Markdown: read back it has the same text and outline; words of the document never become marks."""
from __future__ import annotations

from functools import cache
from pathlib import Path

import jihua
import pytest
from hostile_words import COMMON, GOLDENS, HOSTILE, document, twisted
from hypothesis import given, settings
from hypothesis import strategies as st
from jihua.export.losses import Written
from jihua.export.markdown import FOUND, front_matter, markdown, text
from jihua.export.markdown_text import cell, inline, line
from jihua.schema import Cell, Document, Section, Table
from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable("table")
KINDS = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "inline", "hr", "text", "strong"}
FIXED = settings(max_examples=150, deadline=None, derandomize=True)
Tree = list[tuple[object, ...]]


def outline(sections: list[Section]) -> Tree:
    return [(s.number and s.number.raw, s.number and s.number.style, s.heading and "".join(s.heading.text.split()), outline(s.children))
            for s in sections]


def numbered(tree: Tree, depth: int = 0) -> Tree:
    return [row for raw, _, heading, children in tree
            for row in ([(depth, raw, heading)] if raw else []) + numbered(children, depth + 1)]    # type: ignore[arg-type]


def whole(written: Written) -> str:
    [(name, data)] = written.parts
    assert name == ".md"
    return data.decode()


def tokens(words: str) -> list[Token]:
    """All tokens of the words behind the front matter, those within lines too."""
    body = words.split("\n---\n", 1)[1] if words.startswith("---\n") else words
    return [one for token in READER.parse(body) for one in (token, *(token.children or ()))]


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_read_back_it_is_the_same_text_and_outline(path: Path) -> None:
    found = document(path)
    written = markdown(found)
    assert markdown(found) == written
    body = front_matter(found) + "\n" + text(found)
    assert whole(written).startswith(body)
    back = jihua.convert(body.encode(), uri="plan.md")
    assert "".join(back.text.split()) == "".join(found.text.split())
    assert [outline(plan.sections) for plan in back.plans] == [outline(plan.sections) for plan in found.plans]
    assert [plan.title for plan in back.plans] == [plan.title for plan in found.plans]


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_what_was_found_leaves_the_numbered_outline_alone(path: Path) -> None:
    found = document(path)
    back = jihua.convert(whole(markdown(found)).encode(), uri="plan.md")
    assert [numbered(outline(plan.sections)) for plan in back.plans] == [numbered(outline(plan.sections)) for plan in found.plans]


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_commonmark_sees_headings_tables_and_paragraphs_only(path: Path) -> None:
    kinds = {one.type.removesuffix("_open").removesuffix("_close") for one in tokens(whole(markdown(document(path))))}
    assert kinds <= KINDS


def test_everything_found_stands_in_a_table() -> None:
    found = document(next(path for path in GOLDENS if path.parent.name == "report"))
    rows = whole(markdown(found)).partition(f"## {FOUND}")[2].splitlines()
    for plan in found.plans:
        for hit in (*plan.tasks, *plan.targets, *plan.actuals, *plan.dates, *plan.references):
            assert sum(row.startswith(f"| {hit.id} |") and cell(hit.quote) in row for row in rows) == 1
    growth = next(row for row in rows if "gdp.growth" in row and "7.5%左右" in row)
    assert "| approx | 7.5 | % | increase |" in growth


@pytest.mark.parametrize("character", HOSTILE, ids=ascii)
@pytest.mark.parametrize("path", [path for path in GOLDENS if path.parent.name in ("duties_html", "village", "damaged")],
                         ids=lambda path: path.parent.name)
def test_hostile_characters_stay_words(path: Path, character: str) -> None:
    found = twisted(path.read_bytes(), dict.fromkeys(COMMON, character))
    made = whole(markdown(found))
    kinds = {one.type.removesuffix("_open").removesuffix("_close") for one in tokens(made)}
    assert kinds <= KINDS, character
    assert _counted(made) == _plain(path)


@FIXED
@given(st.lists(st.one_of(st.sampled_from([*HOSTILE, "```", "---", "===", "1.", "- ", "+ ", "](x)", "<!--", "-->", "&lt;", "&#60;", "**", "__",
                                           "http://a", "    ", "\n", ":--", "[^1]:", "<br>"]), st.characters(exclude_categories=["Cs"]),
                          st.sampled_from(COMMON))).map("".join))
def test_any_line_is_a_paragraph_of_the_same_words(words: str) -> None:
    made = line(words)
    assert "\n" not in made
    if not made:
        return
    found = READER.parse(f"前文\n\n{made}\n\n后文")
    assert [one.type for one in found] == ["paragraph_open", "inline", "paragraph_close"] * 3
    [child] = [one for one in found[4].children or [] if one.type != "text"] or [None]
    assert child is None or child.type == "text_special"
    shown = "".join(one.content for one in found[4].children or [])
    assert shown.split() == "".join("\ufffd" if c in "\x00" else c for c in _printed(words)).split()


@FIXED
@given(st.text(st.sampled_from([*HOSTILE, *COMMON]), min_size=1, max_size=30))
def test_a_heading_and_a_cell_hold_any_words(words: str) -> None:
    heading = READER.parse(f"## {inline('一、' + words)}")
    assert [one.type for one in heading] == ["heading_open", "inline", "heading_close"]
    table = READER.parse(f"| {cell(words)} | {cell('乙')} |\n| --- | --- |\n| {cell(words)} | 丁 |")
    assert sum(one.type in ("th_open", "td_open") for one in table) == 4


def test_marks_are_read_back_by_jihuas_own_reader() -> None:
    words = "&lt; &amp;lt; [甲](http://x) ![乙](y) **丙** `丁` <br> ~~戊~~ | 己 \\* <!-- 庚 --> # 辛 [^1] __壬__"
    source = f"# 某镇工作计划\n\n一、目标\n\n{line('甲方' + words)}\n"
    assert words in jihua.convert(source.encode(), uri="plan.md").text


def test_merged_cells_keep_their_columns_and_claims_are_bounded() -> None:
    cells = [[("甲", 2, 1), ("乙", 1, 2)], [("丙", 1, 1), ("丁", 1, 1)], [("戊", 1, 10 ** 9)]]
    rows = [[Cell(text=words, span=(0, 1), row_span=down, col_span=right) for words, down, right in row] for row in cells]
    table = Table(id="t1", span=(0, 5), header=[], rows=rows)
    base = document(GOLDENS[0])
    made = text(base.model_copy(update={"text": "甲乙丙丁戊", "plans": [], "tables": [table], "edits": []}))
    first, _, second, third = made.strip().splitlines()
    assert first.startswith("| 甲 | 乙 |") and second.startswith("|   | 丙 | 丁 |") and third.startswith("| 戊 |")
    assert len(made) < 2000


def test_deep_outlines_end_at_the_sixth_level() -> None:
    marks = ["第一章 总则", "一、甲", "（一）乙", "1．丙", "（1）丁", "①戊"]
    found = jihua.convert(("深山县工作计划\n" + "\n".join(f"{mark}的安排\n{mark[-1]}方面要落实。" for mark in marks)).encode(), uri="a.txt")
    levels = [len(row) - len(row.lstrip("#")) for row in text(found).splitlines() if row.startswith("##")]
    assert levels == sorted(levels) and max(levels) == 6


def test_losses_are_only_of_cleaning_and_diagnostics() -> None:
    for path in GOLDENS:
        assert {loss.why for loss in markdown(document(path)).losses} <= {"cleaning", "diagnostic"}


def _counted(words: str) -> list[int]:
    found = [one.type for one in tokens(words)]
    return [found.count(kind) for kind in ("table_open", "tr_open", "heading_open")]


@cache
def _plain(path: Path) -> list[int]:
    """The counts of a fixture as it is."""
    return _counted(whole(markdown(document(path))))


def _printed(words: str) -> str:
    from jihua.export.markdown_text import printed
    return printed(words.strip(" \t\n"))


def _empty(base: Document) -> Document:
    return base.model_copy(update={"text": "", "plans": [], "tables": [], "edits": []})


def test_an_empty_document_is_an_empty_page() -> None:
    assert tokens(whole(markdown(_empty(document(GOLDENS[0]))))) == []
