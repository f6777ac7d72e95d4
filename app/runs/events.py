"""What happens to a run, as values: what a driver reports, and what a reader is told. An event is a fact."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from ..nn.data import Array
from ..nn.network import Parameters
from ..nn.spec import RunSpec

__all__ = [
    "ENDINGS",
    "STATUSES",
    "Ended",
    "Kept",
    "KeptState",
    "Position",
    "Progress",
    "Report",
    "RunView",
    "Snapshot",
    "Status",
    "StatusChanged",
    "Update",
]

Status = Literal["queued", "running", "paused", "finished", "stopped", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)
ENDINGS: frozenset[Status] = frozenset({"finished", "stopped", "failed"})


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The network at ``epoch``, before that update: accuracy (0 to 1), a of the first samples, parameters."""

    epoch: int
    accuracy: float
    outputs: Array
    parameters: Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """States worth keeping: ``rows[i]`` are the parameters before update ``epochs[i]``, laid out as ``flat`` does."""

    epochs: tuple[int, ...]
    rows: Array

    def until(self, epoch: int) -> Kept:
        """Those up to an epoch."""
        count = bisect_right(self.epochs, epoch)
        return Kept(self.epochs[:count], self.rows[:count])


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What a driver says after a turn: the costs of the epochs after the last report, and where it stands.

    ``costs``: one for each epoch ``snapshot.epoch − len(costs) + 1`` … ``snapshot.epoch``; None without ``snapshot``.
    ``pause_at``: the epoch where a step under way ends. ``detail``: why it failed, as ``failures.failed`` says it.
    """

    run_id: str
    status: Status
    pace: float | None
    pause_at: int | None = None
    detail: str | None = None
    costs: Array | None = None
    snapshot: Snapshot | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """The epochs ``first`` … ``last`` with every cost (nats), and the network at ``last``."""

    first: int
    last: int
    costs: Array
    accuracy: float
    outputs: Array
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The run's status or pace is now this."""

    status: Status
    epoch: int
    pace: float | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over; nothing comes after this. ``cost`` is the last finite one, None if there was none."""

    status: Status
    epoch: int
    cost: float | None
    detail: str | None


class Position(NamedTuple):
    """How far a reader has come: the last epoch it knows (−1: none), the last change of status it knows (0: none)."""

    epoch: int = -1
    change: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """All that was published beyond a reader's position, as one: progress first, then status, then the end."""

    progress: Progress | None
    status: StatusChanged | None
    ended: Ended | None
    position: Position


@dataclass(frozen=True, slots=True, eq=False)
class KeptState:
    """A recorded state: parameters before update ``epoch`` and the a of all samples, (samples, classes)."""

    epoch: int
    parameters: Parameters
    outputs: Array


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it stands: the last recorded epoch with its cost (nats) and accuracy, None before the first.

    ``change``: the last change of status that the view knows, for the position of a reader who has been given it.
    """

    id: str
    status: Status
    epoch: int
    cost: float | None
    accuracy: float | None
    pace: float | None
    detail: str | None
    spec: RunSpec
    change: int = 0
