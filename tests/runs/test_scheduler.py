"""Many runs on one worker: none waits long for its beginning, none takes another's time. A clock turned by hand."""

from __future__ import annotations

import pytest

from app.nn.data import Array
from app.nn.spec import RunSpec
from app.nn.training import State
from app.runs.commands import Pause, Resume, Stop
from app.runs.driver import Driver
from app.runs.events import Report
from app.runs.scheduler import Scheduler
from tests.runs.hand import HandClock, HandTrainer, driver, paused, told_epochs


def turn_until(scheduler: Scheduler, clock: HandClock, seconds: float) -> list[Report]:
    """Turn for so many seconds, as a worker does; where nothing is due, time passes."""
    reports, until = [], clock.now + seconds
    while clock.now < until:
        told = scheduler.turn()
        reports += told
        if told:
            continue
        if (wait := scheduler.wait()) is None:
            break
        clock.turn(max(wait, 1e-4))
    return reports


def of(reports: list[Report], name: str) -> list[Report]:
    """One run's reports."""
    return [report for report in reports if report.run_id == name]


@pytest.mark.parametrize(("others", "seconds"), [(1, 0.2), (200, 0.0001), (200, 0.1), (999, 0.01)])
def test_a_new_run_reports_within_250_ms_whatever_is_in_hand(others: int, seconds: float) -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    for number in range(others):
        scheduler.add(driver(clock, epochs=100_000, seconds=seconds, name=f"long {number}"))
    turn_until(scheduler, clock, 5.0)
    asked_at = clock.now
    scheduler.add(driver(clock, name="new"))
    (report,) = scheduler.turn()
    assert (report.run_id, told_epochs([report])) == ("new", [0])
    assert clock.now - asked_at <= 0.25


def test_a_784_30_10_run_does_not_starve_200_small_ones() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(driver(clock, epochs=1000, seconds=0.4, name="large"))
    for number in range(200):
        scheduler.add(driver(clock, epochs=100_000, seconds=0.0001, name=f"small {number}"))
    reports = turn_until(scheduler, clock, 20.0)
    large = 0.4 * (len(told_epochs(of(reports, "large"))) - 1)
    small = [0.0001 * (len(told_epochs(of(reports, f"small {number}"))) - 1) for number in range(200)]
    fair = 20.0 / 201
    assert large <= fair + 0.4
    assert min(small) >= 0.8 * fair


def test_a_small_run_finishes_soon_beside_large_ones() -> None:
    """200 long runs whose every epoch takes 40 ms: the new one still gets its share of every round."""
    clock = HandClock()
    scheduler = Scheduler(clock)
    for number in range(200):
        scheduler.add(driver(clock, seconds=0.040, name=f"large {number}"))
    turn_until(scheduler, clock, 10.0)
    scheduler.add(driver(clock, epochs=100, seconds=0.00001, name="small"))
    reports = turn_until(scheduler, clock, 1.0)
    assert of(reports, "small")[-1].status == "finished"


def test_one_run_alone_reports_at_most_50_times_a_second_beside_many_paused_ones() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    for number in range(500):
        sleeper = paused(clock)
        sleeper.run_id = f"paused {number}"
        scheduler.add(sleeper)
    scheduler.add(driver(clock, epochs=100_000, seconds=0.0001, name="eager"))
    reports = turn_until(scheduler, clock, 2.0)
    assert 90 <= len(reports) <= 102
    assert of(reports, "eager") == reports


def test_paused_runs_leave_the_worker_asleep() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(paused(clock))
    assert (scheduler.turn(), scheduler.wait()) == ([], None)
    scheduler.handle("run", Resume())
    assert scheduler.wait() == 0.0


def test_slow_paced_runs_wake_the_worker_only_when_they_are_due() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(driver(clock, seconds=1e-6, pace=2.0))
    scheduler.turn()
    assert scheduler.turn() == []
    assert scheduler.wait() == pytest.approx(0.5)


def test_a_run_that_slept_has_no_claim_to_the_time_it_missed() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(paused(clock))
    scheduler.add(driver(clock, epochs=100_000, name="awake"))
    turn_until(scheduler, clock, 30.0)
    scheduler.handle("run", Resume())
    reports = turn_until(scheduler, clock, 1.0)
    assert len(told_epochs(of(reports, "awake"))) >= 400


def test_a_newcomer_comes_before_a_run_that_has_slept_long() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(paused(clock))
    scheduler.add(driver(clock, epochs=100_000, name="awake"))
    turn_until(scheduler, clock, 30.0)
    scheduler.handle("run", Resume())
    scheduler.add(driver(clock, name="new"))
    (report,) = scheduler.turn()
    assert report.run_id == "new"


def test_an_ended_run_is_forgotten() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(driver(clock, epochs=3))
    turn_until(scheduler, clock, 1.0)
    assert (scheduler.drivers, scheduler.had) == ({}, {})
    with pytest.raises(KeyError):
        scheduler.handle("run", Pause())


def test_a_stopped_run_is_forgotten() -> None:
    scheduler = Scheduler(HandClock())
    scheduler.add(driver(HandClock()))
    report = scheduler.handle("run", Stop())
    assert report is not None
    assert (report.status, scheduler.drivers) == ("stopped", {})


class Stumbling(HandTrainer):
    """Runs out of memory at epoch 3."""

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        if state.epoch + epochs > 3:
            raise MemoryError("no room")
        return super().advance(state, epochs)


def test_an_error_in_one_run_ends_that_run_alone() -> None:
    clock = HandClock()
    scheduler = Scheduler(clock)
    scheduler.add(Driver("broken", RunSpec(), Stumbling(clock, 0.001), clock))
    scheduler.add(driver(clock, name="sound", epochs=200))
    reports = turn_until(scheduler, clock, 2.0)
    assert of(reports, "broken")[-1].status == "failed"
    assert "no room" in str(of(reports, "broken")[-1].detail)
    assert of(reports, "sound")[-1].status == "finished"
