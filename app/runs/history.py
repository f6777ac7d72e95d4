"""The record of a run, from which readers pull: every cost, the kept states, the status.

Reports are applied as they come; readers see what was last *published*, so that all who keep up are given the same
ranges of epochs and every message is encoded once for all of them. A reader is a position; the record knows no readers.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from ..datasets import Dataset
from ..nn.data import Array
from ..nn.network import Parameters, forward
from ..nn.spec import RunSpec
from ..nn.training import State
from .events import (
    ENDINGS,
    Ended,
    KeptState,
    Position,
    Progress,
    Report,
    RunView,
    Snapshot,
    Status,
    StatusChanged,
    Update,
)
from .keeping import size_of

__all__ = ["Record"]

FIRST_CAPACITY = 1024


class Record:
    """One run's record. ``apply`` adds a report, ``publish`` shows all that was added."""

    def __init__(self, run_id: str, spec: RunSpec, dataset: Dataset, owner: str) -> None:
        self.id = run_id
        self.spec = spec
        self.dataset = dataset
        self.owner = owner
        self.status: Status = "queued"
        self.pace = spec.pace
        self.detail: str | None = None
        self.newest: Snapshot | None = None
        self.kept: dict[int, Parameters] = {}
        self.buffer = np.empty(FIRST_CAPACITY)
        self.count = 0
        self.change = 1
        self.progress: Progress | None = None
        self.shown = self.status_now()
        self.shown_change = 1

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.status in ENDINGS

    def apply(self, report: Report) -> None:
        """Add what a driver reported. Epochs that are already recorded (a resumed run's) are not recorded twice."""
        if report.snapshot is not None and report.costs is not None:
            first = report.snapshot.epoch - len(report.costs) + 1
            self.append(report.costs[self.count - first :])
            self.newest = report.snapshot
        self.kept.update(report.kept)
        if report.snapshot is not None and report.snapshot.epoch == 0:
            self.kept[0] = report.snapshot.parameters
        self.set_status(report.status, report.pace, report.detail)

    def set_status(self, status: Status, pace: float | None, detail: str | None) -> None:
        """Note status, pace and the reason for it."""
        if (status, pace, detail) != (self.status, self.pace, self.detail):
            self.change += 1
        self.status, self.pace, self.detail = status, pace, detail

    def append(self, costs: Array) -> None:
        """Record further costs. The old buffer stays as it is for those who still read from it."""
        needed = self.count + len(costs)
        if needed > len(self.buffer):
            larger = np.empty(min(max(needed, 2 * len(self.buffer)), self.spec.epochs + 1))
            larger[: self.count] = self.buffer[: self.count]
            self.buffer = larger
        self.buffer[self.count : needed] = costs
        self.count = needed

    def publish(self) -> None:
        """Show readers everything up to now."""
        self.shown_change, self.shown = self.change, self.status_now()
        newest = self.newest
        if newest is not None and (self.progress is None or self.progress.last < newest.epoch):
            first = 0 if self.progress is None else self.progress.last + 1
            self.progress = self.progress_from(first, newest)

    def progress_from(self, first: int, newest: Snapshot) -> Progress:
        """The epochs from ``first`` to the newest, as readers are told."""
        costs = self.buffer[first : newest.epoch + 1]
        return Progress(first, newest.epoch, costs, newest.accuracy, newest.outputs, newest.parameters)

    def status_now(self) -> StatusChanged:
        """Status and pace at the newest epoch."""
        return StatusChanged(self.status, self.epoch, self.pace, self.detail)

    @property
    def epoch(self) -> int:
        """The newest recorded epoch; 0 before the first report."""
        return max(0, self.count - 1)

    def update(self, after: Position) -> Update | None:
        """All that was published beyond a position; None where there is nothing."""
        last = -1 if self.progress is None else self.progress.last
        if last <= after.epoch and self.shown_change <= after.change:
            return None
        return Update(
            progress=self.progress_after(after.epoch),
            status=self.shown if self.shown_change > after.change else None,
            ended=self.ended() if self.shown.status in ENDINGS else None,
            position=Position(max(last, after.epoch), self.shown_change),
        )

    def progress_after(self, epoch: int) -> Progress | None:
        """The published epochs beyond one; the same object for all readers who are equally far."""
        shown = self.progress
        if shown is None or shown.last <= epoch:
            return None
        if shown.first == epoch + 1:
            return shown
        costs = self.buffer[epoch + 1 : shown.last + 1]
        return Progress(epoch + 1, shown.last, costs, shown.accuracy, shown.outputs, shown.parameters)

    def ended(self) -> Ended:
        """The end, for readers."""
        cost = float(self.buffer[self.count - 1]) if self.count else None
        return Ended(self.status, self.epoch, cost, self.detail)

    def view(self) -> RunView:
        """The run as it stands."""
        cost = float(self.buffer[self.count - 1]) if self.count else None
        accuracy = self.newest.accuracy if self.newest else None
        return RunView(self.id, self.status, self.epoch, cost, accuracy, self.pace, self.detail, self.spec)

    def costs(self, start: int, stop: int | None) -> Array:
        """The costs of epochs ``start`` … ``stop`` − 1, as far as they are recorded."""
        return self.buffer[: self.count][start:stop]

    def state(self, epoch: int) -> KeptState | None:
        """The recorded state nearest below an epoch, with its outputs worked out anew; None before the first report."""
        candidates = dict(self.kept)
        if self.newest is not None:
            candidates[self.newest.epoch] = self.newest.parameters
        epochs = sorted(candidates)
        place = bisect_right(epochs, epoch)
        if place == 0:
            return None
        nearest = epochs[place - 1]
        with np.errstate(all="ignore"):
            outputs = forward(candidates[nearest], self.dataset.data.x, self.spec.output).a[-1]
        return KeptState(nearest, candidates[nearest], outputs)

    def resumable(self) -> State | None:
        """The state to go on from in another worker."""
        return None if self.newest is None else State(self.newest.parameters, self.newest.epoch)

    def size(self) -> int:
        """Bytes that the record holds, about."""
        kept = sum(map(size_of, self.kept.values()))
        return self.buffer.nbytes + kept + 4096
