"""What must hold for every input: nothing lost, spans inside the text, a whole tree, the same bytes, JihuaError only."""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jihua
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jihua.export.json import dumps, loads
from jihua.ingest.readers import read
from jihua.schema import Document, JihuaError, Plan, Section, Span

FIXTURES = sorted((Path(__file__).resolve().parents[1] / "fixtures").glob("*/source.*"))
EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

NUMBERS = st.sampled_from([
    "一、", "二、", "三、", "（一）", "（二）", "1、", "2．", "3.", "(1)", "①", "第一章 ", "第二条　", "一是", "二是", "第一，", "——", "甲、",
    "壹、", "1.1", "1.1.1 ", "A. ", "十一、", "",
])
PIECES = st.sampled_from([
    "全年完成投资5亿元以上", "增长8%左右", "由85%提高到90%", "每月5日前报送", "2024年6月30日前", "20xx年底", "今年", "力争达到95%", "确保零事故",
    "实现全覆盖", "新增就业３０００人", "县水务局牵头", "加强领导。", "要落实责任；", "开展检查，", "《中华人民共和国森林法》", "〔2023〕5号", "十四五期间",
    "责任单位：县农业农村局", "第一季度", "翻一番", "不超过3.5万元", "1+1", "。", "\n", "\n\n", "\t", "　　", " ", "xx", "****", "……", "(shù)", "?",
    "關於加強綠化工作", "工作计划", "篇2", "# ", "**", "| a | b |\n", "<p>", "&nbsp;", "\ufeff", "\x00", "\u2028", "𠮷", "e\u0301", "—1—",
])
PLANS = st.lists(st.one_of(NUMBERS, PIECES, st.text(max_size=6)), max_size=60).map("".join)
WRAPPED = st.sampled_from(["{}", "---\ntitle: x\n---\n{}", "<html><body><div>{}</div></body></html>", "{}\r\n{}", "# 计划\n{}"])
CHARSETS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])


def check(document: Document) -> None:
    """Everything that must hold for a document, whatever its source."""
    text = document.text
    for plan in document.plans:
        for span, quote in plan.quoted():
            assert 0 <= span[0] <= span[1] <= len(text)
            assert quote is None or text[span[0]:span[1]] == quote
        check_tree(plan, text)
        check_ids(plan)
    for edit in document.edits:
        assert text[edit.at:edit.at + len(edit.after)] == edit.after
    data = dumps(document)
    assert dumps(loads(data)) == data


def check_tree(plan: Plan, text: str) -> None:
    """Sections lie within their parents and in order; headings, numbers and paragraphs do not overlap."""
    def inside(sections: list[Section], low: int, high: int) -> None:
        at = low
        for section in sections:
            assert at <= section.span[0] <= section.span[1] <= high, section.id
            inside(section.children, *section.span)
            at = section.span[1]
    inside(plan.sections, *plan.span)
    ends = 0
    for span in sorted(own(plan)):
        assert span[0] >= ends, f"text at {span} stands in two places of the tree"
        ends = span[1]


def own(plan: Plan) -> Iterator[Span]:
    """The spans of text that the sections hold of their own; empty ones left out."""
    for section in plan.walk():
        if section.heading is not None and not section.inferred:
            yield section.heading.span
        yield from (span for span in section.paragraphs if span[1] > span[0])


def check_ids(plan: Plan) -> None:
    """Identifiers are unique, and those that refer to something refer to something."""
    sections = {section.id for section in plan.walk()}
    hits = [*plan.dates, *plan.targets, *plan.actuals, *plan.tasks, *plan.references]
    ids = {hit.id for hit in hits}
    assert len(ids) == len(hits) and len(sections) == sum(1 for _ in plan.walk())
    assert {hit.section_id for hit in hits} <= sections | {None}
    linked = {i for q in [*plan.targets, *plan.actuals, *plan.tasks] for i in q.date_ids}
    linked |= {i for task in plan.tasks for i in task.target_ids}
    linked |= {q.task_id for q in [*plan.targets, *plan.actuals] if q.task_id}
    assert linked <= ids


def given_back(plan: Plan, text: str) -> set[int]:
    """The characters of a plan's text that its tree gives back: numbers, headings and paragraphs."""
    kept = {i for span in own(plan) for i in range(*span)}
    for section in plan.walk():
        if section.number is not None and not section.inferred:
            at = text.find(section.number.raw, *section.span)
            kept |= set(range(at, at + len(section.number.raw))) if at >= 0 else set()
    return kept


