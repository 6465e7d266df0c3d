"""Words sought in the tables of documents: which sections, tasks and quantities hold them, and in which sentence."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from ..export.cells import sentences
from ..schema import Span
from ..schema.script import places, plain
from .ask import ask

KINDS = {
    "sections": ("text", "text_plain", "'section'"),
    "tasks": ("quote", "quote_plain", "'task'"),
    "quantities": ("sentence", "sentence_plain", "t.status"),
}
"""Tables in which words are sought: column of the words, its plain copy, and what a hit is called."""
_ENDS = "。;!?"
_FOUND = """
SELECT {kind} AS kind, {rank} AS rank, t.document_id, t.plan_id, {section} AS section_id, t.span_start, t.{words} AS words
FROM {table} t JOIN plans p ON p.document_id = t.document_id AND p.plan_id = t.plan_id WHERE {where}"""
_SHOWN = """
WITH first AS (
    SELECT DISTINCT f.document_id, f.plan_id, f.section_id, d.source_uri, p.ordinal AS plan_at, s.ordinal AS section_at,
           p.title, p.place, p.period_edtf, s.path
    FROM ({found}) f
    JOIN plans p ON p.document_id = f.document_id AND p.plan_id = f.plan_id
    JOIN documents d ON d.document_id = f.document_id
    LEFT JOIN sections s ON s.document_id = f.document_id AND s.id = f.section_id
    ORDER BY d.source_uri, f.document_id, plan_at, section_at NULLS FIRST, f.section_id LIMIT ?
)
SELECT f.kind, f.words, g.source_uri, g.title, g.place, g.period_edtf, g.path, g.document_id, g.plan_id, g.section_id
FROM first g JOIN ({found}) f
    ON f.document_id = g.document_id AND f.plan_id = g.plan_id AND f.section_id IS NOT DISTINCT FROM g.section_id
ORDER BY g.source_uri, g.document_id, g.plan_at, g.section_at NULLS FIRST, g.section_id, f.rank, f.span_start, f.kind"""
"""Texts are fetched of the first sections only: a common word stands in millions of rows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is sought: `words` that must all occur, in any of the tables `where`; of plans whose place holds `place`, whose
    period touches `years`, which are of this `kind`; `concept` (or what begins it, `gdp`) and `status` mean quantities."""

    words: tuple[str, ...]
    where: tuple[str, ...] = tuple(KINDS)
    place: str | None = None
    years: tuple[int, int] | None = None
    kind: str | None = None
    concept: str | None = None
    status: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence: `marks` are where the words stand in it, `kinds` what it was found as (`section`, `task`, `target`,
    `actual`); then where it stands."""

    sentence: str
    marks: tuple[Span, ...]
    kinds: tuple[str, ...]
    document: str
    plan: str | None
    place: str | None
    period: str | None
    path: str | None
    document_id: str
    plan_id: str
    section_id: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, and how many sections, tasks, targets and actuals hold the words in all."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]


def search(tables: Path, wanted: Wanted) -> Found:
    """What is sought in a folder of Parquet tables, in order of documents and of their text. Words are compared in their
    plain copies: traditional and simplified characters, full and half width find each other."""
    found, values = _found(wanted)
    with ask(tables, f"SELECT kind, count(*) FROM ({found}) GROUP BY kind ORDER BY kind", values) as answer:
        counts = {str(kind): int(number) for kind, number in answer.rows}
    with ask(tables, _SHOWN.format(found=found), [*values, wanted.limit, *values]) as answer:
        return Found(tuple(islice(_hits(answer.rows, wanted.words), wanted.limit)), counts)


def _found(wanted: Wanted) -> tuple[str, list[object]]:
    """SQL of all that is found, and the values that go into it."""
    parts, values = [], []
    only = ("quantities",) if wanted.concept or wanted.status else wanted.where
    for rank, table in enumerate(name for name in KINDS if name in only):
        words, copy, kind = KINDS[table]
        tests = _tests(wanted, copy, table)
        section = "t.id" if table == "sections" else "t.section_id"
        parts.append(_FOUND.format(kind=kind, rank=rank, section=section, words=words, table=table,
                                   where=" AND ".join(test for test, _ in tests) or "true"))
        values += [value for _, some in tests for value in some]
    return " UNION ALL ".join(parts), values


def _tests(wanted: Wanted, copy: str, table: str) -> list[tuple[str, list[object]]]:
    tests: list[tuple[str, list[object]]] = [(f"contains(t.{copy}, ?)", [plain(word)]) for word in wanted.words]
    if wanted.place:
        tests.append(("contains(p.place_plain, ?)", [plain(wanted.place)]))
    if wanted.years:
        tests.append(("p.first_year <= ? AND p.last_year >= ?", [wanted.years[1], wanted.years[0]]))
    if wanted.kind:
        tests.append(("p.kind = ?", [wanted.kind]))
    if wanted.concept:
        tests.append(("(t.indicator_concept = ? OR starts_with(t.indicator_concept, ? || '.'))", [wanted.concept] * 2))
    if wanted.status:
        tests.append(("t.status = ?", [wanted.status]))
    return tests


def _hits(rows: Iterator[tuple[Any, ...]], words: tuple[str, ...]) -> Iterator[Hit]:
    """One hit a sentence of a section, whatever it was found as."""
    sought = tuple(plain(word) for word in words)
    for _, group in groupby(rows, key=lambda row: row[7:]):
        kinds: dict[str, list[str]] = {}
        first: dict[str, tuple[str, tuple[Any, ...]]] = {}
        for row in group:
            for sentence in _holding(row[1], sought) if row[0] == "section" else [row[1]]:
                core = plain(sentence).rstrip(_ENDS)
                kinds.setdefault(core, []).append(row[0])
                first.setdefault(core, (sentence, row))
        for core, (sentence, row) in first.items():
            yield Hit(sentence, _marks(sentence, sought), tuple(dict.fromkeys(kinds[core])), *row[2:])


def _holding(text: str, sought: tuple[str, ...]) -> list[str]:
    """The sentences with all the words; where they are spread, the first of those with most."""
    every = [(sum(word in copy for word in sought), sentence)
             for sentence in sentences(text) for copy in [plain(sentence)]]
    whole = [sentence for held, sentence in every if held == len(sought)]
    return whole if whole and sought else [max(every, key=lambda one: one[0])[1]] if every else []


def _marks(sentence: str, sought: tuple[str, ...]) -> tuple[Span, ...]:
    """Where the words stand in a sentence, in order; those that overlap are one."""
    copy, at = plain(sentence), places(sentence)
    spans = sorted((at[start], at[start + len(word) - 1] + 1) for word in sought if word
                   for start in _starts(copy, word))
    made: list[Span] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def _starts(copy: str, word: str) -> Iterator[int]:
    at = copy.find(word)
    while at >= 0:
        yield at
        at = copy.find(word, at + len(word))
