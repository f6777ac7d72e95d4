"""A class of runs that are followed through whatever happens, and compared with runs to which nothing did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.faults.cluster import Cluster, Follower, until

__all__ = ["Class", "followed", "uninterrupted"]


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
            costs = await self.cluster.costs(web, follower.run_id)
            assert len(costs) == len(expected[which]), f"run {which}: {len(costs)} costs, not {len(expected[which])}"
            wrong = [epoch for epoch, cost in enumerate(costs) if cost != expected[which][epoch]]
            assert not wrong, f"run {which} has other costs at {len(wrong)} epochs from {wrong[0]} to {wrong[-1]}"
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
