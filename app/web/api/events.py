"""The WebSocket of a run: one task reads the client's wishes, one sends what is published, one answers wrong wishes,
and for those who want it one shows that the line is alive. None waits for another.

Close codes tell a client what to do: 1000 the run is over; 1008 it broke a rule; 1012 the server restarts, return with
``after``; 1013 come later; 4400 and 4404 do not return as you are; 4500 too slow, 4503 a part of the server is away:
return with ``after``. A client that reads nothing cannot be told: it is let go after PLAYGROUND_SEND_SECONDS.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fastapi import APIRouter, WebSocket
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocketDisconnect, WebSocketState

from ...nn.errors import SpecError
from ...runs.errors import Refused, RunError, Unavailable, UnknownRun
from ...runs.events import Position
from ...streaming.subscription import (
    VIEWER_BURST,
    VIEWER_RATE,
    Allowance,
    Subscription,
    read_after,
    read_beats,
    read_include,
)
from ...streaming.wire import beat, command_from, error, run_text
from ..parts import Parts

__all__ = ["CLOSES", "create", "own_origin"]

OVER: Final = 1000
BROKE_A_RULE: Final = 1008
COME_LATER: Final = 1013
WRONG_QUESTION: Final = 4400
UNKNOWN: Final = 4404
TOO_SLOW: Final = 4500
LEFT: Final = 1006
AWAY: Final = 4503
CLOSES: Mapping[str, int] = MappingProxyType(
    {"over": OVER, "rule": BROKE_A_RULE, "later": COME_LATER, "unknown": UNKNOWN, "slow": TOO_SLOW, "away": AWAY}
)
"""Close codes by what they mean."""

BEAT = 2.5
"""Seconds of silence after which a viewer who wants beats is sent one."""


def create(parts: Parts) -> APIRouter:
    """The route of a run's events."""
    router = APIRouter()

    @router.websocket("/api/runs/{run_id}/events")
    async def events(socket: WebSocket, run_id: str) -> None:
        """Everything that happens to a run, from ``after`` on."""
        if not own_origin(socket.headers.get("origin"), socket, parts):
            await socket.close(BROKE_A_RULE)
            return
        with contextlib.suppress(WebSocketDisconnect):  # whoever has left need not be told anything
            await admit(socket, run_id, parts)

    return router


async def admit(socket: WebSocket, run_id: str, parts: Parts) -> None:
    """Serve a viewer, unless there are too many."""
    visitor = parts.visitors.visitor(socket)
    refusal = parts.visitors.open_socket(visitor)
    if refusal is not None:
        await socket.accept()
        await tell_and_close(socket, refusal, COME_LATER)
        return
    parts.metrics.sockets.inc()
    try:
        await socket.accept()
        await serve(Viewer(socket, parts), run_id)
    finally:
        parts.metrics.sockets.dec()
        parts.visitors.close_socket(visitor)


def own_origin(origin: str | None, connection: HTTPConnection, parts: Parts) -> bool:
    """Whether a browser's page may watch: one of ours, or of the configured origins; scheme, host and port are compared
    whole. Who is no browser has no origin.
    """
    if origin is None or origin in parts.settings.origins:
        return True
    scheme = "https" if parts.visitors.secure(connection) else "http"
    host = connection.headers.get("host", "")
    return bool(host) and origin == f"{scheme}://{host}"


async def serve(viewer: Viewer, run_id: str) -> None:
    """Read the question, send the run, then read and write until one side is done."""
    query = viewer.socket.query_params
    try:
        include = read_include(query.get("include"))
        after = read_after(query.get("after"))
        viewer.beats = read_beats(query.get("beats"))
        view = await viewer.parts.engine.view(run_id)
    except SpecError as wrong:
        await tell_and_close(viewer.socket, wrong, WRONG_QUESTION)
        return
    except UnknownRun as unknown:
        await tell_and_close(viewer.socket, unknown, UNKNOWN)
        return
    except Unavailable as away:
        await tell_and_close(viewer.socket, away, AWAY)
        return
    try:
        await viewer.send(run_text(view))
        await viewer.all_at_once(Subscription(run_id, include, Position(after, view.change)))
    except Closed as closed:
        await close(viewer.socket, closed.code, closed.reason)


