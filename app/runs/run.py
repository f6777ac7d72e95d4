"""A run's life as a state machine: queued → running ⇄ paused → finished | stopped | failed."""

from __future__ import annotations

from .commands import Command, Pace, Pause, Resume, Step, Stop
from .errors import Refused
from .events import ENDINGS, Status

__all__ = ["Run"]

WORDS = {Pause: "paused", Resume: "resumed", Step: "stepped", Pace: "given another pace", Stop: "stopped"}


class Run:
    """Status, pace and the next place to pause. Changed by ``handle`` (wishes) and ``reach`` / ``fail`` (facts)."""

    def __init__(
        self, last_epoch: int, pace: float | None, *, status: Status = "running", pause_at: int | None = None
    ) -> None:
        self.last_epoch = last_epoch
        self.status: Status = status
        self.pace = pace
        self.pause_at = pause_at
        self.detail: str | None = None

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.status in ENDINGS

    @property
    def goal(self) -> int:
        """The epoch to go to before something else happens."""
        return self.last_epoch if self.pause_at is None else min(self.pause_at, self.last_epoch)

    def handle(self, command: Command, epoch: int) -> bool:
        """Obey a command at the given epoch; returns whether status or pace changed.

        Raises Refused, and changes nothing, where the run has ended. To pause what is paused, or to resume what runs,
        is no change. A step while the run goes on pauses it that many epochs later; a step on top of a step adds to it.
        """
        if self.over:
            raise Refused(f"the run has {self.ending()} at epoch {epoch}; it can no longer be {WORDS[type(command)]}")
        before = (self.status, self.pace)
        match command:
            case Pause():
                self.status, self.pause_at = "paused", None
            case Resume():
                self.status, self.pause_at = "running", None
            case Step(epochs):
                self.status, self.pause_at = "running", (epoch if self.pause_at is None else self.pause_at) + epochs
            case Pace(epochs_per_second):
                self.pace = epochs_per_second
            case Stop():
                self.status, self.pause_at = "stopped", None
        return before != (self.status, self.pace)

    def reach(self, epoch: int) -> bool:
        """Note that an epoch was reached; returns whether that finished or paused the run."""
        if self.status != "running" or epoch < self.goal:
            return False
        self.status = "finished" if epoch >= self.last_epoch else "paused"
        self.pause_at = None
        return True

    def fail(self, reason: str) -> None:
        """End the run for a reason, as ``failures.failed`` says it."""
        self.status, self.pause_at, self.detail = "failed", None, reason

    def ending(self) -> str:
        """The status as a sentence about an ended run has it."""
        return "been stopped" if self.status == "stopped" else self.status
