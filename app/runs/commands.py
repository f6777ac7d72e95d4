"""What one may ask of a run. A command is a wish: it may be refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Command", "Pace", "Pause", "Resume", "Step", "Stop"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Stay at the epoch reached."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on to the last epoch."""


@dataclass(frozen=True, slots=True)
class Step:
    """Go on for so many epochs, then pause."""

    epochs: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Do so many epochs a second; None: as fast as it goes."""

    epochs_per_second: float | None


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run where it is."""


Command = Pause | Resume | Step | Pace | Stop
