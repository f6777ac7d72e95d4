"""A clock that is turned by hand, and a trainer whose epochs take exactly as long on it as the test says."""

from __future__ import annotations

from typing import get_args

import numpy as np

from app.nn.data import Array, Data, one_hot
from app.nn.network import Parameters
from app.nn.spec import RunSpec
from app.nn.training import Observation, State
from app.runs.commands import Command, Pause
from app.runs.driver import Driver
from app.runs.events import Report

DATA = Data(one_hot([0, 1, 0], 2), one_hot([1, 0, 1], 2))


class HandClock:
    """Seconds, that pass only when the test or a ``HandTrainer`` says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class HandTrainer:
    """Epoch e costs 1 + 1/(e + 1), from ``breaks_at`` on infinity; its one weight is e, so any mix-up shows."""

    def __init__(self, clock: HandClock, seconds: float, breaks_at: int | None = None) -> None:
        self.clock = clock
        self.seconds = seconds
        self.breaks_at = breaks_at

    def cost(self, epoch: int) -> float:
        """The cost before update ``epoch``."""
        return np.inf if self.breaks_at is not None and epoch >= self.breaks_at else 1.0 + 1.0 / (epoch + 1)

    def start(self) -> State:
        """Epoch 0."""
        return self.at(0)

    def at(self, epoch: int) -> State:
        """The state of an epoch."""
        return State(Parameters((np.full((1, 1), float(epoch)),), (np.zeros(1),)), epoch)

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """Let the time of so many epochs pass."""
        self.clock.turn(self.seconds * epochs)
        costs = np.array([self.cost(state.epoch + i) for i in range(epochs)])
        return self.at(state.epoch + epochs), costs

    def observe(self, state: State) -> Observation:
        """Takes no time."""
        return Observation(self.cost(state.epoch), 0.5, np.full((3, 2), 0.5))


def driver(
    clock: HandClock, *, epochs: int = 1000, seconds: float = 0.001, name: str = "run", pace: float | None = None
) -> Driver:
    """A driver whose epochs take so many seconds."""
    return Driver(name, RunSpec(epochs=epochs), HandTrainer(clock, seconds), clock, pace=pace)


def told_epochs(reports: list[Report]) -> list[int]:
    """Every epoch whose cost was reported, in the order of the reports."""
    epochs: list[int] = []
    for report in reports:
        if report.snapshot is not None and report.costs is not None:
            epochs.extend(range(report.snapshot.epoch - len(report.costs) + 1, report.snapshot.epoch + 1))
    return epochs


def paused(clock: HandClock, *, pace: float | None = None) -> Driver:
    """A driver that has reported epoch 0 and then paused."""
    paused_driver = driver(clock, pace=pace)
    paused_driver.turn(0.02)
    paused_driver.handle(Pause())
    return paused_driver


COMMAND_TYPES: tuple[type, ...] = get_args(Command)
