"""One worker's runs taking turns: a new one first, for its first report, then always the one that has had least time.

A round over all eager runs takes about ``ROUND`` seconds, however many there are, as long as a turn need not be shorter
than ``SHORTEST``. A run whose single epoch takes longer than its share waits until the others have had as much. A run
that has just come waits for one turn at the most.
"""

from __future__ import annotations

from collections.abc import Hashable

from ..nn.data import Data
from .commands import Command
from .crowd import Crowd
from .driver import Clock, Driver
from .events import Report
from .failures import failed

__all__ = ["Scheduler"]

LONGEST, SHORTEST, ROUND = 0.020, 0.002, 0.100
CROWDED = 0.040
"""Seconds for a turn of many runs side by side: to take them up and to lay them down costs a few milliseconds."""
GATHER, GATHER_MOST = 0.0002, 0.020
"""Seconds that paced runs wait for one another after a turn of theirs: for every run in hand, and at the most."""
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
        self.gathered_at = float("-inf")
        """When the paced runs may have their next turn."""
        self.crowds: dict[Hashable, Crowd] = {}
        self.crowd_of: dict[str, Crowd] = {}

    def add(self, driver: Driver, shape: Hashable | None = None, data: Data | None = None) -> None:
        """Take a run in hand; it is next, and a small one is done before the others go on.

        Runs of one shape, on the same data, are trained side by side; None: by itself.
        """
        self.drivers[driver.run_id] = driver
        self.had[driver.run_id] = self.least - LONGEST
        if shape is not None and data is not None:
            if shape not in self.crowds:
                self.crowds[shape] = Crowd(shape, driver.spec, data, self.clock)
            self.crowd_of[driver.run_id] = self.crowds[shape]
            self.crowds[shape].runs += 1

    def handle(self, run_id: str, command: Command) -> Report | None:
        """Hand a command to its run; the report, if that changed something. KeyError for a run not in hand."""
        report = self.drivers[run_id].handle(command)
        self.drop_if_over(run_id)
        return report

    def turn(self) -> list[Report]:
        """One turn of the run that has had least time of those with something to do, and of its crowd.

        Paced runs that were all served then wait a little for the next; who was left over is due at once.
        """
        newcomer = next((driver for driver in self.drivers.values() if driver.new), None)
        due = [newcomer] if newcomer else [driver for driver in self.drivers.values() if self.due(driver) == 0.0]
        if not due:
            return []
        driver = min(due, key=lambda driver: self.had[driver.run_id])
        had = max(self.had[driver.run_id], self.least - CREDIT)
        self.least = max(self.least, had)
        groups, begun, share = self.groups(driver, due), self.clock(), self.share(due)
        waiting = sum(paced(one) for one in due) if paced(driver) else 0
        reports: list[Report] = []
        for group in groups:
            reports += self.group_turn(group, share)
            if self.clock() > begun + CROWDED:
                return reports
        if sum(map(len, groups)) == waiting:
            self.gathered_at = begun + min(GATHER_MOST, GATHER * len(self.drivers))
        return reports

    def groups(self, driver: Driver, due: list[Driver]) -> list[list[Driver]]:
        """The run with those of its crowd that are due and are as eager; those first that have had least time.

        Of paced ones, who do an epoch or two, all: as many at a time as go side by side.
        """
        crowd = self.crowd_of.get(driver.run_id)
        if crowd is None or driver.new:
            return [[driver]]
        ready = [one for one in due if self.crowd_of.get(one.run_id) is crowd and one.eager == driver.eager]
        ready.sort(key=lambda one: self.had[one.run_id])
        last = crowd.most if driver.eager else len(ready)
        return [ready[first : first + crowd.most] for first in range(0, last, crowd.most)]

    def group_turn(self, together: list[Driver], share: float) -> list[Report]:
        """A turn of one run or of several side by side, on their account."""
        begun = self.clock()
        reports = self.turn_of(together, share)
        spent = (self.clock() - begun) / len(together)
        for one in together:
            self.had[one.run_id] = max(self.had[one.run_id], self.least - CREDIT) + spent
            self.drop_if_over(one.run_id)
        return reports

    def turn_of(self, together: list[Driver], share: float) -> list[Report]:
        """A turn of one run or of several side by side."""
        if len(together) > 1:
            try:
                return self.crowd_of[together[0].run_id].turn(together, CROWDED)
            except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError):
                share = SHORTEST  # whichever run it is that stumbles, it does so alone now
        return [self.sheltered_turn(driver, share) for driver in together]

    def sheltered_turn(self, driver: Driver, share: float) -> Report:
        """A turn of one run. An error of ours ends the run, not its neighbours."""
        try:
            return driver.turn(share)
        except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
            return driver.give_up(failed("stumbled", at=driver.state.epoch, error=repr(error)))

    def share(self, due: list[Driver]) -> float:
        """Seconds for one run's turn."""
        eager = [driver for driver in due if driver.eager]
        crowds = {id(self.crowd_of.get(driver.run_id, driver)) for driver in eager}
        return max(SHORTEST, min(LONGEST, ROUND / max(1, len(crowds))))

    def wait(self) -> float | None:
        """Seconds until some run has something to do; None: not before a command."""
        dues = [due for driver in self.drivers.values() if (due := self.due(driver)) is not None]
        return min(dues, default=None)

    def due(self, driver: Driver) -> float | None:
        """Seconds until a run has something to do, and may do it; None: not before a command."""
        due = driver.due()
        return max(due, self.gathered_at - self.clock()) if due is not None and paced(driver) else due

    def drop_if_over(self, run_id: str) -> None:
        """Forget a run that has ended."""
        if self.drivers[run_id].run.over:
            del self.drivers[run_id], self.had[run_id]
            crowd = self.crowd_of.pop(run_id, None)
            if crowd is not None:
                crowd.runs -= 1
                if crowd.runs == 0:
                    del self.crowds[crowd.shape]


def paced(driver: Driver) -> bool:
    """Whether a run that has something to do goes on at a pace."""
    return not driver.new and not driver.eager
