"""Reading on a Ray cluster of two nodes on loopback: the same readings, whatever worker or node goes meanwhile."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from dragoman.case import open as open_case
from dragoman.intake.walk import files_of
from dragoman.model.summary import Filled
from dragoman.spreading import shards
from dragoman.spreading.job import fill
from dragoman.spreading.machines import Here
from dragoman.spreading.manifest import Manifest, ReadingsError
from dragoman.spreading.on_ray import OnRay, address_of
from dragoman.spreading.work import DRAGOMAN, MANIFEST, Reader
from spreading_articles import folder_of
from spreading_readers import NOTES, SIMPLE, noted

pytestmark = pytest.mark.slow
HERE = "127.0.0.1"

NODE: dict[str, Any] = {
    "num_cpus": 1,
    "object_store_memory": 78 * 2**20,
    "node_ip_address": HERE,
    "include_dashboard": False,
}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two nodes of one processor each; workers see the tests' readers and the place for their notes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # as OnRay does, and before Ray is imported
        patch.setenv(NOTES, str(tmp_path_factory.mktemp("notes")))
        own = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]
        patch.setenv("PYTHONPATH", os.pathsep.join([*own, os.environ.get("PYTHONPATH", "")]))
        pytest.importorskip("ray", reason="Ray is an extra: pip install 'dragoman[ray]'")
        from ray.cluster_utils import Cluster

        made = Cluster(initialize_head=True, head_node_args=NODE)
        made.second = made.add_node(**NODE)
        yield made
        made.shutdown()


@pytest.fixture(autouse=True)
def few_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD_FILES", 3)
    monkeypatch.setattr(shards, "PIECE_BYTES", 1500)


def spread(cluster: Any, folder: Path, given: Path, progress: Any = None, reader: Reader = SIMPLE) -> Filled:
    them = OnRay(f"ray://{cluster.address}")
    try:
        return fill(folder, files_of([given]), them, progress=progress, reader=reader)
    finally:
        them.close()


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MANIFEST}


def calm(folder: Path, given: Path) -> dict[str, bytes]:
    """What one process makes of it, undisturbed."""
    fill(folder, files_of([given]), Here(), reader=SIMPLE)
    return files(folder)


def test_the_door_of_the_cluster_is_on_loopback_alone(cluster: Any) -> None:
    """The one that takes work; Ray opens others on every interface whatever it is told (docs/readings.md)."""
    host, port = cluster.address.split(":")
    assert host == HERE
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family == socket.AF_INET and not one.address.startswith("127."):
                with pytest.raises(OSError):
                    socket.create_connection((one.address, int(port)), 5)


def test_a_killed_worker_and_a_second_start_lose_and_double_nothing(cluster: Any, tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 9, records=8, more={4: "ONCE"})
    before = Counter(noted())
    filled = spread(cluster, tmp_path / "r", given)
    assert not filled.failed and filled.articles == 18
    again = spread(cluster, tmp_path / "r", given)
    assert (again.read, again.before) == (0, filled.shards)
    read = Counter(noted()) - before
    assert len(read) == 17
    assert files(tmp_path / "r") == calm(tmp_path / "calm", given)


def test_a_lost_node_loses_and_doubles_nothing(cluster: Any, tmp_path: Path) -> None:
    given = folder_of(tmp_path / "in", 30, more=dict.fromkeys(range(30), "WAIT"))

    def lose(filled: Filled) -> None:
        if filled.read == 2 and cluster.second is not None:
            cluster.remove_node(cluster.second, allow_graceful=False)
            cluster.second = None

    filled = spread(cluster, tmp_path / "r", given, lose)
    assert cluster.second is None
    assert not filled.failed and filled.articles == 30 and Manifest(tmp_path / "r").missing == 0
    assert files(tmp_path / "r") == calm(tmp_path / "calm", given)


def test_the_true_reader_on_the_cluster_gives_the_case_of_the_plain_read(
    cluster: Any, tmp_path: Path
) -> None:
    given = folder_of(tmp_path / "in", 6)
    spread(cluster, tmp_path / "r", given, reader=DRAGOMAN)
    exports = []
    for name in ("spread", "plain"):
        with open_case(tmp_path / f"{name}.case", create=True) as case:
            case.take(tmp_path / "r") if name == "spread" else case.read([given])
            case.link("2024-06-01")
            exports.append(b"".join(case.export("jsonl")))
    assert exports[0] == exports[1]
    assert exports[0].count(b'"kind":"article"') == 6


def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    with pytest.raises(ReadingsError, match="nobody answers there"):
        OnRay(f"ray://{HERE}:9")


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("ray://127.0.0.1:6379", ("127.0.0.1", 6379)),
        ("ray://head.cluster-1.example:7000/", ("head.cluster-1.example", 7000)),
        ("ray://[::1]:6379", ("::1", 6379)),
        ("ray://127.0.0.1", None),
        ("ray://127.0.0.1:99999", None),
        ("ray://user@host:1", None),
        ("ray://$(x):1", None),
        ("http://127.0.0.1:6379", None),
        ("auto", None),
    ],
)
def test_addresses(on: str, found: tuple[str, int] | None) -> None:
    if found is None:
        with pytest.raises(ReadingsError, match="is no place to read on"):
            address_of(on)
    else:
        assert address_of(on) == found