class Closed(Exception):
    """The connection is to be closed from our side."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Viewer:
    """One connection: what it is sent and what is still to be said to it."""

    def __init__(self, socket: WebSocket, parts: Parts) -> None:
        self.socket = socket
        self.parts = parts
        self.outgoing = Allowance(VIEWER_RATE, VIEWER_BURST, time.monotonic())
        self.refusals: asyncio.Queue[str] = asyncio.Queue(parts.settings.messages_burst)
        self.beats = False
        """Whether the client wants to hear that the line is alive; said once, by its question."""
        self.heard = 0
        """The client's messages that have been dealt with."""
        self.dealt_with = asyncio.Event()
        self.sent_at = time.monotonic()

    async def all_at_once(self, subscription: Subscription) -> None:
        """Read, write and answer; whichever ends first ends the others."""
        work = [self.read(subscription.run_id), self.write(subscription), self.answer()]
        if self.beats:
            work.append(self.beat())
        tasks = [asyncio.create_task(part) for part in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def write(self, subscription: Subscription) -> None:
        """Send every update; while a slow viewer takes its time, the next one only grows wider."""
        while not subscription.ended:
            await self.turn()
            try:
                update = await self.parts.engine.next(subscription.run_id, subscription.position)
            except UnknownRun as unknown:
                await self.send(error(unknown))
                raise Closed(UNKNOWN) from None
            except Unavailable as away:
                await self.send(error(away))
                raise Closed(AWAY, "return with after") from None
            for text in subscription.take(update, self.parts.encoder):
                await self.send(text)
        raise Closed(OVER)

    async def read(self, run_id: str) -> None:
        """Obey the client's messages; what is wrong with one is said, and the connection lives on."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code") or 1000)
            try:
                await self.parts.engine.command(run_id, command_from(message.get("text") or ""))
            except (SpecError, Refused, Unavailable, UnknownRun) as refusal:
                self.refuse(refusal)
            self.heard += 1
            self.dealt_with.set()

    def refuse(self, refusal: SpecError | RunError) -> None:
        """Have a refusal told to the client, unless it has not yet heard a hundred others."""
        try:
            self.refusals.put_nowait(error(refusal))
        except asyncio.QueueFull:
            raise Closed(BROKE_A_RULE, "too many wrong messages") from None

    async def answer(self) -> None:
        """Say what was wrong with messages, within what a viewer may be sent."""
        while True:
            text = await self.refusals.get()
            await self.turn()
            await self.send(text)

    async def beat(self) -> None:
        """Say that the line is alive: when a message was dealt with, and after a silence."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.until_beat()):
                    await self.dealt_with.wait()
            if self.dealt_with.is_set() or self.until_beat() <= 0:
                self.dealt_with.clear()
                await self.turn()
                await self.send(beat(self.heard))

    def until_beat(self) -> float:
        """Seconds until the silence has lasted long enough."""
        return self.sent_at + BEAT - time.monotonic()

    async def turn(self) -> None:
        """Wait until another message may be sent."""
        await asyncio.sleep(self.outgoing.wait(time.monotonic()))

    async def send(self, text: str) -> None:
        """Send one message, in time or not at all."""
        self.sent_at = time.monotonic()
        self.outgoing.spend(self.sent_at)
        if self.socket.application_state is not WebSocketState.CONNECTED:
            # Another of our tasks has just learnt that the client left; to send all the same would be a fault of ours.
            raise WebSocketDisconnect(LEFT)
        try:
            async with asyncio.timeout(self.parts.settings.send_seconds):
                await self.socket.send_text(text)
        except TimeoutError:
            raise Closed(TOO_SLOW, "too slow: return with after") from None
        self.parts.metrics.messages.inc()


async def tell_and_close(socket: WebSocket, refusal: SpecError | RunError, code: int) -> None:
    """Say what is wrong, then close."""
    await socket.send_text(error(refusal))
    await close(socket, code, "")


async def close(socket: WebSocket, code: int, reason: str) -> None:
    """Close from our side, unless the other side has."""
    if socket.application_state is WebSocketState.CONNECTED:
        await socket.close(code, reason)
