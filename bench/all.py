"""Every measurement in one run: `make bench`. Writes each table between its marks in docs/performance.md.

`--only NAME …` for some of them; `--peers PYTHON` names a Python with bench/peers.txt installed (`make bench` makes one).
The machine's load moves all figures: compare within one run only."""
from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
BENCHES: dict[str, tuple[str, ...]] = {     # the mark in the page → the program and its arguments
    "stages": ("speed.py", "--sample", "60"),
    "whole": ("whole.py",),
    "text": ("text_peers.py", "--peers", "{peers}"),
    "readers": ("readers.py", "--peers", "{peers}"),
    "pages": ("main_text.py",),
    "scaling": ("scaling.py",),
}


def main() -> None:
    """Run them one after another and write what they print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES))
    parser.add_argument("--peers", default="")
    options = parser.parse_args()
    for name in options.only:
        program, *words = BENCHES[name]
        arguments = [word.format(peers=options.peers) for word in words]
        if not options.peers and "--peers" in arguments:
            arguments = arguments[:arguments.index("--peers")]
        print(f"# {name}", flush=True)
        done = subprocess.run([sys.executable, HERE / program, *arguments], stdout=subprocess.PIPE, encoding="utf-8", check=True)
        print(done.stdout, flush=True)
        page = PAGE.read_text(encoding="utf-8")
        mark = re.compile(rf"(<!-- bench {name} -->\n).*?(<!-- end -->)", re.S)
        PAGE.write_text(mark.sub(lambda found, text=done.stdout: f"{found[1]}{text.rstrip()}\n{found[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
