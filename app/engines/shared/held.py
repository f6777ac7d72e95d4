"""A run in a worker's hands: what has been reported of it and is not yet recorded. No I/O.

Redis may have taken in what it never acknowledged, so the same costs may be sent twice; it keeps those it lacks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...datasets import Dataset, resolve
from ...nn.data import Array
from ...nn.rows import row_of
from ...nn.spec import RunSpec
from ...nn.training import State
from ...runs.events import ENDINGS, Kept, Report, Snapshot, Status
from ...runs.keeping import Keeping
from ..codec import arrays_of, numbers, read_snapshot, read_spec, snapshot_bytes
from ..workers.messages import Take
from ..workers.process import WorkerProcess
from .books import Call

__all__ = ["PUBLICATION_GAP", "Held", "Reply", "optional"]

PUBLICATION_GAP = 0.04
"""Seconds between two publications of a run: 25 a second leaves a viewer's 30 messages room for changes of status."""
BYTES_A_SECOND = 1_000_000
"""What one run may publish: a large network is shown less often."""
REMEMBERED = 1000
"""Orders of a run whose tickets are known."""
MOST_LOSSES = 5
"""How many processes in a row an eager run may lose without an epoch's progress before it is held to be the cause."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An order that was obeyed or refused: the entry in the run's list of orders, and what to tell whom."""

    entry: bytes
    ticket: str
    web: str
    refusal: str = ""


