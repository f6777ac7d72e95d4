"""Runs side by side: whoever joins, pauses, steps, stops or breaks, each run tells what it would alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.datasets import load
from app.nn.rows import row_of
from app.nn.single import Single
from app.nn.spec import RunSpec
from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.driver import Driver
from app.runs.errors import Refused
from app.runs.events import Report
from app.runs.keeping import Keeping
from app.runs.scheduler import Scheduler
from tests.runs.hand import HandClock, told_epochs

DATA = load("four-bit-majority").data
SPEC = RunSpec(dataset="four-bit-majority", epochs=260)


class Ticking:
    """A clock on which every look takes a millisecond."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def join(scheduler: Scheduler, name: str, spec: RunSpec) -> None:
    """Have a run trained with all others of its shape."""
    scheduler.add(Driver(name, spec, Single(spec, DATA), scheduler.clock, pace=spec.pace), "shape", DATA)


def run_out(scheduler: Scheduler) -> list[Report]:
    """Turn until every run is over."""
    reports: list[Report] = []
    while scheduler.drivers:
        reports += scheduler.turn()
    return reports


def costs_of(reports: list[Report], name: str) -> np.ndarray:
    """All costs that a run told; fails where an epoch is missing or told twice."""
    mine = [report for report in reports if report.run_id == name]
    epochs = told_epochs(mine)
    assert epochs == list(range(len(epochs)))
    return np.concatenate([report.costs for report in mine if report.costs is not None])


def alone(spec: RunSpec, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """The costs up to an epoch, and the parameters there, of a run by itself."""
    single = Single(spec, DATA)
    state, costs = single.advance(single.start(), epochs)
    return np.append(costs, single.observe(state).cost), row_of(state.parameters)


@settings(max_examples=15)
@given(
    specs=st.lists(
        st.builds(
            lambda eta, seed, epochs, pace: dataclasses.replace(SPEC, eta=eta, seed=seed, epochs=epochs, pace=pace),
            eta=st.floats(0.001, 2.0), seed=st.integers(0, 99), epochs=st.integers(1, 400),
            pace=st.sampled_from([None, None, 20.0, 300.0]),
        ),
        min_size=2, max_size=20,
    ),
    wishes=st.lists(
        st.tuples(
            st.integers(0, 19),
            st.sampled_from([Pause(), Resume(), Step(3), Step(40), Stop(), Pace(None), Pace(100.0), Pace(7.0)]),
        ),
        max_size=12,
    ),
)  # fmt: skip
def test_each_run_tells_what_it_would_alone(specs: list[RunSpec], wishes: list[tuple[int, Command]]) -> None:
    scheduler = Scheduler(Ticking())
    reports: list[Report] = []
    waiting = dict(enumerate(specs))
    for number, wish in wishes:
        if waiting:
            place, spec = waiting.popitem()
            join(scheduler, str(place), spec)
        reports += scheduler.turn() + scheduler.turn()
        reports += handled(scheduler, str(number), wish)
    for place, spec in waiting.items():
        join(scheduler, str(place), spec)
    for name in list(scheduler.drivers):
        reports += handled(scheduler, name, Pace(None)) + handled(scheduler, name, Resume())
    reports += run_out(scheduler)
    for place, spec in enumerate(specs):
        costs = costs_of(reports, str(place))
        last = next(report for report in reversed(reports) if report.run_id == str(place))
        assert last.status in ("finished", "stopped")
        assert last.status == "stopped" or len(costs) == spec.epochs + 1
        wanted, row = alone(spec, len(costs) - 1)
        assert np.array_equal(costs, wanted)
        newest = next(r.snapshot for r in reversed(reports) if r.run_id == str(place) and r.snapshot is not None)
        assert np.array_equal(row_of(newest.parameters), row)


def handled(scheduler: Scheduler, name: str, wish: Command) -> list[Report]:
    """Hand over a wish; nothing where the run is over or not yet there."""
    try:
        report = scheduler.handle(name, wish)
    except (KeyError, Refused):
        return []
    return [] if report is None else [report]


def test_runs_of_one_pace_take_their_epoch_in_one_turn() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    for seed in range(30):
        join(scheduler, str(seed), dataclasses.replace(SPEC, seed=seed, pace=10.0))
    reports = [report for _ in range(30) for report in scheduler.turn()]
    assert (len(reports), scheduler.turn()) == (30, [])
    clock.turn(0.1001)
    told = scheduler.turn()
    assert sorted(int(report.run_id) for report in told) == list(range(30))
    assert all(told_epochs([report]) == [1] for report in told)
    assert scheduler.turn() == []


def test_runs_that_are_due_one_after_another_wait_for_each_other_a_little() -> None:
    """A class that pressed Train within half a second: ten epochs a second each, and far fewer turns than epochs."""
    clock = HandClock()
    scheduler = Scheduler(clock)
    for seed in range(100):
        join(scheduler, str(seed), dataclasses.replace(SPEC, seed=seed, pace=10.0))
        scheduler.turn()
        clock.turn(0.005)
    turns_in(scheduler, clock, 1.0)
    epochs = total(scheduler)
    assert turns_in(scheduler, clock, 10.0) <= 600
    assert total(scheduler) - epochs == pytest.approx(10_000, rel=0.01)


def turns_in(scheduler: Scheduler, clock: HandClock, seconds: float) -> int:
    """How many turns told something in so many seconds."""
    until, turns = clock.now + seconds, 0
    while clock.now < until:
        turns += bool(scheduler.turn())
        wait = scheduler.wait()
        assert wait is not None
        clock.turn(max(wait, 1e-4))
    return turns


def total(scheduler: Scheduler) -> int:
    """The epochs that all runs have done."""
    return sum(driver.state.epoch for driver in scheduler.drivers.values())


def test_the_states_worth_keeping_are_kept_on_the_way() -> None:
    scheduler = Scheduler(Ticking())
    for seed in range(9):
        join(scheduler, str(seed), dataclasses.replace(SPEC, seed=seed, epochs=1000))
    reports = run_out(scheduler)
    single = Single(dataclasses.replace(SPEC, seed=4, epochs=1000), DATA)
    kept = [report.kept for report in reports if report.run_id == "4" and report.kept is not None]
    epochs = [epoch for one in kept for epoch in one.epochs]
    keeping = Keeping.plan(1000, len(row_of(single.begun)))
    assert epochs == [epoch for epoch in range(1, 1001) if keeping.keeps(epoch)]
    for one in kept:
        for epoch, row in list(zip(one.epochs, one.rows, strict=True))[::7]:
            state, _ = single.advance(single.start(), epoch)
            assert np.array_equal(row, row_of(state.parameters))


def test_a_run_that_breaks_breaks_alone() -> None:
    scheduler = Scheduler(Ticking())
    for seed in range(6):
        eta = 1e306 if seed == 3 else 0.1
        join(scheduler, str(seed), dataclasses.replace(SPEC, seed=seed, eta=eta))
    reports = run_out(scheduler)
    ends = {report.run_id: report.status for report in reports}
    assert ends["3"] == "failed"
    assert np.isfinite(costs_of(reports, "3")).all()
    for seed in (0, 5):
        assert ends[str(seed)] == "finished"
        wanted, _ = alone(dataclasses.replace(SPEC, seed=seed), SPEC.epochs)
        assert np.array_equal(costs_of(reports, str(seed)), wanted)
