"""What an engine promises to those who start, steer and watch runs. Adapters are in ``engines``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from ..datasets import Dataset
from ..nn.data import Array
from ..nn.spec import RunSpec
from .commands import Command
from .events import KeptState, Position, RunView, Update

__all__ = ["Engine", "Owner"]


class Owner(NamedTuple):
    """On whose accounts a run goes, and how many runs each may have in hand: the owner's own, and that of the place it
    asks from, which it shares with others; '' where there is none.
    """

    name: str
    most_runs: int
    place: str = ""
    most_at_place: int = 0

    @property
    def accounts(self) -> str:
        """Both names as one text, as a record keeps them while its run is in hand."""
        return f"{self.name}\n{self.place}" if self.place else self.name


class Engine(Protocol):
    """Where runs run. All methods are called on the event loop and never hold it up; training happens elsewhere."""

    async def submit(self, spec: RunSpec, dataset: Dataset, owner: Owner, *, held: bool = False) -> RunView:
        """Take a checked spec; returns the queued run. Raises Full where there is no room for it, and takes nothing.

        A run that is ``held`` begins paused: its epoch 0 is told, and it goes no further before a command.
        """
        ...

    async def command(self, run_id: str, command: Command) -> RunView:
        """Hand a command to a run; returns the run after it was obeyed.

        Commands are obeyed in the order given, between two turns. Raises UnknownRun, or Refused where the status does
        not allow it, and then nothing has changed.
        """
        ...

    async def view(self, run_id: str) -> RunView:
        """The run as it stands. Raises UnknownRun."""
        ...

    async def costs(self, run_id: str, start: int, stop: int | None) -> Array:
        """The recorded costs of epochs ``start`` … ``stop`` − 1, each exact, as far as they go. Raises UnknownRun."""
        ...

    async def costs_at(self, run_id: str, epochs: Sequence[int]) -> Mapping[int, float]:
        """The costs of single epochs, each exact: of those that are recorded. Raises UnknownRun."""
        ...

    async def state(self, run_id: str, epoch: int) -> KeptState | None:
        """The recorded state nearest below an epoch; None before the first report. Raises UnknownRun."""
        ...

    async def dataset(self, run_id: str) -> Dataset:
        """The data set that the run learns. Raises UnknownRun."""
        ...

    async def next(self, run_id: str, after: Position) -> Update:
        """Wait until something beyond ``after`` is published and return all of it as one. Raises UnknownRun.

        Epochs are contiguous: an update's progress begins at ``after.epoch`` + 1. Publications are at least 40 ms apart
        but for the first epoch and the end, which come at once. A reader that comes late finds one wide update, never a
        gap.
        """
        ...

    async def health(self) -> Mapping[str, str | None]:
        """Each part that the engine needs: None where it answers, else words on what is wrong."""
        ...
