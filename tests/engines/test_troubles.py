"""The embedded engine in trouble: what dies is begun again, what is wrong is said, in the log and to who asks."""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
from collections.abc import Awaitable, Callable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from app.engines import tasks
from app.engines.embedded import recorder
from app.engines.embedded.engine import Capacity, EmbeddedEngine
from app.engines.workers import crew
from app.engines.workers.post import Post
from app.engines.workers.process import WorkerProcess
from app.runs.errors import NotStarted, Unavailable
from tests.contract.engine_suite import DEADLINE, ENDLESS, SHORT, follow, submit, told, until
from tests.engines.test_records import AGAIN, engine_on, most_pages, until_true


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits long before it is tried again."""
    monkeypatch.setattr(recorder, "GAP", 0.02)
    monkeypatch.setattr(recorder, "RETRY", 0.02)
    monkeypatch.setattr(recorder, "FRESH", 0.0)
    monkeypatch.setattr(tasks, "RESTART", 0.02)
    monkeypatch.setattr(tasks, "PROVEN", 0.02)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The errors in the log."""
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


async def well(engine: EmbeddedEngine) -> None:
    """Wait until the engine has nothing to say."""

    async def so() -> bool:
        return all(words is None for words in (await engine.health()).values())

    await until_true(so)


async def test_a_worker_that_cannot_be_hired_at_once_is_hired_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        engine.crew.delay = lambda _: AGAIN
        run_id = await submit(engine, ENDLESS)
        await until(engine, run_id, lambda view: view.epoch > 0)

        def no_process(**_: object) -> WorkerProcess:
            raise OSError(11, "Resource temporarily unavailable")

        monkeypatch.setattr(crew, "WorkerProcess", no_process)
        engine.crew.members[0].process.kill()

        async def named() -> bool:
            return "cannot be started" in str((await engine.health())["workers"])

        await until_true(named)
        monkeypatch.setattr(crew, "WorkerProcess", WorkerProcess)
        await well(engine)
        epoch = (await engine.view(run_id)).epoch
        await until(engine, run_id, lambda view: view.epoch > epoch)
    said = "the worker processes: one cannot be started: [Errno 11] Resource temporarily unavailable"
    assert errors(caplog) == [said], "once, however often it was tried"
    assert f"well again; it was: {said.partition(': ')[2]}" in caplog.text


async def test_an_engine_that_cannot_start_a_worker_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_process(**_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(crew, "WorkerProcess", no_process)
    with pytest.raises(
        NotStarted, match=r"worker process cannot be started: .Errno 11. Resource temporarily unavailable"
    ):
        await EmbeddedEngine(workers=1, capacity=Capacity()).__aenter__()


def failing_once(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A method that fails the first time in a way that nobody foresaw."""
    failed = False

    async def either(*arguments: Any) -> Any:
        nonlocal failed
        if not failed:
            failed = True
            raise KeyError("nobody foresaw this")
        return await method(*arguments)

    return either


@pytest.mark.parametrize("method", ["until_due", "write_batch", "give_back"])
async def test_a_recorder_that_fails_is_heard_of_and_goes_on(
    tmp_path: Path, method: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tasks, "PROVEN", 3600.0)
    async with engine_on(tmp_path) as engine:
        monkeypatch.setattr(engine.recorder, method, failing_once(getattr(engine.recorder, method)))
        run_id = await submit(engine, SHORT)
        whole = told(await follow(engine, run_id))

        async def named() -> bool:
            return "writing has failed: KeyError" in str((await engine.health())["records"])

        await until_true(named)

        async def written() -> bool:
            return run_id not in engine.entries

        await until_true(written)
    assert [line for line in errors(caplog) if "KeyError" in line]
    async with engine_on(tmp_path) as engine:
        assert (await engine.costs(run_id, 0, None)).tolist() == whole


async def test_what_was_being_written_when_the_recorder_failed_is_written_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with engine_on(tmp_path) as engine:
        store, first = engine.recorder.store, threading.Event()

        def write(*arguments: Any) -> None:
            if not first.is_set():
                first.set()
                raise TypeError("nobody foresaw this")
            type(store).write(store, *arguments)

        monkeypatch.setattr(store, "write", write)
        with pytest.raises(Unavailable, match="nobody foresaw this"):
            await submit(engine, SHORT)
        await well(engine)
        assert len(told(await follow(engine, await submit(engine, SHORT)))) == 301


async def test_an_idle_server_with_a_full_disk_says_so_before_and_after_a_refused_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with engine_on(tmp_path) as engine:
        await most_pages(engine, 1)
        assert "full" in str((await engine.health())["records"])
        for _ in range(3):
            with pytest.raises(Unavailable, match="full"):
                await submit(engine, SHORT)
            for _ in range(5):
                assert "full" in str((await engine.health())["records"])
                await asyncio.sleep(AGAIN)
        assert len(errors(caplog)) == 1
        await most_pages(engine, 1_000_000)
        await well(engine)
        assert "the records: well again" in caplog.text
        await follow(engine, await submit(engine, SHORT))


async def test_what_a_worker_says_and_nobody_can_take_in_ends_the_worker(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        engine.crew.delay = lambda _: 0.0
        heard, failed = engine.crew.told_heard, threading.Event()

        def fail_once(*arguments: Any) -> None:
            if not failed.is_set():
                failed.set()
                raise ZeroDivisionError
            heard(*arguments)

        engine.crew.told_heard = fail_once
        assert len(told(await follow(engine, await submit(engine, SHORT)))) == 301
    assert "cannot be taken in" in errors(caplog)[0]


async def test_a_worker_whose_words_cannot_be_read_is_replaced(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        engine.crew.delay = lambda _: 0.0
        run_id = await submit(engine, ENDLESS)
        await until(engine, run_id, lambda view: view.epoch > 0)
        worker = engine.crew.members[0]

        def garbled(messages: object) -> None:
            raise pickle.UnpicklingError("invalid load key")

        monkeypatch.setattr(worker, "hand_over", garbled)

        async def replaced() -> bool:
            return worker not in engine.crew.members and engine.crew.ready == 1

        await until_true(replaced)
        epoch = (await engine.view(run_id)).epoch
        await until(engine, run_id, lambda view: view.epoch > epoch)
    assert "says cannot be read" in errors(caplog)[0]


def test_a_message_that_cannot_be_sent_closes_the_pipe_and_the_thread_lives(caplog: pytest.LogCaptureFixture) -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        post: Post[object] = Post(ours)
        post.send([threading.Lock()])
        assert theirs.poll(DEADLINE)
        with pytest.raises(EOFError):
            theirs.recv()
        post.send([1])
        post.close()
    assert "cannot be sent" in errors(caplog)[0]


async def test_many_who_ask_after_the_disk_try_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "FRESH", 3600.0)
    async with engine_on(tmp_path) as engine:
        tries = 0

        def rehearse() -> None:
            nonlocal tries
            tries += 1

        monkeypatch.setattr(engine.recorder.store, "rehearse", rehearse)
        await asyncio.gather(*(engine.recorder.check() for _ in range(100)))
        assert tries <= 1
