"""How fast each reader is by itself: `python bench/readers.py [--peers PYTHON]`.

One run, one core, processor time. Web pages and OFD are those of the source documents that lie beside the checkout (else
the fixtures' texts in five layouts); the other formats are the fixtures' texts as the tests wrap them. `--peers` names a
Python with bench/peers.txt installed. Prints a Markdown table; only ratios of one run are worth comparing."""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

import wrap
from jihua import convert
from jihua.ingest.readers import read
from jihua.schema import JihuaError

CORPUS = HERE.parent.parent / "shared" / "corpus"
TEXTS = ("school", "taiwan", "village", "term", "safety", "ward", "township")
SECONDS = 3.0
PEERS = {"html": ("beautifulsoup", "trafilatura", "readability"), "docx": ("python_docx", "mammoth"),
         "pdf": ("pdfminer", "pypdf", "pdfplumber")}


def samples() -> dict[str, list[tuple[str, bytes]]]:
    """The files by format, each with its name."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    texts = [convert(HERE.parent / "fixtures" / name / "source.txt").source_text() for name in TEXTS]
    for carrier, (name, make) in wrap.carriers().items():
        ending = name.rpartition(".")[2]
        kind = "html" if "htm" in ending else ending
        if "scan" not in carrier and "Big5" not in carrier:       # not every text can be said in Big5
            found.setdefault(kind, []).extend((name, make(wrap.parts(text))) for text in texts)
    for kind, folder, pattern in (("html", "html", "**/*.html"), ("ofd", "formats/ofd", "**/*.ofd")):
        files = [(path.name, path.read_bytes()) for path in sorted((CORPUS / folder).glob(pattern))]
        found[kind] = [each for each in files if readable(*each)] or found[kind]
    return found


def readable(name: str, data: bytes) -> bool:
    """Whether the reader gives text for it."""
    try:
        return bool(read(data, name).text)
    except JihuaError:
        return False


def rate(files: Sequence[tuple[str, bytes]]) -> float:
    """Files a second of processor time, over several seconds, after a pass that warms caches."""
    for name, data in files:
        read(data, name)
    start, done = time.process_time(), 0
    while time.process_time() - start < SECONDS:
        for name, data in files:
            read(data, name)
        done += len(files)
    return done / (time.process_time() - start)


def peers(python: str, kind: str, files: Sequence[tuple[str, bytes]]) -> Mapping[str, float]:
    """Files a second of the readers of others for a format."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, (_, data) in enumerate(files):
            paths.append(f"{folder}/{k}.{kind}")
            Path(paths[-1]).write_bytes(data)
        for name in PEERS[kind]:
            done = subprocess.run([python, HERE / "peer_readers.py", name], input=json.dumps(paths), capture_output=True,
                                  text=True, check=False)
            if done.returncode == 0:
                told = json.loads(done.stdout.splitlines()[-1])
                out[name] = told["files"] / told["seconds"]
            else:
                print(f"{name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return out


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="a Python with bench/peers.txt installed")
    options = parser.parse_args()
    print("| format | files | kB each | files/s | others, files/s |\n|---|--:|--:|--:|---|")
    for kind, files in samples().items():
        speed = rate(files)
        others = peers(options.peers, kind, files) if options.peers and kind in PEERS else {}
        told = ", ".join(f"{name} {value:,.0f} ({value / speed:.2f} ×)" for name, value in others.items())
        size = sum(len(data) for _, data in files) / len(files) / 1000
        print(f"| {kind} | {len(files)} | {size:,.1f} | {speed:,.0f} | {told} |")


if __name__ == "__main__":
    main()
