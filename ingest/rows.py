"""Vocabulary of the ingest room as rows: TOML tables under `ingest/data`, each row with the examples that the suite runs."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..schema import RuleError


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its compiled pattern over folded text (`clean.fold`), its examples, and the keys beyond the common ones."""

    id: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    more: Mapping[str, Any]


@cache
def content(name: str) -> dict[str, Any]:
    """What `ingest/data/<name>.toml` holds. Raises RuleError where it is not TOML."""
    try:
        return tomllib.loads(files(f"{__package__}.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(str(error), source=f"{name}.toml") from error


@cache
def rows(name: str, table: str) -> tuple[Row, ...]:
    """The rows `[[table]]` of a file, in order. Raises RuleError, naming file and row, for one without id, pattern or
    `yes`, and for a pattern that does not compile."""
    parts: dict[str, str] = content(name).get("parts", {})
    return tuple(_row(f"{name}.toml", table, raw, parts) for raw in content(name).get(table, []))


def _row(source: str, table: str, raw: dict[str, Any], parts: Mapping[str, str]) -> Row:
    place = f"{table} {raw.get('id', '?')}"
    for key in ("id", "pattern", "yes"):
        if not raw.get(key):
            raise RuleError(f"a row without `{key}`", source=source, place=place)
    pattern = raw["pattern"]
    for part, words in parts.items():
        pattern = pattern.replace(f"{{{part}}}", f"(?:{words})")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise RuleError(f"bad pattern: {error}", source=source, place=place) from error
    more = {k: v for k, v in raw.items() if k not in ("id", "pattern", "yes", "no")}
    return Row(raw["id"], compiled, tuple(raw["yes"]), tuple(raw.get("no", ())), more)
