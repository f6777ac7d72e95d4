"""Every command in every status: obeyed, or refused in words and without effect."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.runs.commands import Command, Pace, Pause, Resume, Step, Stop
from app.runs.errors import Refused
from app.runs.events import ENDINGS, Status
from app.runs.run import Run
from tests.runs.hand import COMMAND_TYPES

COMMANDS: list[Command] = [Pause(), Resume(), Step(3), Pace(5.0), Stop()]
OBEYED: dict[tuple[Status, type], Status] = {
    ("running", Pause): "paused",
    ("running", Resume): "running",
    ("running", Step): "running",
    ("running", Pace): "running",
    ("running", Stop): "stopped",
    ("paused", Pause): "paused",
    ("paused", Resume): "running",
    ("paused", Step): "running",
    ("paused", Pace): "paused",
    ("paused", Stop): "stopped",
}


def test_the_table_names_every_command() -> None:
    assert {type(command) for command in COMMANDS} == set(COMMAND_TYPES)


@pytest.mark.parametrize("status", ["running", "paused"])
@pytest.mark.parametrize("command", COMMANDS, ids=repr)
def test_a_live_run_obeys(status: Status, command: Command) -> None:
    run = Run(100, None, status=status)
    changed = run.handle(command, 7)
    assert run.status == OBEYED[status, type(command)]
    assert changed == (run.status != status or isinstance(command, Pace))


@pytest.mark.parametrize("status", sorted(ENDINGS))
@pytest.mark.parametrize("command", COMMANDS, ids=repr)
def test_an_ended_run_refuses_in_words_and_does_not_change(status: Status, command: Command) -> None:
    run = Run(100, 2.0, status=status)
    with pytest.raises(Refused, match=r"the run has .+ at epoch 7; it can no longer be \w+"):
        run.handle(command, 7)
    assert (run.status, run.pace, run.pause_at) == (status, 2.0, None)


def test_a_step_while_the_run_goes_on_pauses_it_that_many_epochs_later() -> None:
    run = Run(100, None)
    run.handle(Step(5), 10)
    assert not run.reach(14)
    assert run.reach(15)
    assert run.status == "paused"


def test_steps_asked_for_while_stepping_add_up() -> None:
    run = Run(100, 1.0, status="paused")
    for _ in range(3):
        run.handle(Step(2), 10)
    assert run.goal == 16


def test_a_step_beyond_the_last_epoch_finishes() -> None:
    run = Run(100, None, status="paused")
    run.handle(Step(1000), 95)
    assert run.reach(100)
    assert run.status == "finished"


def test_resuming_forgets_the_step() -> None:
    run = Run(100, None)
    run.handle(Step(5), 0)
    run.handle(Resume(), 2)
    assert not run.reach(5)
    assert run.status == "running"


class Life(RuleBasedStateMachine):
    """Any order of commands and progress: ended stays ended, epochs never go beyond the goal."""

    def __init__(self) -> None:
        super().__init__()
        self.run = Run(50, None)
        self.epoch = 0
        self.ended_as: Status | None = None

    @precondition(lambda self: not self.run.over)
    @rule(command=st.sampled_from([*COMMANDS[:-1], Step(1)]))
    def command(self, command: Command) -> None:
        self.run.handle(command, self.epoch)

    @rule(command=st.sampled_from(COMMANDS))
    def any_command(self, command: Command) -> None:
        try:
            self.run.handle(command, self.epoch)
        except Refused:
            assert self.ended_as is not None

    @precondition(lambda self: self.run.status == "running")
    @rule(epochs=st.integers(1, 20))
    def advance(self, epochs: int) -> None:
        self.epoch = min(self.epoch + epochs, self.run.goal)
        self.run.reach(self.epoch)

    @precondition(lambda self: not self.run.over)
    @rule()
    def diverge(self) -> None:
        self.run.fail("words")

    @invariant()
    def ended_stays_ended(self) -> None:
        if self.ended_as is not None:
            assert self.run.status == self.ended_as
        elif self.run.over:
            self.ended_as = self.run.status

    @invariant()
    def only_a_running_run_has_a_place_to_pause(self) -> None:
        assert self.run.pause_at is None or self.run.status == "running"
        assert self.run.pause_at is None or self.run.pause_at > self.epoch

    @invariant()
    def finished_means_the_last_epoch(self) -> None:
        assert self.epoch <= 50
        assert (self.run.status != "finished") or self.epoch == 50


TestLife = Life.TestCase
