"""The loop of one run inside a worker, cut into turns: advance for a while, then report.

A turn never takes much longer than its budget of seconds (one epoch at the least). Costs do not depend on how the
epochs fall into turns.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..nn.data import Array, Data
from ..nn.kernel import Kernel
from ..nn.network import Parameters
from ..nn.spec import RunSpec
from ..nn.training import Observation, State
from .commands import Command, Pace
from .events import Report, Snapshot, Status
from .keeping import Keeping
from .run import Run

__all__ = ["Driver"]

SHOWN_SAMPLES = 16
REPORT_GAP = 0.02
"""Seconds between two reports of a paced run: more would be thinned on the way to the screen anyway."""
LATE = 0.5
"""Seconds that a paced run may be behind before the missed epochs are forgiven."""

Clock = Callable[[], float]
Kept = tuple[tuple[int, Parameters], ...]


class Driver:
    """Trains one run. ``clock`` gives seconds; the state is the only thing that a turn changes besides the run."""

    def __init__(
        self,
        run_id: str,
        spec: RunSpec,
        data: Data,
        clock: Clock,
        *,
        resume: State | None = None,
        status: Status = "running",
        pace: float | None = None,
    ) -> None:
        self.run_id = run_id
        self.spec = spec
        self.clock = clock
        self.kernel = Kernel(spec, data)
        self.state = resume or self.kernel.start()
        self.keeping = Keeping.plan(spec.epochs, self.state.parameters)
        self.run = Run(spec.epochs, pace, status=status)
        self.reported = resume.epoch if resume else -1
        self.seconds_per_epoch = 0.0
        self.pace_from = (clock(), self.state.epoch)
        self.last_turn = clock() - REPORT_GAP

    def due(self) -> float | None:
        """Seconds until the next turn has something to do; 0: now; None: not before a command."""
        if self.reported < self.state.epoch and not self.run.over:
            return 0.0
        if self.run.status != "running":
            return None
        if self.run.pace is None:
            return 0.0
        since, first = self.pace_from
        next_epoch = since + (self.state.epoch - first + 1) / self.run.pace
        return max(0.0, max(next_epoch, self.last_turn + REPORT_GAP) - self.clock())

    def handle(self, command: Command) -> Report | None:
        """Obey a command between two turns; the report, if status or pace changed. Raises Refused."""
        changed = self.run.handle(command, self.state.epoch)
        if changed or isinstance(command, Pace):
            self.pace_from = (self.clock(), self.state.epoch)
        return self.report() if changed else None

    def turn(self, budget: float) -> Report:
        """Go on for about ``budget`` seconds and report all epochs since the last report.

        The first turn of a run only looks, so that epoch 0 is on its way before any work is done.
        """
        self.last_turn = self.clock()
        begun, until = self.state, self.last_turn + budget
        goal = self.allowed()
        costs: list[Array] = []
        kept: list[tuple[int, Parameters]] = []
        while self.state.epoch < goal and (not costs or self.clock() < until):
            costs.append(self.chunk(goal, until))
            if not np.isfinite(costs[-1]).all():
                break
            if self.keeping.keeps(self.state.epoch):
                kept.append((self.state.epoch, self.state.parameters))
        return self.concluded(begun, costs, kept)

    def allowed(self) -> int:
        """The epoch that this turn may go to, by the run's goal and its pace."""
        if self.run.status != "running" or self.reported < self.state.epoch:
            return self.state.epoch
        if self.run.pace is None:
            return self.run.goal
        now = self.clock()
        since, first = self.pace_from
        owed = int((now - since) * self.run.pace + 1e-9) - (self.state.epoch - first)
        if owed > max(1.0, LATE * self.run.pace):
            self.pace_from = (now, self.state.epoch)
            owed = 1
        return min(self.run.goal, self.state.epoch + max(0, owed))

    def chunk(self, goal: int, until: float) -> Array:
        """Advance to the next epoch worth keeping, or as far as the time left allows; the costs on the way."""
        begun = self.clock()
        most = 1 if self.seconds_per_epoch == 0.0 else max(1, int((until - begun) / self.seconds_per_epoch))
        epochs = min(goal, self.keeping.after(self.state.epoch), self.state.epoch + most) - self.state.epoch
        self.state, costs = self.kernel.advance(self.state, epochs)
        self.seconds_per_epoch = max((self.clock() - begun) / epochs, 1e-7)
        return costs

    def concluded(self, begun: State, costs: list[Array], kept: list[tuple[int, Parameters]]) -> Report:
        """Look at the network where the turn ended and report; or end the run where its cost was last finite."""
        seen = self.kernel.observe(self.state)
        every = np.concatenate([*costs, [seen.cost]])
        finite = np.isfinite(every)
        if finite.all():
            self.run.reach(self.state.epoch)
            return self.told(begun, every, seen, kept)
        sound = int(np.argmin(finite))
        self.run.fail(diverged(begun.epoch + sound, self.spec.eta))
        if sound == 0:
            return self.report()
        self.state, _ = self.kernel.advance(begun, sound - 1)
        kept = [(epoch, parameters) for epoch, parameters in kept if epoch <= self.state.epoch]
        return self.told(begun, every[:sound], self.kernel.observe(self.state), kept)

    def told(self, begun: State, costs: Array, seen: Observation, kept: list[tuple[int, Parameters]]) -> Report:
        """Report the costs of the epochs from ``begun`` on, less those that were reported before."""
        new = costs[self.reported + 1 - begun.epoch :]
        self.reported = self.state.epoch
        snapshot = Snapshot(self.state.epoch, seen.accuracy, seen.outputs[:SHOWN_SAMPLES], self.state.parameters)
        return self.report(new, snapshot, tuple(kept))

    def report(self, costs: Array | None = None, snapshot: Snapshot | None = None, kept: Kept = ()) -> Report:
        """Where the run stands, and what is new."""
        return Report(self.run_id, self.run.status, self.run.pace, self.run.detail, costs, snapshot, kept)


def diverged(epoch: int, eta: float) -> str:
    """Why a run failed, in words, and what to try."""
    return f"the cost stopped being a finite number at epoch {epoch}; try an eta smaller than {eta:g}"