@EXAMPLES
@given(PLANS, WRAPPED)
def test_any_text_is_converted_whole(text: str, wrapped: str) -> None:
    data = wrapped.replace("{}", text).encode("utf-8", "replace")
    try:
        document = jihua.convert(data)
    except JihuaError:
        return
    check(document)
    assert document.source_text() == read(data, "").text


@EXAMPLES
@given(st.binary(max_size=400), st.sampled_from(["", "a.txt", "a.html", "a.md", "a.docx", "a.pdf"]))
def test_any_bytes_are_converted_or_refused(data: bytes, name: str) -> None:
    try:
        document = jihua.convert(data, uri=name)
    except JihuaError as error:
        assert str(error) and error.way_out
        return
    check(document)


@EXAMPLES
@given(PLANS, CHARSETS)
def test_any_charset_gives_the_text_back(text: str, charset: str) -> None:
    data = text.encode(charset, "replace")
    try:
        document = jihua.convert(data, uri="a.txt")
    except JihuaError:
        return
    check(document)
    assert document.source_text() == read(data, "a.txt").text


@EXAMPLES
@given(st.sampled_from(FIXTURES), st.integers(0, 10**6), st.integers(0, 255), st.integers(0, 40))
def test_a_damaged_file_is_converted_or_refused(source: Path, at: int, byte: int, length: int) -> None:
    data = bytearray(source.read_bytes())
    at %= len(data)
    data[at:at + length] = bytes([byte])
    try:
        document = jihua.convert(bytes(data), uri=source.name)
    except JihuaError:
        return
    check(document)


@pytest.mark.parametrize("source", FIXTURES, ids=lambda p: p.parent.name)
def test_the_tree_gives_every_paragraph_back(source: Path) -> None:
    """Of a plan's lines only its title and what opens or signs it may stand outside its sections."""
    document = jihua.convert(source)
    check(document)
    assert document.source_text() == read(source.read_bytes(), source.name).text
    for plan in document.plans:
        body = [i for i in range(*plan.span) if not document.text[i].isspace()]
        lost = [i for i in body if i not in given_back(plan, document.text)]
        lines = {document.text.count("\n", 0, i) for i in lost}
        assert len(lines) <= 4, [document.text.splitlines()[k] for k in sorted(lines)]


HOSTILE = {
    "blanks": " " * 60_000, "wide blanks": "　" * 60_000, "digits": "1" * 100_000, "numerals": "一" * 100_000,
    "one long line": "全年完成投资5亿元，增长8%，" * 20_000, "brackets": "（" * 50_000, "marks": "1、" * 30_000,
    "tags": "<div>" * 5_000 + "text", "stars": "*" * 60_000, "pipes": "|" * 60_000, "days": "2024年" * 30_000,
    "lines": "\n" * 100_000, "levels": "".join(f"{'1.' * k}1 标题\n" for k in range(1, 120)), "questions": "?" * 60_000,
    "percent": "%" * 60_000, "parens": "(a)" * 20_000, "letters": "a" * 100_000, "to": "至1" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_hostile_text_takes_no_time(name: str) -> None:
    data = HOSTILE[name].encode()
    program = "import sys, jihua\ntry: jihua.convert(sys.stdin.buffer.read())\nexcept jihua.schema.JihuaError: pass"
    subprocess.run([sys.executable, "-c", "import jihua.pipeline, jihua.schema\n" + program], input=data, check=True,
                   timeout=60)


@pytest.mark.parametrize("source", FIXTURES, ids=lambda p: p.parent.name)
def test_the_same_source_gives_the_same_bytes_anywhere(source: Path, tmp_path: Path) -> None:
    """Under two hash seeds, time zones, locales and folders."""
    program = ("import sys, jihua\nfrom jihua.export.json import dumps\n"
               "sys.stdout.buffer.write(dumps(jihua.convert(sys.argv[1])))")
    outs = []
    for seed, zone, locale, folder in (("1", "UTC", "C", "a"), ("77", "Asia/Tokyo", "zh_CN.UTF-8", "b")):
        place = tmp_path / folder / source.name
        place.parent.mkdir()
        place.write_bytes(source.read_bytes())
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        outs.append(subprocess.run([sys.executable, "-c", program, place], env=environ, capture_output=True, check=True))
    assert outs[0].stdout == outs[1].stdout and outs[0].stdout
