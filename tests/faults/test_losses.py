"""Losing a worker, a web process and Redis itself loses nothing: every run finishes, with the same bits."""

from __future__ import annotations

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.cluster import Cluster, Follower, cluster, scattered, until
from tests.faults.networks import not_permitted

PACED = [{"dataset": "four-bit-majority", "seed": seed, "epochs": 80} for seed in range(6)]
EAGER = [{"dataset": "four-bit-majority", "seed": seed, "epochs": 5_000} for seed in range(6, 10)]


class Class:
    """Runs and one follower of each."""

    def __init__(self, runs: Cluster) -> None:
        self.cluster = runs
        self.moved = asyncio.Event()
        self.followers: list[Follower] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.specs: list[int] = []

    async def start(self, which: int, spec: dict[str, Any], web: str) -> None:
        """Submit a run and follow it."""
        follower = Follower(self.cluster, await self.cluster.submit(web, spec), self.moved, len(self.followers))
        self.specs.append(which)
        self.followers.append(follower)
        self.tasks.append(asyncio.create_task(follower.follow()))

    async def gone_on(self) -> None:
        """Wait until each follower has heard of a further epoch, or the end."""
        before = [follower.epoch for follower in self.followers]
        await self.wait(lambda: all(f.end or f.epoch > b for f, b in zip(self.followers, before, strict=True)))

    async def ended(self) -> None:
        """Wait for the end of all."""
        await self.wait(lambda: all(follower.end for follower in self.followers))

    async def wait(self, holds: Any) -> None:
        """Wait for what the followers hear."""
        await until(self.moved, holds, self.tasks)

    async def check(self, web: str, expected: list[list[float]]) -> None:
        """Every run has finished with the expected costs, and its follower has been told them."""
        for which, follower in zip(self.specs, self.followers, strict=True):
            assert follower.end is not None
            assert (follower.end["status"], follower.end["epoch"]) == ("finished", len(expected[which]) - 1)
            assert await self.cluster.costs(web, follower.run_id) == expected[which]
            assert follower.epoch == len(expected[which]) - 1
            assert all(cost == expected[which][epoch] for epoch, cost in follower.told.items())


@asynccontextmanager
async def followed(runs: Cluster) -> AsyncIterator[Class]:
    """Followers that end with the test."""
    group = Class(runs)
    try:
        yield group
    finally:
        for task in group.tasks:
            task.cancel()
        await asyncio.gather(*group.tasks, return_exceptions=True)


async def uninterrupted(runs: Cluster, specs: list[dict[str, Any]]) -> list[list[float]]:
    """The costs of runs that nothing happens to."""
    async with followed(runs) as group:
        for which, spec in enumerate(specs):
            await group.start(which, spec, "web0")
        await group.ended()
        return [await runs.costs("web0", follower.run_id) for follower in group.followers]


async def start_200(group: Class) -> None:
    """Runs of all kinds, given to both web processes; returns when each has begun."""
    specs = [(which, {**spec, "pace": 5}) for which, spec in enumerate(PACED)]
    specs += [(which, spec) for which, spec in enumerate(EAGER, len(PACED))]
    webs = itertools.cycle(("web0", "web1"))
    for which, spec in itertools.islice(itertools.cycle(specs), 200):
        await group.start(which, spec, next(webs))
    await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))


async def test_200_runs_survive_the_loss_of_a_worker_a_web_process_and_redis(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=2, workers=3) as runs:
        await runs.ready("web0", "web1")
        expected = await uninterrupted(runs, PACED + EAGER)
        async with followed(runs) as group:
            await start_200(group)
            runs.kill("worker1")
            await group.gone_on()
            runs.kill("web1")
            await group.gone_on()
            runs.redis.kill()
            runs.redis.start()
            await group.gone_on()
            runs.web("web1")
            await group.ended()
            assert any(follower.returns for follower in group.followers)
            await runs.ready("web1")
            await group.check("web1", expected)


async def test_the_same_on_machines_with_their_own_addresses_and_a_cable_pulled(tmp_path: Path) -> None:
    if reason := not_permitted():
        pytest.skip(f"NOT TESTED ACROSS NETWORKS: {reason}")
    with scattered(tmp_path, webs=2, workers=3) as (runs, networks):
        await runs.ready("web0", "web1")
        expected = await uninterrupted(runs, PACED + EAGER)
        async with followed(runs) as group:
            await start_200(group)
            networks.cut("worker0")
            await group.gone_on()
            networks.mend("worker0")
            runs.kill("worker1")
            await group.gone_on()
            runs.kill("web1")
            await group.gone_on()
            runs.redis.kill()
            runs.redis.start()
            await group.ended()
            await group.check("web0", expected)


async def test_a_worker_that_slept_past_its_lease_cannot_write(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED)
        async with followed(runs) as group:
            for which, spec in enumerate(PACED * 5):
                await group.start(which % len(PACED), {**spec, "pace": 10}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.worker("successor")
            runs.kill("worker0", signal.SIGSTOP)
            await group.gone_on()
            runs.kill("worker0", signal.SIGCONT)
            await group.ended()
            await group.check("web0", expected)
            assert runs.processes["worker0"].poll() is None, runs.logs()


async def test_a_worker_told_to_end_hands_back_its_runs(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED[:2])
        async with followed(runs) as group:
            for which, spec in enumerate(PACED[:2]):
                await group.start(which, {**spec, "pace": 40}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.kill("worker0", signal.SIGTERM)
            assert await asyncio.to_thread(runs.processes["worker0"].wait, 5) == 0, runs.logs()
            runs.worker("successor")
            await group.ended()
            await group.check("web0", expected)


async def test_while_redis_is_away_pages_open_and_nobody_is_told_a_lie(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED[:3])
        async with followed(runs) as group:
            for which, spec in enumerate(PACED[:3]):
                await group.start(which, {**spec, "pace": 40}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.redis.kill()
            ready = await runs.ask("web0", "GET", "/readyz")
            assert ready.status_code == 503
            assert "Redis" in ready.json()["parts"]["redis"]
            for page in ("/", "/train", "/softmax"):
                assert (await runs.ask("web0", "GET", page)).status_code == 200
            refused = await runs.ask("web0", "POST", "/api/runs", {})
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert "Redis" in refused.json()["detail"] and refused.headers["retry-after"]
            late = Follower(runs, group.followers[0].run_id, group.moved)
            group.followers.append(late)
            group.specs.append(0)
            group.tasks.append(asyncio.create_task(late.follow()))
            await group.wait(lambda: late.returns > 0)
            runs.redis.start()
            await group.ended()
            await group.check("web0", expected)
            await runs.ready("web0")
