"""The embedded engine beyond its contract: real processes, really killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from app.engines.embedded.engine import MOST_LOSSES, Capacity, EmbeddedEngine
from app.engines.embedded.entry import PUBLICATION_GAP
from app.nn.spec import RunSpec
from app.runs.commands import Pace, Pause, Resume, Step, Stop
from app.runs.events import Position
from tests.contract.engine_suite import DEADLINE, ENDLESS, SHORT, follow, submit, told, until, until_status

LONG = RunSpec(epochs=20_000, eta=0.05)


@pytest.fixture
async def engine() -> AsyncIterator[EmbeddedEngine]:
    """One worker, replaced at once however often it dies."""
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        engine.crew.delay = lambda _: 0.0
        yield engine


def kill_worker(engine: EmbeddedEngine) -> None:
    """kill -9."""
    engine.crew.members[0].process.kill()


async def loss(engine: EmbeddedEngine) -> None:
    """Kill the worker and wait until another one is hired."""
    lost = engine.crew.members[0]
    lost.process.kill()
    async with asyncio.timeout(DEADLINE):
        while lost in engine.crew.members or not engine.crew.members:
            engine.crew.news.clear()
            await engine.crew.news.wait()


async def test_a_run_whose_workers_are_killed_has_the_same_costs_to_the_bit(engine: EmbeddedEngine) -> None:
    uninterrupted = told(await follow(engine, await submit(engine, LONG)))
    run_id = await submit(engine, LONG)
    for epoch in (0, 1, 150, 3000, 9000, 15_000):
        await until(engine, run_id, lambda view, epoch=epoch: view.epoch >= epoch)  # type: ignore[misc]
        kill_worker(engine)
    assert told(await follow(engine, run_id)) == uninterrupted
    assert (await engine.view(run_id)).status == "finished"


async def test_several_workers_share_the_runs_and_one_loss_harms_no_costs() -> None:
    async with EmbeddedEngine(workers=2, capacity=Capacity()) as engine:
        runs = [await submit(engine, LONG) for _ in range(4)]
        assert sorted(engine.load.values()) == [2, 2]
        await until(engine, runs[0], lambda view: view.epoch > 0)
        kill_worker(engine)
        costs = [told(await follow(engine, run_id)) for run_id in runs]
    assert len(costs[0]) == 20_001
    assert all(other == costs[0] for other in costs)


async def test_a_paused_run_outlives_any_number_of_workers(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, ENDLESS)
    epoch = (await engine.command(run_id, Pause())).epoch
    for _ in range(MOST_LOSSES + 1):
        await loss(engine)
    view = await engine.view(run_id)
    assert (view.status, view.epoch) == ("paused", epoch)
    await engine.command(run_id, Step(5))
    assert (await until_status(engine, run_id, "paused")).epoch in (epoch, epoch + 5)
    await until(engine, run_id, lambda view: view.epoch == epoch + 5)


async def test_a_step_under_way_survives_the_loss_of_its_worker(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, RunSpec(dataset="xor", epochs=1000, pace=1.0))
    await until_status(engine, run_id, "running")
    await engine.command(run_id, Pause())
    await engine.command(run_id, Step(3))
    await until(engine, run_id, lambda view: view.epoch == 1)
    kill_worker(engine)
    await engine.command(run_id, Pace(None))
    assert (await until_status(engine, run_id, "paused")).epoch == 3


async def test_a_step_asked_of_a_run_that_runs_survives_the_loss_of_its_worker(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, RunSpec(dataset="xor", epochs=1000, pace=0.1))
    await until_status(engine, run_id, "running")
    epoch = (await engine.command(run_id, Step(3))).epoch
    await loss(engine)
    await engine.command(run_id, Pace(None))
    await until(engine, run_id, lambda view: view.status != "running")
    view = await engine.view(run_id)
    assert (view.status, view.epoch) == ("paused", epoch + 3)


async def test_an_order_that_a_dead_worker_left_unanswered_is_obeyed_by_the_next(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, ENDLESS)
    epoch = (await engine.command(run_id, Pause())).epoch
    worker = engine.crew.members[0]
    worker.process.send_signal(signal.SIGSTOP)
    order = asyncio.create_task(engine.command(run_id, Step(7)))
    await asyncio.sleep(0)
    worker.process.kill()
    async with asyncio.timeout(DEADLINE):
        await order
    await until(engine, run_id, lambda view: view.status == "paused" and view.epoch == epoch + 7)


async def test_a_run_that_kills_every_worker_ends_in_words_and_others_live(engine: EmbeddedEngine) -> None:
    paused = await submit(engine, ENDLESS)
    await engine.command(paused, Pause())
    deadly = await submit(engine, ENDLESS)
    engine.crew.members[0].process.send_signal(signal.SIGSTOP)
    for _ in range(MOST_LOSSES):
        await loss(engine)
        engine.crew.members[0].process.send_signal(signal.SIGSTOP)
    ended = (await follow(engine, deadly))[-1].ended
    assert ended is not None
    assert ended.status == "failed"
    assert f"{MOST_LOSSES} worker processes in a row died" in str(ended.detail)
    engine.crew.members[0].process.send_signal(signal.SIGCONT)
    assert (await engine.command(paused, Resume())).status == "running"


async def test_a_worker_that_does_not_answer_is_named_by_the_health_check(engine: EmbeddedEngine) -> None:
    worker = engine.crew.members[0].process
    worker.send_signal(signal.SIGSTOP)
    assert await engine.health() == {"workers": "1 of 1 worker processes do not answer", "records": None}
    worker.send_signal(signal.SIGCONT)
    assert await engine.health() == {"workers": None, "records": None}


async def test_an_engine_whose_workers_cannot_live_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    engine = EmbeddedEngine(workers=1, capacity=Capacity())
    engine.crew.delay = lambda _: 0.0
    with pytest.raises(RuntimeError, match="end as soon as they are started"):
        async with asyncio.timeout(DEADLINE), engine:
            pass


async def test_closing_leaves_no_process_and_no_thread_and_lets_go_of_who_waits() -> None:
    async with EmbeddedEngine(workers=2, capacity=Capacity()) as engine:
        run_id = await submit(engine, ENDLESS)
        await until(engine, run_id, lambda view: view.epoch > 0)
        processes = [worker.process for worker in engine.crew.members]
        processes[1].send_signal(signal.SIGSTOP)
        unanswered = asyncio.create_task(engine.health())
        await asyncio.sleep(0)
    assert all(process.returncode is not None for process in processes)
    assert not [thread.name for thread in threading.enumerate() if "worker" in thread.name]
    await asyncio.wait([unanswered])


async def test_a_stopped_run_leaves_its_worker_idle(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, ENDLESS)
    await engine.command(run_id, Stop())
    assert list(engine.load.values()) == [0]
    assert len(told(await follow(engine, await submit(engine, SHORT)))) == 301


async def test_publications_of_a_run_come_at_most_25_times_a_second(engine: EmbeddedEngine) -> None:
    run_id = await submit(engine, LONG)
    update, times = await engine.next(run_id, Position(-1, (await engine.view(run_id)).change)), list[float]()
    while update.ended is None:
        times.append(engine.entries[run_id].published_at)
        update = await engine.next(run_id, update.position)
    assert len(times) > 2
    assert all(later - earlier >= 0.99 * PUBLICATION_GAP for earlier, later in pairwise(times))


PARENT = """
import asyncio
from app.engines.embedded.engine import EmbeddedEngine, Capacity
from tests.contract.engine_suite import ENDLESS, submit, until

async def main():
    async with EmbeddedEngine(workers=2, capacity=Capacity()) as engine:
        for _ in range(3):
            await until(engine, await submit(engine, ENDLESS), lambda view: view.epoch > 0)
        print(*(worker.process.pid for worker in engine.crew.members), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def test_workers_end_when_the_web_process_is_killed(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        parent.kill()
        assert len(workers) == 2
        gone, alive = psutil.wait_procs(workers, timeout=DEADLINE)
        assert (len(gone), alive) == (2, [])
