"""A document as Markdown (CommonMark with tables) to read: its text in order, the outline as headings with the numbers that
stand there, tables as tables; behind it what was found, as tables. jihua's own reader reads the same outline from it."""
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..schema import Document, Plan, Quantity, Table
from .json import number
from .losses import Report, Written
from .markdown_text import cell, inline, line, printed
from .outline import headed, placed

FORM = "markdown"
FOUND = "jihua：识别结果"
"""Heading of what was found, behind the text."""
_DEEPEST = 6
"""Levels of headings that Markdown has; deeper sections get the last."""
_WIDEST = 100
"""Columns or rows that a merged cell covers at most: a page may claim a million."""
_TITLE = 300
"""Characters beyond which a title is not looked for in the text."""
_PAGE = (("title", "title"), ("author", "author"), ("published", "date"), ("url", "source"), ("site", "site"), ("category", "category"))
"""Facts of the page and how front matter calls them."""


def markdown(document: Document) -> Written:
    """One file `.md`: front matter, the text, what was found. Nothing of the plans is lost; how the text was cleaned is."""
    report = Report(document, FORM)
    if document.edits:
        report.add("/edits", len(document.edits), "cleaning")
    for k, told in enumerate(document.diagnostics):
        report.add(f"/diagnostics/{k}", told.code, "diagnostic")
    parts = [front_matter(document), text(document), found(document)]
    return report.written([(".md", "\n".join(part for part in parts if part).encode())])


def front_matter(document: Document) -> str:
    """What the page says of itself, as YAML between two lines of dashes; empty where it says nothing."""
    page = document.page
    rows = [f"{name}: {json.dumps(printed(value), ensure_ascii=False)}" for field, name in _PAGE if (value := getattr(page, field))]
    return "\n".join(["---", *rows, "---", ""]) if rows else ""


@dataclass(slots=True)
class _Piece:
    """A stretch of the text that becomes a heading (`level` from 1), a table, or, empty, words that the page has for
    what is missing there."""

    start: int
    end: int
    level: int = 0
    table: Table | None = None
    words: str = ""


def text(document: Document) -> str:
    """The whole text in order, a paragraph a line, its titles, headings and tables as such."""
    out: list[str] = []
    at = 0
    for piece in _pieces(document):
        if piece.start < at:            # a heading in a table, or one that begins in another's line
            continue
        out += _paragraphs(document.text[at:piece.start])
        out += _table(piece.table) if piece.table else [_lined(piece)]
        at = piece.end
    out += _paragraphs(document.text[at:])
    return "\n\n".join(out) + "\n"


def _lined(piece: _Piece) -> str:
    return f"{'#' * piece.level} {inline(piece.words)}" if piece.level else line(piece.words)


def _pieces(document: Document) -> list[_Piece]:
    pieces = [_Piece(*table.span, table=table) for table in document.tables if table.rows]
    for gap in document.completeness.gaps:
        if gap.quote not in document.text[max(0, gap.at - len(gap.quote)):gap.at + len(gap.quote)]:
            pieces.append(_Piece(gap.at, gap.at, words=gap.quote))
    for plan in document.plans:
        pieces += _title(document.text, plan)
        for _, depth, section in placed(plan, ""):
            if section.heading:
                start, end = min(section.span[0], section.heading.span[0]), section.heading.span[1]
                words = document.text[start:end]
                if "".join(words.split()) != "".join(headed(section).split()):      # the number stands elsewhere
                    start, words = section.heading.span[0], section.heading.text
                pieces.append(_Piece(start, end, min(depth + 2, _DEEPEST), words=words.strip()))
    return sorted(pieces, key=lambda piece: (piece.start, piece.table is None, -piece.end))


def _title(text: str, plan: Plan) -> list[_Piece]:
    """The plan's title where it stands in its text as a line, or as several."""
    letters = "".join((plan.title or "").split())
    if not 0 < len(letters) <= _TITLE:
        return []
    found = re.compile(r"\s*".join(map(re.escape, letters))).search(text, *plan.span)
    if not found or text[found.start() - 1:found.start()] not in ("\n", "") or text[found.end():found.end() + 1] not in ("\n", ""):
        return []
    return [_Piece(*found.span(), 1, words=plan.title or "")]


