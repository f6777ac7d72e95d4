"""What every engine must do, whatever it is made of. An adapter's test module inherits ``EngineSuite`` and says how to
make one.

No test waits for a time: each waits for what the engine says, so a broken engine shows as a test that runs into its
deadline.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import numpy as np
import pytest

from app.datasets import resolve
from app.nn import training
from app.nn.network import forward
from app.nn.spec import RunSpec, Table
from app.runs.capacity import Capacity
from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.errors import Full, Refused, UnknownRun
from app.runs.events import Position, RunView, Status, Update
from app.runs.ports import Engine, Owner

__all__ = ["DEADLINE", "ME", "EngineSuite", "MakeEngine", "follow", "submit", "until"]

DEADLINE = 120.0
"""Seconds after which a test gives up; far beyond what any takes."""
ME = Owner("me", 250)
BEGINNING = Position()
SHORT = RunSpec(epochs=300, eta=0.05)
ENDLESS = RunSpec(dataset="xor", epochs=1_000_000)
SLOW = RunSpec(dataset="xor", epochs=1000, pace=0.1)
DIVERGING = RunSpec(dataset="iris", hidden=(), eta=6e304, epochs=5000)
"""Far beyond what a checked spec may ask: within the limits of eta and cells, costs stay finite."""
TABLE = Table(x=((0.0, 1.0), (1.0, 0.0), (1.0, 1.0)), y=(0, 1, 1), classes=2)

MakeEngine = Callable[[Capacity], AbstractAsyncContextManager[Engine]]


async def submit(engine: Engine, spec: RunSpec, owner: Owner = ME) -> str:
    """Start a run; its id."""
    return (await engine.submit(spec, resolve(spec.dataset), owner)).id


async def follow(engine: Engine, run_id: str, after: Position = BEGINNING) -> list[Update]:
    """All updates to the end."""
    updates: list[Update] = []
    async with asyncio.timeout(DEADLINE):
        while not updates or updates[-1].ended is None:
            updates.append(await engine.next(run_id, updates[-1].position if updates else after))
    return updates


async def until(engine: Engine, run_id: str, holds: Callable[[RunView], bool]) -> RunView:
    """Read updates until the run as it stands is as wished."""
    position = Position()
    async with asyncio.timeout(DEADLINE):
        while not holds(view := await engine.view(run_id)):
            update = await engine.next(run_id, position)
            assert update.ended is None or holds(await engine.view(run_id)), f"ended as {view}"
            position = update.position
    return view


async def until_status(engine: Engine, run_id: str, status: Status) -> RunView:
    """Read updates until the run has a status."""
    return await until(engine, run_id, lambda view: view.status == status)


async def refusal(answer: Awaitable[RunView]) -> str:
    """The words of a refusal."""
    with pytest.raises(Refused) as refused:
        await answer
    return str(refused.value)


def told(updates: list[Update]) -> list[float]:
    """Every cost that a reader was told; fails on a gap or an overlap."""
    costs: list[float] = []
    for update in updates:
        if update.progress is not None:
            assert (update.progress.first, update.progress.last + 1) == (
                len(costs),
                len(costs) + len(update.progress.costs),
            )
            costs.extend(update.progress.costs)
    return costs


def plain_costs(spec: RunSpec) -> list[float]:
    """The costs by the readable mathematics: every epoch and the final one."""
    data = resolve(spec.dataset).data
    state, costs = training.advance(spec, data, training.start(spec, data), spec.epochs)
    return [*costs, training.observe(spec, data, state).cost]


class EngineSuite:
    """Inherit, and give a fixture ``make_engine``."""

    @pytest.fixture
    async def engine(self, make_engine: MakeEngine) -> AsyncIterator[Engine]:
        """An engine with plenty of room."""
        async with make_engine(Capacity()) as engine:
            yield engine

    @pytest.mark.parametrize(
        "spec",
        [
            SHORT,
            RunSpec(epochs=300, rule="article", dataset="four-bit-majority"),
            RunSpec(epochs=40, dataset="iris", batch_size=16, hidden=(6, 4)),
            RunSpec(epochs=90, dataset=TABLE, hidden=(), output="sigmoid", cost="cross-entropy"),
            RunSpec(epochs=3, dataset="digits-8x8", hidden=(30,)),
        ],
        ids=["default net", "article's rule", "mini-batches", "table", "digits"],
    )
    async def test_costs_are_those_of_the_readable_mathematics(self, engine: Engine, spec: RunSpec) -> None:
        run_id = await submit(engine, spec)
        updates = await follow(engine, run_id)
        np.testing.assert_allclose(told(updates), plain_costs(spec), rtol=1e-9)
        assert (await engine.costs(run_id, 0, None)).tolist() == told(updates)
        view = await engine.view(run_id)
        assert (view.status, view.epoch, view.cost) == ("finished", spec.epochs, told(updates)[-1])

    async def test_the_same_spec_gives_the_same_bits_however_many_train_beside_it(self, engine: Engine) -> None:
        alone = await submit(engine, SHORT)
        costs = told(await follow(engine, alone))
        crowd = [await submit(engine, SHORT) for _ in range(12)]
        for run_id in crowd:
            assert told(await follow(engine, run_id)) == costs

    async def test_a_submitted_run_is_queued_with_its_spec(self, engine: Engine) -> None:
        view = await engine.submit(SHORT, resolve(SHORT.dataset), ME)
        assert (view.status, view.epoch, view.cost, view.spec) == ("queued", 0, None, SHORT)
        assert (await engine.dataset(view.id)).name == SHORT.dataset
        await follow(engine, view.id)

    @pytest.mark.parametrize("pace", [None, 0.5], ids=["eager", "paced"])
    async def test_a_run_begun_held_shows_epoch_0_and_waits(self, engine: Engine, pace: float | None) -> None:
        spec = dataclasses.replace(ENDLESS, pace=pace)
        view = await engine.submit(spec, resolve(spec.dataset), ME, held=True)
        assert (view.status, view.epoch, view.pace, view.spec) == ("paused", 0, pace, spec)
        first = await until(engine, view.id, lambda view: view.cost is not None)
        assert (first.status, first.epoch, first.pace) == ("paused", 0, pace)
        assert first.cost == plain_costs(dataclasses.replace(spec, epochs=1))[0]
        assert (await engine.command(view.id, Step(3))).pace == pace
        stepped = await until(engine, view.id, lambda view: view.status == "paused" and view.epoch > 0)
        assert stepped.epoch == 3
        await engine.command(view.id, Stop())

    async def test_epoch_0_is_told_first_and_alone(self, engine: Engine) -> None:
        updates = await follow(engine, await submit(engine, SHORT))
        first = next(update.progress for update in updates if update.progress is not None)
        assert (first.first, first.last) == (0, 0)

    async def test_progress_shows_the_network_at_its_last_epoch(self, engine: Engine) -> None:
        run_id = await submit(engine, SHORT)
        last = (await follow(engine, run_id))[-1].progress
        assert last is not None
        x = resolve(SHORT.dataset).data.x[:16]
        np.testing.assert_allclose(last.outputs, forward(last.parameters, x, SHORT.output).a[-1], rtol=1e-12)
        assert last.accuracy == (await engine.view(run_id)).accuracy

    async def test_a_reader_that_comes_back_goes_on_where_it_was(self, engine: Engine) -> None:
        run_id = await submit(engine, SHORT)
        whole = told(await follow(engine, run_id))
        back = await follow(engine, run_id, Position(120, 0))
        assert back[0].progress is not None
        assert back[0].progress.first == 121
        assert back[0].progress.costs.tolist() == whole[121:]

    async def test_a_reader_of_an_ended_run_is_told_the_end_again(self, engine: Engine) -> None:
        run_id = await submit(engine, SHORT)
        end = (await follow(engine, run_id))[-1]
        again = (await follow(engine, run_id, end.position))[-1]
        assert (again.ended, again.progress) == (end.ended, None)

    async def test_pause_resume_and_stop(self, engine: Engine) -> None:
        run_id = await submit(engine, ENDLESS)
        await until(engine, run_id, lambda view: view.epoch > 0)
        assert (await engine.command(run_id, Pause())).status == "paused"
        paused = await engine.view(run_id)
        assert (await engine.command(run_id, Pause())).epoch == paused.epoch
        assert (await engine.command(run_id, Resume())).status == "running"
        await until(engine, run_id, lambda view: view.epoch > paused.epoch)
        stopped = await engine.command(run_id, Stop())
        assert stopped.status == "stopped"
        updates = await follow(engine, run_id)
        assert updates[-1].ended is not None
        assert (updates[-1].ended.status, updates[-1].ended.epoch) == ("stopped", stopped.epoch)
        assert len(told(updates)) == stopped.epoch + 1

    async def test_a_step_does_exactly_so_many_epochs(self, engine: Engine) -> None:
        run_id = await submit(engine, ENDLESS)
        epoch = (await engine.command(run_id, Pause())).epoch
        for epochs in (1, 7, 250):
            await engine.command(run_id, Step(epochs))
            await until_status(engine, run_id, "paused")
            epoch += epochs
            assert (await engine.view(run_id)).epoch == epoch
            state = await engine.state(run_id, epoch)
            assert state is not None
            assert state.epoch == epoch
        await engine.command(run_id, Stop())

    async def test_pace_is_obeyed_and_told(self, engine: Engine) -> None:
        run_id = await submit(engine, SLOW)
        assert (await until_status(engine, run_id, "running")).pace == 0.1
        assert (await engine.command(run_id, Pace(None))).pace is None
        updates = await follow(engine, run_id)
        assert updates[-1].ended is not None
        assert updates[-1].ended.status == "finished"
        assert len(told(updates)) == 1001

    @pytest.mark.parametrize("command", [Pause(), Resume(), Step(1), Pace(1.0), Stop()], ids=repr)
    async def test_an_ended_run_refuses_every_command_in_words(self, engine: Engine, command: Command) -> None:
        run_id = await submit(engine, SHORT)
        await follow(engine, run_id)
        before = await engine.view(run_id)
        assert "finished at epoch 300" in await refusal(engine.command(run_id, command))
        assert await engine.view(run_id) == before

    async def test_commands_are_obeyed_in_the_order_given(self, engine: Engine) -> None:
        run_id = await submit(engine, ENDLESS)
        commands: list[Command] = [Pause(), Resume(), Pause(), Pace(5.0), Resume(), Pause()]
        views = await asyncio.gather(*(engine.command(run_id, command) for command in commands))
        assert (views[-1].status, views[-1].pace) == ("paused", 5.0)
        await engine.command(run_id, Stop())

    async def test_a_diverging_run_fails_in_words_and_stays_readable(self, engine: Engine) -> None:
        run_id = await submit(engine, DIVERGING)
        updates = await follow(engine, run_id)
        ended = updates[-1].ended
        assert ended is not None
        assert ended.status == "failed"
        assert f"the cost stopped being a finite number at epoch {ended.epoch + 1}" in str(ended.detail)
        assert "eta" in str(ended.detail)
        costs = await engine.costs(run_id, 0, None)
        assert len(costs) == ended.epoch + 1
        assert np.isfinite(costs).all()
        state = await engine.state(run_id, ended.epoch)
        assert state is not None
        assert state.epoch == ended.epoch
        assert all(np.isfinite(w).all() for w in state.parameters.w)

    @pytest.mark.parametrize(("asked", "found"), [(0, 0), (57, 57), (300, 300), (9999, 300)])
    async def test_state_is_the_recorded_one_nearest_below(self, engine: Engine, asked: int, found: int) -> None:
        run_id = await submit(engine, SHORT)
        await follow(engine, run_id)
        state = await engine.state(run_id, asked)
        assert state is not None
        assert state.epoch == found
        data = resolve(SHORT.dataset).data
        plain, _ = training.advance(SHORT, data, training.start(SHORT, data), found)
        for w, expected in zip(state.parameters.w, plain.parameters.w, strict=True):
            np.testing.assert_allclose(w, expected, rtol=1e-9)
        np.testing.assert_allclose(state.outputs, forward(plain.parameters, data.x, "softmax").a[-1], rtol=1e-9)

    async def test_costs_are_paged(self, engine: Engine) -> None:
        run_id = await submit(engine, SHORT)
        await follow(engine, run_id)
        whole = (await engine.costs(run_id, 0, None)).tolist()
        assert (await engine.costs(run_id, 100, 110)).tolist() == whole[100:110]
        assert (await engine.costs(run_id, 5000, None)).tolist() == []
        assert await engine.costs_at(run_id, [300, 0, 301, 57]) == {300: whole[300], 0: whole[0], 57: whole[57]}

    async def test_an_unknown_run_is_unknown_to_every_question(self, engine: Engine) -> None:
        for question in (
            engine.view("no such run"),
            engine.command("no such run", Pause()),
            engine.costs("no such run", 0, None),
            engine.costs_at("no such run", [0]),
            engine.state("no such run", 0),
            engine.dataset("no such run"),
            engine.next("no such run", Position()),
        ):
            with pytest.raises(UnknownRun, match="no such run"):
                await question

    async def test_a_reader_that_stops_reading_holds_up_nobody(self, engine: Engine) -> None:
        run_id = await submit(engine, SHORT)
        waiting = [asyncio.create_task(engine.next(run_id, Position(10**6, 10**6))) for _ in range(50)]
        assert len(told(await follow(engine, run_id))) == 301
        updates = await asyncio.gather(*waiting)
        assert all(update.ended is not None for update in updates)

    async def test_an_engine_that_is_full_says_so_and_takes_nothing(self, make_engine: MakeEngine) -> None:
        async with make_engine(Capacity(runs=2)) as engine:
            first, second = await submit(engine, ENDLESS), await submit(engine, ENDLESS)
            with pytest.raises(Full) as full:
                await submit(engine, SHORT)
            assert full.value.retry_after > 0
            await engine.command(first, Stop())
            await follow(engine, await submit(engine, SHORT))
            await engine.command(second, Stop())

    async def test_one_owner_cannot_take_all(self, engine: Engine) -> None:
        modest = Owner("modest", 1)
        run_id = await submit(engine, ENDLESS, modest)
        with pytest.raises(Full, match="you have 1 runs in hand"):
            await submit(engine, SHORT, modest)
        await follow(engine, await submit(engine, SHORT, Owner("other", 1)))
        await engine.command(run_id, Stop())

    async def test_one_place_cannot_take_all_whoever_asks_from_there(self, engine: Engine) -> None:
        first = await submit(engine, ENDLESS, Owner("one", 250, "school", 1))
        with pytest.raises(Full, match="from your address"):
            await submit(engine, SHORT, Owner("two", 250, "school", 1))
        await follow(engine, await submit(engine, SHORT, Owner("three", 250, "elsewhere", 1)))
        await engine.command(first, Stop())
        await follow(engine, await submit(engine, SHORT, Owner("two", 250, "school", 1)))

    async def test_the_record_that_ended_longest_ago_gives_way(self, make_engine: MakeEngine) -> None:
        async with make_engine(Capacity(record_bytes=600_000, kept_bytes=600_000)) as engine:
            ids: list[str] = []
            while not ids or await known(engine, ids[0]):
                ids.append(await submit(engine, SHORT))
                await follow(engine, ids[-1])
                assert len(ids) < 100, "nothing ever gave way"
            assert await known(engine, ids[-1])

    async def test_a_healthy_engine_has_nothing_to_say(self, engine: Engine) -> None:
        health = await engine.health()
        assert health
        assert all(words is None for words in health.values())


async def known(engine: Engine, run_id: str) -> bool:
    """Whether the engine still has a run's record."""
    try:
        await engine.view(run_id)
    except UnknownRun:
        return False
    return True
