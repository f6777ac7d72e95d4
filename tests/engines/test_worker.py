"""What a worker does with what it is told, without a process around it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

import pytest

from app.engines.messages import Answer, Order, Ping, Take
from app.engines.worker import obey
from app.nn.spec import Given, RunSpec
from app.runs.commands import Pause, Stop
from app.runs.events import Report
from app.runs.scheduler import Scheduler

RAGGED = RunSpec(initialisation=Given(w=(((1.0,), (1.0, 2.0)),), b=((1.0,),)))


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    """The worker's end and the engine's."""
    ours, theirs = Pipe()
    with ours, theirs:
        yield ours, theirs


def heard(pipe: tuple[Connection, Connection]) -> Any:
    """What the worker has said."""
    assert pipe[1].poll(), "the worker said nothing"
    return pipe[1].recv()


def take(run_id: str, spec: RunSpec) -> Take:
    """A run from its beginning."""
    return Take(run_id, spec, None, None, "running", spec.pace, None)


def test_a_run_that_cannot_begin_fails_in_words_and_troubles_no_other(pipe: tuple[Connection, Connection]) -> None:
    scheduler = Scheduler(time.perf_counter)
    obey(scheduler, pipe[0], take("sound", RunSpec()))
    obey(scheduler, pipe[0], take("broken", RAGGED))
    report = heard(pipe)
    assert isinstance(report, Report)
    assert (report.run_id, report.status) == ("broken", "failed")
    assert "could not begin" in str(report.detail)
    assert list(scheduler.drivers) == ["sound"]


def test_an_order_is_answered_with_the_report_of_its_effect(pipe: tuple[Connection, Connection]) -> None:
    scheduler = Scheduler(time.perf_counter)
    obey(scheduler, pipe[0], take("run", RunSpec()))
    obey(scheduler, pipe[0], Order(7, "run", Pause()))
    answer = heard(pipe)
    assert isinstance(answer, Answer)
    assert answer.report is not None
    assert (answer.ticket, answer.refusal, answer.report.status) == (7, None, "paused")


def test_an_order_for_a_run_that_has_ended_is_refused(pipe: tuple[Connection, Connection]) -> None:
    obey(Scheduler(time.perf_counter), pipe[0], Order(8, "gone", Stop()))
    answer = heard(pipe)
    assert (answer.ticket, answer.refusal) == (8, "the run has ended in the meantime")


def test_a_ping_is_answered(pipe: tuple[Connection, Connection]) -> None:
    obey(Scheduler(time.perf_counter), pipe[0], Ping(9))
    assert heard(pipe).ticket == 9
