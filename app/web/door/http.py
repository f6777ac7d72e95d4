"""uvicorn's HTTP protocol with the limits that it does not have: how long and how large a request's head may be, how
many connections one address may hold, and how long a client may take to accept an answer.

A head is what a message brings beside its body: its lines and fields, those of a chunk, and the trailer. It is counted
for each message, whether or not another one is in hand: all of it is kept until the message is there.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import ClassVar

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ...settings import Settings
from .visitors import network_of

__all__ = ["MOST_PIPELINED", "guarded_http"]

SLICE = 16_384
"""Bytes handed to the parser at once, so that a head's limit is noticed before a quarter of a megabyte is parsed."""
MOST_PIPELINED = 32
"""Requests that may wait behind the one in hand. No browser sends any; a quarter of a megabyte would hold thousands."""


class GuardedHttp(HttpToolsProtocol):
    """Closes a connection that is too slow or too large, or whose address has too many."""

    settings: ClassVar[Settings]
    open_connections: ClassVar[Counter[str]]

    head_bytes = 0
    between = True
    begun = 0
    embodied = False
    head_timer: asyncio.TimerHandle | None = None
    answer_timer: asyncio.TimerHandle | None = None
    counted: str | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the connection and start the clock for its first head."""
        super().connection_made(transport)
        address = network_of(self.client[0]) if self.client else ""
        if self.open_connections[address] >= self.settings.max_connections_per_address:
            transport.abort()
            return
        self.open_connections[address] += 1
        self.counted = address
        self.await_head()

    def await_head(self) -> None:
        """From now on a head may take so many seconds."""
        if self.head_timer is None:
            self.head_timer = self.loop.call_later(self.settings.header_seconds, self.head_is_late)

    def head_is_late(self) -> None:
        """The head did not arrive in time."""
        self.head_timer = None
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Pass data on in slices while what they hold beside bodies is within its limits."""
        if self.head_timer is None and (self.cycle is None or self.cycle.response_complete):
            self.await_head()
        for start in range(0, len(data), SLICE):
            if self.transport.is_closing():
                return
            part = data[start : start + SLICE]
            if self.transport.get_protocol() is not self:  # the rest of the data belongs to the WebSocket
                self.transport.get_protocol().data_received(part)  # type: ignore[attr-defined]
                continue
            between, self.begun, self.embodied = self.between, 0, False
            super().data_received(part)
            self.count(len(part), between)

    def count(self, size: int, between: bool) -> None:
        """Count a slice to the head of the message that it belongs to, unless part of it belongs to something else: a
        body, or the message before. ``between``: whether the slice began between two messages.
        """
        if self.embodied or self.begun > int(between):
            self.head_bytes = 0
        else:
            self.head_bytes = size if self.begun else self.head_bytes + size
        if self.head_bytes > self.settings.header_bytes and not self.between:
            self.refuse("the head of the request is too large")
        elif len(self.pipeline) > MOST_PIPELINED:
            self.refuse("too many requests were sent before the first was answered")

    def refuse(self, words: str) -> None:
        """Say why and hang up; only hang up where an answer to another request is on its way."""
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
        elif not self.transport.is_closing():
            self.send_400_response(words)

    def on_message_begin(self) -> None:
        """A request begins."""
        self.between, self.begun = False, self.begun + 1
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """Part of a body."""
        self.embodied = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of a request is there."""
        self.between = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self.stop_head_timer()
        super().on_headers_complete()

    def stop_head_timer(self) -> None:
        """Stop the clock of the head."""
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def pause_writing(self) -> None:
        """The client accepts less than we send: from now on it has so many seconds to catch up."""
        super().pause_writing()
        self.answer_timer = self.loop.call_later(self.settings.answer_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client caught up."""
        self.stop_answer_timer()
        super().resume_writing()

    def stop_answer_timer(self) -> None:
        """Stop the clock of the answer."""
        if self.answer_timer is not None:
            self.answer_timer.cancel()
            self.answer_timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection out."""
        self.stop_head_timer()
        self.stop_answer_timer()
        self.discount()
        super().connection_lost(exc)

    def discount(self) -> None:
        """This connection no longer counts."""
        if self.counted is not None:
            self.open_connections[self.counted] -= 1
            if self.open_connections[self.counted] <= 0:
                del self.open_connections[self.counted]
            self.counted = None

    def handle_websocket_upgrade(self) -> None:
        """A WebSocket has limits of its own."""
        self.stop_head_timer()
        self.discount()
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP or too large, as a problem, and hang up."""
        body = orjson.dumps({"type": "about:blank", "title": "Bad Request", "status": 400, "detail": msg})
        head = (
            b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body)
        )
        self.transport.write(head + body)
        self.transport.close()


def guarded_http(limits: Settings) -> type[GuardedHttp]:
    """The protocol with one server's limits and count of connections."""

    counts: Counter[str] = Counter()

    class Guarded(GuardedHttp):
        settings = limits
        open_connections = counts

    return Guarded
