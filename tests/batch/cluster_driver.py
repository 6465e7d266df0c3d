"""A run on a cluster in a process of its own, which a test can kill: cluster_driver.py SOURCE OUT ADDRESS SHARDS."""
from __future__ import annotations

import sys
from pathlib import Path

from jihua.batch.cluster import run_on_cluster
from jihua.batch.find import find
from jihua.batch.options import Options
from jihua.schema import JihuaError

SLOWED = (sys.executable, str(Path(__file__).with_name("slowed.py")))
OPTIONS = Options(jobs=1, timeout=20, max_memory=700_000_000)


def main(source: str, out: str, address: str, shards: str) -> int:
    """Run, print what comes, as text; the exit code that the command would have."""
    try:
        for entry in run_on_cluster(find([Path(source)], Path(out)).files, Path(out), OPTIONS, shards=int(shards),
                                    address=address, command=SLOWED):
            print(entry.outcome, entry.uri, flush=True)
    except JihuaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
