"""Ports for the tests' own servers."""

from __future__ import annotations

import itertools
import os
import socket

__all__ = ["free_port"]

FIRST, COUNT = 20_000, 12_000
"""Below the ports that the system hands to clients, so that none becomes the end of a connection meanwhile."""
PLACES = itertools.count(os.getpid() * 101)
"""Where to look next. Two processes of one test run begin far from one another."""


def free_port() -> int:
    """A port that nobody listens on, and that is not handed out again soon."""
    for place in itertools.islice(PLACES, COUNT):
        port = FIRST + place % COUNT
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("no port is free")
