"""The outline by readable cases (cases/outline.toml), and what must always hold of it."""
from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jihua.parse.model import Node, PlanText, lines_of
from jihua.parse.outline import irregularities, outline
from jihua.parse.view import matching_view

CASES = tomllib.loads((Path(__file__).parent / "cases" / "outline.toml").read_text(encoding="utf-8"))["case"]


def plan_of(text: str, gaps: tuple[int, ...] = ()) -> PlanText:
    return PlanText(text, matching_view(text), 0, len(text), None, None, lines_of(text, 0, len(text)), gaps=gaps)


def drawn(nodes: Sequence[Node], text: str, depth: int = 0) -> Iterator[str]:
    """The tree in the notation of the case file."""
    for node in nodes:
        mark = node.mark
        number = "·" if mark is None else ("?" + mark.written if node.inferred else text[mark.start:mark.end])
        heading = "|" + text[slice(*node.heading)] if node.heading else ""
        yield "  " * depth + number + heading
        for start, end in node.paragraphs:
            yield "  " * (depth + 1) + "+ " + text[start:end][:4].rstrip()
        yield from drawn(node.children, text, depth + 1)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    gaps = (text.index(case["gap"]) + len(case["gap"]),) if "gap" in case else ()
    roots = outline(plan_of(text, gaps))
    assert list(drawn(roots, text)) == case["tree"].strip("\n").splitlines()
    assert [code for code, _, _ in irregularities(roots)] == case.get("irregular", [])
