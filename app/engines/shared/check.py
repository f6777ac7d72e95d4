"""Whether a worker of this machine works: asked of Redis, whose word it is that counts."""

from __future__ import annotations

import socket

from ...runs.errors import Unavailable
from .books import PREFIX, Books

__all__ = ["name_of_workers", "worker_is_alive"]


def name_of_workers() -> str:
    """What the names of this machine's workers begin with; a container is a machine."""
    return f"{socket.gethostname()}."


async def worker_is_alive(url: str, prefix: str = PREFIX) -> str | None:
    """None where a worker of this machine has a lease now, else words on what is wrong."""
    books = Books(url, prefix)
    try:
        alive = await books.call("alive", name_of_workers())
    except Unavailable as away:
        return str(away)
    finally:
        await books.close()
    return None if alive else "no worker of this machine has a lease"
