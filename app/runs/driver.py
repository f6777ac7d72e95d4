"""The loop of one run inside a worker, cut into turns: advance for a while, then report.

A turn never takes much longer than its budget of seconds (one epoch at the least). Costs do not depend on how the
epochs fall into turns.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Protocol

import numpy as np

from ..nn.data import Array
from ..nn.rows import row_of
from ..nn.spec import RunSpec
from ..nn.training import Observation, State
from .commands import Command
from .events import Kept, Report, Snapshot, Status
from .failures import failed
from .keeping import Keeping
from .run import Run

__all__ = ["Clock", "Driver", "Trainer"]

SHOWN_SAMPLES = 16
REPORT_GAP = 0.02
"""Seconds between two reports of a paced run: more would be thinned on the way to the screen anyway."""
LATE = 0.5
"""Seconds that a paced run may be behind before the missed epochs are forgiven."""

Clock = Callable[[], float]


class Trainer(Protocol):
    """What a driver needs of the mathematics: ``nn.single.trainer`` makes one of a spec and its data."""

    def start(self) -> State:
        """The state of epoch 0."""
        ...

    def advance(self, state: State, epochs: int) -> tuple[State, Array]:
        """The state that many epochs later, and the cost before each of their updates."""
        ...

    def observe(self, state: State) -> Observation:
        """What the state does with all samples."""
        ...


class Driver:
    """Trains one run. ``clock`` gives seconds; the state is the only thing that a turn changes besides the run."""

    def __init__(
        self,
        run_id: str,
        spec: RunSpec,
        trainer: Trainer,
        clock: Clock,
        *,
        resume: State | None = None,
        status: Status = "running",
        pace: float | None = None,
        pause_at: int | None = None,
    ) -> None:
        self.run_id = run_id
        self.spec = spec
        self.trainer = trainer
        self.clock = clock
        self.state = resume or trainer.start()
        self.keeping = Keeping.plan(spec.epochs, len(row_of(self.state.parameters)))
        self.run = Run(spec.epochs, pace, status=status, pause_at=pause_at)
        self.reported = resume.epoch if resume else -1
        self.held_from = self.state
        self.held_costs: list[Array] = []
        """Costs from ``held_from`` on that no report has told yet; then epochs with the parameters worth keeping."""
        self.held_kept: list[Kept] = []
        self.seconds_per_epoch = 0.0
        self.last_turn = clock() - REPORT_GAP
        self.pace_from = (clock(), self.state.epoch)
        self.told_at = float("-inf")

    @property
    def new(self) -> bool:
        """Whether nothing has been reported yet."""
        return self.reported < 0

    @property
    def eager(self) -> bool:
        """Whether the run would take all the time it is given."""
        return self.run.status == "running" and self.run.pace is None

    @property
    def at_goal(self) -> bool:
        """Whether the run has come to where it ends or pauses."""
        return self.state.epoch >= self.run.goal

    def due(self) -> float | None:
        """Seconds until the next turn has something to do; 0: now; None: not before a command."""
        if self.run.over:
            return None
        if self.new:
            return 0.0
        if self.run.status != "running":
            return None
        if self.run.pace is None:
            return 0.0
        since, first = self.pace_from
        next_epoch = since + (self.state.epoch - first + 1) / self.run.pace
        return max(0.0, max(next_epoch, self.last_turn + REPORT_GAP) - self.clock())

    def handle(self, command: Command) -> Report | None:
        """Obey a command between two turns; the report, if status, pace or the end of a step changed. Raises Refused.

        Whoever sets a paused run going sees its first epoch at once, at whatever pace.
        """
        was_paused, pause_at = self.run.status == "paused", self.run.pause_at
        changed = self.run.handle(command, self.state.epoch)
        if changed and self.run.pace is not None:
            headstart = 1.0 / self.run.pace if was_paused and self.run.status == "running" else 0.0
            self.pace_from = (self.clock() - headstart, self.state.epoch)
        if not changed and self.run.pause_at == pause_at:
            return None
        return self.conclude() if self.held_costs else self.report()

    def turn(self, budget: float) -> Report:
        """Go on for about ``budget`` seconds and report all epochs since the last report.

        The first turn of a run only looks, so that epoch 0 is on its way before any work is done.
        """
        goal = self.begin()
        until = self.last_turn + budget
        while self.state.epoch < goal and (self.state is self.held_from or self.clock() < until):
            costs = self.chunk(goal, until)
            if not np.isfinite(costs).all():
                break
        return self.conclude()

    def begin(self) -> int:
        """Note that a turn begins; the epoch that it may go to."""
        self.last_turn = self.clock()
        return self.allowed()

    def hold(self, state: State, costs: Array, kept: Kept | None) -> None:
        """Note how far the run has come, to be told with the next report."""
        self.state = state
        self.held_costs.append(costs)
        if kept is not None:
            self.held_kept.append(kept)

    def allowed(self) -> int:
        """The epoch that this turn may go to, by the run's goal and its pace."""
        if self.run.status != "running" or self.new:
            return self.state.epoch
        if self.run.pace is None:
            return self.run.goal
        now = self.clock()
        since, first = self.pace_from
        owed = int((now - since) * self.run.pace + 1e-9) - (self.state.epoch - first)
        if owed > max(1.0, LATE * self.run.pace):
            self.pace_from = (now, self.state.epoch + 1)
            owed = 1
        return min(self.run.goal, self.state.epoch + max(0, owed))

    def chunk(self, goal: int, until: float) -> Array:
        """Advance to the next epoch worth keeping, or as far as the time left allows; the costs on the way."""
        begun = self.clock()
        most = 1 if self.seconds_per_epoch == 0.0 else max(1, int((until - begun) / self.seconds_per_epoch))
        epochs = min(goal, self.keeping.after(self.state.epoch), self.state.epoch + most) - self.state.epoch
        state, costs = self.trainer.advance(self.state, epochs)
        self.seconds_per_epoch = max((self.clock() - begun) / epochs, 1e-7)
        worth = self.keeping.keeps(state.epoch)
        kept = Kept((state.epoch,), row_of(state.parameters)[np.newaxis]) if worth else None
        self.hold(state, costs, kept)
        return costs

    def conclude(self, seen: Observation | None = None) -> Report:
        """Look at the network and report all that is held; or end the run where its cost was last finite.

        ``seen``: what the state does, from who has looked already.
        """
        self.told_at = self.clock()
        begun, costs, kept = self.held_from, self.held_costs, self.held_kept
        self.held_from, self.held_costs, self.held_kept = self.state, [], []
        seen = seen or self.trainer.observe(self.state)
        every = np.concatenate([*costs, [seen.cost]])
        finite = np.isfinite(every)
        if finite.all():
            self.run.reach(self.state.epoch)
            return self.told(begun, every, seen, kept)
        sound = int(np.argmin(finite))
        self.run.fail(failed("diverged", at=begun.epoch + sound, eta=self.spec.eta))
        if sound == 0:
            return self.report()
        self.state, _ = self.trainer.advance(begun, sound - 1)
        self.held_from = self.state
        return self.told(
            begun, every[:sound], self.trainer.observe(self.state), [one.until(self.state.epoch) for one in kept]
        )

    def told(self, begun: State, costs: Array, seen: Observation, kept: list[Kept]) -> Report:
        """Report the costs of the epochs from ``begun`` on, less those that were reported before."""
        unreported = costs[self.reported + 1 - begun.epoch :]
        self.reported = self.state.epoch
        snapshot = Snapshot(self.state.epoch, seen.accuracy, seen.outputs[:SHOWN_SAMPLES], self.state.parameters)
        return self.report(unreported, snapshot, gathered(kept))

    def give_up(self, reason: str) -> Report:
        """End the run for a reason that is not its costs, as ``failures.failed`` says it; the report."""
        self.run.fail(reason)
        return self.report()

    def report(self, costs: Array | None = None, snapshot: Snapshot | None = None, kept: Kept | None = None) -> Report:
        """Where the run stands, and what is new."""
        run = self.run
        return Report(self.run_id, run.status, run.pace, run.pause_at, run.detail, costs, snapshot, kept)


def gathered(kept: list[Kept]) -> Kept | None:
    """Parameters as the record keeps them: in one piece."""
    if len(kept) <= 1:
        return kept[0] if kept else None
    return Kept(tuple(chain.from_iterable(one.epochs for one in kept)), np.concatenate([one.rows for one in kept]))
