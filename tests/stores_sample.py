"""Converted documents for tests of stores: the fixtures, each once, as a run would leave them."""
from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jihua
from jihua.export.json import dumps

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"

REPORT = """青溪市政府工作报告
（2021年1月12日）
我代表市人民政府，向大会报告工作。
一、2020年工作回顾
2020年是极为关键的一年。地区生产总值增长2.1%，城镇新增就业1.2万人。
二、2021年工作安排
今年的主要预期目标是：地区生产总值增长6%—6.5%；一般公共预算收入达到20.5亿元以上；单位生产总值能耗下降3%。
三、加强「數字政府」建設。各單位要在6月底前完成系統升級。
"""


def fixtures_converted(out: Path) -> Path:
    """The goldens of all fixtures, in a folder as `jihua convert fixtures` leaves them."""
    for golden in sorted(FIXTURES.glob("*/expected.json")):
        uri = json.loads(golden.read_text(encoding="utf-8"))["source"]["uri"]
        path = out / f"{uri}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(golden.read_bytes())
    return out


def report_converted(out: Path, name: str = "report.txt", text: str = REPORT) -> Path:
    """One report, converted."""
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_bytes(dumps(jihua.convert(text.encode(), uri=name)))
    return out


def shards_converted(out: Path, number: int) -> Path:
    """As many documents as asked for, equal but for their sources, in shards of lines."""
    data = json.loads(dumps(jihua.convert(REPORT.encode(), uri="r.txt")))
    folder = out / "shards"
    folder.mkdir(parents=True)
    with (folder / "part-00000.jsonl").open("w", encoding="utf-8") as file:
        for n in range(number):
            data["source"] |= {"uri": f"{n:05}.txt", "sha256": hashlib.sha256(str(n).encode()).hexdigest()}
            file.write(json.dumps(data, ensure_ascii=False) + "\n")
    return out


def run(*arguments: str | Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """A command of jihua."""
    environ = {**os.environ, "JIHUA_LANG": language, "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "160"}
    return subprocess.run([sys.executable, "-m", "jihua", *map(str, arguments)], capture_output=True, encoding="utf-8",
                          env=environ, check=False)
