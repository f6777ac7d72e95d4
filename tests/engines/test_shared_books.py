"""The books in Redis: who has lost a run cannot write to it, and what is sent twice is recorded once."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Any

import numpy as np
import pytest

from app.engines.codec import as_numbers, numbers, spec_bytes
from app.engines.shared.books import Books
from app.nn.spec import RunSpec
from app.runs.errors import Unavailable
from tests.redis_server import RedisServer

PREFIXES = (f"books{number}:" for number in itertools.count())
SPEC = spec_bytes(RunSpec(epochs=1000))


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One server for this file."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
async def books(redis_server: RedisServer) -> AsyncIterator[Books]:
    """Empty books."""
    books = Books(redis_server.url, next(PREFIXES))
    yield books
    await books.close()


async def submit(books: Books, owner: str = "me", *, owned: int = 9, needed: int = 1000, runs: int = 9) -> Any:
    """Hand in a run; its id, or the words of the refusal."""
    run_id = secrets.token_hex(4)
    answer = await books.call("submit", run_id, SPEC, owner, owned, needed, runs, 10_000, "")
    return run_id if answer[0] == b"ok" else answer[0].decode()


async def claim(books: Books, worker: str, lease: float = 60.0) -> tuple[bytes, int]:
    """A worker appears and takes one run; its id and the fence."""
    await books.call("beat", worker, lease, 1, "")
    ((run_id, fence, *_),) = await books.call("claim", worker, 1, "1")
    return run_id, fence


async def append(
    books: Books, run_id: bytes, fence: int, first: int, costs: list[float], status: str = "running"
) -> Any:
    """Record some costs."""
    rows = numbers(np.array(costs))
    return await books.call("append", run_id, fence, "", status, "", "", "", first, rows, b"newest", 0, 0)


async def recorded(books: Books, run_id: bytes) -> list[float]:
    """All costs of a run."""
    costs: list[float] = as_numbers((await books.call("costs", run_id, 0, -1))[1]).tolist()
    return costs


async def test_100_stale_writes_change_nothing(books: Books) -> None:
    await submit(books)
    run_id, stale = await claim(books, "first")
    assert await append(books, run_id, stale, 0, [3.0, 2.0]) == b"ok"
    await books.call("release", "first", run_id, stale)
    assert await append(books, run_id, stale, 2, [9.0]) == b"stale"
    assert await claim(books, "second") == (run_id, stale + 2)
    before = await books.call("view", run_id)
    for number in range(100):
        assert await append(books, run_id, stale, 2, [float(number)], random.choice(["failed", "paused"])) == b"stale"
    assert await books.call("view", run_id) == before
    assert await append(books, run_id, stale + 2, 2, [1.0]) == b"ok"
    assert await recorded(books, run_id) == [3.0, 2.0, 1.0]


async def test_costs_sent_again_in_any_cut_are_recorded_once(books: Books) -> None:
    await submit(books)
    run_id, fence = await claim(books, "worker")
    costs = [random.random() for _ in range(200)]
    known = 0
    while known < len(costs):
        first = random.randint(0, known)
        last = random.randint(first, min(len(costs), first + 40))
        assert await append(books, run_id, fence, first, costs[first:last]) == b"ok"
        known = max(known, last)
        assert await recorded(books, run_id) == costs[:known]
    assert await append(books, run_id, fence, known + 1, [0.0]) == b"gap"
    assert await recorded(books, run_id) == costs


async def test_a_worker_that_is_silent_for_a_lease_loses_its_runs_to_another(books: Books) -> None:
    await submit(books)
    run_id, fence = await claim(books, "silent", lease=0.0)
    await books.call("beat", "other", 60, 1, "")
    assert await books.call("claim", "other", 1, "1") == []
    await books.call("beat", "other", 60, 1, "1")
    ((again, new_fence, *_),) = await books.call("claim", "other", 1, "1")
    assert again == run_id and new_fence > fence
    assert await books.call("beat", "silent", 60, 1, "") == -1
    assert await books.call("reconcile", "silent", run_id) == [run_id]
    assert await append(books, run_id, new_fence, 0, [1.0]) == b"ok"


async def test_a_run_that_kills_workers_fails_in_words(books: Books) -> None:
    await submit(books)
    for number in range(5):
        run_id, _ = await claim(books, f"victim{number}", lease=0.0)
        await books.call("beat", "nurse", 60, 1, "1")
    status, words = (await books.call("view", run_id))[2:5:2]
    assert status == b"failed"
    assert b"5 workers in a row died" in words


async def test_quotas_hold_across_web_processes(redis_server: RedisServer) -> None:
    prefix = next(PREFIXES)
    webs = [Books(redis_server.url, prefix) for _ in range(4)]
    answers = await asyncio.gather(*(submit(webs[number % 4], owned=3) for number in range(20)))
    assert answers.count("owner") == 17
    answers = await asyncio.gather(*(submit(webs[number % 4], f"{number}", runs=5) for number in range(20)))
    assert answers.count("runs") == 18
    assert await submit(webs[0], "greedy", needed=9000) == "bytes"
    for web in webs:
        await web.close()


async def test_workers_share_what_there_is(books: Books) -> None:
    for number in range(9):
        await submit(books, str(number))
    for worker in ("a", "b", "c"):
        await books.call("beat", worker, 60, 1, "")
    assert [len(await books.call("claim", worker, 100, "")) for worker in ("a", "b", "c")] == [3, 3, 3]


async def test_whoever_has_more_than_its_share_may_spare_what_a_newcomer_lacks(books: Books) -> None:
    """The numbers are by hand: 24 runs; shares by processes are 24, then 6 and 18, then 4, 12 and 8."""
    for number in range(24):
        await submit(books, str(number), needed=100, runs=24)
    await books.call("beat", "first", 60, 1, "")
    await books.call("claim", "first", 100, "")
    assert await books.call("surplus", "first", 100, 2) == 0
    await books.call("beat", "second", 60, 3, "")
    assert await books.call("surplus", "first", 100, 2) == 18
    assert await books.call("surplus", "first", 2, 2) == 6, "the newcomer has room for two runs a process"
    assert await books.call("surplus", "second", 100, 2) == 0
    await books.call("beat", "dying", 1, 2, "")
    assert await books.call("surplus", "first", 100, 2) == 12, "nothing for one whose lease is about to end"


async def test_what_already_waits_in_the_queue_is_not_spared_twice(books: Books) -> None:
    for number in range(8):
        await submit(books, str(number), runs=8)
    await books.call("beat", "first", 60, 1, "")
    claimed = await books.call("claim", "first", 100, "")
    await books.call("beat", "second", 60, 1, "")
    assert await books.call("surplus", "first", 100, 2) == 4
    for run_id, fence, *_ in claimed[:3]:
        await books.call("release", "first", run_id, fence)
    assert await books.call("surplus", "first", 100, 2) == 1
    await books.call("release", "first", *claimed[3][:2])
    assert await books.call("surplus", "first", 100, 2) == 0
    assert len(await books.call("claim", "second", 100, "")) == 4
    assert await books.call("surplus", "first", 100, 2) == await books.call("surplus", "second", 100, 2) == 0


async def test_a_small_difference_moves_nothing(books: Books) -> None:
    for number in range(32):
        await submit(books, str(number), needed=100, runs=32)
    for worker in ("first", "second"):
        await books.call("beat", worker, 60, 1, "")
    claimed = await books.call("claim", "first", 17, "1")
    await books.call("claim", "second", 100, "1")
    for run_id, fence, *_ in claimed[:4]:
        await append(books, run_id, fence, 0, [1.0], "finished")
    assert await books.call("surplus", "second", 100, 2) == 0


async def test_every_key_expires(books: Books) -> None:
    await submit(books)
    run_id, fence = await claim(books, "worker")
    await books.call("order", run_id, b'{"ticket":"t","web":"w"}')
    await append(books, run_id, fence, 0, [1.0])
    await append(books, run_id, fence, 1, [1.0], "finished")
    keys = await books.client.keys(books.prefix + "*")
    assert keys
    for key in keys:
        assert await books.client.ttl(key) > 0, key


async def test_without_redis_every_call_says_so() -> None:
    nobody = Books("redis://127.0.0.1:1/0")
    with pytest.raises(Unavailable, match="does not answer"):
        await nobody.call("alive")
    assert "127.0.0.1" not in str(await failed(nobody))
    await nobody.close()


async def failed(books: Books) -> Unavailable:
    """How a call fails."""
    try:
        await books.call("alive")
    except Unavailable as away:
        return away
    raise AssertionError("somebody answered")
