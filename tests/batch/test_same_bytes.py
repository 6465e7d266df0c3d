"""The same bytes out whatever the number of workers, the hash seed, the time zone, the language."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from folders import fill, written

ROOT = Path(__file__).resolve().parents[2]
SURROUNDINGS = [
    ("1", {"PYTHONHASHSEED": "0", "TZ": "UTC", "JIHUA_LANG": "en"}),
    ("4", {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "JIHUA_LANG": "zh", "LC_ALL": "C"}),
]


@pytest.mark.parametrize("layout", ["files", "shards"])
def test_the_surroundings_change_nothing(layout: str, tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 12)
    for name in ("aggregation", "township", "duties_html"):
        for file in (ROOT / "fixtures" / name).glob("source.*"):
            (source / f"{name}{file.suffix}").write_bytes(file.read_bytes())
    found = []
    for jobs, environ in SURROUNDINGS:
        out = tmp_path / f"out{jobs}"
        done = subprocess.run([sys.executable, "-m", "jihua", "convert", source, "-o", out, "--jobs", jobs, "--layout", layout],
                              env={**os.environ, **environ}, capture_output=True, check=False)
        assert done.returncode == 1, done.stderr       # of the files, two are broken
        found.append({name: data for name, data in written(out).items() if name != "report.html"})
    assert found[0] == found[1] and "manifest.jsonl" in found[0] and len(found[0]) > 1
