"""The plans on a page by readable cases (cases/plans.toml)."""
from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jihua.parse.dates import find_dates
from jihua.parse.plans import facts, split
from jihua.parse.view import matching_view
from jihua.schema import Cleaned, Page

CASES = tomllib.loads((Path(__file__).parent / "cases" / "plans.toml").read_text(encoding="utf-8"))["case"]
KEYS = ("kind", "period", "issued", "org", "region", "signatory", "year")


def read(text: str, page: str | None = None) -> list[dict[str, Any]]:
    cleaned = Cleaned(text=text, media_type="text/plain", reader="text", page=Page(title=page))
    view = matching_view(text)
    out = []
    for plan in split(cleaned, view):
        known = facts(plan, cleaned.page, find_dates(view, plan.start, plan.end))
        for span, words in ((known.org_span, known.org), (known.period_span, None), (known.issued_span, None)):
            assert span is None or plan.start <= span[0] < span[1] <= plan.end
            assert words is None or span is None or text[slice(*span)] == words
        out.append({"title": plan.title} | {key: getattr(known, key) for key in KEYS})
    return out


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    got = read(case["text"], case.get("page"))
    assert [plan["title"] or "" for plan in got] == [plan["title"] for plan in case["plans"]]
    for plan, want in zip(got, case["plans"], strict=True):
        assert {key: plan[key] for key in want} == {key: value or None for key, value in want.items()}


def test_plans_do_not_overlap_and_are_numbered() -> None:
    text = "\n".join(f"工作计划 篇{k}\n一、抓好落实。" + "认真做好各项工作,完善制度,加强检查。" * 4 for k in range(1, 6))
    plans = split(Cleaned(text=text, media_type="text/plain", reader="text"), matching_view(text))
    assert [plan.ordinal for plan in plans] == [1, 2, 3, 4, 5]
    assert all(one.end <= two.start for one, two in zip(plans, plans[1:], strict=False))
