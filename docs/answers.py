"""The pages on stores: answers of docs/questions.md as `jihua query` gives them now, columns of docs/stores.md."""
from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from jihua.batch.ask import ask, line
from jihua.batch.stores import kept
from jihua.export.flat import TABLES
from jihua.export.views import VIEWS

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "docs" / "questions.md"
STORES = ROOT / "docs" / "stores.md"
ASKED = re.compile(r"(```sql\n(.*?)```\n\n)((?:\|[^\n]*\n)+)", re.S)
COLUMNS = re.compile(r"(<!-- tables -->\n).*?(?=<!-- end -->)", re.S)
ROWS, CELL = 5, 36
KINDS = {"text": "text", "int": "whole number", "bool": "true or false", "number": "number", "texts": "list of text", "json": "JSON"}


def questions() -> str:
    """The page of questions with the answers of the fixtures."""
    with tempfile.TemporaryDirectory() as folder:
        tables = kept(_converted(Path(folder)), lambda: None, _raise)
        return ASKED.sub(lambda found: found.group(1) + answer(tables, found.group(2)), QUESTIONS.read_text(encoding="utf-8"))


def answer(tables: Path, sql: str) -> str:
    """The answer to one question as a table in Markdown, shortened."""
    with ask(tables, sql) as found:
        rows = [list(row) for row in found.rows]
    assert rows, f"no answer: {sql}"
    shown = [[_cell(value) for value in row] for row in rows[:ROWS]] + [["…"] * len(rows[0])] * (len(rows) > ROWS)
    return "".join(f"| {' | '.join(row)} |\n" for row in [list(found.columns), ["---"] * len(found.columns), *shown])


def stores() -> str:
    """The page of stores with the columns as the tables have them now."""
    parts = []
    for table in TABLES:
        rows = "".join(f"| `{c.name}` | {KINDS[c.kind]} | {c.says} |\n" for c in table.columns)
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(f"### {table.name}\n\n{table.says} Key: {key}.\n\n| column | kind | meaning |\n|---|---|---|\n{rows}\n")
    views = "".join(f"| `{name}` | {says} |\n" for name, says, _ in VIEWS)
    made = "".join(parts) + f"### Views\n\n| view | meaning |\n|---|---|\n{views}\n"
    return COLUMNS.sub(lambda found: found.group(1) + made, STORES.read_text(encoding="utf-8"))


def _converted(folder: Path) -> Path:
    """The goldens of the fixtures, laid out as a run leaves documents."""
    for golden in sorted((ROOT / "fixtures").glob("*/expected.json")):
        path = folder / f"{json.loads(golden.read_bytes())['source']['uri']}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(golden.read_bytes())
    return folder


def _raise(error: Exception) -> None:
    raise error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = value if isinstance(value, str) else "、".join(value) if isinstance(value, list) else line(value)
    words = " ".join(words.split()).replace("|", "\\|")
    return words if len(words) <= CELL else words[:CELL] + "…"


def main() -> None:
    """Write both."""
    QUESTIONS.write_text(questions(), encoding="utf-8")
    STORES.write_text(stores(), encoding="utf-8")


if __name__ == "__main__":
    main()
