"""A Redis of the tests' own: its own port, its own folder, everything written to its file."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from redis import Redis

from tests.ports import free_port

__all__ = ["RedisServer"]

SERVER = "redis-server"


class RedisServer:
    """A context manager. ``kill`` and ``start`` as often as is wished: what was acknowledged is there again."""

    def __init__(
        self,
        folder: Path,
        host: str = "127.0.0.1",
        within: tuple[str, ...] = (),
        options: Mapping[str, str] | None = None,
    ) -> None:
        program = shutil.which(SERVER)
        assert program is not None, "these tests need redis-server: apt-get install redis-server"
        self.program = program
        self.folder = folder
        self.host = host
        self.within = within
        """The command that a process is started by, for example in a network of its own."""
        self.port = free_port() if not within else 6379
        self.options = options or {}
        """Of the server's configuration, beyond the usual."""
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What the setting says."""
        return f"redis://{self.host}:{self.port}/0"

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and return when it has read its file and answers."""
        options = {
            "port": str(self.port),
            "bind": self.host,
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": "512mb",
            "maxmemory-policy": "noeviction",
            "protected-mode": "no",
            **self.options,
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.process = subprocess.Popen(
            [*self.within, self.program, *words], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if b"Ready to accept connections" in line:
                break
        else:
            raise AssertionError("redis-server did not start")

    def in_hand(self) -> list[int]:
        """How many runs each worker has."""
        with Redis(host=self.host, port=self.port) as books:
            return [books.scard(key) for key in books.keys("playground:holds:*")]

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
