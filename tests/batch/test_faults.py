"""Disks that are full, ledgers that are damaged, two runs at once: a clear word, and the next run goes on."""
from __future__ import annotations

import errno
import json
import sqlite3
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from folders import Driven, fill, plan, written
from jihua import convert
from jihua.batch import account, finish, shards
from jihua.batch.find import Input, find
from jihua.batch.ledger import HOME, entries, runs
from jihua.batch.lock import locked
from jihua.batch.options import Options, Shard
from jihua.batch.report import called
from jihua.batch.run import run
from jihua.batch.write import unwritable
from jihua.export.json import dumps
from jihua.schema import AccountError, DamagedError, LockedError, OutputError, UnsupportedError
from jihua.screen.page import write_page
from jihua.screen.run import report

ONE = Options(jobs=1)
FAILING = str(Path(__file__).with_name("failing.py"))


def test_a_disk_that_is_full_at_any_write_stops_the_run_and_tears_nothing(tmp_path: Path) -> None:
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    for number in range(3):
        (home / f"{number}.txt").write_bytes(plan(number))
    whole = {f"{n}.txt.json": dumps(convert(home / f"{n}.txt")) for n in range(3)}
    for k in range(1, 4):                                       # each run gets one document further
        (tmp_path / "count").write_bytes(b"")
        with pytest.raises(OutputError, match="No space left"):
            list(run(find([home]).files, out, ONE, command=(sys.executable, FAILING, str(tmp_path / "count"), "2" if k > 1 else "1")))
        assert written(out).items() <= whole.items() and len(written(out)) == k - 1
        assert runs(out)[-1].state == "failed"
    list(run(find([home]).files, out, ONE))
    assert {name: data for name, data in written(out).items() if name != "manifest.jsonl"} == whole


