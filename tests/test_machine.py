"""How many processors a process may use, on machines made of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import machine
from app.machine import processors

V2_MOUNT = "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup rw,nsdelegate\n"
V1_MOUNT = "33 29 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid - cgroup cgroup rw,cpu,cpuacct\n"
MEMORY_MOUNT = "34 29 0:31 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory\n"


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of 64 processors, all of them allowed."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)


def made(root: Path, files: dict[str, str]) -> Path:
    """A machine of these files."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


def v2(group: str, **limits: str) -> dict[str, str]:
    """Files of version 2; ``limits`` by the group's folder, with _ for /."""
    found = {"proc/self/cgroup": f"0::{group}\n", "proc/self/mountinfo": V2_MOUNT}
    return found | {f"sys/fs/cgroup/{name.replace('_', '/').strip('/')}/cpu.max": text for name, text in limits.items()}


def v1(group: str, quota: str, folder: str = "") -> dict[str, str]:
    """Files of version 1, with the quota in a folder below the mount."""
    where = f"sys/fs/cgroup/cpu,cpuacct{folder}"
    return {
        "proc/self/cgroup": f"8:memory:/other\n4:cpu,cpuacct:{group}\n0::/\n",
        "proc/self/mountinfo": MEMORY_MOUNT + V1_MOUNT,
        f"{where}/cpu.cfs_quota_us": f"{quota}\n",
        f"{where}/cpu.cfs_period_us": "100000\n",
    }


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({}, 64),
        (v2("/", _="max 100000\n"), 64),
        (v2("/", _="200000 100000\n"), 2),
        (v2("/", _="150000 50000\n"), 3),
        (v2("/", _="250000 100000\n"), 2),
        (v2("/", _="20000 100000\n"), 1),
        (v2("/a/b", a="300000 100000\n", a_b="max 100000\n"), 3),
        (v2("/a/b", a="300000 100000\n", a_b="200000 100000\n"), 2),
        (v2("/docker/of-the-host", _="200000 100000\n"), 2),
        (v2("/../../above", _="200000 100000\n"), 2),
        (v1("/", "-1"), 64),
        (v1("/", "400000"), 4),
        (v1("/docker/abc", "300000", "/docker/abc"), 3),
        (v1("/docker/of-the-host", "300000"), 3),
        ({"proc/self/cgroup": "4:cpuset:/\n", "proc/self/mountinfo": V2_MOUNT}, 64),
    ],
)
def test_a_quota_counts_in_whole_processors(tmp_path: Path, files: dict[str, str], count: int) -> None:
    assert processors(made(tmp_path, files)) == count


def test_the_affinity_counts_where_it_is_narrower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert processors(made(tmp_path, v2("/", _="200000 100000\n"))) == 1
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 4, 5}, raising=False)
    assert processors(made(tmp_path, v2("/", _="200000 100000\n"))) == 2


def test_a_system_without_affinity_counts_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert machine.processors(tmp_path) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="affinity is Linux's")
def test_the_program_starts_no_more_workers_than_it_may_keep_busy(root: Path) -> None:
    program = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    program += "from app.settings import Settings; print(Settings().workers)"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
