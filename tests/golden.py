"""Write the golden outputs anew: `python tests/golden.py` puts `expected.json` beside every `fixtures/*/source.*`.

A change of the output is then read in the diff before it is committed. Refuses to run under CI."""
from __future__ import annotations

import os
import sys
from pathlib import Path

import jihua
from jihua.export.json import dumps

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def sources() -> list[Path]:
    """The source of every fixture, by name of its folder."""
    return sorted(FIXTURES.glob("*/source.*"))


def made(source: Path) -> bytes:
    """The document of a fixture as it is now; its uri is `<fixture>/source.<suffix>`."""
    return dumps(jihua.convert(source, uri=source.relative_to(FIXTURES).as_posix()))


def main() -> int:
    """Write every golden that differs and tell which."""
    if os.environ.get("CI"):
        print("golden outputs are not written under CI", file=sys.stderr)
        return 2
    for source in sources():
        golden, now = source.with_name("expected.json"), made(source)
        if not golden.exists() or golden.read_bytes() != now:
            golden.write_bytes(now)
            print(f"written: {golden.relative_to(FIXTURES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
