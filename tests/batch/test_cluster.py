"""A run on a cluster of two nodes, where a worker, a node and the driver are killed; what is refused before it begins."""
from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cluster_driver import OPTIONS, SLOWED
from folders import TOKEN, plan, poison, written
from jihua.batch import cluster, lock, part
from jihua.batch.cluster import run_on_cluster
from jihua.batch.find import find
from jihua.batch.fingerprint import fingerprint
from jihua.batch.ledger import HOME, runs
from jihua.batch.options import Options, Shard
from jihua.batch.part import Order, work
from jihua.batch.run import run
from jihua.commands.common import UsageError
from jihua.commands.convert import Engine, _fit
from jihua.schema import JihuaError, OutputError, UnsupportedError
from make_archives import zipped

DRIVER = Path(__file__).with_name("cluster_driver.py")
PLANS, SHARDS = 52, 3


def fill(home: Path) -> Path:
    """Plans, an archive, broken files and poison; no two alike, as parts know only their own duplicates."""
    (home / "a").mkdir(parents=True)
    for number in range(PLANS):
        (home / "a" / f"{number:02}.txt").write_bytes(plan(number))
    (home / "m.zip").write_bytes(zipped({f"{n}.txt": plan(1000 + n) for n in range(5)}))
    (home / "cut.docx").write_bytes(b"PK\x03\x04" + bytes(60))
    return poison(home, ("raise", "exit"))


class Nodes:
    """Two nodes of Ray on addresses of the loopback, one processor each, and what runs on them."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster
        settings = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}
        self.cluster = Cluster(initialize_head=True, head_node_args={**settings, "node_ip_address": "127.0.0.2"})
        self.second = self.cluster.add_node(**settings, node_ip_address="127.0.0.3")

    def workers(self, node: Any = None) -> list[int]:
        """The processes of Ray that have processes of a part (of this node)."""
        found = {parent(pid) for pid in children()}
        raylet = node.all_processes["raylet"][0].process.pid if node else None
        return [pid for pid in found if raylet is None or parent(pid) == raylet]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """The cluster; its files lie in a folder of a short name, as sockets have to."""
    pytest.importorskip("ray", reason='needs ray: pip install "jihua[cluster]"')
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="jr", ignore_cleanup_errors=True) as home:
        (Path(home) / "ray").mkdir()
        patch.setenv("RAY_TMPDIR", home)
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv(TOKEN, uuid.uuid4().hex)
        started = Nodes()
        try:
            yield started
        finally:
            started.cluster.shutdown()
            assert not soon(children, "the processes of a part outlive the cluster", gone=True)


def children() -> list[int]:
    """The processes that convert for the cluster, told by the token that it hands down."""
    token, found = f"{TOKEN}={os.environ.get(TOKEN)}".encode(), []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if token in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") and b"slowed.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(int(pid))
        except OSError:
            continue
    return found


def parent(pid: int) -> int:
    """Whose child it is; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def soon(look: Callable[[], Any], what: str, *, gone: bool = False, seconds: float = 90) -> Any:
    """What a look gives as soon as it gives something, or nothing with `gone`."""
    until = time.monotonic() + seconds
    while bool(found := look()) is gone:
        assert time.monotonic() < until, what
        time.sleep(0.05)
    return found


