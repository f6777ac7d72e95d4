"""uvicorn's WebSocket protocol with the limits that it does not have: how many frames of any kind a client may send,
and that a client who does not read is let go.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import State

from ...settings import Settings
from ...streaming.subscription import Allowance

__all__ = ["guarded_sockets"]

SLICE = 2048
"""Bytes parsed at once: a quarter of a megabyte may hold 43 000 empty frames, which take a third of a second."""
LAST_WORDS_SECONDS = 2.0


class GuardedSocket(WebSocketsSansIOProtocol):
    """Hangs up with 1008 on a flood of frames, be they messages, fragments, pings or pongs."""

    settings: ClassVar[Settings]
    frames_left: Allowance | None = None
    hung_up = False

    def data_received(self, data: bytes) -> None:
        """Parse in slices, so that a flood is noticed before all of it was parsed."""
        for start in range(0, len(data), SLICE):
            if self.hung_up or self.transport.is_closing():
                return
            super().data_received(data[start : start + SLICE])

    def within_limits(self) -> bool:
        """Count a frame; False, and the connection is closed, where it is one too many."""
        now = self.loop.time()
        if self.frames_left is None:
            self.frames_left = Allowance(self.settings.messages_per_second, self.settings.messages_burst, now)
        if self.frames_left.spend(now):
            return True
        self.hang_up()
        return False

    def handle_text(self, event: Frame) -> None:
        """Take a text message, or its first fragment."""
        if self.within_limits():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """Take a binary message, or its first fragment."""
        if self.within_limits():
            super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        """Take a fragment."""
        if self.within_limits():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping."""
        if self.within_limits():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Note a pong."""
        if self.within_limits():
            super().handle_pong(event)

    def hang_up(self) -> None:
        """Close for breaking a rule.

        What still comes is dropped unread for a moment: closing at once, with data unread, would reset the connection,
        and the client would never learn why.
        """
        if self.hung_up or self.transport.is_closing():
            return
        self.hung_up = True
        if self.conn.state is State.OPEN:
            self.conn.fail(1008, f"more than {self.settings.messages_per_second} messages a second")
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": 1008})
        self.transport.resume_reading()
        self.close_timer = self.loop.call_later(LAST_WORDS_SECONDS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """Let go of a client that does not answer pings."""
        super().keepalive_timeout()
        # A closing transport waits for its last bytes to be read; one who never reads must not keep it.
        self.loop.call_later(LAST_WORDS_SECONDS, self.transport.abort)

    async def send(self, message: Any) -> None:
        """Send, unless the connection is already closing; end it at once where a client who reads nothing is to be told
        that it closes.
        """
        closing = message["type"] == "websocket.close"
        if closing and not self.writable.is_set():
            self.transport.abort()
        elif not self.close_sent:
            await super().send(message)
        elif not closing:
            raise ClientDisconnected


def guarded_sockets(limits: Settings) -> type[asyncio.Protocol]:
    """The protocol with one server's limits."""

    class Guarded(GuardedSocket):
        settings = limits

    return Guarded
