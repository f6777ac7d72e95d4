"""kill -9 at random moments loses no recorded epoch: runs go on from their records to the bits of undisturbed ones."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sqlite3
from pathlib import Path
from typing import Any

import psutil

from tests.faults.classes import Class, followed, uninterrupted
from tests.faults.cluster import AGAIN, DEADLINE, Cluster, alone

SPECS: list[dict[str, Any]] = [
    *({"dataset": "four-bit-majority", "seed": seed, "epochs": 60_000} for seed in range(4)),
    {"dataset": "iris", "seed": 3, "epochs": 600, "batch_size": 16, "hidden": [6, 4]},
    {"dataset": "xor", "seed": 5, "epochs": 90, "pace": 15},
    {"dataset": {"x": [[0, 1], [1, 0], [1, 1]], "y": [0, 1, 1], "classes": 2}, "epochs": 20_000, "hidden": []},
]
MOMENTS = 8


async def some_messages(group: Class, chance: random.Random) -> None:
    """Wait for a random number of messages; the end of all is enough, too."""
    for _ in range(chance.randrange(1, 60)):
        if all(follower.end for follower in group.followers):
            return
        group.moved.clear()
        async with asyncio.timeout(DEADLINE):
            await group.moved.wait()


async def ended_again(runs: Cluster, group: Class) -> None:
    """Wait for the end of all after a kill: an end that was told a moment before it may not have been written."""
    async with asyncio.timeout(DEADLINE):
        for follower in group.followers:
            while True:
                run = (await runs.ask("web0", "GET", f"/api/runs/{follower.run_id}")).json()
                if run["status"] != "running":
                    break
                await asyncio.sleep(AGAIN)


async def states(runs: Cluster, run_id: str, epochs: range) -> list[Any]:
    """Kept states, as the API has them."""
    found = []
    for epoch in epochs:
        answer = await runs.ask("web0", "GET", f"/api/runs/{run_id}/state?epoch={epoch}")
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
    return found


async def test_the_web_process_is_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20_260)
    with alone(tmp_path) as runs:
        await runs.ready("web0")
        undisturbed = await uninterrupted(runs, SPECS)
        async with followed(runs) as group:
            for which, spec in enumerate(SPECS):
                await group.start(which, spec, "web0")
            for _ in range(MOMENTS):
                await some_messages(group, chance)
                runs.kill("web0")
                runs.web("web0")
                await runs.ready("web0")
            await group.ended()
            assert any(follower.returns for follower in group.followers)
            await ended_again(runs, group)
            await group.check("web0", undisturbed)
            first, paged = group.followers[0].run_id, range(0, 60_000, 7_001)
            kept = await states(runs, first, paged)
            runs.kill("web0")
            runs.web("web0")
            await runs.ready("web0")
            await ended_again(runs, group)
            await group.check("web0", undisturbed)
            assert await states(runs, first, paged) == kept


async def test_a_run_that_was_accepted_or_paused_is_there_after_a_kill_at_once(tmp_path: Path) -> None:
    with alone(tmp_path) as runs:
        await runs.ready("web0")
        accepted = [await runs.submit("web0", {**SPECS[0], "epochs": 1_000_000}) for _ in range(5)]
        paused = await runs.ask("web0", "PATCH", f"/api/runs/{accepted[0]}", {"status": "paused"})
        assert paused.status_code == 200, paused.text
        runs.kill("web0")
        runs.web("web0")
        await runs.ready("web0")
        there = [(await runs.ask("web0", "GET", f"/api/runs/{run_id}")).json() for run_id in accepted]
        assert (there[0]["status"], there[0]["epoch"]) == ("paused", paused.json()["epoch"])
        assert all(run["status"] in ("queued", "running") for run in there[1:])


async def test_workers_are_killed_and_stopped_and_their_orphans_write_nothing(tmp_path: Path) -> None:
    with alone(tmp_path) as runs:
        await runs.ready("web0")
        undisturbed = await uninterrupted(runs, SPECS[:4])
        async with followed(runs) as group:
            for which, spec in enumerate(SPECS[:4]):
                await group.start(which, spec, "web0")
            await group.gone_on()
            (worker,) = psutil.Process(runs.processes["web0"].pid).children()
            worker.kill()
            await group.gone_on()
            await runs.ready("web0")
            (orphan,) = psutil.Process(runs.processes["web0"].pid).children()
            orphan.send_signal(signal.SIGSTOP)
            runs.kill("web0")
            runs.web("web0")
            await runs.ready("web0")
            await group.gone_on()
            with contextlib.suppress(psutil.NoSuchProcess):  # the system may hang up on a group that lost its parent
                orphan.send_signal(signal.SIGCONT)
            await group.ended()
            await group.check("web0", undisturbed)
            psutil.wait_procs([orphan], timeout=DEADLINE)
            assert not orphan.is_running()


async def test_sigterm_writes_all_and_a_second_server_on_the_folder_is_refused(tmp_path: Path) -> None:
    with alone(tmp_path) as runs:
        await runs.ready("web0")
        run_id = await runs.submit("web0", {**SPECS[0], "epochs": 1_000_000})
        runs.web("web1")
        assert await asyncio.to_thread(runs.processes["web1"].wait) == 1
        assert "another server keeps its records in" in runs.logs()
        before = (await runs.ask("web0", "GET", f"/api/runs/{run_id}")).json()["epoch"]
        runs.kill("web0", signal.SIGTERM)
        assert await asyncio.to_thread(runs.processes["web0"].wait) == 0
        with sqlite3.connect(tmp_path / "records" / "runs.sqlite") as file:
            ((epochs,),) = file.execute("SELECT epochs FROM standings")
        assert epochs > before


async def test_sigterm_amid_100_runs_tells_every_viewer_to_return_and_loses_nothing(tmp_path: Path) -> None:
    with alone(tmp_path) as runs:
        await runs.ready("web0")
        async with followed(runs) as group:
            for seed in range(100):
                spec = {"dataset": "four-bit-majority", "seed": seed, "epochs": 100_000, "pace": 25}
                await group.start(0, spec, "web0")
            await group.gone_on()
            runs.kill("web0", signal.SIGTERM)
            assert await asyncio.to_thread(runs.processes["web0"].wait) == 0
            told = [follower.epoch for follower in group.followers]
            runs.web("web0")
            await runs.ready("web0")
            await group.gone_on()
            assert [follower.codes[:1] for follower in group.followers] == [[1012]] * 100
            assert all(follower.epoch >= before for follower, before in zip(group.followers, told, strict=True))


async def test_sigterm_ends_in_time_and_with_all_written_though_nobody_reads_the_log(tmp_path: Path) -> None:
    """The pipe is full before the signal comes: whoever writes to it waits for ever."""
    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "wb", buffering=0) as log, alone(tmp_path, log) as runs:
            await runs.ready("web0")
            run_id = await runs.submit("web0", {**SPECS[0], "epochs": 1_000_000})
            os.set_blocking(writer, False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    os.write(writer, bytes(65_536))
            os.set_blocking(writer, True)
            with sqlite3.connect(tmp_path / "records" / "runs.sqlite", isolation_level=None) as other:
                other.execute("BEGIN IMMEDIATE")  # trouble, and so something to say
                async with asyncio.timeout(DEADLINE):
                    while (await runs.ask("web0", "GET", "/readyz")).status_code == 200:
                        pass
                before = (await runs.ask("web0", "GET", f"/api/runs/{run_id}")).json()["epoch"]
                other.execute("ROLLBACK")
            runs.kill("web0", signal.SIGTERM)
            assert await asyncio.to_thread(runs.processes["web0"].wait, DEADLINE) == 0
        with contextlib.closing(sqlite3.connect(tmp_path / "records" / "runs.sqlite")) as file:
            ((epochs,),) = file.execute("SELECT epochs FROM standings")
        assert epochs > before
    finally:
        os.close(reader)
