"""One worker process seen from the web process: started, spoken to, listened to, ended."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from .messages import ToEngine, ToWorker
from .worker import ENVIRONMENT

__all__ = ["WorkerProcess"]


class WorkerProcess:
    """A child process and its pipe. ``heard`` and ``lost`` are called on the event loop."""

    def __init__(
        self, *, heard: Callable[[WorkerProcess, ToEngine], None], lost: Callable[[WorkerProcess], None]
    ) -> None:
        self.heard = heard
        self.lost = lost
        self.loop = asyncio.get_running_loop()
        self.ready = asyncio.Event()
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment(),
                stdin=subprocess.DEVNULL,
            )
        self.pipe = Connection(ours.detach())
        # One thread writes, so that a full pipe holds up no one else and messages keep their order; one thread reads.
        self.writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="to-worker")
        threading.Thread(target=self.listen, name="from-worker", daemon=True).start()

    def send(self, message: ToWorker) -> None:
        """Send without waiting. A pipe that has closed is noticed by the reading thread, which calls ``lost``."""
        self.writer.submit(self.write, message)

    def write(self, message: ToWorker) -> None:
        """In the writing thread: send, unless the worker is gone."""
        try:
            self.pipe.send(message)
        except OSError:
            return

    def listen(self) -> None:
        """In the reading thread: hand every message to the loop until the pipe closes."""
        while True:
            try:
                message: ToEngine = self.pipe.recv()
            except (EOFError, OSError):
                break
            if not self.call_on_loop(self.heard, self, message):
                return
        self.call_on_loop(self.lost, self)

    def call_on_loop(self, callback: Callable[..., None], *arguments: object) -> bool:
        """Have the loop call back; False where the loop is closed because the program is ending."""
        try:
            self.loop.call_soon_threadsafe(callback, *arguments)
        except RuntimeError:
            return False
        return True

    def close(self, patience: float) -> None:
        """End the process: close the pipe, then be less polite. Blocks for up to ``patience`` seconds."""
        self.writer.shutdown(wait=True, cancel_futures=True)
        socket.socket(fileno=os.dup(self.pipe.fileno())).shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment() -> dict[str, str]:
    """The worker's environment: ours, one thread of linear algebra, and this package on the path wherever it lies."""
    root = str(Path(sys.modules[__package__.split(".")[0]].__path__[0]).parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, **ENVIRONMENT, "PYTHONPATH": path}
