"""The process of a run, but some sources are poison: their text says in which way (see POISON). Started by the tests as
`command`, in the place of `jihua.batch.child`; the product knows nothing of it."""
from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from jihua.batch import scout, work
from jihua.batch.child import main


def _allocate() -> None:
    kept = []
    while True:
        kept.append(b"x" * 50_000_000)


def _flood() -> None:
    for _ in range(2_000):
        os.write(1, b"noise\n" * 5_000)
        os.write(2, b"noise\n" * 5_000)


def _started() -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    time.sleep(600)


POISON = {
    "raise": lambda: 1 / 0, "segfault": lambda: ctypes.string_at(0), "exit": lambda: os._exit(3), "leave": lambda: os._exit(0),
    "abort": os.abort, "loop": lambda: exec("while True: pass"), "held": lambda: ctypes.PyDLL(None).sleep(600),
    "child": _started, "allocate": _allocate, "huge": lambda: bytearray(1 << 40), "flood": _flood,
    "deep": lambda: eval("f()", {"f": (f := lambda: f())}),
}
"""What a source does whose text holds `poison:` and the word."""


def _data(source: Any) -> bytes:
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _poisonous(real: Any) -> Any:
    def convert(source: Any, **options: Any) -> Any:
        _, found, rest = _data(source).partition(b"poison:")
        if found:
            POISON[rest.split()[0].decode()]()
        return real(source, **options)
    return convert


def _opening(real: Any) -> Any:
    def is_archive(path: Path) -> bool:
        if path.name.startswith("open-"):
            POISON[path.stem.removeprefix("open-")]()
        return bool(real(path))
    return is_archive


if __name__ == "__main__":
    work.convert = _poisonous(work.convert)
    scout.is_archive = _opening(scout.is_archive)
    main()
