"""A whole run, unattended, over the reports: `python bench/whole.py [FOLDER]`: characters a second with one worker and with
two, wall time, everything included (start of processes, reading, parsing, checking, writing, fsync, ledger)."""
from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from jihua.batch.documents import documents
from jihua.batch.find import find
from jihua.batch.options import Options
from jihua.batch.run import run
from speed import REPORTS, ROOT


def whole(folder: Path, jobs: int, out: Path) -> tuple[float, int]:
    """Seconds of a fresh run with so many workers, and the characters of the documents."""
    shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    for _ in run(find([folder]).files, out, Options(jobs=jobs)):
        pass
    return time.perf_counter() - start, sum(len(found.text) for found in documents(out, lambda *_: None))


def main() -> None:
    """Print the table as Markdown; the better of two runs each."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPORTS if REPORTS.is_dir() else ROOT / "fixtures"
    print("| workers | seconds | characters/s | ratio |\n|--:|--:|--:|--:|")
    one = 0.0
    with tempfile.TemporaryDirectory() as place:
        for jobs in (1, 2):
            found = [whole(folder, jobs, Path(place, "out")) for _ in range(2)]
            seconds, chars = min(found)
            one = one or seconds
            print(f"| {jobs} | {seconds:.1f} | {chars / seconds:,.0f} | {one / seconds:.2f} |")


if __name__ == "__main__":
    main()
