"""A class as the server sees it: so many clients that each submit a run and watch it to its end. Prints JSON.

A process of its own, so that its work and the server's are told apart: ``python -m bench.watcher address clients``.
It speaks HTTP and WebSocket by hand, as far as it needs them: in a classroom the clients are other machines, and here
they take their time from the server's two cores.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time
from asyncio import StreamReader, StreamWriter
from urllib.parse import urlsplit

EPOCHS = 10_000
CONNECTIONS = 50
"""How many submits are on their way at once."""
TEXT, CLOSE = 0x81, 0x88
"""First bytes of whole frames."""


async def pupil(host: str, port: int, seed: int, turn: asyncio.Semaphore) -> tuple[float, float]:
    """Submit and watch; seconds from the submit to the first cost and to the end."""
    begun = time.perf_counter()
    async with turn:
        run_id = await submit(host, port, seed)
    reader, writer = await watch(host, port, run_id)
    first = 0.0
    while (text := await message(reader)) is not None:
        if not first and text.startswith(b'{"type":"progress"'):
            first = time.perf_counter() - begun
        elif text.startswith(b'{"type":"end"') and b'"epoch":%d' % EPOCHS not in text:
            raise RuntimeError(f"a run ended early: {text!r}")
    writer.close()
    return first, time.perf_counter() - begun


async def submit(host: str, port: int, seed: int) -> str:
    """Submit a run over a connection of its own; its id."""
    body = json.dumps({"dataset": "four-bit-majority", "seed": seed}).encode()
    head = f"POST /api/runs HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 201 "):
        raise RuntimeError(f"a submit was refused: {answer!r}")
    return str(json.loads(answer[answer.index(b"\r\n\r\n") :])["id"])


async def watch(host: str, port: int, run_id: str) -> tuple[StreamReader, StreamWriter]:
    """Open the run's WebSocket."""
    reader, writer = await asyncio.open_connection(host, port)
    key = base64.b64encode(os.urandom(16)).decode()
    head = f"GET /api/runs/{run_id}/events HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade\r\n"
    writer.write(f"{head}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if not answer.startswith(b"HTTP/1.1 101 "):
        raise RuntimeError(f"a watcher was refused: {answer!r}")
    return reader, writer


async def message(reader: StreamReader) -> bytes | None:
    """The next text message; None after the server's close."""
    first, length = await reader.readexactly(2)
    if length == 126:
        length = int.from_bytes(await reader.readexactly(2))
    elif length == 127:
        length = int.from_bytes(await reader.readexactly(8))
    text = await reader.readexactly(length)
    if first not in (TEXT, CLOSE):
        raise RuntimeError(f"the first byte of a frame is {first:#x}")
    return text if first == TEXT else None


async def everybody(address: str, clients: int) -> dict[str, object]:
    """All at once."""
    parts = urlsplit(address)
    assert parts.hostname is not None and parts.port is not None, f"{address} names no host and port"
    turn = asyncio.Semaphore(CONNECTIONS)
    begun = time.perf_counter()
    times = await asyncio.gather(*(pupil(parts.hostname, parts.port, seed, turn) for seed in range(clients)))
    return {"whole": [time.perf_counter() - begun], "first": [a for a, _ in times], "last": [b for _, b in times]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(everybody(sys.argv[1], int(sys.argv[2])))))
