"""What a worker does with what it is told, without a process around it."""

from __future__ import annotations

import time

from app.engines.workers.messages import Answer, Order, Ping, Take
from app.engines.workers.worker import obey
from app.nn.spec import Given, RunSpec
from app.runs.commands import Pause, Stop
from app.runs.events import Report
from app.runs.scheduler import Scheduler

RAGGED = RunSpec(initialisation=Given(w=(((1.0,), (1.0, 2.0)),), b=((1.0,),)))


def take(run_id: str, spec: RunSpec) -> Take:
    """A run from its beginning."""
    return Take(run_id, spec, None, None, "running", spec.pace, None)


def test_a_run_that_cannot_begin_fails_in_words_and_troubles_no_other() -> None:
    scheduler = Scheduler(time.perf_counter)
    assert obey(scheduler, take("sound", RunSpec())) == []
    (report,) = obey(scheduler, take("broken", RAGGED))
    assert isinstance(report, Report)
    assert (report.run_id, report.status) == ("broken", "failed")
    assert "could not begin" in str(report.detail)
    assert list(scheduler.drivers) == ["sound"]


def test_an_order_is_answered_with_the_report_of_its_effect() -> None:
    scheduler = Scheduler(time.perf_counter)
    obey(scheduler, take("run", RunSpec()))
    (answer,) = obey(scheduler, Order(7, "run", Pause()))
    assert isinstance(answer, Answer)
    assert answer.report is not None
    assert (answer.ticket, answer.refusal, answer.report.status) == (7, None, "paused")


def test_an_order_for_a_run_that_has_ended_is_refused() -> None:
    (answer,) = obey(Scheduler(time.perf_counter), Order(8, "gone", Stop()))
    assert isinstance(answer, Answer)
    assert (answer.ticket, answer.refusal) == (8, "the run has ended in the meantime")


def test_a_ping_is_answered() -> None:
    (answer,) = obey(Scheduler(time.perf_counter), Ping(9))
    assert isinstance(answer, Answer)
    assert (answer.ticket, answer.refusal) == (9, None)
