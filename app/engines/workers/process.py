"""One worker process seen from the web process: started, spoken to, listened to, ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from .messages import ToEngine, ToWorker
from .post import Post
from .worker import ENVIRONMENT

__all__ = ["WorkerProcess"]

PATIENCE = 1.0
"""Seconds that a worker has to end once its pipe is closed."""
TAKEN_IN = 2.0
"""Seconds after which the next bundle is read though the loop has not taken in the last."""

logger = logging.getLogger(__name__)


class WorkerProcess:
    """A child process and its pipe. ``heard`` and ``lost`` are called on the event loop, ``lost`` once and last.

    Raises OSError, or RuntimeError, where the machine has no process or thread to give.
    """

    def __init__(
        self, *, heard: Callable[[WorkerProcess, ToEngine], None], lost: Callable[[WorkerProcess], None]
    ) -> None:
        self.heard = heard
        self.lost = lost
        self.loop = asyncio.get_running_loop()
        self.started_at = self.loop.time()
        self.ready = False
        self.silent = 0
        """How often in a row it was found to have said nothing."""
        self.taken_in = threading.Event()
        self.socket, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment(),
                stdin=subprocess.DEVNULL,
                # A terminal's Ctrl+C goes to its group: a worker that is still importing cannot ignore it yet.
                process_group=0,
            )
        try:
            self.pipe = Connection(os.dup(self.socket.fileno()))
            self.post: Post[ToWorker] = Post(self.pipe)
            self.listener = threading.Thread(target=self.listen, name="from-worker", daemon=True)
            self.listener.start()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def send(self, message: ToWorker) -> None:
        """Send without waiting. A pipe that has closed is noticed by the reading thread, which has ``lost`` called."""
        self.post.send([message])

    def listen(self) -> None:
        """In the reading thread: hand every bundle to the loop until the pipe closes, then see the process off.

        A process whose words cannot be read is given up like one that has died.
        """
        try:
            while True:
                self.hand_over(self.pipe.recv())
        except (EOFError, OSError):
            pass
        except Exception:
            logger.exception("what worker process %d says cannot be read, so it is ended", self.process.pid)
            self.process.kill()
        finally:
            self.reap()
            self.on_loop(self.lost, self)

    def hand_over(self, messages: Sequence[ToEngine]) -> None:
        """In the reading thread: hand a bundle to the loop, and wait until it was taken in before the next is read.

        A crowd's reports come in hundreds: all at once they would hold up every visitor; and what waits, waits in the
        pipe, which is bounded.
        """
        self.taken_in.clear()
        self.on_loop(self.take_in, messages)
        self.taken_in.wait(TAKEN_IN)

    def take_in(self, messages: Sequence[ToEngine]) -> None:
        """On the loop: hear one message after the other; one that makes trouble does not keep us from the next."""
        for message in messages:
            self.loop.call_soon(self.heard, self, message)
        self.loop.call_soon(self.taken_in.set)

    def on_loop(self, callback: Callable[..., None], *arguments: object) -> None:
        """Have the loop call back, unless it is closed because the program is ending."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(callback, *arguments)

    def reap(self) -> None:
        """In the reading thread: wait for the end of a process whose pipe is closed, by force where need be."""
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.post.close()
        self.pipe.close()
        self.socket.close()

    def close(self) -> None:
        """End the process by closing its pipe. Blocks until it is gone."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.listener.join()


def environment() -> dict[str, str]:
    """The worker's environment: ours, one thread of linear algebra, and this package on the path wherever it lies."""
    root = str(Path(sys.modules[__package__.split(".")[0]].__path__[0]).parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, **ENVIRONMENT, "PYTHONPATH": path}
