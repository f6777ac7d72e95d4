"""Runs of one shape trained side by side on a stack, each with its own epoch, eta and goal.

A run among many gives the same costs to the bit as alone, so who is in a crowd is a matter of speed only: runs join and
leave it between turns, and a run that breaks breaks alone.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from ..nn.data import Array, Data
from ..nn.single import Single
from ..nn.spec import RunSpec
from ..nn.stack import Stack
from ..nn.training import State
from .driver import Clock, Driver
from .events import Report

__all__ = ["Crowd"]

LANES = (8, 32, 64, 128, 192, 256, 320, 384, 448, 512)
"""Stacks are made for so many runs; what is not taken idles."""
NUMBERS = 2048
"""Lanes times samples of the largest stack: its arrays stay in a core's cache."""
REPORT_GAP, REPORT_COST = 0.04, 0.002
"""Seconds between two reports of a run: at the least, and for every run of the crowd. Telling costs time too."""


class Crowd:
    """The runs of one shape on one worker. Holds buffers, no state: that is the drivers'."""

    def __init__(self, shape: Hashable, spec: RunSpec, data: Data, clock: Clock) -> None:
        self.shape, self.spec, self.data, self.clock = shape, spec, data, clock
        self.runs = 0
        self.capacities = [lanes for lanes in LANES if lanes * data.samples <= NUMBERS] or [LANES[0]]
        self.stacks: dict[int, Stack] = {}

    @property
    def most(self) -> int:
        """How many runs go side by side."""
        return self.capacities[-1]

    def stack_for(self, count: int) -> Stack:
        """The smallest stack for so many runs."""
        lanes = next(lanes for lanes in self.capacities if lanes >= count)
        if lanes not in self.stacks:
            self.stacks[lanes] = Stack(self.spec, self.data, lanes)
        return self.stacks[lanes]

    def turn(self, drivers: list[Driver], budget: float) -> list[Report]:
        """Advance all for about ``budget`` seconds; the reports of those whose reports are due."""
        now = self.clock()
        turn = Turn(self.stack_for(len(drivers)), drivers)
        turn.until(now + budget, self.clock)
        gap = max(REPORT_GAP, REPORT_COST * self.runs)
        return [
            driver.conclude()
            for lane, driver in enumerate(drivers)
            if driver.at_goal or lane in turn.broken or driver.told_at + gap <= now
        ]


class Turn:
    """One turn of some drivers on a stack."""

    def __init__(self, stack: Stack, drivers: list[Driver]) -> None:
        self.stack, self.drivers = stack, drivers
        self.begun = np.array([driver.state.epoch for driver in drivers])
        self.goals = np.array([driver.run.goal for driver in drivers])
        self.next_kept = np.array([driver.keeping.after(driver.state.epoch) for driver in drivers])
        self.kept: list[list[tuple[int, Array]]] = [[] for _ in drivers]
        self.ends: dict[int, Array] = {}
        """The rows of the lanes that have reached their goal."""
        self.costs: list[Array] = []
        self.done = 0
        self.broken: set[int] = set()
        """Lanes whose cost is no longer a finite number."""
        stack.hold([single(driver).lane(driver.state) for driver in drivers])

    def until(self, deadline: float, clock: Clock) -> None:
        """Go on until the time is over or all have reached their goals, then hand every driver its own."""
        while len(self.ends) < len(self.drivers) and (self.done == 0 or clock() < deadline):
            self.block()
        costs = np.concatenate(self.costs)
        self.broken = set(np.flatnonzero(~np.isfinite(costs).all(axis=0)).tolist())
        rows = self.stack.rows(slice(len(self.drivers)))
        for lane, driver in enumerate(self.drivers):
            epochs = min(self.done, int(self.goals[lane] - self.begun[lane]))
            row = self.ends.get(lane, rows[lane])
            state = State(self.stack.parameters(row), driver.state.epoch + epochs)
            driver.hold(state, costs[:epochs, lane].copy(), self.kept[lane])

    def block(self) -> None:
        """Some epochs at once: not beyond the next goal, and with the states worth keeping on the way."""
        now = self.begun + self.done
        left = self.goals - now
        epochs = min(self.stack.together, int(left[left > 0].min()))
        costs, kept = self.stack.advance(epochs, self.wanted(now, left, epochs))
        self.costs.append(costs)
        self.done += epochs
        for lane, after, row in kept:
            epoch = int(now[lane]) + after
            if self.drivers[lane].keeping.keeps(epoch):
                self.kept[lane].append((epoch, row))
            if epoch == self.goals[lane]:
                self.ends[lane] = row

    def wanted(self, now: Array, left: Array, epochs: int) -> list[list[int]]:
        """Which lanes' parameters are wanted after each of the next epochs."""
        wanted: list[list[int]] = [[] for _ in range(epochs)]
        for lane in np.flatnonzero((self.next_kept <= now + epochs) & (left > 0)).tolist():
            keeping, first, epoch = self.drivers[lane].keeping, int(now[lane]), int(self.next_kept[lane])
            while epoch <= first + epochs:
                wanted[epoch - first - 1].append(lane)
                epoch = keeping.after(epoch)
            self.next_kept[lane] = epoch
        for lane in np.flatnonzero(left == epochs).tolist():
            if lane not in wanted[-1]:
                wanted[-1].append(lane)
        return wanted


def single(driver: Driver) -> Single:
    """The trainer of a run that may be in a crowd."""
    assert isinstance(driver.trainer, Single), f"{driver.run_id} is trained by {type(driver.trainer).__name__}"
    return driver.trainer
