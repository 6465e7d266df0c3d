"""References: what is found, of which kind, and the number in standard form."""
from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from jihua.parse.references import find_references
from jihua.parse.view import matching_view

CASES = tomllib.loads((Path(__file__).parent / "cases" / "references.toml").read_text(encoding="utf-8"))
ROWS = [(text, want) for group in CASES.values() for text, want in group.items()]


@pytest.mark.parametrize(("marked", "want"), ROWS, ids=[text for text, _ in ROWS])
def test_case(marked: str, want: list[str]) -> None:
    text = marked.replace("〖", "").replace("〗", "")
    quotes = [piece.split("〗")[0] for piece in marked.split("〖")[1:]]
    found = find_references(matching_view(text), 0, len(text))
    assert [text[hit.start:hit.end] for hit in found] == quotes
    assert [" ".join(filter(None, (hit.value.kind, hit.value.number))) for hit in found] == want


def test_only_the_asked_stretch_is_read() -> None:
    text = "《水法》和《森林法》"
    assert [hit.span for hit in find_references(text, 4, len(text))] == [(5, 10)]


@pytest.mark.parametrize("piece", ["《", "》", "(", "[20", "第一届", "十大", "会议", "令", "《关于", " ", "中央", "1"])
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begin = time.perf_counter()
    find_references(text, 0, len(text))
    assert time.perf_counter() - begin < 5
