"""The rows of the quantity tables: every `yes` is read as its row says, every `no` is not."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jihua.parse.dates import find_dates
from jihua.parse.model import Node, PlanText
from jihua.parse.quantities import find_quantities
from jihua.parse.quantities.amount import Amount
from jihua.parse.quantities.change import change_of
from jihua.parse.quantities.concept import concept_of, concepts_named
from jihua.parse.quantities.refuse import Refusals
from jihua.parse.quantities.spot import Token, spot
from jihua.parse.quantities.words import checked_rows, units
from jihua.parse.rules import read_toml
from jihua.parse.sentences import sentences
from jihua.parse.view import matching_view
from jihua.schema.plan import Change
from jihua.schema.values import is_unit_code

UNITS = checked_rows("units", "unit", ("words", "kind", "yes"))
COMPARATORS = checked_rows("comparators", "word", ("op", "side", "words", "yes"))
REFUSALS = checked_rows("not_quantities", "refusal", ("id", "side", "pattern", "yes"))
CONCEPTS = checked_rows("indicators", "concept", ("id", "names", "change", "units", "yes"))


def tokens(text: str) -> list[Token]:
    text = f"{text}。"
    return list(spot(matching_view(text), text, 0, len(text)))


def kept(text: str) -> list[Token]:
    """What the refusals leave of the numbers in a text."""
    text = f"{text}。"
    view = matching_view(text)
    plan = PlanText(text, view, 0, len(text), None, None, (), nodes=(Node(0, len(text)),))
    refusals = Refusals(plan, find_dates(view, 0, len(view)), [])
    return [t for t in spot(view, text, 0, len(text)) if refusals.reason(t) is None]


@pytest.mark.parametrize("row", UNITS, ids=lambda r: r["words"][0])
def test_unit(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        (token,) = tokens(words)
        assert token.unit.kind == row["kind"]
        assert token.unit_text in ([row["name"]] if row.get("name") else row["words"])
        assert token.unit.code == row.get("code")
    for words in row.get("no", ()):
        assert all(t.unit_text not in row["words"] for t in tokens(words)), words
    assert row.get("code") is None or is_unit_code(row["code"])


def test_no_unit_stands_twice() -> None:
    words = [w for row in UNITS for w in row["words"]]
    assert sorted({w for w in words if words.count(w) > 1}) == []
    assert all(w in units() for w in words)


@pytest.mark.parametrize("row", COMPARATORS, ids=lambda r: f"{r['op']}-{r['side']}")
def test_comparator(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        token = tokens(words)[0]
        assert token.op == row["op"]
        assert token.words in row["words"]
    for words in row.get("no", ()):
        assert all(t.op != row["op"] for t in tokens(words)), words


@pytest.mark.parametrize("row", REFUSALS, ids=lambda r: r["id"])
def test_refusal(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        assert kept(words) == [], words
    for words in row.get("no", ()):
        assert kept(words), words


def test_refusal_ids_are_unique() -> None:
    ids = [row["id"] for row in REFUSALS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("row", CONCEPTS, ids=lambda r: r["id"])
def test_concept(row: dict[str, Any]) -> None:
    for words in row["yes"]:
        assert row["id"] in concepts_named(words), words
        assert concept_of(_amount(row), words) == row["id"]
    for words in row["no"]:
        assert row["id"] not in concepts_named(words), words


def _amount(row: dict[str, Any]) -> Amount:
    change: Change | None = "increase" if row["change"] == "rise" else "decrease" if row["change"] == "fall" else None
    return Amount(0, 1, "test", "eq", Decimal(row.get("least", 5)), row["units"][0], change=change)


def test_a_level_is_no_growth() -> None:
    money = Amount(0, 1, "test", "eq", Decimal(5), "元", unit_code="CNY")
    assert concept_of(money, "地区生产总值") == "gdp.level"
    share = Amount(0, 1, "test", "eq", Decimal(5), "%", unit_code="%")
    assert concept_of(share, "地区生产总值") is None
    assert concept_of(share, "地区生产总值增速") == "gdp.growth"


@pytest.mark.parametrize("row", checked_rows("changes", "word", ("change", "words", "yes")), ids=lambda r: r["change"])
def test_change(row: dict[str, Any]) -> None:
    for words in (*row["yes"], *row["no"]):
        (token,) = tokens(words)
        change, _, _ = change_of(matching_view(words), token, 0)
        assert change == (row["change"] if words in row["yes"] else None), words


@pytest.mark.parametrize("row", checked_rows("implied", "word", ("words", "yes")), ids=lambda r: r["words"][0])
def test_implied(row: dict[str, Any]) -> None:
    for words in (*row["yes"], *row.get("no", ())):
        node = Node(0, len(words), paragraphs=[(0, len(words))])
        plan = PlanText(words, matching_view(words), 0, len(words), None, None, (), nodes=(node,))
        plan.sentences = sentences(plan)
        found = [a.value for a in find_quantities(plan, [], []) if a.implied]
        assert found == ([Decimal(row["value"])] if words in row["yes"] else []), words


def test_indicator_words_have_no_empty_list() -> None:
    for group, lists in read_toml("indicator_words").items():
        for name, words in lists.items():
            assert words and all(words), (group, name)
