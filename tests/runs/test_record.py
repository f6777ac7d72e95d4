"""The record: what readers are shown, when, and what comes back of an earlier epoch."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.datasets import resolve
from app.nn import training
from app.nn.kernel import Kernel
from app.nn.network import forward
from app.nn.spec import RunSpec
from app.runs.commands import Pause, Resume, Step, Stop
from app.runs.driver import Driver
from app.runs.events import Kept, Position, Report, StatusChanged
from app.runs.keeping import ENDS
from app.runs.record import Record, Saved
from tests.runs.hand import HandClock, HandTrainer, driver

SPEC = RunSpec(epochs=1000)
DATASET = resolve(SPEC.dataset)


def fresh() -> tuple[Driver, Record]:
    """A run of 1000 epochs of 1 ms, and its empty record."""
    return driver(HandClock()), Record("run", SPEC, DATASET)


def finished() -> Record:
    """A record to the end, published."""
    runner, record = fresh()
    while not runner.run.over:
        record.apply(runner.turn(0.02))
    record.publish()
    return record


def cost(epoch: int) -> float:
    """What the trainer turned by hand says."""
    return HandTrainer(HandClock(), 0.0).cost(epoch)


def test_before_the_first_report_a_run_is_queued_and_empty() -> None:
    _, record = fresh()
    view = record.view()
    assert (view.status, view.epoch, view.cost, view.accuracy) == ("queued", 0, None, None)
    assert record.state(0) is None
    assert record.update(Position(-1, record.view().change)) is None


def test_readers_see_nothing_before_it_is_published() -> None:
    runner, record = fresh()
    record.apply(runner.turn(0.02))
    assert record.update(Position(-1, 1)) is None
    record.publish()
    update = record.update(Position(-1, 1))
    assert update is not None
    assert update.progress is not None
    assert (update.progress.first, update.progress.last, update.status) == (
        0,
        0,
        StatusChanged("running", 0, None, None),
    )


def test_all_who_keep_up_are_given_the_same_object() -> None:
    runner, record = fresh()
    record.apply(runner.turn(0.02))
    record.publish()
    here = Position(0, record.view().change)
    for _ in range(3):
        record.apply(runner.turn(0.02))
    record.publish()
    one, other = record.update(here), record.update(here)
    assert one is not None
    assert other is not None
    assert one.progress is other.progress


@pytest.mark.parametrize("seed", range(50))
def test_every_reader_gets_every_epoch_once_in_order_whatever_its_speed(seed: int) -> None:
    chance = random.Random(seed)
    runner, record = fresh()
    positions, costs = [Position()] * 4, [list[float]() for _ in range(4)]
    while any(len(told) <= 1000 for told in costs):
        if not runner.run.over:
            record.apply(runner.turn(chance.uniform(0.005, 0.2)))
        if runner.run.over or chance.random() < 0.5:
            record.publish()
        for reader, speed in enumerate((0.9, 0.5, 0.2, 0.05)):
            update = record.update(positions[reader]) if chance.random() < speed else None
            if update is not None:
                if update.progress is not None:
                    assert update.progress.first == positions[reader].epoch + 1
                    costs[reader].extend(update.progress.costs)
                positions[reader] = update.position
    for told in costs:
        assert told == [cost(epoch) for epoch in range(1001)]


def test_a_reader_who_comes_to_an_ended_run_gets_all_of_it_as_one() -> None:
    update = finished().update(Position())
    assert update is not None
    assert update.progress is not None
    assert update.ended is not None
    assert (update.progress.first, update.progress.last) == (0, 1000)
    assert (update.ended.status, update.ended.epoch, update.ended.cost) == ("finished", 1000, cost(1000))


def test_a_reader_who_has_seen_the_end_is_told_the_end_again() -> None:
    record = finished()
    seen = record.update(Position())
    assert seen is not None
    again = record.update(seen.position)
    assert again is not None
    assert (again.progress, again.status) == (None, None)
    assert again.ended is not None


def test_a_reader_ahead_of_the_record_waits_until_it_is_reached() -> None:
    runner, record = fresh()
    record.apply(runner.turn(0.02))
    record.publish()
    assert record.update(Position(500, record.view().change)) is None


def test_of_several_changes_of_status_the_last_one_is_told() -> None:
    runner, record = fresh()
    record.apply(runner.turn(0.02))
    record.publish()
    here = Position(0, record.view().change)
    for command in (Pause(), Resume(), Pause()):
        report = runner.handle(command)
        assert report is not None
        record.apply(report)
    record.publish()
    update = record.update(here)
    assert update is not None
    assert update.status is not None
    assert (update.status.status, update.progress) == ("paused", None)


def test_costs_are_every_epoch_exactly() -> None:
    record = finished()
    assert record.costs(0, None).tolist() == [cost(epoch) for epoch in range(1001)]
    assert record.costs(990, 993).tolist() == [cost(990), cost(991), cost(992)]
    assert record.costs(2000, None).tolist() == []


def test_epochs_that_are_reported_again_are_not_recorded_again() -> None:
    runner, record = fresh()
    reports = [runner.turn(0.02) for _ in range(4)]
    for report in (*reports[:3], reports[1], reports[2], reports[3]):
        record.apply(report)
    assert record.costs(0, None).tolist() == [cost(epoch) for epoch in range(record.epoch + 1)]


def test_a_gap_in_the_reports_is_an_error_of_ours() -> None:
    runner, record = fresh()
    record.apply(runner.turn(0.02))
    runner.turn(0.02)
    with pytest.raises(AssertionError, match="were never reported"):
        record.apply(runner.turn(0.02))


@pytest.mark.parametrize(("asked", "found"), [(0, 0), (57, 57), (100, 100), (104, 104), (999, 999), (5000, 1000)])
def test_the_state_is_the_recorded_one_nearest_below(asked: int, found: int) -> None:
    state = finished().state(asked)
    assert state is not None
    assert state.epoch == found
    assert state.parameters.w[0][0, 0] == found


def test_where_a_run_paused_its_state_is_kept() -> None:
    clock, spec = HandClock(), RunSpec(epochs=100_000)
    runner, record = driver(clock, epochs=100_000), Record("run", spec, DATASET)
    record.apply(runner.turn(0.02))
    for command in (Step(333), None, Resume()):
        report = runner.handle(command) if command else None
        if report is not None:
            record.apply(report)
        while runner.run.status == "running" and command is not None and runner.state.epoch < 700:
            record.apply(runner.turn(0.02))
    state = record.state(334)
    assert state is not None
    assert state.epoch == 333


def pausing(runner: Driver, record: Record, pauses: int) -> None:
    """Pause so many times, each at an epoch that is kept for no other reason."""
    for _ in range(pauses):
        report = runner.handle(Step(3 if runner.state.epoch % 2 else 2 * ENDS + 1))
        assert report is not None
        record.apply(report)
        while runner.run.status == "running":
            record.apply(runner.turn(0.02))


def kept_for_pauses(record: Record) -> list[int]:
    """The kept epochs that the plan would not keep by itself."""
    assert record.keeping is not None
    return [epoch for epoch in record.kept_epochs if not record.keeping.keeps(epoch)]


def test_of_very_many_pauses_only_so_many_are_kept() -> None:
    runner, record = driver(HandClock(), epochs=100_000), Record("run", RunSpec(epochs=100_000), DATASET)
    record.apply(runner.turn(0.02))
    assert record.keeping is not None
    room = record.keeping.pauses
    pausing(runner, record, room + 20)
    assert len(kept_for_pauses(record)) == room
    assert len(record.kept_epochs) <= record.keeping.most


def test_a_record_that_comes_back_has_no_more_room_for_pauses_than_before() -> None:
    runner, record = driver(HandClock(), epochs=100_000), Record("run", RunSpec(epochs=100_000), DATASET)
    record.apply(runner.turn(0.02))
    assert record.keeping is not None
    room = record.keeping.pauses
    pausing(runner, record, room - 1)
    saved = Saved(
        record.status, record.pace, record.pause_at, record.detail, record.pauses, record.recorded.rows,
        Kept(tuple(record.kept_epochs), record.kept.rows), record.newest,
    )  # fmt: skip
    again = Record.restored("run", record.spec, DATASET, saved)
    assert again.kept_epochs == record.kept_epochs
    pausing(runner, again, 20)
    assert len(kept_for_pauses(again)) == room


def test_outputs_are_those_of_the_state() -> None:
    kernel = Kernel(SPEC, DATASET.data)
    runner = Driver("run", SPEC, kernel, HandClock())
    record = Record("run", SPEC, DATASET)
    while not runner.run.over:
        record.apply(runner.turn(0.02))
    state = record.state(437)
    assert state is not None
    kept = record.with_outputs(state)
    plain, _ = training.advance(SPEC, DATASET.data, training.start(SPEC, DATASET.data), kept.epoch)
    np.testing.assert_allclose(kept.outputs, forward(plain.parameters, DATASET.data.x, "softmax").a[-1], rtol=1e-9)


def test_a_failed_run_stays_readable() -> None:
    clock = HandClock()
    runner, record = Driver("run", SPEC, HandTrainer(clock, 0.001, 40), clock), Record("run", SPEC, DATASET)
    while not runner.run.over:
        record.apply(runner.turn(0.02))
    record.publish()
    view, state = record.view(), record.state(40)
    assert (view.status, view.epoch, view.cost) == ("failed", 39, cost(39))
    assert len(record.costs(0, None)) == 40
    assert state is not None
    assert state.epoch == 39


def test_a_run_stopped_before_its_first_report_has_an_end_without_a_cost() -> None:
    runner, record = fresh()
    report = runner.handle(Stop())
    assert isinstance(report, Report)
    record.apply(report)
    record.publish()
    update = record.update(Position())
    assert update is not None
    assert update.ended is not None
    assert (update.ended.status, update.ended.cost, update.progress) == ("stopped", None, None)
