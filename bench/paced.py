"""A class that watches its runs go on at a pace, beside many who have a page open on which nothing moves."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import httpx
import psutil
from websockets.asyncio.client import ClientConnection, connect

from .crowd import Others, cpu, family
from .product import product
from .report import Row, Section, percentile

__all__ = ["section"]

BUSY, IDLE = 300, 1000
PACE = 10.0
WARM_UP, SECONDS = 3.0, 12.0
IDLE_ADDRESS = "127.0.0.2"
"""Both groups together are more than the server lets in from one address: its ceiling is meant for a school."""


@dataclass(slots=True)
class Seen:
    """When which run's message came: seconds and the newest epoch in it."""

    messages: dict[str, list[tuple[float, int]]] = field(default_factory=dict)

    def delays(self) -> list[float]:
        """Seconds that each message came later than its epoch was due. A run's own beginning is not known here: the
        message that came with the least delay of all is taken to be on time.
        """
        delays = []
        for messages in self.messages.values():
            ahead = [at - epoch / PACE for at, epoch in messages]
            delays += [seconds - min(ahead) for seconds in ahead]
        return delays


def section() -> Section:
    """One server, one class."""
    with product() as (address, process):
        seen, spent, waits = asyncio.run(lesson(address, process))
        memory = sum(one.memory_info().rss for one in family(process)) / 1e6
    delays, rate = seen.delays(), sum(map(len, seen.messages.values())) / SECONDS
    late, wait = percentile(delays, 0.99), percentile(waits, 0.99)
    times = f"{percentile(delays, 0.5) * 1000:.0f} / {late * 1000:.0f} ms"
    rows = (
        Row("from an epoch's due time to its message, p50 / p99", times, "", "", "p99 ≤ 250 ms", late <= 0.25),
        Row("messages a second", f"{rate:.0f}", "", ""),
        Row("the server's CPU", f"{spent / SECONDS:.2f} cores", "", ""),
        Row("another user's round trip meanwhile, p99", f"{wait * 1000:.0f} ms", "", "", "≤ 50 ms", wait <= 0.05),
        Row("memory of all processes", f"{memory:.0f} MB", "", "", "≤ 600 MB", memory <= 600),
    )
    how = (
        f"{BUSY} clients watch a run each that goes on at {PACE:g} epochs a second (Iris, 4-5-2), {IDLE} more watch a"
        f" run that pauses; {SECONDS:g} seconds, clients on the same cores."
    )
    return Section("A class at a pace", how, rows)


async def lesson(address: str, process: psutil.Process) -> tuple[Seen, float, list[float]]:
    """What the clients saw, the server's seconds of CPU meanwhile, and how long another user waited each time."""
    events = address.replace("http", "ws", 1) + "/api/runs/{}/events"
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=60))
        resting = await submitted(client, {"pace": 1})
        (await client.patch(f"/api/runs/{resting}", json={"status": "paused"})).raise_for_status()
        for _ in range(IDLE):
            socket = connect(events.format(resting), compression=None, ping_interval=None, local_addr=(IDLE_ADDRESS, 0))
            await stack.enter_async_context(socket)
        seen, tasks = Seen(), []
        for seed in range(BUSY):
            run_id = await submitted(client, {"pace": PACE, "seed": seed, "epochs": 100_000})
            socket = connect(events.format(run_id), compression=None, ping_interval=None)
            tasks.append(asyncio.create_task(watch(run_id, await stack.enter_async_context(socket), seen)))
        await asyncio.sleep(WARM_UP)
        seen.messages.clear()
        others, before = Others(address), cpu(process)
        await asyncio.sleep(SECONDS)
        spent = cpu(process) - before
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        others.stop()
    return seen, spent, others.waits


async def submitted(client: httpx.AsyncClient, spec: dict[str, object]) -> str:
    """Start a run; its id."""
    answer = (await client.post("/api/runs", json=spec)).raise_for_status()
    return str(answer.json()["id"])


async def watch(run_id: str, socket: ClientConnection, seen: Seen) -> None:
    """Note every message of progress until cancelled."""
    async for text in socket:
        message = json.loads(text)
        if message["type"] == "progress":
            seen.messages.setdefault(run_id, []).append((time.perf_counter(), message["to"]))
