"""Web processes and workers that share a Redis, or one web process that keeps records of its own, as real processes
that can be stopped and killed; and clients that watch runs and come back when they are cut off, to whichever web
process answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from tests.faults.networks import Networks
from tests.ports import free_port
from tests.redis_server import RedisServer

__all__ = ["AGAIN", "DEADLINE", "Cluster", "Follower", "alone", "cluster", "scattered", "until"]

ROOT = Path(__file__).parent.parent.parent
DEADLINE = 120.0
"""Seconds after which a test gives up; far beyond what any step takes."""
AGAIN = 0.05
"""Seconds before somebody who was refused asks again."""
NO_CODE = 1006
"""For whoever was cut off without a word."""


class Cluster:
    """The processes, each with its log in ``folder``. ``within`` gives the command that starts a process by name."""

    def __init__(
        self,
        server: RedisServer | None,
        folder: Path,
        within: Callable[[str], Sequence[str]] = lambda _: (),
        log: IO[bytes] | None = None,
    ) -> None:
        self.server = server
        self.folder = folder
        self.within = within
        self.log = log
        """Where all errors go, if not to the logs."""
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.addresses: dict[str, str] = {}

    @property
    def redis(self) -> RedisServer:
        """The Redis that all share."""
        assert self.server is not None
        return self.server

    def launch(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program under a name."""
        environment = {
            **os.environ,
            "PLAYGROUND_ENGINE": "embedded" if self.server is None else self.server.url,
            "PLAYGROUND_DATA": str(self.folder / "records"),
            "PLAYGROUND_SECRET": "the same everywhere",
            "PLAYGROUND_WORKERS": "1",
            "PYTHONUNBUFFERED": "1",
        }
        command = [*self.within(name), sys.executable, "-m", "app.cli", *arguments]
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=self.log or log, stdin=subprocess.DEVNULL
            )
        self.processes[name] = process
        return process

    def worker(self, name: str) -> None:
        """Start a worker of one process."""
        self.launch(name, "worker")

    def web(self, name: str, host: str = "127.0.0.1") -> None:
        """Start a web process, where it was if it is not the first time."""
        address = self.addresses.setdefault(name, f"{host}:{free_port()}")
        self.launch(name, "serve", "--host", host, "--port", address.rpartition(":")[2])

    def kill(self, name: str, how: int = signal.SIGKILL) -> None:
        """End a process without a warning, or send it another signal."""
        self.processes[name].send_signal(how)
        if how == signal.SIGKILL:
            self.processes.pop(name).wait()

    def close(self) -> None:
        """End whatever still runs."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()

    def logs(self) -> str:
        """All that was written, for the words of a failure."""
        return "\n".join(f"--- {log.name}\n{log.read_text()}" for log in sorted(self.folder.glob("*.log")))

    async def ready(self, *names: str) -> None:
        """Wait until these web processes say that all they need is there."""
        async with asyncio.timeout(DEADLINE):
            for name in names:
                while await self.status(name) != 200:
                    assert self.processes[name].poll() is None, self.logs()
                    await asyncio.sleep(AGAIN)

    async def status(self, name: str) -> int:
        """The status of /readyz; 0 where nobody answers."""
        with contextlib.suppress(httpx.TransportError):
            return (await self.ask(name, "GET", "/readyz")).status_code
        return 0

    async def ask(self, name: str, method: str, path: str, body: object = None) -> httpx.Response:
        """One request to one web process."""
        async with httpx.AsyncClient(base_url=f"http://{self.addresses[name]}", timeout=DEADLINE) as client:
            return await client.request(method, path, json=body)

    async def submit(self, name: str, spec: dict[str, Any]) -> str:
        """Start a run; its id."""
        answer = await self.ask(name, "POST", "/api/runs", spec)
        assert answer.status_code == 201, answer.text
        run_id: str = answer.json()["id"]
        return run_id

    async def costs(self, name: str, run_id: str) -> list[float]:
        """All recorded costs."""
        answer = await self.ask(name, "GET", f"/api/runs/{run_id}/costs")
        assert answer.status_code == 200, answer.text
        costs: list[float] = answer.json()["cost"]
        return costs


@contextlib.contextmanager
def alone(folder: Path, log: IO[bytes] | None = None) -> Iterator[Cluster]:
    """One web process, ``web0``, with the engine that needs no other."""
    with launched(Cluster(None, folder, log=log)) as running:
        running.web("web0")
        yield running


@contextlib.contextmanager
def cluster(folder: Path, webs: int, workers: int) -> Iterator[Cluster]:
    """Redis, web processes ``web0`` … and workers ``worker0`` …, on this machine."""
    with RedisServer(folder) as redis, launched(Cluster(redis, folder)) as running:
        for number in range(workers):
            running.worker(f"worker{number}")
        for number in range(webs):
            running.web(f"web{number}")
        yield running


@contextlib.contextmanager
def scattered(folder: Path, webs: int, workers: int) -> Iterator[tuple[Cluster, Networks]]:
    """The same, each process in a network of its own, with an address of its own."""
    names = ["redis", *(f"worker{number}" for number in range(workers)), *(f"web{number}" for number in range(webs))]
    with (
        Networks(names) as networks,
        RedisServer(folder, networks.addresses["redis"], networks.within("redis")) as redis,
        launched(Cluster(redis, folder, networks.within)) as running,
    ):
        for number in range(workers):
            running.worker(f"worker{number}")
        for number in range(webs):
            running.web(f"web{number}", networks.addresses[f"web{number}"])
        yield running, networks


@contextlib.contextmanager
def launched(running: Cluster) -> Iterator[Cluster]:
    """See to it that nothing runs afterwards."""
    try:
        yield running
    finally:
        running.close()


class Follower:
    """Watches a run to its end; comes back with ``after`` whenever it is cut off, to the next web process.

    ``ranges`` holds what it was told; a gap or an overlap fails at once. ``moved`` is set at every message.
    """

    def __init__(self, cluster: Cluster, run_id: str, moved: asyncio.Event, turn: int = 0) -> None:
        self.cluster = cluster
        self.run_id = run_id
        self.moved = moved
        self.turn = turn
        self.epoch = -1
        self.told: dict[int, float] = {}
        self.end: dict[str, Any] | None = None
        self.returns = 0
        self.codes: list[int] = []
        """The close codes that it was sent."""

    async def follow(self) -> None:
        """To the end."""
        while self.end is None:
            names = sorted(self.cluster.addresses)
            address = self.cluster.addresses[names[self.turn % len(names)]]
            url = f"ws://{address}/api/runs/{self.run_id}/events?after={self.epoch}"
            try:
                async with connect(url, compression=None, ping_interval=None) as socket:
                    async for text in socket:
                        self.hear(json.loads(text))
                    self.codes.append(socket.close_code or NO_CODE)
            except (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError) as error:
                if isinstance(error, ConnectionClosed):
                    self.codes.append(error.rcvd.code if error.rcvd else NO_CODE)
                await asyncio.sleep(AGAIN)
            if self.end is None:
                self.turn += 1
                self.returns += 1
                self.moved.set()

    def hear(self, message: dict[str, Any]) -> None:
        """One message."""
        if message["type"] == "progress":
            assert message["from"] == self.epoch + 1, f"told {message['from']} after {self.epoch}"
            self.epoch = message["to"]
            self.told.update(zip(message["epoch"], message["cost"], strict=True))
        elif message["type"] == "end":
            self.end = message
        self.moved.set()


async def until(moved: asyncio.Event, holds: Callable[[], bool], tasks: Sequence[asyncio.Task[None]] = ()) -> None:
    """Wait, message by message, until something holds; a follower that has failed fails the test."""
    async with asyncio.timeout(DEADLINE):
        while not holds():
            for task in tasks:
                if task.done():
                    task.result()
            moved.clear()
            await moved.wait()
