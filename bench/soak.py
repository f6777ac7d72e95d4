"""``make soak``: many minutes of mixed use, and what the server still holds afterwards. Exits with 1 where it grew.

Visitors start runs and watch them, steer them, leave in the middle and return, read slowly, fetch pages and records,
and send nonsense. The first part of the time fills what is meant to be full (caches, the interpreter's free lists);
what counts is that nothing grows from then on, and that nothing is left over when everybody has gone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.web.pages.contents import PAGES

from .product import product

VISITORS = 24
WARM = 0.4
"""The share of the time after which nothing may grow."""
MOST_GROWTH = 1.05
SAMPLES = 40
JSON = {"content-type": "application/json"}
NONSENSE = (b"", b"{", b'{"eta": NaN}', b'{"epochs": 1e999}', b"[" * 2000, b'{"dataset": "\xff"}', b'{"hidden": [0]}')


@dataclass(frozen=True, slots=True)
class Holding:
    """What the server's processes hold: bytes, threads, and open files and sockets."""

    memory: int
    threads: int
    files: int


class Visitor:
    """Somebody who does one thing after the other."""

    def __init__(self, client: httpx.AsyncClient, address: str, chance: random.Random) -> None:
        self.client, self.chance = client, chance
        self.sockets = address.replace("http", "ws", 1)
        self.deeds: list[Callable[[], Awaitable[None]]] = [
            self.watch, self.steer, self.leave_and_return, self.read_slowly, self.browse, self.talk_nonsense,
        ]  # fmt: skip

    async def live(self) -> None:
        """For ever."""
        while True:
            await self.chance.choice(self.deeds)()

    async def submit(self, **spec: Any) -> str:
        """Start a run; its id. Waits where there is no room."""
        while True:
            answer = await self.client.post("/api/runs", json={"seed": self.chance.randrange(1000), **spec})
            if answer.status_code == 201:
                return str(answer.json()["id"])
            assert answer.status_code in (429, 503), answer.text
            await asyncio.sleep(float(answer.headers["retry-after"]))

    async def follow(self, run_id: str, messages: int, after: int = -1, wait: float = 0.0) -> int:
        """Read so many messages, or to the end; the last epoch told."""
        with contextlib.suppress(ConnectionClosed):
            async with connect(f"{self.sockets}/api/runs/{run_id}/events?after={after}", compression=None) as socket:
                async for text in socket:
                    message = json.loads(text)
                    if message["type"] == "progress":
                        assert message["from"] == after + 1, "an epoch was lost or told twice"
                        after = message["to"]
                    await asyncio.sleep(wait)
                    messages -= 1
                    if messages <= 0 or message["type"] == "end":
                        break
        return after

    async def watch(self) -> None:
        """A run from beginning to end."""
        await self.follow(await self.submit(dataset="four-bit-majority", epochs=5000), 10_000)

    async def steer(self) -> None:
        """Pause, step, pace, and stop."""
        run_id = await self.submit(dataset="xor", epochs=100_000)
        for change in ({"status": "paused"}, {"pace": 50}, {"status": "running"}, {"status": "stopped"}):
            await self.client.patch(f"/api/runs/{run_id}", json=change)

    async def leave_and_return(self) -> None:
        """Go away in the middle and come back where it was."""
        run_id = await self.submit(dataset="iris", epochs=20_000)
        after = await self.follow(run_id, self.chance.randrange(1, 20))
        await self.follow(run_id, 10_000, after)

    async def read_slowly(self) -> None:
        """Take long for every message, and leave without a word."""
        await self.follow(await self.submit(epochs=2000), 5, wait=0.5)

    async def browse(self) -> None:
        """Pages and records."""
        await self.client.get(self.chance.choice(PAGES).address)
        run_id = await self.submit(epochs=300)
        await self.follow(run_id, 1000)
        for path in ("costs", "costs.csv", "state?epoch=7", "script"):
            answer = await self.client.get(f"/api/runs/{run_id}/{path}")
            assert answer.status_code in (200, 404), answer.text

    async def talk_nonsense(self) -> None:
        """What must be refused."""
        answer = await self.client.post("/api/runs", content=self.chance.choice(NONSENSE), headers=JSON)
        assert answer.status_code in (400, 422, 429), answer.text


def holding(process: psutil.Process) -> Holding:
    """Of all processes of the server together."""
    family = [process, *process.children(recursive=True)]
    return Holding(
        sum(one.memory_info().rss for one in family),
        sum(one.num_threads() for one in family),
        sum(one.num_fds() for one in family),
    )


async def soak(address: str, process: psutil.Process, minutes: float) -> tuple[Holding, list[Holding], Holding]:
    """What was held before anybody came, from time to time, and after all had gone."""
    before, between = holding(process), list[Holding]()
    async with httpx.AsyncClient(base_url=address, timeout=60.0) as client:
        visitors = [Visitor(client, address, random.Random(number)) for number in range(VISITORS)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(visitor.live()) for visitor in visitors]
            ends = time.monotonic() + 60 * minutes
            while time.monotonic() < ends:
                await asyncio.sleep(60 * minutes / SAMPLES)
                between.append(holding(process))
                print(f"{between[-1].memory / 1e6:6.0f} MB {between[-1].threads} threads {between[-1].files} files")
            for task in tasks:
                task.cancel()
    await asyncio.sleep(5)
    return before, between, holding(process)


def main() -> int:
    """Soak, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float)
    minutes = parser.parse_args().minutes
    with product() as (address, process):
        before, between, after = asyncio.run(soak(address, process, minutes))
    warm = between[int(WARM * SAMPLES) :]
    half = len(warm) // 2
    early, late = max(one.memory for one in warm[:half]), max(one.memory for one in warm[half:])
    print(f"memory: {early / 1e6:.0f} MB, then {late / 1e6:.0f} MB ({late / early:.3f} ×, at most {MOST_GROWTH})")
    print(f"threads and files: {before.threads} and {before.files} before, {after.threads} and {after.files} after")
    # The thread pool for files and networks fills once and stays.
    grown = late > MOST_GROWTH * early or after.files > before.files
    print("something grew" if grown else "nothing grew")
    return int(grown)


if __name__ == "__main__":
    sys.exit(main())