def _paragraphs(words: str) -> list[str]:
    return [line(one) for one in words.split("\n") if one.strip(" \t")]


def _table(table: Table) -> list[str]:
    rows = _spread(table)
    return ["\n".join(_grid(rows[0], rows[1:]))]


def _spread(table: Table) -> list[list[str]]:
    """The rows, all of one width: a merged cell stands at its upper left, the places that it covers are empty."""
    taken: set[tuple[int, int]] = set()
    rows: list[list[str]] = []
    for r, row in enumerate(table.rows):
        words: dict[int, str] = {}
        c = 0
        for one in row:
            while (r, c) in taken:
                c += 1
            words[c] = one.text
            taken |= {(r + down, c + right) for down in range(min(one.row_span, len(table.rows) - r, _WIDEST))
                      for right in range(min(one.col_span, _WIDEST))}
            c += 1
        rows.append([words.get(k, "") for k in range(max(words, default=0) + 1)])
    width = max((c + 1 for _, c in taken), default=1)
    return [row + [""] * (width - len(row)) for row in rows]


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    first = [cell(words) for words in head]
    yield f"| {' | '.join(first)} |"
    yield f"|{' --- |' * len(first)}"
    for row in rows:
        yield f"| {' | '.join(cell(words) for words in row)} |"


def found(document: Document) -> str:
    """Facts, tasks, figures, dates and references of each plan as tables, behind a rule; empty without plans."""
    out: list[str] = []
    for plan in document.plans:
        for name, head, rows in _lists(plan):
            if rows:
                out += [f"**{inline(name)}**", "\n".join(_grid(head, rows))]
    return "\n\n".join(["\n---", f"## {FOUND}", *out]) + "\n" if out else ""


def _lists(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    facts = {"标题": plan.title, "类型": plan.kind, "单位": plan.org and plan.org.text, "地区": plan.region,
             "时段": plan.period and plan.period.edtf, "印发": plan.issued and plan.issued.edtf, "签署": plan.signatory}
    yield f"{plan.id} 概要", ("项", "值"), [(name, value) for name, value in facts.items() if value]
    yield f"{plan.id} 任务", ("编号", "章节", "任务", "责任", "配合", "对象", "期限", "重复"), [
        (task.id, task.section_id or "", task.quote, "、".join(task.actors), "、".join(task.partners), task.audience or "",
         task.due or "", task.rrule or "") for task in plan.tasks]
    for name, figures in (("目标", plan.targets), ("现状", plan.actuals)):
        yield f"{plan.id} {name}", ("编号", "章节", "指标", "比较", "数值", "单位", "变化", "基数", "频率", "期限", "语气", "原文"), [
            _figure(figure) for figure in figures]
    yield f"{plan.id} 时间", ("编号", "章节", "原文", "类型", "读法", "确定为", "作用"), [
        (date.id, date.section_id or "", date.quote, date.type, date.rrule or date.value or date.edtf or "",
         date.resolved or "", date.role) for date in plan.dates]
    yield f"{plan.id} 引用", ("编号", "章节", "原文", "类型", "文号"), [
        (cited.id, cited.section_id or "", cited.quote, cited.kind, cited.number or "") for cited in plan.references]


def _figure(figure: Quantity) -> tuple[str, ...]:
    value = number(figure.value) + (f"–{number(figure.value_high)}" if figure.value_high is not None else "")
    base = f"{number(figure.baseline.value)}{figure.baseline.unit}" if figure.baseline else ""
    named = figure.indicator.text if figure.indicator else ""
    if figure.indicator and figure.indicator.concept:
        named += f"（{figure.indicator.concept}）"
    return (figure.id, figure.section_id or "", named, figure.op, value, figure.unit, figure.change or "", base,
            figure.per or "", figure.due or "", figure.modality or "", figure.quote)
