"""The embedded engine's records outlive it: what was recorded is there again, to the bit, or a refusal says why not."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.datasets import resolve
from app.engines.embedded import archive, recorder
from app.engines.embedded import engine as embedded
from app.engines.embedded.engine import Capacity, EmbeddedEngine
from app.engines.workers import crew
from app.nn.spec import RunSpec
from app.runs.commands import Pace, Pause, Resume, Step, Stop
from app.runs.errors import Full, NotStarted, Refused, Unavailable, UnknownRun
from app.runs.events import KeptState, RunView
from app.runs.ports import Engine, Owner
from tests.contract.engine_suite import (
    DEADLINE,
    DIVERGING,
    ENDLESS,
    ME,
    SHORT,
    TABLE,
    follow,
    known,
    submit,
    told,
    until,
    until_status,
)

LONG = RunSpec(epochs=20_000, eta=0.05)
AGAIN = 0.02
"""Seconds before a question is asked again."""


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches and new tries come quickly, so that tests need not wait for them."""
    monkeypatch.setattr(recorder, "GAP", 0.02)
    monkeypatch.setattr(recorder, "RETRY", 0.02)


def engine_on(folder: Path, **capacity: float) -> EmbeddedEngine:
    """An engine with one worker that keeps its records there."""
    engine = EmbeddedEngine(workers=1, capacity=Capacity(**capacity), folder=folder)  # type: ignore[arg-type]
    engine.crew.delay = lambda _: 0.0
    return engine


@asynccontextmanager
async def restarted(folder: Path) -> AsyncIterator[EmbeddedEngine]:
    """The next engine on the same folder."""
    async with engine_on(folder) as engine:
        yield engine


async def state(engine: Engine, run_id: str, epoch: int) -> KeptState:
    """A state that is there."""
    kept = await engine.state(run_id, epoch)
    assert kept is not None
    return kept


async def until_true(holds: Callable[[], Awaitable[bool]]) -> None:
    """Ask again until the answer is yes."""
    async with asyncio.timeout(DEADLINE):
        while True:
            if await holds():
                return
            await asyncio.sleep(AGAIN)


async def settled(engine: EmbeddedEngine, run_id: str) -> None:
    """Wait until a run's end is written."""

    async def written() -> bool:
        return run_id not in engine.entries

    await until_true(written)