def driver(source: Path, out: Path, nodes: Nodes) -> subprocess.Popen[str]:
    """The run in a process of its own."""
    return subprocess.Popen([sys.executable, str(DRIVER), str(source), str(out), str(nodes.cluster.address), str(SHARDS)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_run_outlives_its_worker_its_node_and_its_driver(nodes: Nodes, tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in"), tmp_path / "out"
    local = {e.uri: e.outcome for e in run(find([home]).files, tmp_path / "local", replace(OPTIONS, jobs=2), command=SLOWED)}
    first = driver(home, out, nodes)
    try:
        soon(lambda: len(list(out.glob("a/*.json"))) > 2, "no document comes")
        os.kill(soon(nodes.workers, "no part is worked on")[0], signal.SIGKILL)
        soon(lambda: len(list(out.glob("a/*.json"))) > 12, "nothing comes after the death of a worker")
    finally:
        first.kill()
        first.communicate()
    assert not soon(children, "the processes of a part outlive the driver", gone=True)
    assert len(written(out)) < PLANS
    second = driver(home, out, nodes)
    try:
        soon(lambda: nodes.workers(nodes.second), "no part is worked on at the second node")
        nodes.cluster.remove_node(nodes.second, allow_graceful=False)
        said, errors = second.communicate(timeout=120)
    finally:
        second.kill()
    assert (second.returncode, errors) == (0, ""), said
    assert sorted(said.splitlines()) == sorted(f"{outcome} {uri}" for uri, outcome in local.items())
    assert written(out) == written(tmp_path / "local")
    assert sum(each.inputs or 0 for each in runs(out, last=True)) == len(local) == PLANS + 8
    assert not soon(children, "the processes of a part outlive the run", gone=True)


def test_ray_may_be_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UnsupportedError, match=r'pip install "jihua\[cluster\]"'):
        list(run_on_cluster(find([fill(tmp_path / "in")]).files, tmp_path / "out"))


def test_a_cluster_that_does_not_answer_is_told_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason='needs ray: pip install "jihua[cluster]"')
    with pytest.raises(JihuaError, match="cannot be reached"):
        list(run_on_cluster(find([fill(tmp_path / "in")]).files, tmp_path / "out", address=f"127.0.0.2:{1}"))


@pytest.mark.parametrize(("before", "wanted", "sources", "expected"), [
    ([], 0, 10, 1), ([], 0, 1_000, 8), ([], 0, 100_000, 50), ([], 0, 10_000_000, 500), ([], 7, 10, 7),
    (["ledger-1-of-3", "ledger-3-of-3"], 0, 100_000, 3), (["ledger-2-of-3"], 3, 10, 3),
])
def test_how_many_parts(tmp_path: Path, before: list[str], wanted: int, sources: int, expected: int) -> None:
    (tmp_path / HOME).mkdir()
    for name in before:
        (tmp_path / HOME / f"{name}.sqlite").touch()
    assert cluster._parts(tmp_path, wanted, sources, 2.0) == expected


@pytest.mark.parametrize(("before", "wanted"), [(["ledger"], 0), (["ledger"], 2), (["ledger-1-of-3"], 2), (["ledger-1-of-3", "ledger-1-of-2"], 0)])
def test_parts_are_frozen(tmp_path: Path, before: list[str], wanted: int) -> None:
    (tmp_path / HOME).mkdir()
    for name in before:
        (tmp_path / HOME / f"{name}.sqlite").touch()
    with pytest.raises(JihuaError, match="in another way before"):
        cluster._parts(tmp_path, wanted, 100, 2.0)


def test_a_part_refuses_a_machine_that_is_not_like_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "_PATIENCE", 0.0)
    files = find([fill(tmp_path / "in")]).files
    other = work(Order(files, tmp_path / "out", Options(), "another"), Shard(1, 2))
    assert isinstance(other, JihuaError) and "another jihua" in other.message and "part 1-of-2" in other.source
    blind = work(Order(files, tmp_path / "out", Options(), fingerprint(Options()), (tmp_path / "nowhere",)), Shard(1, 2))
    assert isinstance(blind, OutputError) and not (tmp_path / "out").exists()


def test_a_drive_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
    monkeypatch.setattr(lock, "_take", refuse)
    with pytest.raises(OutputError, match="knows no locks"), lock.locked(tmp_path):
        pass


def test_a_part_that_no_machine_can_take_is_told() -> None:
    nodes = [{"Alive": True, "Resources": {"CPU": 2.0}}, {"Alive": True, "Resources": {"CPU": 4.0}}, {"Alive": False, "Resources": {"CPU": 64.0}}]
    ray: Any = SimpleNamespace(nodes=lambda: nodes)
    assert cluster._processors(ray, 4) == 6
    with pytest.raises(JihuaError, match="--jobs 4"):
        cluster._processors(ray, 5)


def test_a_machine_without_jihua_and_one_that_dies_again_and_again_are_told() -> None:
    exceptions = pytest.importorskip("ray", reason='needs ray: pip install "jihua[cluster]"').exceptions

    def answer(error: Exception | JihuaError | int) -> Any:
        if isinstance(error, exceptions.RayError):
            raise error
        return error
    ray: Any = SimpleNamespace(get=answer, exceptions=exceptions)
    task = exceptions.RayTaskError("work", "Traceback\nModuleNotFoundError: No module named 'jihua'", ModuleNotFoundError("jihua"))
    for error, said in ((task, "No module named 'jihua'"), (exceptions.WorkerCrashedError(), "16 deaths"), (OutputError("no room"), "no room")):
        with pytest.raises(JihuaError, match=said):
            cluster._number(ray, error, Shard(1, 2))
    assert cluster._number(ray, 7, Shard(1, 2)) == 7


@pytest.mark.parametrize("options", [(Engine.local, "", "", 2), (Engine.local, "", "head", 0), (Engine.ray, "1/2", "", 0)])
def test_options_that_mean_nothing_together(options: tuple[Engine, str, str, int]) -> None:
    with pytest.raises(UsageError, match="--engine ray"):
        _fit(*options)
