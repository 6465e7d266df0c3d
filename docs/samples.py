"""The samples that the READMEs show: what the commands really print, shortened in a stated way."""
from __future__ import annotations

import atexit
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import jihua
from jihua.export.json import dumps

ROOT = Path(__file__).resolve().parents[1]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
SAMPLE = "fixtures/school/source.txt"
BLOCK = re.compile(r"(<!-- (\w+) -->\n```\w+\n).*?(```\n)", re.S)
QUESTION = "SELECT place, first_year AS year, indicator, op, value, unit, quote FROM targets WHERE headline LIMIT 5"
TOOK = re.compile(r"  (?:took|耗用)[:：]")
SHOWN = 16       # lines of a longer output
ROWS, COLUMNS = 6, 8
KEPT = ("id", "section_id", "span", "quote", "type", "edtf", "mod", "rrule", "role", "resolved", "indicator", "op", "value",
        "unit", "per", "due", "status", "action", "actors", "target_ids", "date_ids")


def readme(language: str) -> str:
    """A README with its samples as the commands print them now."""
    page = READMES[language].read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: found.group(1) + sample(found.group(2), language) + found.group(3), page)


def sample(name: str, language: str) -> str:
    """The text of one sample."""
    if name == "json":
        return nutshell()
    if name == "table":
        return converted(language)[1]
    if name == "panel":
        return panel(language)
    out = converted(language)[0]
    words = {"show": ("show", SAMPLE), "explain": ("explain", SAMPLE), "query": ("query", out, QUESTION),
             "search": ("search", out, "护理", "合格率", "--limit", "2"), "why": ("why", "school/source.txt", "-o", out)}[name]
    lines = run(language, *words).replace(out, "out").splitlines()
    if name == "why":       # times and sizes of processes differ from run to run
        lines = [line for line in lines if not TOOK.match(line)]
    return "\n".join([*lines[:SHOWN], *(["…"] if len(lines) > SHOWN else [])]) + "\n"


@cache
def converted(language: str) -> tuple[str, str]:
    """A folder with the fixtures converted, gone when this process ends, and what `jihua convert` printed."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    said = run(language, "convert", "fixtures", "-o", f"{folder}/out")
    return f"{folder}/out", said.replace(f"{folder}/out", "out")


def panel(language: str) -> str:
    """What `jihua panel` prints, then the first rows of its file in their first columns."""
    out = converted(language)[0]
    with tempfile.TemporaryDirectory() as folder:
        said = run(language, "panel", out, "-o", f"{folder}/panel.csv").replace(f"{folder}/", "")
        rows = list(csv.reader(Path(folder, "panel.csv").read_text(encoding="utf-8-sig").splitlines()))
    return said + "".join(",".join(row[:COLUMNS]) + "\n" for row in rows[:ROWS]) + "…\n"


def run(language: str, *arguments: str) -> str:
    """What the command prints, without colour and without blanks at line ends."""
    environ = {**os.environ, "JIHUA_LANG": language, "PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run([sys.executable, "-m", "jihua", *arguments], cwd=ROOT, env=environ, capture_output=True,
                          encoding="utf-8", check=True)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def nutshell() -> str:
    """The sample's document, one entry a list, empty fields left out: valid JSON in the shape of the whole."""
    document = json.loads(dumps(jihua.convert(ROOT / SAMPLE, uri=SAMPLE)))
    plan = document["plans"][0]
    target = next((t for t in plan["targets"] if t["date_ids"] or t["due"]), plan["targets"][0])
    task = next((t for t in plan["tasks"] if target["id"] in t["target_ids"]), plan["tasks"][0])
    section = plan["sections"][1]
    short = {
        "schema_version": document["schema_version"],
        "source": {key: document["source"][key] for key in ("uri", "bytes", "media_type", "charset", "reader")},
        "text": document["text"][:24] + "…",
        "plans": [{
            **{key: plan[key] for key in ("id", "title", "kind", "period")},
            "sections": [{key: section[key] for key in ("id", "number", "heading", "span")}],
            "tasks": [_kept(task)], "dates": [_kept(plan["dates"][0])], "targets": [_kept(target)],
        }],
    }
    return _laid_out(short) + "\n"


def _kept(hit: dict[str, Any]) -> dict[str, Any]:
    return {key: hit[key] for key in KEPT if hit.get(key) not in (None, [])}


def _laid_out(value: Any, depth: int = 0, width: int = 110) -> str:
    """JSON with whatever fits on a line on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + 2 * depth <= width or not isinstance(value, dict | list):
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + _laid_out(v, depth + 1) for v in value) + f"\n{end}]"
    rows = (f"{pad}{json.dumps(k)}: {_laid_out(v, depth + 1)}" for k, v in value.items())
    return "{\n" + ",\n".join(rows) + f"\n{end}}}"
