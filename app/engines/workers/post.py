"""One end's way out of a pipe between two processes of ours: a thread sends, so that nobody waits for the other end.

Messages travel in bundles, pickled: both ends are of one process tree. ``Connection.recv`` gives a bundle.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import socket
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from queue import Empty, Queue
from typing import Generic, TypeVar

__all__ = ["BUNDLE", "Post"]

BUNDLE = 8
"""Messages sent together at the most: fewer system calls for a crowd, and no long work for who takes them in."""

Message = TypeVar("Message")
logger = logging.getLogger(__name__)


class Post(Generic[Message]):
    """Sends messages in their order. ``most`` deliveries wait at a time (0: any number), then who sends more."""

    def __init__(self, pipe: Connection, *, most: int = 0) -> None:
        self.pipe = pipe
        self.waiting: Queue[Sequence[Message]] = Queue(most)
        self.closed = False
        self.thread = threading.Thread(target=self.deliver, name="post", daemon=True)
        self.thread.start()

    def send(self, messages: Sequence[Message]) -> None:
        """Hand over messages to be sent."""
        if messages:
            self.waiting.put(messages)

    def close(self) -> None:
        """End the thread once what it was handed is gone; the pipe is the caller's to close."""
        self.closed = True
        self.waiting.put(())
        self.thread.join()

    def deliver(self) -> None:
        """In the thread: send what waits. What can no longer be sent is dropped: its reader notices a closed pipe."""
        while not (self.closed and self.waiting.empty()):
            messages = self.collected()
            try:
                for start in range(0, len(messages), BUNDLE):
                    self.pipe.send_bytes(pickle.dumps(messages[start : start + BUNDLE], pickle.HIGHEST_PROTOCOL))
            except OSError:
                pass
            except Exception:
                logger.exception("a message cannot be sent, so the pipe is closed: both ends begin anew")
                self.hang_up()

    def hang_up(self) -> None:
        """Close the pipe for both ends, which are told so by their next reading."""
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self.pipe.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)

    def collected(self) -> list[Message]:
        """What waits, once there is something: all of it, or enough for a bundle."""
        messages = list(self.waiting.get())
        with contextlib.suppress(Empty):
            while len(messages) < BUNDLE:
                messages += self.waiting.get_nowait()
        return messages
