"""One worker's runs taking turns: the newest first for its first report, then round robin, each turn a bounded time.

A round over all busy runs takes about ``ROUND`` seconds, however many there are, as long as a turn need not be shorter
than
``SHORTEST``; a run that has just come waits for one turn at the most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from .commands import Command
from .driver import Driver
from .events import Report

__all__ = ["Scheduler"]

LONGEST, SHORTEST, ROUND = 0.020, 0.002, 0.100


class Scheduler:
    """The drivers of one worker. Nothing here waits: ``wait`` says how long the worker may."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.drivers: dict[str, Driver] = {}
        self.turns: deque[str] = deque()

    def add(self, driver: Driver) -> None:
        """Take a run in hand; it is next."""
        self.drivers[driver.run_id] = driver
        self.turns.appendleft(driver.run_id)

    def handle(self, run_id: str, command: Command) -> Report | None:
        """Hand a command to its run; the report, if that changed something. KeyError for a run not in hand."""
        report = self.drivers[run_id].handle(command)
        self.drop_if_over(run_id)
        return report

    def turn(self) -> Report | None:
        """One turn of the first run in line that has something to do; None where none has."""
        for _ in range(len(self.turns)):
            run_id = self.turns[0]
            self.turns.rotate(-1)
            driver = self.drivers[run_id]
            due = driver.due()
            if due is not None and due <= 0.0:
                report = driver.turn(self.budget())
                self.drop_if_over(run_id)
                return report
        return None

    def budget(self) -> float:
        """Seconds for the next turn."""
        return max(SHORTEST, min(LONGEST, ROUND / max(1, len(self.drivers))))

    def wait(self) -> float | None:
        """Seconds until some run has something to do; None: not before a command."""
        dues = [due for driver in self.drivers.values() if (due := driver.due()) is not None]
        return min(dues, default=None)

    def drop_if_over(self, run_id: str) -> None:
        """Forget a run that has ended."""
        if self.drivers[run_id].run.over:
            del self.drivers[run_id]
            self.turns.remove(run_id)
