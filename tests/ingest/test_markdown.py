"""Markdown: the whole file is source text, its blocks say what the marks mean."""
from __future__ import annotations

import pytest
from jihua.ingest.text.front_matter import front_matter
from jihua.ingest.text.markdown import read_markdown

HEAD = """---
title: 某镇 2021 年工作要点
authors:
  - 某镇党委
  - 某镇政府
date: 2021-02-03
source: https://town.example/plan.htm
categories: [规范性文件]
---
"""


def kinds(text: str) -> list[tuple[str, int, str]]:
    source = read_markdown(text.encode(), "a.md")
    assert source.text == text
    return [(b.kind, b.level, text[b.start:b.end]) for b in source.blocks]


def test_front_matter_is_metadata_and_furniture() -> None:
    source = read_markdown((HEAD + "\n正文。").encode(), "a.md")
    page = source.page
    assert (page.title, page.author, page.published) == ("某镇 2021 年工作要点", "某镇党委、某镇政府", "2021-02-03")
    assert (page.url, page.site, page.category) == ("https://town.example/plan.htm", None, "规范性文件")
    assert [b.kind for b in source.blocks] == ["furniture"] * 9 + ["paragraph"]


def test_a_source_that_is_no_address_is_the_site() -> None:
    page = front_matter("---\nsource: 某镇政务网\nlink: https://a.example\n发文机关: 某局\npublished: 2021年3月5日 08:30\n---\n").page
    assert (page.site, page.url, page.author, page.published) == ("某镇政务网", "https://a.example", "某局", "2021-03-05T08:30")


@pytest.mark.parametrize("date", ["2021-13-45", "20xx-01-02", "2021-02-30", "去年", ""])
def test_impossible_dates_are_left_out(date: str) -> None:
    assert front_matter(f"---\ntitle: 甲\ndate: {date}\n---\n").page.published is None


def test_broken_yaml_gives_its_plain_lines_and_a_note() -> None:
    found = front_matter("---\ntitle: 要点：甲: 乙\n bad: [\nauthor: 某局\n----\n正文")
    assert found.end > 0 and found.page.author == "某局" and found.page.title == "要点：甲: 乙"
    assert [d.code for d in found.diagnostics] == ["reader-note"]


@pytest.mark.parametrize("text", ["---\n第一部分\n---\n正文", "正文\n---\ntitle: 甲\n---\n", "---\ntitle: 甲\n", "--- title\n"])
def test_rules_are_no_front_matter(text: str) -> None:
    assert front_matter(text).end == 0


def test_nested_yaml_does_not_exhaust_the_stack() -> None:
    found = front_matter("---\ntitle: 甲\nx: " + "[" * 20000 + "\n---\n")
    assert found.page.title == "甲" and found.diagnostics


def test_headings_lists_quotes_and_rules() -> None:
    text = ("# 要点\n\n##二、措施\n\n**三、保障**\n\n- 甲\n  - 乙\n1. 丙\n> 引文\n>\n* * *\n　　正文 **重点** 。\n#3 号楼\n"
            "标题\n====\n\n第一句。\n---\n")
    assert kinds(text) == [
        ("heading", 1, "# 要点"), ("heading", 2, "##二、措施"), ("paragraph", 0, "**三、保障**"), ("list_item", 1, "- 甲"),
        ("list_item", 2, "- 乙"), ("paragraph", 0, "1. 丙"), ("quote", 0, "> 引文"), ("furniture", 0, ">"),
        ("furniture", 0, "* * *"),
        ("paragraph", 0, "正文 **重点** 。"), ("paragraph", 0, "#3 号楼"), ("heading", 1, "标题"), ("furniture", 0, "===="),
        ("paragraph", 0, "第一句。"), ("furniture", 0, "---")]


def test_only_whole_bold_lines_are_bold() -> None:
    source = read_markdown("**一、目标**\n**甲** 和 **乙**\n__二、措施__\n** 丙 **\n".encode(), "a.md")
    assert [b.bold for b in source.blocks] == [True, False, True, False]


def test_folded_contents_comments_images_and_tags() -> None:
    text = ("<!-- 来源 -->\n<!-- 多行\n注 -->\n<details>\n<summary>目录</summary>\n\n- 第一章\n  - 第一节\n\n</details>\n"
            "![图](a.png)\n<br>\n<center>附件</center>\n<details>\n<summary>专栏一</summary>\n说明。\n</details>\n"
            "[1]: https://a.example\n")
    assert kinds(text) == [
        ("furniture", 0, "<!-- 来源 -->"), ("furniture", 0, "<!-- 多行"), ("furniture", 0, "注 -->"), ("furniture", 0, "<details>"),
        ("furniture", 0, "<summary>目录</summary>"), ("toc", 1, "- 第一章"), ("toc", 2, "- 第一节"), ("furniture", 0, "</details>"),
        ("furniture", 0, "![图](a.png)"), ("furniture", 0, "<br>"), ("paragraph", 0, "<center>附件</center>"),
        ("furniture", 0, "<details>"), ("paragraph", 0, "<summary>专栏一</summary>"), ("paragraph", 0, "说明。"),
        ("furniture", 0, "</details>"), ("furniture", 0, "[1]: https://a.example")]


def test_footnotes_and_fences() -> None:
    assert [k for k, _, _ in kinds("正文[^1]。\n\n[^1]: 注一\n  续注\n[1]“四早”：说明\n")] == [
        "paragraph", "footnote", "footnote", "paragraph"]
    assert [k for k, _, _ in kinds("```\n# 甲\n```\n# 乙\n")] == ["furniture", "paragraph", "furniture", "heading"]


def test_pipe_tables() -> None:
    text = "| 任务 | 时限 |\n| --- | :--: |\n| 修路 | 6月底前 |\n| a \\| b | |\n\n甲 | 乙\n"
    source = read_markdown(text.encode(), "a.md")
    table, = source.tables
    assert table.header == ["任务", "时限"] and [[c.text for c in row] for row in table.rows] == [
        ["任务", "时限"], ["修路", "6月底前"], ["a \\| b", ""]]
    assert all(text[c.span[0]:c.span[1]] == c.text for row in table.rows for c in row)
    assert [(b.kind, b.place) for b in source.blocks][2:5] == [
        ("furniture", "line 2"), ("cell", "table 1 row 2 cell 1"), ("cell", "table 1 row 2 cell 2")]
    assert source.blocks[-1].kind == "paragraph"
    bare = read_markdown("任务 | 时限\n---|---\n修路 | 年底".encode(), "a.md")
    assert [[c.text for c in row] for row in bare.tables[0].rows] == [["任务", "时限"], ["修路", "年底"]]
