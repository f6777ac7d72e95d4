"""The record of a run, from which readers pull: every cost, the kept states, the status.

Reports are applied as they come; readers see what was last *published*, so that all who keep up are given the same
ranges of epochs and every message is encoded once for all of them. A reader is a position; the record knows no readers.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from ..datasets import Dataset
from ..nn.data import Array
from ..nn.network import forward
from ..nn.rows import parameters_in, row_of
from ..nn.spec import RunSpec
from ..nn.training import State
from .events import (
    ENDINGS,
    Ended,
    Kept,
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
from .footprint import table_bytes
from .growing import Growing
from .keeping import Keeping

__all__ = ["Record", "Saved"]


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """What is stored of a record beside its spec: where it stands, every cost, the kept states, the newest snapshot."""

    status: Status
    pace: float | None
    pause_at: int | None
    detail: str | None
    pauses: int
    costs: Array
    kept: Kept
    newest: Snapshot | None


class Record:
    """One run's record. ``apply`` adds a report, ``publish`` shows all that was added."""

    def __init__(self, run_id: str, spec: RunSpec, dataset: Dataset, *, held: bool = False) -> None:
        self.id = run_id
        self.spec = spec
        self.dataset = dataset
        self.status: Status = "paused" if held else "queued"
        self.pace = spec.pace
        self.detail: str | None = None
        self.pause_at: int | None = None
        self.newest: Snapshot | None = None
        self.recorded = Growing(spec.epochs + 1)
        self.keeping: Keeping | None = None
        self.kept_epochs: list[int] = []
        self.kept = Growing(0)
        self.pauses = 0
        self.change = 1
        self.progress: Progress | None = None
        self.shown = self.status_now()
        self.shown_change = 1

    @classmethod
    def restored(cls, run_id: str, spec: RunSpec, dataset: Dataset, saved: Saved) -> Record:
        """The record as it was saved; published."""
        record = cls(run_id, spec, dataset)
        record.status, record.pace, record.detail = saved.status, saved.pace, saved.detail
        record.pause_at = saved.pause_at
        if saved.newest is not None:
            record.recorded.add(saved.costs)
            record.newest = saved.newest
            row = row_of(saved.newest.parameters)
            record.keeping = Keeping.plan(spec.epochs, len(row))
            record.kept = Growing(record.keeping.most, row.shape)
            record.keep(saved.kept)
            record.pauses = saved.pauses
        record.publish()
        return record

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.status in ENDINGS

    def apply(self, report: Report) -> None:
        """Add what a driver reported. Epochs that are already recorded (a resumed run's) are not recorded twice."""
        if report.snapshot is not None and report.costs is not None:
            first = report.snapshot.epoch - len(report.costs) + 1
            assert first <= self.recorded.count, f"epochs {self.recorded.count} to {first - 1} were never reported"
            self.recorded.add(report.costs[self.recorded.count - first :])
            self.newest = report.snapshot
            if self.keeping is None:
                self.begin_keeping(report.snapshot)
        if report.kept is not None:
            self.keep(report.kept)
        if report.status == "paused":
            self.keep_pause()
        self.pause_at = report.pause_at
        self.set_status(report.status, report.pace, report.detail)

    def set_status(self, status: Status, pace: float | None, detail: str | None) -> None:
        """Note status, pace and the reason for it."""
        if (status, pace, detail) != (self.status, self.pace, self.detail):
            self.change += 1
        self.status, self.pace, self.detail = status, pace, detail

    def begin_keeping(self, first: Snapshot) -> None:
        """Lay out room for the kept states, and keep the first one."""
        row = row_of(first.parameters)
        self.keeping = Keeping.plan(self.spec.epochs, len(row))
        self.kept = Growing(self.keeping.most, row.shape)
        self.keep(Kept((first.epoch,), row[np.newaxis]))

    def keep(self, kept: Kept) -> None:
        """Keep states beyond those already kept."""
        new = bisect_right(kept.epochs, self.kept_epochs[-1] if self.kept_epochs else -1)
        self.kept.add(kept.rows[new:])
        self.kept_epochs.extend(kept.epochs[new:])

    def keep_pause(self) -> None:
        """Keep the state where the run pauses: it is what its user looks at."""
        if self.newest is None or self.keeping is None or self.pauses >= self.keeping.pauses:
            return
        if self.newest.epoch > self.kept_epochs[-1]:
            self.pauses += 1
            self.keep(Kept((self.newest.epoch,), row_of(self.newest.parameters)[np.newaxis]))

    def publish(self) -> None:
        """Show readers everything up to now."""
        self.shown_change, self.shown = self.change, self.status_now()
        newest = self.newest
        if newest is not None and (self.progress is None or self.progress.last < newest.epoch):
            first = 0 if self.progress is None else self.progress.last + 1
            self.progress = self.progress_from(first, newest)

    def progress_from(self, first: int, newest: Snapshot) -> Progress:
        """The epochs from ``first`` to the newest, as readers are told."""
        costs = self.recorded.rows[first : newest.epoch + 1]
        return Progress(first, newest.epoch, costs, newest.accuracy, newest.outputs, newest.parameters)

    def status_now(self) -> StatusChanged:
        """Status and pace at the newest epoch."""
        return StatusChanged(self.status, self.epoch, self.pace, self.detail)

    @property
    def epoch(self) -> int:
        """The newest recorded epoch; 0 before the first report."""
        return max(0, self.recorded.count - 1)

    def update(self, after: Position) -> Update | None:
        """All that was published beyond a position; None where there is nothing yet. After the end, the end again."""
        last = -1 if self.progress is None else self.progress.last
        ended = self.ended() if self.shown.status in ENDINGS else None
        if last <= after.epoch and self.shown_change <= after.change and ended is None:
            return None
        return Update(
            progress=self.progress_after(after.epoch),
            status=self.shown if self.shown_change > after.change else None,
            ended=ended,
            position=Position(max(last, after.epoch), self.shown_change),
        )

    def progress_after(self, epoch: int) -> Progress | None:
        """The published epochs beyond one; the same object for all readers who are equally far."""
        shown = self.progress
        if shown is None or shown.last <= epoch:
            return None
        if shown.first == epoch + 1:
            return shown
        costs = self.recorded.rows[epoch + 1 : shown.last + 1]
        return Progress(epoch + 1, shown.last, costs, shown.accuracy, shown.outputs, shown.parameters)

    def ended(self) -> Ended:
        """The end, for readers."""
        return Ended(self.status, self.epoch, self.cost, self.detail)

    @property
    def cost(self) -> float | None:
        """The newest recorded cost; None before the first report."""
        return float(self.recorded.rows[-1]) if self.recorded.count else None

    def view(self) -> RunView:
        """The run as it stands."""
        accuracy = self.newest.accuracy if self.newest else None
        return RunView(
            self.id, self.status, self.epoch, self.cost, accuracy, self.pace, self.detail, self.spec, self.change
        )

    def costs(self, start: int, stop: int | None) -> Array:
        """The costs of epochs ``start`` … ``stop`` − 1, as far as they are recorded."""
        return self.recorded.rows[start:stop]

    def state(self, epoch: int) -> State | None:
        """The recorded state nearest below an epoch; None before the first report."""
        if self.newest is None or epoch < self.kept_epochs[0]:
            return None
        if epoch >= self.newest.epoch:
            return State(self.newest.parameters, self.newest.epoch)
        place = bisect_right(self.kept_epochs, epoch) - 1
        return State(parameters_in(self.kept.rows[place], self.newest.parameters), self.kept_epochs[place])

    def with_outputs(self, state: State) -> KeptState:
        """A state with the a of all samples. Takes a while for large networks; may be called from any thread."""
        with np.errstate(all="ignore"):
            outputs = forward(state.parameters, self.dataset.data.x, self.spec.output).a[-1]
        return KeptState(state.epoch, state.parameters, outputs)

    def resumable(self) -> State | None:
        """The state to go on from in another worker."""
        return None if self.newest is None else State(self.newest.parameters, self.newest.epoch)

    def size(self) -> int:
        """Memory that the record holds, about."""
        return self.recorded.bytes + self.kept.bytes + table_bytes(self.spec, self.dataset.data)
