"""Write anew what is made from the code: JSON Schema, tables of contract.md and exchange.md, diagnostics.md, samples of the READMEs,
answers of questions.md, columns of stores.md.

`python docs/generate.py`; a test holds that running it changes nothing."""
from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import answers
from jihua.export.losses import OWN, SAID, reasons, table
from jihua.schema import CODES
from jihua.schema.publish import FILE, descriptions, rendered, schema
from samples import READMES, readme

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = ROOT / "docs" / "contract.md"
EXCHANGE = ROOT / "docs" / "exchange.md"
DIAGNOSTICS = ROOT / "docs" / "diagnostics.md"
MARK = re.compile(r"(<!-- fields (\w+) -->\n).*?(?=<!-- end -->)", re.S)
HEAD = """# Diagnostics

What jihua could not settle, or what a reader of the result should know, is told in `diagnostics[]`: a code, its
severity, a sentence on the case at hand, and where in `text` it applies. Nothing is corrected silently: a code below
never changes a value. This page is made from `schema/codes.py` by `make docs`.

| code | severity | meaning |
|---|---|---|
"""


def diagnostics() -> str:
    """The page of diagnostics: a row a code, in the order of the list."""
    return HEAD + "".join(f"| `{code}` | {severity} | {says} |\n" for code, (severity, says) in CODES.items())


def contract() -> str:
    """The contract with each table of fields as the models have it now."""
    return MARK.sub(lambda found: found.group(1) + fields(found.group(2)), CONTRACT.read_text(encoding="utf-8"))


def exchange() -> str:
    """The page of exports with its tables as export/exchange.toml has them now: fields, then reasons."""
    rows = [(model, name, cells) for model, fields in table().items() if model not in ("forms", "reasons")
            for name, cells in fields.items() if set(cells) != {OWN}]
    shown = ["| field | StratML | IATI |", "|---|---|---|",
             *(f"| `{model}.{name}` | {' | '.join('✓' if one == SAID else one for one in cells)} |" for model, name, cells in rows)]
    told = ["| reason | meaning |", "|---|---|", *(f"| `{reason}` | {says} |" for reason, says in reasons().items())]
    made = {"fields": "\n".join(shown), "reasons": "\n".join(told)}
    return re.sub(r"(<!-- (fields|reasons) -->\n).*?(?=<!-- end -->)", lambda found: f"{found[1]}{made[found[2]]}\n",
                  EXCHANGE.read_text(encoding="utf-8"), flags=re.S)


def fields(model: str) -> str:
    """The table of a model's fields: name, form, meaning."""
    made = schema()
    part = made if model == "Document" else made["$defs"][model]
    rows = [f"| `{name}` | {form(part['properties'][name])} | {says} |" for name, says in descriptions()[model].items()]
    return "\n".join(["| field | form | meaning |", "|---|---|---|", *rows]) + "\n"


def form(field: dict[str, Any]) -> str:
    """How a field's value looks, in a word or two."""
    if "$ref" in field:
        return f"[{_name(field)}](#{_name(field).lower()})"
    if "anyOf" in field:
        return " or ".join(form(kind) for kind in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f'`"{field["const"]}"`'
    if field.get("type") == "array":
        return _tuple(field) if "prefixItems" in field else f"list of {form(field['items'])}"
    return {"integer": "whole number", "boolean": "true or false"}.get(str(field["type"]), str(field["type"]))


def _tuple(field: dict[str, Any]) -> str:
    return "[start, end)" if len(field["prefixItems"]) == 2 else f"list of {len(field['prefixItems'])} numbers"


def _name(field: dict[str, Any]) -> str:
    return str(field["$ref"]).rsplit("/", 1)[1]


def main() -> None:
    """Write them all."""
    (ROOT / "schema" / FILE).write_bytes(rendered())
    DIAGNOSTICS.write_text(diagnostics(), encoding="utf-8")
    EXCHANGE.write_text(exchange(), encoding="utf-8")
    CONTRACT.write_text(contract(), encoding="utf-8")
    for language, path in READMES.items():
        path.write_text(readme(language), encoding="utf-8")
    answers.main()


if __name__ == "__main__":
    main()
