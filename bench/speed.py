"""How fast the pipeline is, whole and stage by stage: `python bench/speed.py [FOLDER] [--sample N]`.

Without a folder, the reports of the source documents that lie beside the checkout, or else the fixtures. Every figure is
the best of three passes over the same files, in processor time of one process; compare within one run only."""
from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path

from jihua.export.json import dumps
from jihua.ingest.clean import clean
from jihua.ingest.readers import read
from jihua.parse.flow import parse
from jihua.pipeline import convert
from jihua.schema import JihuaError

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared" / "corpus" / "reports"
PASSES = 3


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of three passes."""
    times = []
    for _ in range(PASSES):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def sources(folder: Path, sample: int) -> list[bytes]:
    """An even sample of the folder's files that can be converted; converting them also warms every cache."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".yaml", ".json"))
    step = max(1, len(paths) // sample) if sample else 1
    found = []
    for path in paths[::step]:
        try:
            convert(path)
            found.append(path.read_bytes())
        except JihuaError as error:
            print(error)
    return found


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=REPORTS if REPORTS.is_dir() else ROOT / "fixtures")
    parser.add_argument("--sample", type=int, default=40, help="how many files, spread over the folder; 0 for all")
    options = parser.parse_args()
    data = sources(options.folder, options.sample)
    gc.collect()
    gc.freeze()                              # as the processes of a run do, once they are ready
    texts = [read(one, "") for one in data]
    cleaned = [clean(text) for text in texts]
    documents = [convert(one) for one in data]
    chars = sum(len(text.text) for text in texts)
    stages: dict[str, Callable[[], object]] = {
        "read": lambda: [read(one, "") for one in data],
        "clean": lambda: [clean(text) for text in texts],
        "parse": lambda: [parse(text) for text in cleaned],
        "write": lambda: [dumps(document) for document in documents],
        "all, from bytes to bytes": lambda: [dumps(convert(one)) for one in data],
    }
    print(f"{len(data)} documents, {chars:,} characters\n\n| stage | characters/s | µs a character | share |\n|---|--:|--:|--:|")
    times = {name: best(work) for name, work in stages.items()}
    whole = times["all, from bytes to bytes"]
    for name, seconds in times.items():
        print(f"| {name} | {chars / seconds:,.0f} | {seconds / chars * 1e6:.2f} | {seconds / whole:.0%} |")


if __name__ == "__main__":
    main()
