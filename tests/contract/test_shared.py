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
from app.nn.spec import RunSpec
from app.runs.capacity import Capacity
from app.runs.ports import Engine
from tests.contract.engine_suite import EngineSuite, MakeEngine, follow, submit
from tests.redis_server import RedisServer

PREFIXES = (f"test{number}:" for number in itertools.count())


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One server for all tests of this file; each has its own prefix of keys."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@contextlib.asynccontextmanager
async def engine_and_worker(url: str, prefix: str, capacity: Capacity) -> AsyncIterator[Engine]:
    """A web process's side and a worker of one process, in this loop."""
    foreman = Foreman(Books(url, prefix), processes=1)
    await foreman.start()
    working = asyncio.create_task(foreman.work())
    try:
        async with SharedEngine(Books(url, prefix), capacity=capacity) as engine:
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

        def make(capacity: Capacity) -> AbstractAsyncContextManager[Engine]:
            return engine_and_worker(redis_server.url, prefix, capacity)

        return make

    async def test_a_run_of_another_arithmetic_says_so_and_is_not_gone_on_with(self, redis_server: RedisServer) -> None:
        prefix = next(PREFIXES)
        books = Books(redis_server.url, prefix)
        async with SharedEngine(Books(redis_server.url, prefix), capacity=Capacity()) as engine:
            run_id = await submit(engine, RunSpec(epochs=300))
            await books.call("beat", "elsewhere", 0.0, 1, "")
            ((_, fence, *_),) = await books.call("claim", "elsewhere", 1, "1")
            await books.call("append", run_id, fence, "another", "running", "", "", "", 0, bytes(8), b"", 0, 0)
            await books.call("release", "elsewhere", run_id, fence)
            async with engine_and_worker(redis_server.url, prefix, Capacity()):
                ended = (await follow(engine, run_id))[-1].ended
            assert ended is not None
            assert (ended.status, ended.epoch) == ("failed", 0)
            assert "arithmetic differs" in str(ended.detail)
        await books.close()


async def test_a_worker_ends_whenever_it_is_told_to(redis_server: RedisServer) -> None:
    """Also in the moment when Redis answers: there the client may swallow a cancellation."""

    async def ends(moment: float) -> bool:
        foreman = Foreman(Books(redis_server.url, next(PREFIXES)), processes=0)
        await foreman.start()
        working = asyncio.create_task(foreman.work())
        await asyncio.wait([working], timeout=moment)
        working.cancel()
        done, _ = await asyncio.wait([working], timeout=20)
        return bool(done)

    for _ in range(2):
        assert all(await asyncio.gather(*(ends(0.7 * share / 40) for share in range(40))))
