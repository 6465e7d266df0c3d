"""Runs that end before their time, and what the next one makes of it: nothing lost, nothing torn, nothing done twice."""
from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from driver import POISONED
from folders import Driven, fill, plan, poison, written
from jihua.batch.entry import Entry
from jihua.batch.find import find
from jihua.batch.ledger import HOME, entries, entry, gone, runs
from jihua.batch.options import Layout, Options, Shard
from jihua.batch.run import run

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def convert(home: Path, out: Path, **options: object) -> dict[str, Entry]:
    """Run over a folder; what came of each source."""
    return {each.uri: each for each in run(find([home], out).files, out, Options(**{"jobs": 1, **options}))}   # type: ignore[arg-type]


@linux
@pytest.mark.parametrize("layout", ["files", "shards"])
def test_killed_again_and_again_the_output_is_the_same(tmp_path: Path, layout: Layout) -> None:
    home = fill(tmp_path / "in", 60)
    convert(home, tmp_path / "whole", layout=layout, group=7)
    chance, killed = random.Random(layout), 0
    for jobs in (1, 2, 2) if layout == "files" else (2, 1):
        driven = Driven(home, tmp_path / "out", jobs=jobs, layout=layout, group=7)
        wait_until(driven, tmp_path / "out", chance.randint(1, 40 if layout == "files" else 4))
        killed += driven.process.poll() is None
        others = driven.processes()
        if others and chance.random() < 0.5:
            os.kill(chance.choice(others), signal.SIGKILL)      # a child first
        driven.kill()
        assert driven.orphans() == []
    last = Driven(home, tmp_path / "out", jobs=2, layout=layout, group=7)
    code, _, errors = last.end()
    assert code == 0 and killed, errors
    assert written(tmp_path / "out") == written(tmp_path / "whole")
    assert [(e.uri, e.outcome) for e in entries(tmp_path / "out")] == [(e.uri, e.outcome) for e in entries(tmp_path / "whole")]
    assert sorted(p.name for p in (tmp_path / "out" / HOME).iterdir()) == ["ledger.sqlite", "lock"]
    assert {"finished"} <= {r.state for r in runs(tmp_path / "out")} <= {"running", "finished"}


def wait_until(driven: Driven, out: Path, outputs: int) -> None:
    """Until so many more documents, or shards, lie in the folder than now, or the run has ended."""
    before = sum(1 for _ in out.rglob("*.json*"))
    while driven.process.poll() is None and sum(1 for _ in out.rglob("*.json*")) < before + outputs:
        time.sleep(0.005)


def wait_for(driven: Driven, seconds: float) -> None:
    """Until the run has told of the first document, and this long."""
    assert driven.process.stdout is not None
    for line in driven.process.stdout:
        if line.startswith("ok"):
            break
    time.sleep(seconds)


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in"), tmp_path / "out"
    first = convert(home, out)
    before = written(out)
    again = convert(home, out)
    assert all(e.run == 1 for e in again.values() if e.duplicate_of is None)      # a duplicate costs nothing
    assert {e.outcome for e in again.values() if e.run == 1} == {"ok", "error", "skipped"}
    assert written(out) == before
    os.utime(home / "0" / "计划0.txt")                          # another time, the same bytes
    (home / "1" / "计划1.txt").write_bytes(plan(77))            # other bytes
    (out / "2" / "计划2.txt.json").unlink()                     # an output gone
    (out / "2" / "计划5.txt.json").write_bytes(b"{")            # an output torn
    (home / "new.txt").write_bytes(plan(78))
    third = convert(home, out)
    assert {uri for uri, e in third.items() if e.run == 3 and e.outcome == "ok"} == {
        "1/计划1.txt", "2/计划2.txt", "2/计划5.txt", "new.txt"}
    assert third["0/计划0.txt"].run == 1 and len(third) == len(first) + 1
    changed = {name for name, data in written(out).items() if before.get(name) != data}
    assert changed == {"1/计划1.txt.json", "new.txt.json", "manifest.jsonl"}
    limits = convert(home, out, reading={"max_bytes": 10_000})    # an option that shapes output
    assert all(e.run == 4 for e in limits.values() if e.outcome == "ok")


