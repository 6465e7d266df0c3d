"""The formats that exist, by media type: their names, their endings and the way out where no reader takes them."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
BINARY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Format:
    """A row of data/formats.toml."""

    type: str
    called: str
    names: tuple[str, ...]
    way_out: str


@cache
def formats() -> dict[str, Format]:
    """Every known format by its media type."""
    table = tomllib.loads(files(f"{__package__}.data").joinpath("formats.toml").read_text(encoding="utf-8"))
    rows = (Format(r["type"], r["called"], tuple(r["names"]), r.get("way_out", "")) for r in table["format"])
    return {row.type: row for row in rows}


def suffix(name: str) -> str:
    """The ending of a file's name, in lower case and without the dot; `""` where there is none."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.rpartition(".")[2].strip().lower() if "." in last[1:] else ""


@cache
def known_endings() -> frozenset[str]:
    """Endings that some format bears; others (`.bak`, `.2019`) say nothing."""
    return frozenset(name for row in formats().values() for name in row.names)
