"""The published JSON Schema (2020-12) of the output, made from the models; committed beside this file and shipped."""
from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .document import SCHEMA_VERSION, Document
from .errors import RuleError

FILE = f"jihua-{SCHEMA_VERSION}.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published() -> bytes:
    """The committed schema, UTF-8 JSON: what `jihua schema` prints and every output is held against."""
    return files(__package__).joinpath(FILE).read_bytes()


def schema() -> dict[str, Any]:
    """The schema as the models have it now. Every field is required (null where absent), no other field is allowed."""
    made = Document.model_json_schema(mode="serialization")
    parts: dict[str, Any] = made.pop("$defs")
    for name, part in (("Document", made), *parts.items()):
        _document(name, part)
    head = {"$schema": DIALECT, "$id": f"urn:jihua:document:{SCHEMA_VERSION}",
            "title": f"A converted plan document, version {SCHEMA_VERSION}"}
    return {**head, **{k: v for k, v in made.items() if k not in head}, "$defs": parts}


def rendered() -> bytes:
    """The schema as its file holds it."""
    return (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()


@cache
def descriptions() -> dict[str, dict[str, str]]:
    """Model name → field name → what the field says (`fields.toml`)."""
    return tomllib.loads(files(__package__).joinpath("fields.toml").read_text(encoding="utf-8"))


def _document(name: str, part: dict[str, Any]) -> None:
    """Give each field its sentence and require it; titles that only repeat the field's name go."""
    told = descriptions().get(name, {})
    fields = part["properties"]
    if set(told) != set(fields):
        raise RuleError(f"fields without or beyond the models: {sorted(set(told) ^ set(fields))}", source="fields.toml",
                        place=f"[{name}]", way_out="Give every field of the model one sentence")
    for field, form in fields.items():
        form.pop("title", None)
        form.pop("default", None)      # every field is always written
        form["description"] = told[field]
    part["required"] = list(fields)
    if name != "Document":
        part["title"] = name


def write(path: Path | None = None) -> Path:
    """Write the schema to its place in the source tree and give that place back."""
    path = path or Path(__file__).with_name(FILE)
    path.write_bytes(rendered())
    return path


if __name__ == "__main__":
    print(write())
