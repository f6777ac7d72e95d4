"""One worker's runs taking turns: a new one first, for its first report, then always the one that has had least time.

A round over all eager runs takes about ``ROUND`` seconds, however many there are, as long as a turn need not be shorter
than ``SHORTEST``. A run whose single epoch takes longer than its share waits until the others have had as much. A run
that has just come waits for one turn at the most.
"""

from __future__ import annotations

from .commands import Command
from .driver import Clock, Driver
from .events import Report

__all__ = ["Scheduler"]

LONGEST, SHORTEST, ROUND = 0.020, 0.002, 0.100
CREDIT = 0.100
"""Seconds that a run may be behind the others in time had; who slept longer has no claim to more."""


class Scheduler:
    """The drivers of one worker. Nothing here waits: ``wait`` says how long the worker may."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.drivers: dict[str, Driver] = {}
        self.had: dict[str, float] = {}
        """Seconds of work that each run has had. A newcomer begins one long turn behind the one that had least."""
        self.least = 0.0
        """What the run that was chosen last had had; it only grows."""

    def add(self, driver: Driver) -> None:
        """Take a run in hand; it is next, and a small one is done before the others go on."""
        self.drivers[driver.run_id] = driver
        self.had[driver.run_id] = self.least - LONGEST

    def handle(self, run_id: str, command: Command) -> Report | None:
        """Hand a command to its run; the report, if that changed something. KeyError for a run not in hand."""
        report = self.drivers[run_id].handle(command)
        self.drop_if_over(run_id)
        return report

    def turn(self) -> Report | None:
        """One turn of the run that has had least time of those with something to do; None where none has."""
        due = [driver for driver in self.drivers.values() if driver.due() == 0.0]
        if not due:
            return None
        driver = min(due, key=lambda driver: (not driver.new, self.had[driver.run_id]))
        had = max(self.had[driver.run_id], self.least - CREDIT)
        self.least = max(self.least, had)
        begun = self.clock()
        report = self.sheltered_turn(driver, self.share(due))
        self.had[driver.run_id] = had + self.clock() - begun
        self.drop_if_over(driver.run_id)
        return report

    def sheltered_turn(self, driver: Driver, share: float) -> Report:
        """A turn. An error of ours ends the run, not its neighbours."""
        try:
            return driver.turn(share)
        except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
            return driver.give_up(f"the trainer stumbled at epoch {driver.state.epoch}: {error!r}")

    def share(self, due: list[Driver]) -> float:
        """Seconds for one run's turn."""
        eager = sum(driver.eager for driver in due)
        return max(SHORTEST, min(LONGEST, ROUND / max(1, eager)))

    def wait(self) -> float | None:
        """Seconds until some run has something to do; None: not before a command."""
        dues = [due for driver in self.drivers.values() if (due := driver.due()) is not None]
        return min(dues, default=None)

    def drop_if_over(self, run_id: str) -> None:
        """Forget a run that has ended."""
        if self.drivers[run_id].run.over:
            del self.drivers[run_id], self.had[run_id]
