"""Folders for runs: plans of our own writing, and what lies in a folder of outputs."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

from jihua.batch.ledger import HOME
from make_archives import zipped

DRIVER = Path(__file__).with_name("driver.py")
TOKEN = "JIHUA_TEST_TOKEN"


def plan(number: int, more: str = "") -> bytes:
    """A small plan; each number another."""
    return f"青溪镇2024年第{number}号工作计划\n\n一、全年完成植树{number + 5}00株以上。\n二、6月30日前完成检查。{more}\n".encode()


def fill(home: Path, plans: int = 6) -> Path:
    """A folder with plans, a duplicate, an archive with plans and litter, a broken file and an empty one."""
    home.mkdir(parents=True)
    for number in range(plans):
        place = home / f"{number % 3}" / f"计划{number}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(plan(number))
    (home / "zz.txt").write_bytes(plan(0))
    (home / "m.zip").write_bytes(zipped({f"{n}.txt": plan(1000 + n) for n in range(plans // 2)} | {"~$x.docx": b"x", "2.txt": plan(2)}))
    (home / "cut.docx").write_bytes(b"PK\x03\x04" + bytes(60))
    (home / "empty.txt").write_bytes(b"")
    return home


def poison(home: Path, words: Iterable[str]) -> Path:
    """More files in the folder, each poison of one kind (poisoned.py)."""
    for number, word in enumerate(words):
        (home / f"poison-{word}.txt").write_bytes(plan(500 + number, f"poison:{word} 。"))
    return home


def written(out: Path) -> dict[str, bytes]:
    """What lies in the folder but for the account."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and HOME not in p.parts}


def _heeding() -> None:
    """Heed Ctrl-C, which a shell lets its background jobs ignore, and with them the tests."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Driven:
    """A run in a process that can be killed, and everything that came of it found again by a token in the environment."""

    def __init__(self, source: Path, out: Path, **options: object) -> None:
        self.token = uuid.uuid4().hex
        said = [f"{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen([sys.executable, str(DRIVER), str(source), str(out), *said], encoding="utf-8",
                                        env={**os.environ, TOKEN: self.token, "PYTHONUTF8": "1"},
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_heeding)

    def end(self) -> tuple[int, str, str]:
        """Wait for it: exit code, output, errors."""
        said, errors = self.process.communicate(timeout=120)
        return self.process.returncode, said, errors

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal and wait for its end."""
        self.process.send_signal(number)
        self.process.communicate(timeout=60)

    def processes(self) -> list[int]:
        """The numbers of all processes that it started and that are there (Linux)."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._ours(pid) and pid != self.process.pid]

    def orphans(self, seconds: float = 5) -> list[int]:
        """Those that are still there some time after its end."""
        until = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _ours(self, pid: int) -> bool:
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                return f"{TOKEN}={self.token}".encode() in file.read().split(b"\0")
        except OSError:
            return False
