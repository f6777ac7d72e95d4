"""What this machine lets the process use. A container may have 2 of 64 processors, and the count of all says 64."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["processors"]

ROOT = Path("/")
V2, V1 = "", "cpu"
"""What a line of /proc/self/cgroup names: nothing for version 2, the controllers for version 1."""


def processors(root: Path = ROOT) -> int:
    """How many processors this process may keep busy, at least one: by its affinity and by the quotas of its cgroups.

    ``root``: where /proc and /sys are.
    """
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        allowed = os.cpu_count() or 1
    return max(1, math.floor(min([float(allowed), *quotas(root)])))


def quotas(root: Path) -> Iterator[float]:
    """Every quota that holds for this process, in processors: its cgroup's, and those of the groups around it."""
    for controller, path in groups(root):
        for mount in mounts(root, controller):
            for folder in around(mount, path):
                quota = quota_v2(folder) if controller == V2 else quota_v1(folder)
                if quota is not None:
                    yield quota


def groups(root: Path) -> Iterator[tuple[str, str]]:
    """The cgroups that may hold a quota: version, and path below the mount."""
    for line in lines(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers == V2 or V1 in controllers.split(","):
            yield (V2 if controllers == V2 else V1), path


def mounts(root: Path, controller: str) -> Iterator[Path]:
    """Where a version's groups are found as folders."""
    for line in lines(root / "proc/self/mountinfo"):
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        if kind == "cgroup2" if controller == V2 else kind == "cgroup" and controller in options.split(","):
            yield root / before.split(" ")[4].lstrip("/")


def around(mount: Path, path: str) -> Iterator[Path]:
    """The group's folder and those above it. In a container the path may be the host's: then only the top is there."""
    folder = mount / path.strip("/")
    while folder != mount and mount in folder.parents:
        yield folder
        folder = folder.parent
    yield mount


def quota_v2(folder: Path) -> float | None:
    """cpu.max: "quota period", or "max period"."""
    for line in lines(folder / "cpu.max"):
        quota, _, period = line.partition(" ")
        return None if quota == "max" else int(quota) / int(period)
    return None


def quota_v1(folder: Path) -> float | None:
    """cpu.cfs_quota_us and cpu.cfs_period_us; −1 for no quota."""
    for quota in lines(folder / "cpu.cfs_quota_us"):
        for period in lines(folder / "cpu.cfs_period_us"):
            return int(quota) / int(period) if int(quota) > 0 else None
    return None


def lines(file: Path) -> list[str]:
    """A file's lines; none where it cannot be read."""
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
