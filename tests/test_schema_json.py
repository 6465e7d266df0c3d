"""Documents to JSON and back: exact numbers, stable bytes, nothing written that the schema refuses."""
from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.export.json import dumps, loads, number
from jihua.schema import Document, InvalidError, Plan, Quantity, Section, Source

EXACT = ["0.1", "1e15", "12345678901234567890.5", "16.34", "6590000", "1E-7", "-3.50", "0.000", "1E+60", "100"]
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)


def holding(*values: Decimal) -> Document:
    """A document of one plan with these values as targets."""
    text = "完成投资若干元。"
    targets = [Quantity(id=f"p1.q{k}", span=(0, 2), quote="完成", op="eq", value=value, unit="元", status="target",
                        rule="test") for k, value in enumerate(values, 1)]
    source = Source(uri="a.txt", sha256="0" * 64, bytes=24, media_type="text/plain", charset="utf-8", reader="text")
    return Document(source=source, text=text, plans=[Plan(id="p1", ordinal=1, span=(0, len(text)), targets=targets)])


@pytest.mark.parametrize("value", EXACT)
def test_a_number_is_exact(value: str) -> None:
    data = dumps(holding(Decimal(value)))
    assert loads(data).plans[0].targets[0].value == Decimal(value)
    assert Decimal(number(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize(("value", "written"), [
    ("1e15", "1000000000000000"), ("6590000.00", "6590000"), ("16.34", "16.34"), ("0.10", "0.1"), ("-0", "0"),
    ("-0.0", "0"), ("0E+3", "0"), ("12345678901234567890.5", "12345678901234567890.5"), ("1E-3", "0.001"),
])
def test_a_number_is_written_plainly(value: str, written: str) -> None:
    assert number(Decimal(value)) == written
    assert f'"value": {written},' in dumps(holding(Decimal(value))).decode()


@given(DECIMALS)
def test_any_decimal_comes_back_exactly(value: Decimal) -> None:
    text = number(value)
    assert Decimal(text) == value
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == value


@given(st.lists(DECIMALS, max_size=4))
def test_reading_and_writing_again_gives_the_same_bytes(values: list[Decimal]) -> None:
    document = holding(*values)
    data = dumps(document)
    assert dumps(loads(data)) == data
    assert loads(data) == document
    assert data.endswith(b"}\n")


def test_a_huge_exponent_costs_no_memory() -> None:
    assert len(dumps(holding(Decimal("1E+999999")))) < 10_000


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"text": 1}', b'{"schema_version": "1.0"}', b"[" * 100_000,
], ids=range(8))
def test_what_is_no_document_is_refused_with_its_place(data: bytes) -> None:
    with pytest.raises(InvalidError) as told:
        loads(data, "x.json")
    assert told.value.source == "x.json" and told.value.place and told.value.way_out


def test_output_that_does_not_fit_is_not_written_and_names_the_path() -> None:
    wrong = holding(Decimal(1))
    plan = wrong.plans[0].model_copy(update={"targets": [wrong.plans[0].targets[0].model_copy(update={"op": "maybe"})]})
    with pytest.raises(InvalidError, match=re.escape("plans/0/targets/0/op")):
        dumps(wrong.model_copy(update={"plans": [plan]}))


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(InvalidError, match="surrogates"):
        dumps(holding().model_copy(update={"text": "\ud800"}))


def test_a_tree_as_deep_as_no_plan_is_written_or_refused() -> None:
    section = Section(id="p1.1", span=(0, 1))
    for _ in range(100):
        section = Section(id="p1.1", span=(0, 1), children=[section])
    deep = holding().model_copy(update={"plans": [Plan(id="p1", ordinal=1, span=(0, 1), sections=[section])]})
    assert dumps(loads(dumps(deep))) == dumps(deep)
    for _ in range(100):
        section = Section(id="p1.1", span=(0, 1), children=[section])
    deeper = holding().model_copy(update={"plans": [Plan(id="p1", ordinal=1, span=(0, 1), sections=[section])]})
    with pytest.raises(InvalidError):
        dumps(deeper)
