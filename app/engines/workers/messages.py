"""What the web process and its workers say to each other, pickled, within one process tree only."""

from __future__ import annotations

from dataclasses import dataclass

from ...nn.data import Data
from ...nn.spec import RunSpec
from ...nn.training import State
from ...runs.commands import Command
from ...runs.events import Report, Status

__all__ = ["Answer", "Order", "Ping", "Ready", "Take", "ToEngine", "ToWorker"]


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """Train this run, from the beginning or from a state.

    ``data`` is None for a data set of the catalogue, of which every worker has its own. ``pause_at`` ends a step that
    was under way.
    """

    run_id: str
    spec: RunSpec
    data: Data | None
    resume: State | None
    status: Status
    pace: float | None
    pause_at: int | None


@dataclass(frozen=True, slots=True)
class Order:
    """Hand this command to that run and answer under the ticket."""

    ticket: int
    run_id: str
    command: Command


@dataclass(frozen=True, slots=True)
class Ping:
    """Answer under the ticket."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is warm."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What became of an order: obeyed (with a report where something changed), or refused in words."""

    ticket: int
    report: Report | None = None
    refusal: str | None = None


ToWorker = Take | Order | Ping
ToEngine = Ready | Answer | Report