def test_sources_that_vanish_are_gone_and_prune_takes_their_documents(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in"), tmp_path / "out"
    convert(home, out)
    (home / "0" / "计划3.txt").unlink()
    (home / "1" / "计划1.txt").write_bytes(b"")                 # had a document, has none now
    convert(home, out)
    assert (out / "0" / "计划3.txt.json").exists() and gone(out) == 1
    assert not (out / "1" / "计划1.txt.json").exists()
    assert "计划3" not in (out / "manifest.jsonl").read_text(encoding="utf-8")
    assert [e.outcome for e in entries(out, gone=True) if e.uri == "0/计划3.txt"] == ["ok"]
    (home / "m.zip").unlink()
    convert(home, out, prune=True)
    assert not (out / "0" / "计划3.txt.json").exists() and not (out / "m.zip!").exists() and gone(out) == 0
    assert entry(out, "0/计划3.txt") == [] and (out / "0" / "计划0.txt.json").exists()


def test_duplicates_are_converted_once_and_follow_the_first(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in"), tmp_path / "out"
    first = convert(home, out)
    assert (first["zz.txt"].duplicate_of, first["zz.txt"].output) == ("0/计划0.txt", None)
    assert first["m.zip!/2.txt"].duplicate_of == "2/计划2.txt"
    assert not (out / "zz.txt.json").exists()
    (home / "0" / "计划0.txt").write_bytes(plan(55))            # no duplicate of it any more
    (home / "2" / "计划2.txt").unlink()                          # nor of this: it is out of the archive now
    second = convert(home, out)
    assert (second["zz.txt"].outcome, second["m.zip!/2.txt"].outcome) == ("ok", "ok")
    assert second["m.zip!/0.txt"].run == 1
    kept = convert(home, tmp_path / "kept", keep_duplicates=True)
    assert all(e.duplicate_of is None for e in kept.values())


def test_shards_are_written_anew_where_something_changed(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 12), tmp_path / "out"
    convert(home, out, layout="shards", group=4)
    parts = sorted(name for name in written(out) if name.startswith("shards/"))
    assert len(parts) == 5 and not (out / "0").exists()
    for each in entries(out):
        if each.output:
            data = (out / each.output).read_bytes()[each.at:(each.at or 0) + (each.output_bytes or 0)]
            assert data.startswith(b'{"schema_version"') and data.endswith(b"}\n") and data.count(b"\n") == 1
    before = written(out)
    flipped = bytearray(before[parts[1]])
    flipped[len(flipped) // 2] ^= 1
    (out / parts[1]).write_bytes(flipped)
    (home / "0" / "计划0.txt").write_bytes(plan(99))
    second = convert(home, out, layout="shards", group=4)
    after = written(out)
    assert sum(e.run == 2 and e.outcome == "ok" for e in second.values()) == 2 + (second["zz.txt"].outcome == "ok")
    assert after[parts[1]] == before[parts[1]] and after[parts[0]] != before[parts[0]]
    (home / "0" / "a.txt").write_bytes(plan(98))                # every group behind moves by one
    convert(home, out, layout="shards", group=4)
    convert(home, tmp_path / "other", layout="shards", group=4)
    assert written(out) == written(tmp_path / "other")
    convert(home, out)                                           # and to the other layout
    assert not (out / "shards").exists() and (out / "0" / "a.txt.json").exists()


def test_parts_side_by_side_are_the_whole(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 12), tmp_path / "out"
    convert(home, tmp_path / "whole", keep_duplicates=True)
    for k in (2, 1):
        convert(home, out, keep_duplicates=True, shard=Shard(k, 2))
        assert (out / "manifest.jsonl").exists() == (k == 1)
    assert written(out) == written(tmp_path / "whole")
    assert len(list(entries(out))) == len(list(entries(tmp_path / "whole")))


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_in_order(tmp_path: Path, number: signal.Signals) -> None:
    home = fill(tmp_path / "in", 300)
    driven = Driven(home, tmp_path / "out", jobs=1)
    wait_for(driven, 0)
    driven.process.send_signal(number)
    code, _, errors = driven.end()
    assert code == 128 + number and "Run the same command again" in errors and "Traceback" not in errors
    assert runs(tmp_path / "out")[-1].state == "stopped" and driven.orphans() == []
    done = sum(each.outcome == "ok" for each in entries(tmp_path / "out"))
    assert 0 < done < 300
    assert not list((tmp_path / "out").rglob("*.tmp"))


def test_retry_tries_what_failed_and_nothing_else(tmp_path: Path) -> None:
    home, out = poison(fill(tmp_path / "in", 3), ("raise", "exit")), tmp_path / "out"
    first = {e.uri: e for e in run(find([home]).files, out, Options(jobs=1), command=POISONED)}
    assert (first["poison-raise.txt"].outcome, first["poison-exit.txt"].outcome) == ("error", "crash")
    kept = convert(home, out)
    assert (kept["poison-raise.txt"].outcome, kept["poison-exit.txt"].outcome) == ("error", "crash")
    tried = convert(home, out, retry=True)
    assert {uri for uri, e in tried.items() if e.run == 3 and e.duplicate_of is None} == {
        "poison-raise.txt", "poison-exit.txt", "cut.docx", "empty.txt"}
    assert (tried["poison-raise.txt"].outcome, tried["poison-exit.txt"].outcome) == ("ok", "ok")
