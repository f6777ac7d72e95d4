"""The HTTP server: uvicorn with the limits that it does not have of its own (how long and how large a request's head
may be, how many connections one address may hold, how many pings a socket may send)."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from ..settings import Settings
from ..streaming.subscription import Allowance

__all__ = ["listener", "server"]

SEND_BUFFER = 65_536
"""Bytes that the kernel may hold back for a viewer who does not read: the default hides megabytes of stale messages."""
PINGS_PER_SECOND, PINGS_AT_ONCE = 10.0, 50
GRACE_SECONDS = 3


class AnnouncingServer(uvicorn.Server):
    """uvicorn's server, which says when it has begun to listen."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self.ready()


def server(app: FastAPI, settings: Settings, ready: Callable[[], None]) -> uvicorn.Server:
    """The configured server; ``serve(sockets=[listener(settings)])`` runs it and calls ``ready`` once it listens."""
    config = uvicorn.Config(
        app,
        http=guarded_http(settings),
        ws=GuardedSockets,
        ws_max_size=settings.message_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
    )
    return AnnouncingServer(config, ready)


def listener(settings: Settings) -> socket.socket:
    """The socket to listen on, bound; OSError where the address or port is not to be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    listening.bind((settings.host, settings.port))
    listening.setblocking(False)
    return listening


def guarded_http(settings: Settings) -> type[HttpToolsProtocol]:
    """uvicorn's HTTP protocol with our limits."""
    open_connections: Counter[str] = Counter()

    class GuardedHttp(HttpToolsProtocol):
        """Closes a connection whose request's head is too slow or too large, or whose address has too many."""

        head_bytes = 0
        head_timer: asyncio.TimerHandle | None = None
        counted: str | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Count the connection and start the clock for its first head."""
            super().connection_made(transport)
            address = self.client[0] if self.client else ""
            if open_connections[address] >= settings.max_connections_per_address:
                transport.abort()
                return
            open_connections[address] += 1
            self.counted = address
            self.await_head()

        def await_head(self) -> None:
            """From now on a head may take so many seconds and bytes."""
            self.head_bytes = 0
            if self.head_timer is None:
                self.head_timer = self.loop.call_later(settings.header_seconds, self.head_is_late)

        def head_is_late(self) -> None:
            """The head did not arrive in time."""
            self.head_timer = None
            self.transport.abort()

        def data_received(self, data: bytes) -> None:
            """Pass data on while the head is within its limits."""
            if self.head_timer is None and (self.cycle is None or self.cycle.response_complete):
                self.await_head()
            if self.head_timer is not None:
                self.head_bytes += len(data)
                if self.head_bytes > settings.header_bytes + settings.body_bytes:
                    self.send_400_response("The head of the request is too large.")
                    return
            super().data_received(data)
            if self.head_timer is not None and self.head_bytes > settings.header_bytes and self.parser is not None:
                self.send_400_response("The head of the request is too large.")

        def on_headers_complete(self) -> None:
            """The head is there."""
            self.head_is_here()
            super().on_headers_complete()

        def head_is_here(self) -> None:
            """Stop the clock."""
            if self.head_timer is not None:
                self.head_timer.cancel()
                self.head_timer = None

        def connection_lost(self, exc: Exception | None) -> None:
            """Count the connection out."""
            self.head_is_here()
            self.discount()
            super().connection_lost(exc)

        def discount(self) -> None:
            """This connection no longer counts."""
            if self.counted is not None:
                open_connections[self.counted] -= 1
                if open_connections[self.counted] <= 0:
                    del open_connections[self.counted]
                self.counted = None

        def handle_websocket_upgrade(self) -> None:
            """A WebSocket has limits of its own."""
            self.head_is_here()
            self.discount()
            super().handle_websocket_upgrade()

    return GuardedHttp


class GuardedSockets(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, which hangs up on a flood of pings or fragments."""

    def allowance(self) -> Allowance:
        """What is left of this connection's pings and fragments."""
        if not hasattr(self, "control_frames"):
            self.control_frames = Allowance(PINGS_PER_SECOND, PINGS_AT_ONCE, self.loop.time())
        return self.control_frames

    def handle_ping(self) -> None:
        """Answer a ping, unless there were too many."""
        if self.allowance().spend(self.loop.time()):
            super().handle_ping()
        else:
            self.hang_up()

    def handle_cont(self, event: Any) -> None:
        """Take a fragment, unless there were too many."""
        if self.allowance().spend(self.loop.time()):
            super().handle_cont(event)
        else:
            self.hang_up()

    def hang_up(self) -> None:
        """Close for breaking a rule."""
        connection = cast(Any, self.conn)
        if not self.transport.is_closing():
            connection.fail(1008, "too many control frames")
            self.transport.write(b"".join(connection.data_to_send()))
            self.transport.close()