def test_a_disk_that_is_full_for_what_is_taken_out_of_an_archive(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    with pytest.raises(OutputError, match="No space left"):
        list(run(find([home]).files, out, ONE, command=(sys.executable, FAILING, str(tmp_path / "count"), "0")))
    assert runs(out)[-1].state == "failed"
    assert {e.outcome for e in run(find([home]).files, out, ONE) if e.container} == {"ok", "skipped"}


@pytest.mark.parametrize("place", ["manifest", "ledger", "part"])
def test_a_disk_that_is_full_for_the_run_itself(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    options = Options(jobs=1, layout="shards", group=2)

    def full(path: Path, *_: object, **__: object) -> None:
        raise unwritable(path, OSError(errno.ENOSPC, "No space left on device"))

    class Full(sqlite3.Connection):
        def executemany(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("database or disk is full")
    with monkeypatch.context() as patch:
        if place == "ledger":
            real = sqlite3.connect
            patch.setattr(account.sqlite3, "connect", lambda *a, **k: real(*a, **{"factory": Full, **k}))
        else:
            patch.setattr({"manifest": finish, "part": shards}[place], "write", full)
        with pytest.raises(OutputError, match=r"full|No space"):
            list(run(find([home]).files, out, options))
    list(run(find([home]).files, out, options))
    for entry in entries(out):
        assert (entry.output is not None) == (entry.outcome == "ok")
        if entry.output:
            line = (out / entry.output).read_bytes()[entry.at:(entry.at or 0) + (entry.output_bytes or 0)]
            assert sha256(line).hexdigest() == entry.output_sha256 and json.loads(line)["source"]["uri"] == entry.uri


def test_a_flipped_byte_in_the_ledger_never_reaches_the_output(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    list(run(find([home]).files, out, ONE))
    ledger, whole, told = out / HOME / "ledger.sqlite", written(out), [(e.uri, e.outcome, e.output) for e in entries(out)]
    good = ledger.read_bytes()
    row = good.index("0/计划0.txt.json".encode())
    for place in (0, row, len(good) // 2):                        # the head, a source, somewhere
        flipped = bytearray(good)
        flipped[place] ^= 0x55
        ledger.write_bytes(flipped)
        list(run(find([home]).files, out, ONE))
        assert [(e.uri, e.outcome, e.output) for e in entries(out)] == told and written(out) == whole
    ledger.write_bytes(good[:len(good) // 3])
    list(run(find([home]).files, out, ONE))
    assert written(out) == whole and list((out / HOME).glob("damaged-*-ledger.sqlite"))
    assert runs(out)[-1].options["set_aside"].startswith("damaged-")


def test_whoever_reads_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    list(run(find([home]).files, out, ONE))
    ledger = out / HOME / "ledger.sqlite"
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE sources SET outcome = 'partial' WHERE uri = 'zz.txt'")
    db.close()
    with pytest.raises(DamagedError, match="the ledger is damaged"):
        list(entries(out))
    with pytest.raises(DamagedError, match="no ledger"):
        list(entries(tmp_path / "nowhere"))


def test_a_ledger_of_another_version_is_named_as_such_and_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    list(run(find([home]).files, out, ONE))
    ledger, whole = out / HOME / "ledger.sqlite", written(out)
    db = sqlite3.connect(ledger)
    db.executescript("ALTER TABLE sources DROP COLUMN parts; PRAGMA user_version = 1")
    db.close()
    for read in (lambda: list(entries(out)), lambda: called(out, "empty.txt", 9), lambda: runs(out)):
        with pytest.raises(UnsupportedError, match="made by another version of jihua"):
            read()
    inputs = find([home])
    report(run(inputs.files, out, ONE), inputs, out)
    assert "made by another version of jihua" in capsys.readouterr().out and written(out) == whole
    assert [p.name for p in (out / HOME).glob("*-ledger.sqlite")] == ["foreign-1-ledger.sqlite"]
    assert "made by another version of jihua" in write_page(out).read_text(encoding="utf-8")


def test_parts_of_another_version_wait_for_their_turn(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    parts = [Options(jobs=1, shard=Shard(k, 2)) for k in (1, 2)]
    for part in parts:
        list(run(find([home]).files, out, part))
    whole = written(out)
    for ledger in (out / HOME).glob("ledger-*.sqlite"):
        db = sqlite3.connect(ledger)
        db.execute("PRAGMA user_version = 1")
        db.close()
    for part in parts:
        again = list(run(find([home]).files, out, part))
        assert {e.uri for e in again} <= {e.uri for e in entries(out)}
    assert written(out) == whole


def test_a_ledger_that_was_not_begun_is_not_damaged(tmp_path: Path) -> None:
    (tmp_path / "out" / HOME).mkdir(parents=True)
    (tmp_path / "out" / HOME / "ledger.sqlite").write_bytes(b"")
    (tmp_path / "a.txt").write_bytes(plan(1))
    list(run([Input(tmp_path / "a.txt", "a.txt")], tmp_path / "out", ONE))
    assert "set_aside" not in runs(tmp_path / "out")[-1].options


def test_two_runs_in_one_folder(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 200), tmp_path / "out"
    first = Driven(home, out, jobs=1)
    assert first.process.stdout is not None
    first.process.stdout.readline()
    second = Driven(home, out, jobs=1)
    code, _, errors = second.end()
    assert code == 4 and f"another run works here (process {first.process.pid})" in errors
    first.kill()
    assert (out / HOME / "lock").exists()                       # and holds nobody back
    with locked(out / HOME), pytest.raises(LockedError), locked(out / HOME, "1-of-2"):
        pass
    with locked(out / HOME, "1-of-2"), locked(out / HOME, "2-of-2"), pytest.raises(LockedError), locked(out / HOME):
        pass


def test_an_account_that_does_not_add_up_fails_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(plan(1))
    monkeypatch.setattr(account.Account, "put", lambda self, entry: None)
    with pytest.raises(AccountError, match="1 sources, but 0 outcomes"):
        list(run([Input(tmp_path / "a.txt", "a.txt")], tmp_path / "out", ONE))


def test_nothing_can_be_written_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        list(run([Input(tmp_path / "file", "file")], tmp_path / "file" / "out", ONE))
