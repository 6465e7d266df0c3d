"""Whole files by readable cases (cases/pages.toml): what each plan on them says of itself, and its outline."""
from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jihua
import pytest
from jihua.schema import Document, Plan, Section

CASES = tomllib.loads((Path(__file__).parent / "cases" / "pages.toml").read_text(encoding="utf-8"))["case"]


def _headings(document: Document, sections: Sequence[Section], depth: int = 1) -> Iterator[str]:
    for section in sections:
        if section.number or section.heading:
            yield f"{depth} {section.heading.text if section.heading else ''}"
        yield from _headings(document, section.children, depth + 1)


def _told(document: Document, plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title, "kind": plan.kind, "org": plan.org.text if plan.org else None, "region": plan.region,
        "period": plan.period.edtf if plan.period else None, "issued": plan.issued.edtf if plan.issued else None,
        "signatory": plan.signatory, "outline": list(_headings(document, plan.sections)),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_file(case: dict[str, Any]) -> None:
    document = jihua.convert(case["text"].strip().encode(), uri=case["name"])
    got = [_told(document, plan) for plan in document.plans]
    assert [plan["title"] for plan in got] == [plan["title"] for plan in case["plans"]]
    for plan, want in zip(got, case["plans"], strict=True):
        assert {key: plan[key] for key in want} == {key: value or None for key, value in want.items()}
    for words in case.get("outside", []):
        at = document.text.index(words)
        assert not any(plan.span[0] <= at < plan.span[1] for plan in document.plans)