@pytest.mark.parametrize(
    "spec",
    [SHORT, RunSpec(epochs=2500, dataset="xor"), RunSpec(epochs=90, dataset=TABLE, hidden=()), DIVERGING],
    ids=["default net", "several pages of costs", "table", "diverging"],
)
async def test_an_ended_run_is_there_again_whole(tmp_path: Path, spec: RunSpec) -> None:
    async with engine_on(tmp_path) as engine:
        run_id = await submit(engine, spec)
        before = await follow(engine, run_id)
        view = await engine.view(run_id)
        states = [await state(engine, run_id, epoch) for epoch in range(view.epoch + 1)[:: max(1, view.epoch // 50)]]
    async with restarted(tmp_path) as engine:
        again = await engine.view(run_id)
        assert replace(again, change=0) == replace(view, change=0)
        assert told(await follow(engine, run_id)) == told(before)
        assert (await engine.dataset(run_id)).data.x.tolist() == resolve(spec.dataset).data.x.tolist()
        for kept in states:
            now = await state(engine, run_id, kept.epoch)
            assert now.epoch == kept.epoch
            for w, then in zip(now.parameters.w, kept.parameters.w, strict=True):
                assert w.tobytes() == then.tobytes()
            assert now.outputs.tobytes() == kept.outputs.tobytes()


async def test_an_unended_run_goes_on_to_the_same_bits(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        uninterrupted = told(await follow(engine, await submit(engine, LONG)))
        run_id = await submit(engine, LONG)
    for epoch in (1, 4000, 9000):
        async with restarted(tmp_path) as engine:
            await until(engine, run_id, lambda view, epoch=epoch: view.epoch >= epoch)  # type: ignore[misc]
    async with restarted(tmp_path) as engine:
        assert told(await follow(engine, run_id)) == uninterrupted
        assert (await engine.view(run_id)).status == "finished"


async def test_a_paused_run_comes_back_paused_and_a_paced_one_paced(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        paused, paced = await submit(engine, ENDLESS), await submit(engine, RunSpec(dataset="xor", epochs=9, pace=0.1))
        await until(engine, paused, lambda view: view.epoch > 0)
        epoch = (await engine.command(paused, Pause())).epoch
        await until_status(engine, paced, "running")
    async with restarted(tmp_path) as engine:
        view = await engine.view(paused)
        assert (view.status, view.epoch) == ("paused", epoch)
        assert (await until_status(engine, paced, "running")).pace == 0.1
        await engine.command(paused, Step(5))
        assert (await until(engine, paused, lambda view: view.epoch == epoch + 5)).status == "paused"
        assert (await state(engine, paused, epoch)).epoch == epoch
        await engine.command(paced, Pace(None))
        assert len(told(await follow(engine, paced))) == 10


async def test_a_step_under_way_ends_where_it_would_have(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        run_id = await submit(engine, RunSpec(dataset="xor", epochs=1000, pace=1.0))
        await until_status(engine, run_id, "running")
        await engine.command(run_id, Pause())
        epoch = (await engine.command(run_id, Step(3))).epoch
    async with restarted(tmp_path) as engine:
        await engine.command(run_id, Pace(None))
        assert (await until_status(engine, run_id, "paused")).epoch == epoch + 3


async def test_an_owner_still_owns_what_was_in_hand(tmp_path: Path) -> None:
    modest = Owner("modest", 1)
    async with engine_on(tmp_path) as engine:
        run_id = await submit(engine, ENDLESS, modest)
    async with restarted(tmp_path) as engine:
        with pytest.raises(Full, match="you have 1 runs in hand"):
            await submit(engine, SHORT, modest)
        await engine.command(run_id, Stop())
        await settled(engine, run_id)
        await follow(engine, await submit(engine, SHORT, modest))
    with sqlite3.connect(tmp_path / "runs.sqlite") as file:
        assert file.execute("SELECT DISTINCT owner FROM standings").fetchall() == [("",)], "nobody's once it has ended"


async def test_another_arithmetic_ends_a_begun_run_in_words_and_leaves_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with engine_on(tmp_path) as engine:
        begun = await submit(engine, ENDLESS)
        await until(engine, begun, lambda view: view.epoch > 0)
        await engine.command(begun, Pause())
        costs = (await engine.costs(begun, 0, None)).tolist()
    monkeypatch.setattr(embedded, "fingerprint", lambda: "another")
    for _ in range(2):
        async with restarted(tmp_path) as engine:
            view = await engine.view(begun)
            assert view.status == "failed"
            assert "arithmetic differs" in str(view.detail)
            assert (await engine.costs(begun, 0, None)).tolist() == costs


async def test_two_engines_cannot_share_a_folder(tmp_path: Path) -> None:
    async with engine_on(tmp_path):
        with pytest.raises(NotStarted, match="another server keeps its records in"):
            await engine_on(tmp_path).__aenter__()
    async with restarted(tmp_path) as engine:
        assert (await engine.health())["records"] is None


@pytest.mark.parametrize("content", [b"no database " * 100, None], ids=["no database", "a later format"])
async def test_a_file_that_cannot_be_used_is_refused_in_words_and_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "runs.sqlite"
    if content is None:
        with sqlite3.connect(path) as file:
            file.execute("PRAGMA user_version = 99")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(NotStarted, match="PLAYGROUND_DATA"):
        await engine_on(tmp_path).__aenter__()
    assert content is None or path.read_bytes() == before


async def test_a_damaged_record_keeps_no_other_from_going_on(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        damaged, sound = await submit(engine, ENDLESS), await submit(engine, SHORT)
        await until(engine, damaged, lambda view: view.epoch > 0)
        await engine.command(damaged, Pause())
    with sqlite3.connect(tmp_path / "runs.sqlite") as file:
        file.execute("UPDATE standings SET newest = x'00' WHERE run = ?", (damaged,))
    async with restarted(tmp_path) as engine:
        assert len(told(await follow(engine, sound))) == 301
        with pytest.raises(Unavailable, match="damaged"):
            await engine.view(damaged)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program has the file to itself."""
    with sqlite3.connect(folder / "runs.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def health_of_records(engine: EmbeddedEngine, well: bool) -> str | None:
    """Wait until the records are well, or are not; the words."""

    async def so() -> bool:
        return ((await engine.health())["records"] is None) == well

    await until_true(so)
    return (await engine.health())["records"]


async def test_a_locked_file_refuses_new_runs_in_words_and_work_goes_on_when_it_is_free(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        run_id = await submit(engine, ENDLESS)
        with locked(tmp_path):
            with pytest.raises(Unavailable, match="database is locked") as away:
                await submit(engine, SHORT)
            assert away.value.retry_after > 0
            assert "database is locked" in str(await health_of_records(engine, well=False))
            epoch = (await engine.view(run_id)).epoch
            await until(engine, run_id, lambda view: view.epoch > epoch)
            assert (await engine.command(run_id, Pause())).status == "paused"
            costs = (await engine.costs(run_id, 0, None)).tolist()
        await health_of_records(engine, well=True)
        assert len(told(await follow(engine, await submit(engine, SHORT)))) == 301
        assert list(engine.ledger.in_hand) == [run_id]
    async with restarted(tmp_path) as engine:
        view = await engine.view(run_id)
        assert (view.status, view.epoch) == ("paused", len(costs) - 1)
        assert (await engine.costs(run_id, 0, None)).tolist() == costs


async def most_pages(engine: EmbeddedEngine, pages: int) -> None:
    """How large the file may be: as if the disk were full there."""
    await engine.recorder.in_thread(engine.recorder.store.connection.execute, f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_refuses_new_runs_in_words_and_loses_nothing(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        before = await submit(engine, SHORT)
        whole = told(await follow(engine, before))
        await settled(engine, before)
        run_id = await submit(engine, ENDLESS)
        await most_pages(engine, 1)
        assert "full" in str(await health_of_records(engine, well=False))
        with pytest.raises(Unavailable, match="full"):
            await submit(engine, SHORT)
        assert (await engine.costs(before, 0, None)).tolist() == whole
        await engine.command(run_id, Pause())
        costs = (await engine.costs(run_id, 0, None)).tolist()
        await most_pages(engine, 1_000_000)
        await health_of_records(engine, well=True)
    async with restarted(tmp_path) as engine:
        assert (await engine.costs(run_id, 0, None)).tolist() == costs
        assert told(await follow(engine, before)) == whole


@pytest.mark.parametrize("capacity", [{"kept_runs": 3}, {"kept_bytes": 400_000}], ids=["number", "bytes"])
async def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path, capacity: dict[str, float]) -> None:
    async with engine_on(tmp_path, **capacity) as engine:
        held = await submit(engine, ENDLESS)
        await engine.command(held, Pause())
        ids: list[str] = []
        for _ in range(8):
            ids.append(await submit(engine, SHORT))
            await follow(engine, ids[-1])
        there = [run_id for run_id in ids if await known(engine, run_id)]
        assert 0 < len(there) < 8
        assert there == ids[-len(there) :]
        assert await known(engine, held)
    with sqlite3.connect(tmp_path / "runs.sqlite") as file:
        assert {run_id for (run_id,) in file.execute("SELECT id FROM runs")} == {*there, held}
        for table in ("costs", "kept", "standings"):
            assert file.execute(f"SELECT count(*) FROM {table} WHERE run NOT IN (SELECT id FROM runs)").fetchone() == (
                0,
            )


async def test_what_is_too_old_goes_at_the_next_start(tmp_path: Path) -> None:
    async with engine_on(tmp_path) as engine:
        run_id = await submit(engine, SHORT)
        await follow(engine, run_id)
    async with engine_on(tmp_path, kept_seconds=-1.0) as engine:
        with pytest.raises(UnknownRun):
            await engine.view(run_id)


async def test_ended_records_leave_memory_and_are_read_again_by_as_many_as_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1)
    async with engine_on(tmp_path) as engine:
        ids = [await submit(engine, SHORT) for _ in range(5)]
        costs = [told(await follow(engine, run_id)) for run_id in ids]
        for run_id in ids:
            await settled(engine, run_id)
        assert not engine.entries
        assert len(engine.archive.records) == 1
        views = await asyncio.gather(*(engine.view(run_id) for run_id in ids for _ in range(20)))
        assert all(isinstance(view, RunView) and view.status == "finished" for view in views)
        for run_id, expected in zip(ids, costs, strict=True):
            assert told(await follow(engine, run_id)) == expected


async def test_a_worker_that_is_silent_is_killed_and_its_runs_go_on_to_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "MOST_SILENT", 20)
    engine = engine_on(tmp_path)
    engine.crew.beat = 0.02
    async with engine:
        uninterrupted = told(await follow(engine, await submit(engine, LONG)))
        run_id = await submit(engine, LONG)
        await until(engine, run_id, lambda view: view.epoch > 100)
        silent = engine.crew.members[0].process
        silent.send_signal(signal.SIGSTOP)
        async with asyncio.timeout(DEADLINE):
            assert told(await follow(engine, run_id)) == uninterrupted
        assert silent.returncode == -signal.SIGKILL


async def test_an_engine_without_a_folder_forgets() -> None:
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        run_id = await submit(engine, SHORT, ME)
        whole = told(await follow(engine, run_id))
        await settled(engine, run_id)
        assert (await engine.costs(run_id, 0, None)).tolist() == whole
        assert np.isfinite(whole).all()
        with pytest.raises(Refused):
            await engine.command(run_id, Resume())
    async with EmbeddedEngine(workers=1, capacity=Capacity()) as engine:
        assert not await known(engine, run_id)
