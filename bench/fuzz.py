"""Mutated files over all readers: `python bench/fuzz.py [--from NUMBER] [FILES A FORMAT] [FORMAT …]`; one file again:
`--one FORMAT NUMBER`.

Prints a row a format and every finding; ends with 1 where there is one."""
from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import fuzz


def one(kind: str, number: int) -> int:
    """Converts one mutated file in this process, with its traceback; keeps it in the present folder."""
    name, data = fuzz.make(kind, number, fuzz.seeds())
    Path(f"fuzz-{kind}-{number}-{name}").write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        print(fuzz.outcome(name, data, Path(folder)))
    return 0


def main(start: int, count: int, kinds: list[str]) -> int:
    """Prints the table; the number of findings decides."""
    known = fuzz.seeds()
    fuzz.warm(known)
    print("| format | files | ok | errors by code | slowest s (number) | memory MB | findings |\n|---|---|---|---|---|---|---|", flush=True)
    total = found = 0
    begun = time.monotonic()
    for kind in kinds or list(known):
        report = fuzz.run(kind, start, start + count, known)
        codes = ", ".join(f"{code} {n}" for code, n in sorted(report.outcomes.items()) if code != "ok")
        print(f"| {kind} | {report.files} | {report.outcomes['ok']} | {codes} | {report.slowest:.2f} ({report.slowest_number}) | {report.memory} | "
              f"{len(report.findings)} |", flush=True)
        for finding in report.findings:
            print(f"    {finding.kind} {finding.number}: {finding.what}", flush=True)
        total, found = total + report.files, found + len(report.findings)
    print(f"\n{total} files in {time.monotonic() - begun:.0f} s, {found} findings")
    return int(found > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.exit(one(sys.argv[2], int(sys.argv[3])))
    words = sys.argv[1:]
    first = int(words[1]) if words[:1] == ["--from"] else 0
    words = words[2:] if words[:1] == ["--from"] else words
    sys.exit(main(first, int(words[0]) if words else 1000, words[1:]))
