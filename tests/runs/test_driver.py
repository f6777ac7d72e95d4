"""One run, turn by turn, on a clock that the tests turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.datasets import resolve
from app.nn import training
from app.nn.kernel import Kernel
from app.nn.spec import RunSpec
from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.driver import REPORT_GAP, Driver
from app.runs.errors import Refused
from app.runs.events import Report
from app.runs.failures import failure
from tests.runs.hand import DATA, HandClock, HandTrainer, driver, paused, told_epochs


def run_out(runner: Driver, clock: HandClock, budget: float = 0.02) -> list[Report]:
    """Turn until the run is over, as its worker does."""
    reports = []
    while (due := runner.due()) is not None:
        clock.turn(due)
        reports.append(runner.turn(budget))
    return reports


def test_the_first_turn_only_looks_at_epoch_0() -> None:
    clock = HandClock()
    report = driver(clock, seconds=5.0).turn(0.02)
    assert report.snapshot is not None
    assert (report.snapshot.epoch, clock.now, report.status) == (0, 1000.0, "running")


def test_a_run_reports_every_epoch_once_and_the_final_one() -> None:
    clock = HandClock()
    reports = run_out(driver(clock, epochs=777), clock)
    assert told_epochs(reports) == list(range(778))
    assert [report.status for report in reports][-2:] == ["running", "finished"]


def test_turns_keep_to_their_budget_once_the_speed_is_known() -> None:
    clock = HandClock()
    runner = driver(clock, seconds=0.003, epochs=500)
    runner.turn(0.02)
    for _ in range(20):
        begun = clock.now
        runner.turn(0.02)
        assert 0.015 <= clock.now - begun <= 0.0231


def test_an_epoch_longer_than_the_budget_is_done_one_at_a_time() -> None:
    clock = HandClock()
    runner = driver(clock, seconds=0.7)
    runner.turn(0.02)
    assert told_epochs([runner.turn(0.02), runner.turn(0.02)]) == [1, 2]


@pytest.mark.parametrize("pace", [0.1, 0.5, 1.0, 7.0, 30.0, 400.0])
def test_a_paced_run_does_so_many_epochs_a_second(pace: float) -> None:
    clock = HandClock()
    runner = driver(clock, seconds=1e-6, epochs=1_000_000, pace=pace)
    runner.turn(0.02)
    begun, reports = clock.now, 0
    while clock.now < begun + 20 / min(pace, 1.0):
        due = runner.due()
        assert due is not None
        clock.turn(due)
        runner.turn(0.02)
        reports += 1
    seconds = clock.now - begun
    assert abs(runner.state.epoch - pace * seconds) <= 1 + pace * 0.021
    assert reports <= seconds * min(pace, 50.0) + 1


def test_a_paced_run_that_was_held_up_does_not_rush_to_catch_up() -> None:
    clock = HandClock()
    runner = driver(clock, seconds=1e-6, pace=10.0)
    runner.turn(0.02)
    clock.turn(30.0)
    assert told_epochs([runner.turn(0.02)]) == [1]
    clock.turn(0.1)
    assert told_epochs([runner.turn(0.02)]) == [2]


def test_a_paused_run_costs_nothing_until_a_command_comes() -> None:
    runner = paused(HandClock())
    assert runner.due() is None


def test_a_run_paused_before_its_first_turn_still_shows_epoch_0() -> None:
    runner = driver(HandClock())
    runner.handle(Pause())
    assert runner.due() == 0.0
    assert told_epochs([runner.turn(0.02)]) == [0]
    assert (runner.due(), runner.run.status) == (None, "paused")


@pytest.mark.parametrize("pace", [None, 0.5])
def test_a_step_does_exactly_so_many_epochs_and_pauses(pace: float | None) -> None:
    clock = HandClock()
    runner = paused(clock, pace=pace)
    runner.handle(Step(3))
    due = runner.due()
    assert due is not None
    assert due <= REPORT_GAP, "the first epoch of a step does not wait for the pace"
    reports = run_out(runner, clock)
    assert told_epochs(reports) == [1, 2, 3]
    assert (reports[-1].status, runner.due()) == ("paused", None)


def test_where_a_step_ends_is_reported_though_the_run_was_running() -> None:
    runner = driver(HandClock(), pace=0.1)
    runner.turn(0.02)
    stepping, resumed = runner.handle(Step(2)), runner.handle(Resume())
    assert stepping is not None
    assert (stepping.status, stepping.pause_at) == ("running", 2)
    assert resumed is not None
    assert resumed.pause_at is None


def test_a_step_of_a_running_run_leaves_its_clock_alone() -> None:
    clock = HandClock()
    runner = driver(clock, pace=1.0)
    runner.turn(0.02)
    clock.turn(0.6)
    runner.handle(Step(5))
    assert runner.due() == pytest.approx(0.4)


def test_a_change_of_pace_holds_from_now_on() -> None:
    clock = HandClock()
    runner = driver(clock, seconds=1e-6, pace=0.1)
    runner.turn(0.02)
    report = runner.handle(Pace(100.0))
    assert report is not None
    assert report.pace == 100.0
    clock.turn(0.1)
    assert told_epochs([runner.turn(0.02)]) == list(range(1, 11))


def test_a_stopped_run_takes_no_more_turns_and_no_more_commands() -> None:
    runner = driver(HandClock())
    runner.turn(0.02)
    report = runner.handle(Stop())
    assert report is not None
    assert (report.status, runner.due()) == ("stopped", None)
    with pytest.raises(Refused, match="been stopped at epoch 0"):
        runner.handle(Resume())


@pytest.mark.parametrize("breaks_at", [1, 2, 57, 58, 99])
def test_divergence_ends_the_run_at_its_last_finite_epoch(breaks_at: int) -> None:
    clock = HandClock()
    runner = Driver("run", RunSpec(epochs=99, eta=5.0), HandTrainer(clock, 0.001, breaks_at), clock)
    reports = run_out(runner, clock)
    assert told_epochs(reports) == list(range(breaks_at))
    assert all(np.isfinite(report.costs).all() for report in reports if report.costs is not None)
    last = reports[-1]
    assert last.status == "failed"
    words = f"the cost stopped being a finite number at epoch {breaks_at}; try an eta smaller than 5"
    assert failure(last.detail) == {"code": "diverged", "detail": words}
    assert runner.state.epoch == breaks_at - 1
    assert all(epoch < breaks_at for report in reports if report.kept for epoch in report.kept.epochs)


def test_a_run_without_any_finite_cost_fails_at_epoch_0_without_a_record() -> None:
    clock = HandClock()
    runner = Driver("run", RunSpec(), HandTrainer(clock, 0.001, 0), clock)
    report = runner.turn(0.02)
    assert (report.status, report.costs, report.snapshot) == ("failed", None, None)
    assert "at epoch 0" in str(report.detail)


COMMANDS = st.one_of(
    st.sampled_from([Pause(), Resume(), Pace(None), Pace(50.0), Pace(3000.0)]), st.builds(Step, st.integers(1, 40))
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(COMMANDS, st.floats(0, 0.3), st.floats(0.001, 0.03)), max_size=25))
def test_commands_and_turns_of_any_kind_leave_the_costs_as_they_are(life: list[tuple[Command, float, float]]) -> None:
    """The readable mathematics in one go is the oracle: to 1e-9, and to the bit the kernel in one go."""
    spec, clock = RunSpec(hidden=(3,), epochs=300, eta=0.7), HandClock()
    runner = Driver("run", spec, Kernel(spec, DATA), clock)
    reports = [runner.turn(0.02)]
    for command, passed, budget in life:
        if runner.run.over:
            break
        runner.handle(command)
        clock.turn(passed)
        if runner.due() == 0.0:
            reports.append(runner.turn(budget))
    if not runner.run.over:
        runner.handle(Resume())
        runner.handle(Pace(None))
        reports += run_out(runner, clock)
    costs = np.concatenate([report.costs for report in reports if report.costs is not None])
    kernel = Kernel(spec, DATA)
    state, whole = kernel.advance(kernel.start(), 300)
    np.testing.assert_array_equal(costs, [*whole, kernel.observe(state).cost])
    np.testing.assert_allclose(whole, training.advance(spec, DATA, training.start(spec, DATA), 300)[1], rtol=1e-9)


def test_a_run_goes_on_from_a_state_to_the_same_bits() -> None:
    spec, clock = RunSpec(epochs=120, batch_size=7), HandClock()
    data = resolve(spec.dataset).data
    kernel = Kernel(spec, data)
    middle, before = kernel.advance(kernel.start(), 50)
    resumed = Driver("run", spec, Kernel(spec, data), clock, resume=middle)
    after = [report.costs for report in run_out(resumed, clock) if report.costs is not None]
    end, whole = kernel.advance(kernel.start(), 120)
    np.testing.assert_array_equal(np.concatenate([before, whole[50:51], *after])[:120], whole)
    assert resumed.state.epoch == 120
    np.testing.assert_array_equal(resumed.state.parameters.w[0], end.parameters.w[0])
