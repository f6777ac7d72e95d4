"""One worker's runs taking turns: a new one first, for its first report, then all in a round, each with its share.

A round over all eager runs takes about ``ROUND`` seconds, however many there are, as long as a turn need not be shorter
than ``SHORTEST``. A run whose single epoch takes longer than its share sits out until the others have caught up. A run
that has just come waits for one turn at the most.
"""

from __future__ import annotations

from collections import deque

from .commands import Command
from .driver import Clock, Driver
from .events import Report

__all__ = ["Scheduler"]

LONGEST, SHORTEST, ROUND = 0.020, 0.002, 0.100


class Scheduler:
    """The drivers of one worker. Nothing here waits: ``wait`` says how long the worker may."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.drivers: dict[str, Driver] = {}
        self.turns: deque[str] = deque()
        self.credit: dict[str, float] = {}
        """Seconds that a run is owed (≥ 0) or has had in advance (< 0)."""

    def add(self, driver: Driver) -> None:
        """Take a run in hand; it is next."""
        self.drivers[driver.run_id] = driver
        self.credit[driver.run_id] = 0.0
        self.turns.appendleft(driver.run_id)

    def handle(self, run_id: str, command: Command) -> Report | None:
        """Hand a command to its run; the report, if that changed something. KeyError for a run not in hand."""
        report = self.drivers[run_id].handle(command)
        self.drop_if_over(run_id)
        return report

    def turn(self) -> Report | None:
        """One turn of the first run in line that has something to do and time left; None where none has."""
        share = self.share()
        for _ in range(len(self.turns)):
            run_id = self.turns[0]
            self.turns.rotate(-1)
            driver = self.drivers[run_id]
            if driver.due() == 0.0 and self.may(run_id, share):
                return self.timed_turn(driver, share)
        return None

    def may(self, run_id: str, share: float) -> bool:
        """Give a run its share of this round; whether it may use it or still pays for a turn that took longer."""
        self.credit[run_id] = min(self.credit[run_id] + share, share)
        return self.credit[run_id] > 0.0 or self.drivers[run_id].new

    def timed_turn(self, driver: Driver, share: float) -> Report:
        """A turn, and what it took off the run's credit. An error of ours ends the run, not the worker's others."""
        begun = self.clock()
        try:
            return driver.turn(share)
        except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
            return driver.give_up(f"the trainer stumbled at epoch {driver.state.epoch}: {error!r}")
        finally:
            self.credit[driver.run_id] -= self.clock() - begun
            self.drop_if_over(driver.run_id)

    def share(self) -> float:
        """Seconds for one run's turn."""
        eager = sum(driver.eager for driver in self.drivers.values())
        return max(SHORTEST, min(LONGEST, ROUND / max(1, eager)))

    def wait(self) -> float | None:
        """Seconds until some run has something to do; None: not before a command."""
        dues = [due for driver in self.drivers.values() if (due := driver.due()) is not None]
        return min(dues, default=None)

    def drop_if_over(self, run_id: str) -> None:
        """Forget a run that has ended."""
        if self.drivers[run_id].run.over:
            del self.drivers[run_id], self.credit[run_id]
            self.turns.remove(run_id)
