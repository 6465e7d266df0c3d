"""How fast text is recognised, beside what the field offers: `python bench/text_peers.py [--peers PYTHON] [--sample N]`.

One run, one core, processor time, the same texts for all: our dates, our whole reading of a text, jieba's bare
segmentation, six bare patterns, and, where `--peers` names a Python with bench/peers.txt installed, JioNLP and
Recognizers-Text. Prints a Markdown table with ratios; only ratios of one run are worth comparing."""
from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba  # type: ignore[import-untyped]
from jihua.ingest.clean import clean
from jihua.ingest.readers import read
from jihua.parse.dates import find_dates
from jihua.parse.flow import parse
from jihua.parse.view import matching_view
from jihua.schema import Cleaned
from speed import REPORTS, sources

HERE = Path(__file__).resolve().parent
PATTERNS = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|[初中底末])?|[一二三四]季度|[上下]半年|\d+(?:\.\d+)?%"
    r"|\d+(?:\.\d+)?[万亿]?(?:元|人|户|个|公里|吨|亩)")
PEERS = {"jionlp-dates": "JioNLP 1.5.29, dates", "recognizers-dates": "Recognizers-Text, dates",
         "recognizers-numbers": "Recognizers-Text, numbers"}


def timed(texts: Sequence[Cleaned], work: Callable[[Cleaned], int]) -> tuple[float, int]:
    """Characters a second of processor time, best of three, and how much was found."""
    best, found = 0.0, 0
    for _ in range(3):
        start = time.process_time()
        found = sum(work(text) for text in texts)
        best = max(best, sum(len(t.text) for t in texts) / (time.process_time() - start))
    return best, found


def own_dates(text: Cleaned) -> int:
    """Dates, durations and recurrences of a text."""
    view = matching_view(text.text)
    return len(find_dates(view, 0, len(view)))


def own_all(text: Cleaned) -> int:
    """Everything: outline, dates, targets, actuals, tasks, references."""
    return sum(len(p.dates) + len(p.targets) + len(p.actuals) + len(p.tasks) for p in parse(text).plans)


def peer(python: str, name: str, texts: Sequence[Cleaned]) -> tuple[float, int]:
    """The same of a recogniser of others, in its own environment."""
    done = subprocess.run([python, HERE / "peer_recognisers.py", name], capture_output=True, text=True, check=True,
                          input=json.dumps([text.text for text in texts]))
    told = json.loads(done.stdout.splitlines()[-1])
    return told["chars"] / told["seconds"], told["hits"] * sum(len(t.text) for t in texts) // max(1, told["chars"])


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="a Python with bench/peers.txt installed")
    parser.add_argument("--sample", type=int, default=20, help="how many reports")
    options = parser.parse_args()
    folder = REPORTS if REPORTS.is_dir() else HERE.parent / "fixtures"
    texts = [clean(read(one, "")) for one in sources(folder, options.sample)]
    jieba.initialize()
    rows: dict[str, tuple[float, int]] = {
        "jihua, dates": timed(texts, own_dates),
        "jihua, everything": timed(texts, own_all),
        "jieba.cut, words only": timed(texts, lambda text: sum(1 for _ in jieba.cut(text.text))),
        "six bare patterns": timed(texts, lambda text: sum(1 for _ in PATTERNS.finditer(text.text))),
    }
    if options.peers:
        rows |= {called: peer(options.peers, name, texts) for name, called in PEERS.items()}
    base = rows["jihua, everything"][0]
    print(f"{len(texts)} texts, {sum(len(t.text) for t in texts):,} characters\n")
    print("| | characters/s | ratio | found |\n|---|--:|--:|--:|")
    for called, (speed, found) in rows.items():
        print(f"| {called} | {speed:,.0f} | {speed / base:.2f} | {found:,} |")


if __name__ == "__main__":
    main()
