"""The socket that the server listens on."""

from __future__ import annotations

import asyncio
import socket

from app.settings import Settings
from app.web.server import listener


async def test_answers_do_not_wait_for_the_client_to_acknowledge_their_head() -> None:
    """Nagle's algorithm is off on what is accepted: with it on, every answer took 40 ms more."""
    seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted: socket.socket = writer.get_extra_info("socket")
        seen.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with listener(Settings(port=0)) as listening:
        async with await asyncio.start_server(accept, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname()[:2])
            assert await seen == 1
            writer.close()
            await writer.wait_closed()
