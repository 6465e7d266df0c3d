"""The process of a run (poisoned.py), but each source takes a while, so that a test can kill what works on it."""
from __future__ import annotations

import time
from typing import Any

import poisoned
from jihua.batch import scout, work
from jihua.batch.child import main

SECONDS = 0.1


def _slow(real: Any) -> Any:
    def convert(source: Any, **options: Any) -> Any:
        if options.get("uri"):
            time.sleep(SECONDS)
        return real(source, **options)
    return convert


if __name__ == "__main__":
    work.convert = _slow(poisoned._poisonous(work.convert))
    scout.is_archive = poisoned._opening(scout.is_archive)
    main()
