"""Losing a worker, a web process and Redis itself loses nothing: every run finishes, with the same bits."""

from __future__ import annotations

import asyncio
import itertools
import signal
from pathlib import Path

import pytest

from tests.faults.classes import Class, followed, uninterrupted
from tests.faults.cluster import Follower, cluster, scattered
from tests.faults.networks import not_permitted

PACED = [{"dataset": "four-bit-majority", "seed": seed, "epochs": 80} for seed in range(6)]
EAGER = [{"dataset": "four-bit-majority", "seed": seed, "epochs": 5_000} for seed in range(6, 10)]


async def start_200(group: Class) -> None:
    """Runs of all kinds, given to both web processes; returns when each has begun."""
    specs = [(which, {**spec, "pace": 5}) for which, spec in enumerate(PACED)]
    specs += [(which, spec) for which, spec in enumerate(EAGER, len(PACED))]
    webs = itertools.cycle(("web0", "web1"))
    for which, spec in itertools.islice(itertools.cycle(specs), 200):
        await group.start(which, spec, next(webs))
    await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))


async def test_200_runs_survive_the_loss_of_a_worker_a_web_process_and_redis(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=2, workers=3) as runs:
        await runs.ready("web0", "web1")
        expected = await uninterrupted(runs, PACED + EAGER)
        async with followed(runs) as group:
            await start_200(group)
            runs.kill("worker1")
            await group.gone_on()
            runs.kill("web1")
            await group.gone_on()
            runs.redis.kill()
            runs.redis.start()
            await group.gone_on()
            runs.web("web1")
            await group.ended()
            assert any(follower.returns for follower in group.followers)
            await runs.ready("web1")
            await group.check("web1", expected)


async def test_the_same_on_machines_with_their_own_addresses_and_a_cable_pulled(tmp_path: Path) -> None:
    if reason := not_permitted():
        pytest.skip(f"NOT TESTED ACROSS NETWORKS: {reason}")
    with scattered(tmp_path, webs=2, workers=3) as (runs, networks):
        await runs.ready("web0", "web1")
        expected = await uninterrupted(runs, PACED + EAGER)
        async with followed(runs) as group:
            await start_200(group)
            networks.cut("worker0")
            await group.gone_on()
            networks.mend("worker0")
            runs.kill("worker1")
            await group.gone_on()
            runs.kill("web1")
            await group.gone_on()
            runs.redis.kill()
            runs.redis.start()
            await group.ended()
            await group.check("web0", expected)


async def test_a_worker_that_slept_past_its_lease_cannot_write(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED)
        async with followed(runs) as group:
            for which, spec in enumerate(PACED * 5):
                await group.start(which % len(PACED), {**spec, "pace": 10}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.worker("successor")
            runs.kill("worker0", signal.SIGSTOP)
            await group.gone_on()
            runs.kill("worker0", signal.SIGCONT)
            await group.ended()
            await group.check("web0", expected)
            assert runs.processes["worker0"].poll() is None, runs.logs()


async def test_a_worker_told_to_end_hands_back_its_runs(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED[:2])
        async with followed(runs) as group:
            for which, spec in enumerate(PACED[:2]):
                await group.start(which, {**spec, "pace": 40}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.kill("worker0", signal.SIGTERM)
            assert await asyncio.to_thread(runs.processes["worker0"].wait, 5) == 0, runs.logs()
            runs.worker("successor")
            await group.ended()
            await group.check("web0", expected)


async def test_a_worker_that_joins_late_takes_its_share_of_what_is_in_hand(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED)
        async with followed(runs) as group:
            for which, spec in enumerate(PACED * 5):
                await group.start(which % len(PACED), {**spec, "pace": 1}, "web0")
            resting = f"/api/runs/{group.followers[0].run_id}"
            assert (await runs.ask("web0", "PATCH", resting, {"status": "paused"})).status_code == 200
            runs.worker("late")
            await group.wait(lambda: runs.redis.in_hand() == [15, 15])
            for follower in group.followers:
                answer = await runs.ask("web0", "PATCH", f"/api/runs/{follower.run_id}", {"pace": None})
                assert answer.status_code == 200, answer.text
            assert (await runs.ask("web0", "PATCH", resting, {"status": "running"})).status_code == 200
            await group.ended()
            await group.check("web0", expected)


async def test_while_redis_is_away_pages_open_and_nobody_is_told_a_lie(tmp_path: Path) -> None:
    with cluster(tmp_path, webs=1, workers=1) as runs:
        await runs.ready("web0")
        expected = await uninterrupted(runs, PACED[:3])
        async with followed(runs) as group:
            for which, spec in enumerate(PACED[:3]):
                await group.start(which, {**spec, "pace": 40}, "web0")
            await group.wait(lambda: all(follower.epoch >= 0 for follower in group.followers))
            runs.redis.kill()
            ready = await runs.ask("web0", "GET", "/readyz")
            assert ready.status_code == 503
            assert "Redis" in ready.json()["parts"]["redis"]
            for page in ("/", "/train", "/softmax"):
                assert (await runs.ask("web0", "GET", page)).status_code == 200
            refused = await runs.ask("web0", "POST", "/api/runs", {})
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert "Redis" in refused.json()["detail"] and refused.headers["retry-after"]
            late = Follower(runs, group.followers[0].run_id, group.moved)
            group.followers.append(late)
            group.specs.append(0)
            group.tasks.append(asyncio.create_task(late.follow()))
            await group.wait(lambda: late.returns > 0)
            runs.redis.start()
            await group.ended()
            await group.check("web0", expected)
            await runs.ready("web0")
