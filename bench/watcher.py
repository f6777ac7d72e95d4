"""A class as the server sees it: so many clients that each submit a run and watch it to its end. Prints JSON.

A process of its own, so that its work and the server's are told apart: ``python -m bench.watcher address clients``.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import httpx
from websockets.asyncio.client import connect

EPOCHS = 10_000


async def pupil(http: httpx.AsyncClient, address: str, seed: int) -> tuple[float, float]:
    """Submit and watch; seconds from the submit to the first cost and to the end."""
    begun = time.perf_counter()
    answer = await http.post("/api/runs", json={"dataset": "four-bit-majority", "seed": seed})
    answer.raise_for_status()
    socket = f"{address.replace('http', 'ws', 1)}/api/runs/{answer.json()['id']}/events"
    first = 0.0
    async with connect(socket, max_size=None, compression=None) as messages:
        async for message in messages:
            text = str(message)
            if not first and text.startswith('{"type":"progress"'):
                first = time.perf_counter() - begun
            elif text.startswith('{"type":"end"') and f'"epoch":{EPOCHS}' not in text:
                raise RuntimeError(f"a run ended early: {text}")
    return first, time.perf_counter() - begun


async def everybody(address: str, clients: int) -> dict[str, object]:
    """All at once."""
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=120) as http:
        begun = time.perf_counter()
        times = await asyncio.gather(*(pupil(http, address, seed) for seed in range(clients)))
        return {"whole": [time.perf_counter() - begun], "first": [a for a, _ in times], "last": [b for _, b in times]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(everybody(sys.argv[1], int(sys.argv[2])))))
