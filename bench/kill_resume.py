"""Kill a run again and again, parent and children, and hold what is there in the end against a run that nobody disturbed.

    python bench/kill_resume.py --documents 2000 --kills 20 --poison 40 [--from DIR …] [--jobs 2] [--layout shards] [--home DIR]

The documents are the fixtures, or the files of the folders given, again and again: texts each with a line of its own, other
formats as they are (duplicates are converted too). Poison files do harm in every way that tests/batch/poisoned.py knows. Exit
code 0: the same bytes, every source with its outcome, no process left over."""
from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "batch"), str(ROOT / "tests")]

from folders import Driven, plan, written
from jihua.batch.find import find
from jihua.batch.ledger import entries, runs
from poisoned import POISON

TEXTS = (".txt", ".md", ".html", ".htm")


def fill(home: Path, sources: list[Path], documents: int, poison: int) -> None:
    """So many files, of which so many are poison."""
    files = [item.path for item in find(sources).files if not item.litter and item.path.is_file() and item.path.suffix != ".json"]
    for number, file in zip(range(documents - poison), cycle(files)):
        place = home / f"{number // 500:03}" / f"{number:06}{file.suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        place.write_bytes(data + f"\n第{number}号\n".encode() if file.suffix in TEXTS and b"\0" not in data[:2000] else data)
    for number, word in zip(range(poison), cycle(POISON)):
        place = home / f"{number % max(1, documents // 500):03}" / f"poison-{number:04}-{word}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(plan(10_000 + number, f"poison:{word} 。"))


def undisturbed(home: Path, out: Path, options: dict[str, object]) -> float:
    """Run to the end; seconds."""
    began = time.monotonic()
    driven = Driven(home, out, **options)
    driven.process.communicate()
    if driven.process.returncode:
        sys.exit(f"a run that nobody disturbed ended with {driven.process.returncode}")
    return time.monotonic() - began


def disturbed(home: Path, out: Path, options: dict[str, object], kills: int, seconds: float, chance: random.Random) -> tuple[int, int]:
    """Kill and go on, then run to the end; the number of runs and of orphans."""
    number = orphans = killed = 0
    while True:
        number += 1
        driven = Driven(home, out, **options)
        while killed < kills and driven.process.poll() is None:
            wait(driven, chance.uniform(0.1, 1.7) * seconds / kills)   # in all less than the run takes
            if driven.process.poll() is not None:
                break
            killed += 1
            others = driven.processes()
            if others and chance.random() < 0.5:
                try:
                    os.kill(chance.choice(others), signal.SIGKILL)      # and the run goes on
                except ProcessLookupError:
                    pass
                continue
            driven.kill()
            orphans += len(driven.orphans())
            break
        else:
            driven.process.communicate()
        if driven.process.poll() is not None and driven.process.returncode == 0:
            orphans += len(driven.orphans())
            if killed >= kills:
                return number, orphans
            shutil.rmtree(out)                                          # it was done before all kills: once more from nothing


def wait(driven: Driven, seconds: float) -> None:
    """Let it run for a time, its output thrown away so that it does not wait for us."""
    until = time.monotonic() + seconds
    assert driven.process.stdout is not None
    os.set_blocking(driven.process.stdout.fileno(), False)
    while time.monotonic() < until and driven.process.poll() is None:
        try:
            while os.read(driven.process.stdout.fileno(), 1 << 16):
                pass
        except BlockingIOError:
            pass
        time.sleep(0.02)
    os.set_blocking(driven.process.stdout.fileno(), True)


def main() -> int:
    """Measure and compare; what came of it as the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, value in (("--documents", 600), ("--kills", 10), ("--poison", 11), ("--jobs", 2), ("--seed", 1), ("--timeout", 4)):
        parser.add_argument(name, type=int, default=value)
    parser.add_argument("--layout", default="files", choices=("files", "shards"))
    parser.add_argument("--from", dest="sources", type=Path, nargs="*", default=[ROOT / "fixtures"])
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    home = Path(given.home or tempfile.mkdtemp(prefix="jihua-kill-"))
    options: dict[str, object] = {"jobs": given.jobs, "timeout": given.timeout, "max_memory": 700_000_000, "poison": 1,
                                  "keep_duplicates": 1, "layout": given.layout, "group": 50}
    fill(home / "in", given.sources, given.documents, given.poison)
    seconds = undisturbed(home / "in", home / "whole", options)
    print(f"{given.documents:,} files, {given.poison} of them poison: {seconds:.0f} s undisturbed", flush=True)
    number, orphans = disturbed(home / "in", home / "out", options, given.kills, seconds, random.Random(given.seed))
    whole, out = written(home / "whole"), written(home / "out")
    different = sorted(name for name in whole.keys() | out.keys() if whole.get(name) != out.get(name))
    found = [(e.uri, e.outcome) for e in entries(home / "out")]
    same = found == [(e.uri, e.outcome) for e in entries(home / "whole")]
    print(f"{given.kills} kills in {number} runs: {len(different)} of {len(whole):,} files differ, {len(found):,} sources with "
          f"{'the same outcomes' if same else 'other outcomes'}, account of {runs(home / 'out')[-1].inputs:,}, {orphans} orphans")
    print(*different[:20], sep="\n", end="\n" if different else "")
    if given.home is None:
        shutil.rmtree(home)
    return int(bool(different) or not same or bool(orphans))


if __name__ == "__main__":
    sys.exit(main())
