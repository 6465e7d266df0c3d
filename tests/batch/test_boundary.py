"""Sources that do harm: each has its own outcome, nobody else notices, nothing is left over."""
from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from driver import POISONED
from folders import Driven, fill, plan, poison, written
from jihua import convert
from jihua.batch.find import find
from jihua.batch.ledger import HOME, entries, runs
from jihua.batch.options import Options
from jihua.batch.run import run
from jihua.export.json import dumps
from make_archives import zipped

EXPECTED = {
    "raise": ("error", "ZeroDivisionError"), "segfault": ("crash", "SIGSEGV"), "exit": ("crash", "exit code 3"), "loop": ("timeout", "seconds"), "held": ("timeout", "seconds"),
    "child": ("timeout", "seconds"), "allocate": ("memory", "bytes of memory"), "huge": ("memory", "bytes of memory"),
    "flood": ("ok", ""), "deep": ("error", "RecursionError"),
}
QUICK = Options(jobs=2, timeout=4, max_memory=700_000_000)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_poison_costs_nobody_else_anything(tmp_path: Path) -> None:
    home = poison(fill(tmp_path / "in"), EXPECTED)
    driven = Driven(home, tmp_path / "out", jobs=2, timeout=4, max_memory=700_000_000, poison=1)
    code, _, errors = driven.end()
    assert code == 0, errors
    found = {entry.uri: entry for entry in entries(tmp_path / "out")}
    for word, (outcome, said) in EXPECTED.items():
        entry = found.pop(f"poison-{word}.txt")
        assert (entry.outcome, said in (entry.detail or {"message": ""})["message"]) == (outcome, True), entry
        assert entry.tries == (2 if outcome in ("crash", "timeout", "memory") else 1), entry
    assert driven.orphans() == []
    assert sorted(Counter(entry.outcome for entry in found.values()).items()) == [("error", 2), ("ok", 8), ("skipped", 3)]
    for uri in ("0/计划0.txt", "2/计划5.txt"):
        assert written(tmp_path / "out")[f"{uri}.json"] == dumps(convert(home / uri, uri=uri))
    assert runs(tmp_path / "out")[-1].inputs == len(found) + len(EXPECTED)


def test_files_that_harm_whoever_opens_them(tmp_path: Path) -> None:
    home = fill(tmp_path / "in")
    for word in ("segfault", "held"):
        (home / f"open-{word}.bin").write_bytes(plan(900, word))
    done = {entry.uri: entry for entry in run(find([home]).files, tmp_path / "out", Options(jobs=1, timeout=4), command=POISONED)}
    assert [done[f"open-{word}.bin"].outcome for word in ("segfault", "held")] == ["crash", "timeout"]
    assert sum(entry.outcome == "ok" for entry in done.values()) == 8
    again = list(run(find([home]).files, tmp_path / "out", Options(jobs=1, timeout=4)))
    assert {entry.uri: entry.outcome for entry in again} == {uri: entry.outcome for uri, entry in done.items()}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "in"
    home.mkdir()
    os.mkfifo(home / "pipe.txt")
    os.symlink(home / "nowhere", home / "link.txt")
    os.symlink("/dev/zero", home / "zero.txt")
    (home / "a.txt").write_bytes(plan(1))
    with socket.socket(socket.AF_UNIX) as sock:
        monkeypatch.chdir(home)
        sock.bind("sock.txt")
        found = {e.uri: (e.outcome, (e.detail or {}).get("code")) for e in run(find([home]).files, tmp_path / "out", QUICK)}
    assert found == {"a.txt": ("ok", None), "pipe.txt": ("unsupported", "unsupported"), "zero.txt": ("unsupported", "unsupported"),
                     "sock.txt": ("unsupported", "unsupported"), "link.txt": ("error", "damaged")}


def test_files_that_go_or_change_while_the_run_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "in"
    home.mkdir()
    for number in range(40):
        (home / f"{number:02}.txt").write_bytes(plan(number))
    seen = {}
    for entry in run(find([home]).files, tmp_path / "out", Options(jobs=1)):
        if not seen:
            (home / "38.txt").write_bytes(plan(3800))
            (home / "39.txt").unlink()
        seen[entry.uri] = entry
    assert seen["38.txt"].outcome in ("ok", "error") and seen["39.txt"].outcome == "error"
    if seen["38.txt"].outcome == "error":
        assert "changed" in (seen["38.txt"].detail or {})["message"]
    again = {entry.uri: entry.outcome for entry in run(find([home]).files, tmp_path / "out", Options(jobs=1))}
    assert set(again.values()) == {"ok"} and len(again) == 39


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("first", ["", "warden"])
def test_what_a_reader_has_started_ends_with_the_run(tmp_path: Path, first: str) -> None:
    home = poison(tmp_path / "in", ())
    home.mkdir()
    poison(home, ["child"])
    driven = Driven(home, tmp_path / "out", jobs=1, timeout=100, poison=1)
    until = time.monotonic() + 60
    while not any("time.sleep(600)" in words(pid) for pid in driven.processes()) and time.monotonic() < until:
        time.sleep(0.05)
    wardens = [pid for pid in driven.processes() if "warden" in words(pid)]
    assert len(wardens) == 1 and len(driven.processes()) == 4
    if first == "warden":
        os.kill(wardens[0], signal.SIGKILL)
        os.kill(next(pid for pid in driven.processes() if "poisoned" in words(pid) and pid not in wardens), signal.SIGKILL)
        while not any("warden" in words(pid) for pid in driven.processes() if pid not in wardens) and time.monotonic() < until:
            time.sleep(0.05)
    driven.kill()
    assert driven.orphans() == []


def words(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def test_an_archive_that_holds_more_than_may_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jihua.batch.run._HELD", 1000)          # less than one portion, so that nothing goes on by itself
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    (home / "a.zip").write_bytes(zipped({f"{n}.txt": plan(n) for n in range(300)}))
    waiting = []
    for entry in run(find([home]).files, out, Options(jobs=1)):
        assert entry.outcome == "ok"
        waiting.append(len(list((out / HOME / "work").glob("*.spool"))))
    assert len(waiting) == 300 and max(waiting) <= 3            # of five portions


def test_an_archive_that_holds_nothing_but_empty_files(tmp_path: Path) -> None:
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    (home / "a.zip").write_bytes(zipped({"a.txt": b"", "b.html": b""}))
    (home / "c.csv").write_bytes(b"")
    said = {e.uri: (e.outcome, (e.detail or {}).get("code")) for e in run(find([home]).files, out, Options(jobs=1))}
    assert len(said) == 3 and set(said.values()) <= {("error", "damaged"), ("unsupported", "unsupported"), ("partial", None)}, said
