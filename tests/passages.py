"""Annotated passages of the source documents, held by offsets so that no text of others stands in the repository.

A file of `tests/passages/` names its source by path and hash; `passage`, every `span` and every task are offsets of the
source text. `load` reads the words from the source documents, where they lie beside the checkout, and gives the
annotation in the form of `fixtures/*/truth.yaml`.
"""
from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
AROUND = 24   # characters of context on each side, within the line: enough to be unique within a passage
BEGINNING = 12   # characters that a task is found by


def load(path: Path) -> dict[str, Any] | None:
    """The annotation of one passage with its words; None where the source documents are not at hand."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = CORPUS / held["source"]["path"]
    if not source.is_file():
        return None
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != held["source"]["sha256"]:
        raise ValueError(f"{path.name}: the source has changed since it was annotated")
    text = data.decode("utf-8")
    low, high = held["passage"]
    spelled: dict[str, Any] = {key: held[key] for key in ("source", "title", "title_alt", "period", "period_alt") if key in held}
    spelled["passage"] = {"starts": text[low:low + 20], "ends": text[high - 20:high]}
    for key in ("dates", "targets"):
        spelled[key] = [_spelled(item, text, low, high) for item in held[key]]
    for key in ("tasks", "not_tasks"):
        spelled[key] = [text[start:start + BEGINNING].split("\n")[0] for start in held[key]]
    return spelled


def _spelled(item: dict[str, Any], text: str, low: int, high: int) -> dict[str, Any]:
    start, end = item["span"]
    before = text[max(low, start - AROUND):start].split("\n")[-1].removeprefix("- ")   # markup is not in the clean text
    after = text[end:min(high, end + AROUND)].split("\n")[0]
    return {"at": f"{before}〖{text[start:end]}〗{after}", **{k: v for k, v in item.items() if k != "span"}}


def passages() -> list[dict[str, Any]]:
    """Every annotated passage whose source is at hand, in order of the file names."""
    loaded = (load(path) for path in sorted((HERE / "passages").glob("*.yaml")))
    return [annotation for annotation in loaded if annotation is not None]