@dataclass(slots=True, eq=False)
class Held:
    """A run, by whom it is trained, and what is still to be recorded. ``fence`` proves that it is ours."""

    id: str
    fence: int
    spec: RunSpec
    dataset: Dataset
    status: Status
    pace: float | None
    pause_at: int | None
    newest: Snapshot | None
    fingerprint: str
    process: WorkerProcess | None = None
    detail: str | None = None
    costs: list[Array] = field(default_factory=list)
    count: int = 0
    """Epochs known, recorded or not."""
    unsent: int = 0
    """Epochs known and not yet recorded."""
    kept: list[Kept] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    changed: bool = False
    urgent: bool = False
    published_at: float = float("-inf")
    gap: float = PUBLICATION_GAP
    losses: int = 0
    lost_at: int = -1
    pauses: int = 0
    """States kept because the run paused there."""
    orders: dict[str, bytes] = field(default_factory=dict)
    """Orders that were handed on, by their tickets: none is obeyed twice."""

    @classmethod
    def claimed(cls, fields: list[bytes | int]) -> Held:
        """A run as the function ``claim`` gives it."""
        run_id, fence, spec_text, status, pace, pause_at, newest, fingerprint = fields
        assert isinstance(run_id, bytes) and isinstance(spec_text, bytes) and isinstance(status, bytes)
        assert isinstance(newest, bytes) and isinstance(fingerprint, bytes)
        spec = read_spec(spec_text)
        snapshot = read_snapshot(newest) if newest else None
        known = status.decode()
        return cls(
            id=run_id.decode(),
            fence=int(fence),
            spec=spec,
            dataset=resolve(spec.dataset),
            status="paused" if known == "paused" else "running",
            pace=optional(pace),
            pause_at=None if pause_at == b"" else int(pause_at),
            newest=snapshot,
            fingerprint=fingerprint.decode(),
            count=0 if snapshot is None else snapshot.epoch + 1,
        )

    @property
    def key(self) -> str:
        """The run's name in the process that trains it: whoever trained it under an earlier lease is somebody else."""
        return f"{self.id}:{self.fence}"

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.status in ENDINGS

    @property
    def waiting(self) -> bool:
        """Whether there is something to record."""
        return self.changed or bool(self.unsent or self.kept or self.replies)

    def due(self, now: float) -> bool:
        """Whether what there is to record should be recorded now."""
        return self.waiting and (self.urgent or now >= self.published_at + self.gap)

    def take(self) -> Take:
        """What a process needs in order to train the run from where it is."""
        data = None if isinstance(self.spec.dataset, str) else self.dataset.data
        resume = None if self.newest is None else State(self.newest.parameters, self.newest.epoch)
        return Take(self.key, self.spec, data, resume, self.status, self.pace, self.pause_at)

    def hear(self, report: Report) -> None:
        """Note what a process reports. Epochs that are known (trained again after a loss) are not noted twice."""
        if report.snapshot is not None and report.costs is not None:
            first = report.snapshot.epoch - len(report.costs) + 1
            assert first <= self.count, f"epochs {self.count} to {first - 1} were never reported"
            new = report.costs[self.count - first :]
            self.urgent |= self.count == 0
            if len(new):
                self.costs.append(new)
                self.count += len(new)
                self.unsent += len(new)
                if self.newest is None:
                    self.keep(report.snapshot)
                self.newest = report.snapshot
        if report.kept is not None:
            self.kept.append(report.kept)
        if report.status == "paused" and self.status != "paused" and self.newest is not None:
            self.keep_pause(self.newest)
        before = (self.status, self.pace, self.pause_at, self.detail)
        self.status, self.pace, self.pause_at = report.status, report.pace, report.pause_at
        self.detail = report.detail
        self.changed |= before != (self.status, self.pace, self.pause_at, self.detail)
        self.urgent |= self.over

    def size(self) -> int:
        """Memory of what waits to be recorded."""
        return 8 * self.unsent + sum(kept.rows.nbytes for kept in self.kept)

    def record(self) -> tuple[Call, Mark]:
        """The call that records everything, and how much that is."""
        newest = b"" if self.newest is None or not self.unsent else snapshot_bytes(self.newest)
        self.gap = max(PUBLICATION_GAP, len(newest) / BYTES_A_SECOND)
        mark = Mark(len(self.costs), self.unsent, len(self.kept), len(self.replies), self.over)
        states = [
            (epoch, epoch.to_bytes(8, "little") + numbers(row))
            for kept in self.kept
            for epoch, row in zip(kept.epochs, kept.rows, strict=True)
        ]
        call: Call = (
            "append",
            self.id,
            self.fence,
            self.fingerprint,
            self.status,
            "" if self.pace is None else repr(self.pace),
            "" if self.pause_at is None else self.pause_at,
            self.detail or "",
            self.count - self.unsent,
            b"".join(numbers(costs) for costs in self.costs),
            newest,
            len(states),
            len(self.replies),
            *(part for state in states for part in state),
            *(part for reply in self.replies for part in (reply.entry, reply.ticket, reply.web, reply.refusal)),
        )
        self.changed = self.urgent = False
        return call, mark

    def recorded(self, mark: Mark, now: float) -> None:
        """Forget what has been recorded."""
        del self.costs[: mark.costs], self.kept[: mark.kept], self.replies[: mark.replies]
        self.unsent -= mark.epochs
        if mark.epochs or not self.unsent:
            self.published_at = now

    def not_recorded(self) -> None:
        """The call failed: everything is still to be recorded."""
        self.changed = True

    def lose_process(self) -> bool:
        """Its process has died; whether another one should try."""
        stuck = self.count == self.lost_at and self.status != "paused" and self.pace is None
        self.losses, self.lost_at = (self.losses + 1 if stuck else 1), self.count
        return self.losses < MOST_LOSSES

    def keep_pause(self, newest: Snapshot) -> None:
        """Keep the state where the run pauses, unless there are many: it is what its user looks at."""
        plan = Keeping.plan(self.spec.epochs, sum(array.size for array in arrays_of(newest.parameters)))
        if self.pauses < plan.pauses:
            self.pauses += 1
            self.keep(newest)

    def keep(self, snapshot: Snapshot) -> None:
        """Keep one state."""
        self.kept.append(Kept((snapshot.epoch,), row_of(snapshot.parameters)[np.newaxis]))

    def give(self, ticket: str, entry: bytes) -> bool:
        """Note that an order is handed on; False where it was before."""
        if ticket in self.orders:
            return False
        self.orders[ticket] = entry
        if len(self.orders) > REMEMBERED:
            del self.orders[next(iter(self.orders))]
        return True


@dataclass(frozen=True, slots=True)
class Mark:
    """How much a call records: entries of each list, and epochs. ``over``: whether that is the end of the run."""

    costs: int
    epochs: int
    kept: int
    replies: int
    over: bool


def optional(text: object) -> float | None:
    """A number that may be missing, as Redis has it."""
    assert isinstance(text, bytes)
    return float(text) if text else None
