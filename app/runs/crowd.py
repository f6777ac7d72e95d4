"""Runs of one shape trained side by side on a stack, each with its own epoch, eta and goal.

A run among many gives the same costs to the bit as alone, so who is in a crowd is a matter of speed only: runs join and
leave it between turns, and a run that breaks breaks alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..nn.data import Array, Data
from ..nn.single import Single, observe
from ..nn.spec import RunSpec
from ..nn.stack import Stack
from ..nn.training import State
from .driver import Clock, Driver
from .events import Kept, Report
from .keeping import worth_keeping

__all__ = ["Crowd"]

LANES = (8, 32, 64, 128, 192, 256, 320, 384, 448, 512)
"""Stacks are made for so many runs; what is not taken idles."""
NUMBERS = 2048
"""Lanes times samples of the largest stack: its arrays stay in a core's cache."""
REPORT_GAP, REPORT_COST = 0.04, 0.002
"""Seconds between two reports of a run: at the least, and for every run of the crowd. Telling costs time too."""
PACED_COST = 0.0003
"""The same for every run of the crowd where a run has a pace: whoever chose one counts its epochs."""

Places = NDArray[np.intp]
Epochs = NDArray[np.int64]


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
        goals = {driver: goal for driver in drivers if (goal := driver.begin()) > driver.state.epoch}
        if not goals:
            return []
        turn = Turn(self.stack_for(len(goals)), goals)
        turn.until(now + budget, self.clock)
        telling = [
            driver
            for lane, driver in enumerate(goals)
            if driver.at_goal or lane in turn.broken or driver.told_at + self.gap(driver) <= now
        ]
        if not telling:
            return []
        seen = observe(self.stack_for(len(telling)), [single(driver).lane(driver.state) for driver in telling])
        return [driver.conclude(one) for driver, one in zip(telling, seen, strict=True)]

    def gap(self, driver: Driver) -> float:
        """Seconds between two reports of a run."""
        return max(REPORT_GAP, REPORT_COST * self.runs) if driver.eager else PACED_COST * self.runs


class Turn:
    """One turn of some drivers on a stack, each to its goal at the furthest."""

    def __init__(self, stack: Stack, goals: Mapping[Driver, int]) -> None:
        drivers = list(goals)
        self.stack, self.drivers = stack, drivers
        self.begun = np.array([driver.state.epoch for driver in drivers])
        self.goals = np.array(list(goals.values()))
        self.furthest = int((self.goals - self.begun).max())
        plans = [(plan.epochs, plan.ends, plan.stride, plan.mark) for plan in (driver.keeping for driver in drivers)]
        self.plans = np.array(plans).T
        self.kept: list[tuple[Epochs, Places, Array]] = []
        """Parameters as they were met on the way: epochs, lanes, rows."""
        self.costs: list[Array] = []
        self.done = 0
        self.broken: set[int] = set()
        """Lanes whose cost is no longer a finite number."""
        stack.hold([single(driver).lane(driver.state) for driver in drivers])

    def until(self, deadline: float, clock: Clock) -> None:
        """Go on until the time is over or all have reached their goals, then hand every driver its own."""
        while self.done < self.furthest and (self.done == 0 or clock() < deadline):
            self.block()
        costs = np.concatenate(self.costs)
        self.broken = set(np.flatnonzero(~np.isfinite(costs).all(axis=0)).tolist())
        rows = self.stack.rows(slice(len(self.drivers)))
        met = self.met_by_lane()
        for lane, driver in enumerate(self.drivers):
            epochs = min(self.done, int(self.goals[lane] - self.begun[lane]))
            row, kept = rows[lane], met[lane]
            if kept is not None and kept.epochs[-1] == self.goals[lane]:
                row = kept.rows[-1]
                kept = kept if driver.keeping.keeps(kept.epochs[-1]) else kept.until(kept.epochs[-1] - 1)
            state = State(self.stack.layout.parameters(row), driver.state.epoch + epochs)
            driver.hold(state, costs[:epochs, lane].copy(), kept)

    def block(self) -> None:
        """Some epochs at once: not beyond the next goal, and with the states worth keeping on the way."""
        now = self.begun + self.done
        left = self.goals - now
        epochs = min(self.stack.together, int(left[left > 0].min()))
        wanted = self.wanted(now, left, epochs)
        costs, rows = self.stack.advance(epochs, wanted)
        self.costs.append(costs)
        self.done += epochs
        self.kept += [(now[lanes] + after + 1, lanes, rows[after]) for after, lanes in wanted.items()]

    def wanted(self, now: Epochs, left: Epochs, epochs: int) -> dict[int, Places]:
        """Which lanes' parameters are wanted after each of the next epochs: those worth keeping, and at a goal."""
        after = np.arange(1, epochs + 1)[:, np.newaxis]
        worth = worth_keeping(now + after, *self.plans) & (after <= left)
        worth |= after == left
        return {index: np.flatnonzero(worth[index]) for index in np.flatnonzero(worth.any(axis=1)).tolist()}

    def met_by_lane(self) -> list[Kept | None]:
        """What was met on the way, sorted by lanes."""
        if not self.kept:
            return [None] * len(self.drivers)
        epochs, lanes, rows = (np.concatenate(parts) for parts in zip(*self.kept, strict=True))
        order = np.argsort(lanes, kind="stable")
        ends = np.cumsum(np.bincount(lanes, minlength=len(self.drivers)))
        epochs, rows = epochs[order], rows[order]
        return [
            Kept(tuple(epochs[start:end].tolist()), rows[start:end]) if end > start else None
            for start, end in pairwise([0, *ends.tolist()])
        ]


def single(driver: Driver) -> Single:
    """The trainer of a run that may be in a crowd."""
    assert isinstance(driver.trainer, Single), f"{driver.run_id} is trained by {type(driver.trainer).__name__}"
    return driver.trainer
