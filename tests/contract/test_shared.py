"""The engine on a shared Redis keeps the engines' contract, with a real server and a worker."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager

import pytest

from app.engines.shared.books import Books
from app.engines.shared.engine import SharedEngine
from app.engines.shared.foreman import Foreman
from app.runs.ports import Engine
from app.runs.room import Room
from tests.contract.engine_suite import EngineSuite, MakeEngine
from tests.redis_server import RedisServer

PREFIXES = (f"test{number}:" for number in itertools.count())


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One server for all tests of this file; each has its own prefix of keys."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@contextlib.asynccontextmanager
async def engine_and_worker(url: str, prefix: str, room: Room) -> AsyncIterator[Engine]:
    """A web process's side and a worker of one process, in this loop."""
    foreman = Foreman(Books(url, prefix), processes=1)
    await foreman.start()
    working = asyncio.create_task(foreman.work())
    try:
        async with SharedEngine(Books(url, prefix), room=room) as engine:
            while (await engine.health())["workers"] is not None:
                assert not working.done(), working.exception()
                await asyncio.sleep(0)
            yield engine
    finally:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


class TestShared(EngineSuite):
    """With one worker, in the same loop."""

    @pytest.fixture
    def make_engine(self, redis_server: RedisServer) -> MakeEngine:
        """An engine on keys of its own."""
        prefix = next(PREFIXES)

        def make(room: Room) -> AbstractAsyncContextManager[Engine]:
            return engine_and_worker(redis_server.url, prefix, room)

        return make
