"""A run in a process of its own, which a test can kill: driver.py SOURCE OUT [name=value …], in the options' names. Prints
each entry's outcome and uri; `poison=1` lets sources do harm."""
from __future__ import annotations

import sys
from pathlib import Path

from jihua.batch.find import find
from jihua.batch.options import Options, Shard
from jihua.batch.process import COMMAND
from jihua.batch.run import run
from jihua.schema import JihuaError

POISONED = (sys.executable, str(Path(__file__).with_name("poisoned.py")))


def main(source: str, out: str, *settings: str) -> int:
    """Run; the exit code that the command would have."""
    options = {name: int(value) if value.isdigit() else value for name, _, value in (s.partition("=") for s in settings)}
    command = POISONED if options.pop("poison", 0) else COMMAND
    if "shard" in options:
        k, n = str(options["shard"]).split("/")
        options["shard"] = Shard(int(k), int(n))
    try:
        for entry in run(find([Path(source)], Path(out)).files, Path(out), Options(**options), command=command):
            print(entry.outcome, entry.uri, flush=True)
    except JihuaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
