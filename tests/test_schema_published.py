"""The published schema: current, complete, and as strict as the models."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import generate
import jsonschema_rs
import pytest
from jihua.schema import Document, Source
from jihua.schema.publish import DIALECT, descriptions, published, schema

ROOT = Path(__file__).resolve().parents[1]


def parts() -> dict[str, dict[str, Any]]:
    made = schema()
    return {"Document": made, **made["$defs"]}


def test_the_committed_schema_is_current() -> None:
    assert json.loads(published()) == schema(), "run `make docs`"


def test_it_is_a_valid_schema_of_its_dialect() -> None:
    assert json.loads(published())["$schema"] == DIALECT
    jsonschema_rs.meta.validate(json.loads(published()))


@pytest.mark.parametrize("name", sorted(parts()))
def test_every_field_is_described_required_and_closed(name: str) -> None:
    part = parts()[name]
    assert part["additionalProperties"] is False
    assert part["required"] == list(part["properties"])
    for field, form in part["properties"].items():
        assert form["description"].endswith((".", "…")), f"{name}.{field}"
    assert set(descriptions()[name]) == set(part["properties"])
    assert part.get("description"), name


def test_no_description_is_left_over() -> None:
    assert set(descriptions()) == set(parts())


def test_the_generated_pages_are_current() -> None:
    assert generate.CONTRACT.read_text(encoding="utf-8") == generate.contract(), "run `make docs`"
    assert generate.DIAGNOSTICS.read_text(encoding="utf-8") == generate.diagnostics(), "run `make docs`"


def test_the_contract_has_a_table_for_every_model() -> None:
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert {name for name in parts() if f"<!-- fields {name} -->\n| field |" in page} == set(parts())


def test_an_unknown_field_is_refused_by_both() -> None:
    source = Source(uri="a.txt", sha256="0" * 64, bytes=0, media_type="text/plain", reader="text")
    good = Document(source=source, text="").model_dump(mode="json")
    validator = jsonschema_rs.validator_for(schema())
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "more": 1})
    assert not validator.is_valid({k: v for k, v in good.items() if k != "edits"})
    with pytest.raises(ValueError, match="more"):
        Document.model_validate({**good, "more": 1})
