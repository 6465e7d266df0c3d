"""Many small files: time, memory of the run itself, size of the output, and what a second run over unchanged files costs.

`python bench/scaling.py [--sizes 1000 10000] [--jobs 1 2] [--layout files|shards] [--folder DIR]` prints a row for each
size and number of processes. The documents are a title and a few paragraphs of the fixtures each, about 200 characters,
with another number in each, so that no two are alike. Memory is that of the process that hands out and keeps account, not of its workers: where it is when the first
document is settled, and the slope from a tenth of the run on, by least squares (Linux). Processor time is that of all
processes for a document, and of the run's own, which a busy machine does not change much."""
from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from jihua.batch.find import find
from jihua.batch.ledger import HOME
from jihua.batch.options import Options
from jihua.batch.run import run

ROOT = Path(__file__).resolve().parents[1]
LINES = 4
EVERY = 250            # documents between two looks at the memory


def texts() -> list[str]:
    """Titles, each with a few paragraphs of the same text, of the fixtures that are UTF-8."""
    found = []
    for path in sorted((ROOT / "fixtures").glob("*/source.txt")):
        with suppress(UnicodeDecodeError):
            title, *lines = filter(str.strip, path.read_text(encoding="utf-8").splitlines())
            found += ["\n".join((title, *lines[k:k + LINES])) for k in range(0, len(lines), LINES)]
    return found


def fill(home: Path, number: int) -> None:
    """So many documents, a thousand a folder."""
    known = texts()
    for k in range(number):
        title, _, rest = known[k % len(known)].partition("\n")
        place = home / f"{k // 1000:03}" / f"{k:06}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{title}\n全年完成植树{k + 10}株以上。\n{rest}", encoding="utf-8")


def memory() -> float:
    """Kilobytes that this process has in memory; 0 where the system does not say."""
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1000
    return 0.0


def slope(looks: list[tuple[int, float]]) -> float:
    """Kilobytes for each 1,000 documents, over the run without its first tenth."""
    kept = looks[len(looks) // 10:]
    x0 = sum(x for x, _ in kept) / len(kept)
    y0 = sum(y for _, y in kept) / len(kept)
    spread = sum((x - x0) ** 2 for x, _ in kept)
    return 1000 * sum((x - x0) * (y - y0) for x, y in kept) / spread if spread else 0.0


def measured(home: Path, out: Path, options: Options) -> dict[str, Any]:
    """One run in this process: seconds, outcomes, memory."""
    began, results, looks = time.monotonic(), dict[str, int](), list[tuple[int, float]]()
    for k, entry in enumerate(run(find([home], out).files, out, options)):
        results[entry.outcome] = results.get(entry.outcome, 0) + 1
        if k % EVERY == 0:
            looks.append((k, memory()))
    user, system, children, of_children, _ = os.times()
    return {"own": user + system, "cpu": user + system + children + of_children, "seconds": time.monotonic() - began, "results": results, "first": looks[0][1], "last": looks[-1][1], "slope": slope(looks)}


def apart(home: Path, out: Path, jobs: int, layout: str) -> dict[str, Any]:
    """`measured` in a process that has measured nothing before."""
    words = [sys.executable, __file__, "--one", home, out, "--jobs", jobs, "--layout", layout]
    done = subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sizes(out: Path) -> tuple[float, float]:
    """Megabytes of the documents, and of ledger and manifest."""
    def under(paths: Iterator[Path]) -> float:
        return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
    account = under((out / HOME).rglob("*")) + (out / "manifest.jsonl").stat().st_size / 1e6
    return under(out.rglob("*")) - account, account


def row(number: int, jobs: int, layout: str, scratch: Path) -> str:
    """A row of the table; what it wrote is taken away."""
    home, out = scratch / f"in-{number}", scratch / "out"
    if not home.exists():
        fill(home, number)
    first = apart(home, out, jobs, layout)
    documents, account = sizes(out)
    again = apart(home, out, jobs, layout)
    shutil.rmtree(out)
    assert first["results"] == again["results"] and set(first["results"]) <= {"ok", "partial"}, (first, again)
    cells = [f"{number:,}", jobs, f"{first['seconds']:,.1f}", f"{number / first['seconds']:,.0f}",
             f"{1000 * first['cpu'] / number:.1f}", f"{1000 * first['own'] / number:.2f}", f"{first['first'] / 1000:.0f}",
             f"{first['last'] / 1000:.0f}", f"{first['slope']:.0f}", f"{documents:,.1f}", f"{account:,.1f}",
             f"{again['seconds']:,.1f}", f"{number / again['seconds']:,.0f}", f"{again['last'] / 1000:.0f}", f"{again['slope']:.0f}"]
    return "| " + " | ".join(map(str, cells)) + " |"


HEAD = ("| documents | processes | s | documents/s | CPU ms each | of it the run's own | MB at first | MB at last | kB a 1,000 | documents MB | account MB "
        "| again: s | documents/s | MB at last | kB a 1,000 |")


def main() -> None:
    """Print the table as Markdown, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--layout", choices=("files", "shards"), default="shards")
    parser.add_argument("--folder", type=Path, help="where documents and outputs lie while it runs; a temporary one by default")
    parser.add_argument("--one", type=Path, nargs=2, metavar=("IN", "OUT"), help="one run, told as JSON")
    told = parser.parse_args()
    if told.one:
        print(json.dumps(measured(*told.one, Options(jobs=told.jobs[0], layout=told.layout))))
        return
    print(f"layout {told.layout}, load {os.getloadavg()[0]:.1f} at the start\n\n{HEAD}\n|{'--:|' * HEAD.count(' | ')}--:|", flush=True)
    with tempfile.TemporaryDirectory(dir=told.folder) as scratch:
        for number in told.sizes:
            for jobs in told.jobs:
                print(row(number, jobs, told.layout, Path(scratch)), flush=True)
            shutil.rmtree(Path(scratch) / f"in-{number}")


if __name__ == "__main__":
    main()
