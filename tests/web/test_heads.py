"""What a request brings beside its body is counted for each message, whatever else the connection has in hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from app.settings import Settings
from app.web.door.http import MOST_PIPELINED, guarded_http

PATIENCE = 20.0
LIMIT = 4096
CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
FLOOD = 4_000_000
"""Bytes: far beyond what the system's own buffers hold."""


@dataclass
class App:
    """Answers when it is let; reads bodies to their end first."""

    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.set()
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.bodies.append(body)
        await self.goes_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


Line = tuple[App, asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    """An app behind the guarded protocol, and one connection to it."""
    app = App()
    config = Config(app, log_config=None, lifespan="off")
    protocol, state = guarded_http(Settings(header_bytes=LIMIT, header_seconds=PATIENCE)), ServerState()
    server = await asyncio.get_running_loop().create_server(lambda: protocol(config, state, {}), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        try:
            yield app, reader, writer
        finally:
            app.goes_on.set()
            writer.close()
            await asyncio.gather(*state.tasks)


async def flooded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, piece: bytes) -> None:
    """Send without an end, until the other side hangs up; fails where it takes all."""
    try:
        for _ in range(FLOOD // len(piece)):
            writer.write(piece)
            await asyncio.wait_for(writer.drain(), PATIENCE)
        await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionError:
        return


@pytest.mark.parametrize("piece", [b"X-Filler: " + b"x" * 990 + b"\r\n", b"x" * 1000], ids=["many fields", "one field"])
async def test_a_head_behind_a_request_in_hand_is_limited(piece: bytes) -> None:
    async with line() as (app, reader, writer):
        writer.write(GET + b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
        await asyncio.wait_for(app.asked.wait(), PATIENCE)
        await flooded(reader, writer, piece)


@pytest.mark.parametrize("piece", [b"X-Filler: " + b"x" * 990 + b"\r\n", b"x" * 1000], ids=["many fields", "one field"])
async def test_the_trailer_of_a_chunked_body_is_limited(piece: bytes) -> None:
    async with line() as (app, reader, writer):
        writer.write(CHUNKED + b"0\r\nX-Long: ")
        await asyncio.wait_for(app.asked.wait(), PATIENCE)
        await flooded(reader, writer, piece)


async def test_what_stands_beside_a_chunks_length_is_limited() -> None:
    async with line() as (app, reader, writer):
        writer.write(CHUNKED + b"1;")
        await asyncio.wait_for(app.asked.wait(), PATIENCE)
        await flooded(reader, writer, b"x" * 1000)


async def test_requests_that_wait_behind_one_in_hand_are_few() -> None:
    async with line() as (app, reader, writer):
        writer.write(GET)
        await asyncio.wait_for(app.asked.wait(), PATIENCE)
        await flooded(reader, writer, GET * (2 * MOST_PIPELINED))


async def test_a_long_body_in_small_chunks_with_a_trailer_is_no_head() -> None:
    async with line() as (app, reader, writer):
        app.goes_on.set()
        writer.write(CHUNKED)
        for _ in range(5000):
            writer.write(b"3\r\nabc\r\n")
        writer.write(b"0\r\nX-Sum: 5\r\n\r\n")
        assert (await asyncio.wait_for(reader.readuntil(b"ok"), PATIENCE)).startswith(b"HTTP/1.1 200")
        assert app.bodies == [b"{" + b"abc" * 5000]


async def test_a_long_body_and_many_requests_in_turn_are_answered() -> None:
    async with line() as (app, reader, writer):
        app.goes_on.set()
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000)
        writer.write(GET * MOST_PIPELINED)
        for _ in range(MOST_PIPELINED + 1):
            await asyncio.wait_for(reader.readuntil(b"ok"), PATIENCE)
        for _ in range(40):
            writer.write(GET[:-2] + b"X-Filler: " + b"x" * (LIMIT // 2) + b"\r\n\r\n")
            await asyncio.wait_for(reader.readuntil(b"ok"), PATIENCE)
