"""A way to a server that can be spoilt: a TCP proxy in the test's own process, between browser and server."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

__all__ = ["Line", "laid"]

Mode = Literal["pass", "swallow", "drop upgrade", "another host", "refuse", "busy"]
UPGRADE = re.compile(rb"\r\n(?:upgrade|connection): *(?:websocket|upgrade)(?=\r\n)", re.IGNORECASE)
HOST = re.compile(rb"\r\nhost: [^\r]*(?=\r\n)", re.IGNORECASE)
BUSY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Line:
    """`mode` says what is done with every byte from now on, also on connections that are open:

    pass; swallow: nothing gets through and nobody is told; drop upgrade: as a proxy that knows no WebSockets; another
    host: as a proxy that does not pass Host on; refuse: new connections are reset; busy: new requests are answered 503.
    `requests` counts what was begun, connections or requests.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.mode: Mode = "pass"
        self.requests = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.open: list[socket.socket] = []

    def serve(self) -> None:
        """Accept until the listening socket is closed."""
        with suppress(OSError):
            while True:
                here, _ = self.listening.accept()
                self.requests += 1
                threading.Thread(target=self.carry, args=(here,), daemon=True).start()

    def carry(self, here: socket.socket) -> None:
        """One connection, both ways."""
        if self.mode == "refuse":
            reset(here)
            return
        if self.mode == "busy":
            with suppress(OSError):
                here.recv(65_536)
                here.sendall(BUSY)
            here.close()
            return
        there = socket.create_connection(("127.0.0.1", self.target))
        self.open += [here, there]
        threading.Thread(target=self.pump, args=(there, here, False), daemon=True).start()
        self.pump(here, there, True)

    def pump(self, source: socket.socket, sink: socket.socket, asks: bool) -> None:
        """Bytes from one end to the other, as the mode wants it."""
        with suppress(OSError):
            while data := source.recv(65_536):
                if self.mode == "swallow":
                    continue
                if asks and data[:5] in (b"GET /", b"POST ", b"PATCH"):
                    self.requests += 1
                    data = self.spoilt(data)
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def spoilt(self, head: bytes) -> bytes:
        """A request as the mode's proxy passes it on."""
        if self.mode == "drop upgrade":
            return UPGRADE.sub(b"", head)
        if self.mode == "another host":
            return HOST.sub(b"\r\nhost: inner:8000", head)
        return head

    def cut(self) -> None:
        """Reset every connection that is open."""
        for end in self.open:
            reset(end)
        self.open.clear()


def reset(end: socket.socket) -> None:
    """Close with RST in place of a farewell."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def laid(address: str) -> Iterator[Line]:
    """A line to the server at an address."""
    line = Line(int(address.rsplit(":", 1)[1]))
    serving = threading.Thread(target=line.serve, daemon=True)
    serving.start()
    try:
        yield line
    finally:
        line.listening.close()
        line.cut()
