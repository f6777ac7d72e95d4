"""How much an engine takes on: runs in hand with the memory they need, and records of runs that have ended.

A run in hand never gives way. Ended ones do, those that ended longest ago first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from .errors import Full
from .ports import Owner

__all__ = ["Capacity", "Ledger", "no_memory", "too_many", "too_many_at_place", "too_many_of_yours"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much there is: for runs in hand, and for the records of ended ones.

    ``record_bytes``: memory that runs in hand may come to need, records and training together. ``kept_runs``,
    ``kept_bytes``, ``kept_seconds``: ended records, how many, how much of them, and how long after the end.
    """

    runs: int = 1000
    record_bytes: int = 512_000_000
    kept_runs: int = 10_000
    kept_bytes: int = 512_000_000
    kept_seconds: float = 30 * 86_400.0


def too_many(count: int, most: int) -> Full:
    """What to raise where as many runs are in hand as may be."""
    return Full(f"{count} runs are in hand, and no more than {most} may be", 10, "runs", high=most)


def too_many_of_yours(count: int, most: int) -> Full:
    """The same for the runs of one account."""
    return Full(f"you have {count} runs in hand, and no more than {most} may be", 10, "your-runs", high=most)


def too_many_at_place(count: int, most: int) -> Full:
    """The same for all who ask from one place."""
    return Full(
        f"{count} runs from your address are in hand, and no more than {most} may be", 10, "place-runs", high=most
    )


def no_memory() -> Full:
    """What to raise where the runs in hand may come to need all the memory there is for them."""
    return Full("the runs in hand have taken all the memory set aside for runs", 30, "memory")


class Ending(NamedTuple):
    """A run that has ended: bytes of its record, and when it ended (seconds since 1970)."""

    size: int
    at: float


class Ledger:
    """Who has taken how much of the capacity. Every call takes the same time, however many runs there are."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        self.in_hand: dict[str, tuple[str, int]] = {}
        """Accounts and reserved bytes of every run that has not ended."""
        self.owned: Counter[str] = Counter()
        self.reserved = 0
        self.ended: dict[str, Ending] = {}
        """Every record that is kept though its run has ended, oldest end first."""
        self.kept = 0

    def admit(self, run_id: str, needed: int, owner: Owner) -> None:
        """Take a run in hand. Raises Full, and then takes nothing."""
        if len(self.in_hand) >= self.capacity.runs:
            raise too_many(len(self.in_hand), self.capacity.runs)
        if self.owned[owner.name] >= owner.most_runs:
            raise too_many_of_yours(self.owned[owner.name], owner.most_runs)
        if owner.place and self.owned[owner.place] >= owner.most_at_place:
            raise too_many_at_place(self.owned[owner.place], owner.most_at_place)
        if self.reserved + needed > self.capacity.record_bytes:
            raise no_memory()
        self.take(run_id, needed, owner.accounts)

    def take(self, run_id: str, needed: int, accounts: str) -> None:
        """Take a run in hand that had been before, whatever the limits are now; ``accounts``: as ``Owner`` has them."""
        self.in_hand[run_id] = (accounts, needed)
        self.owned.update(accounts.split("\n"))
        self.reserved += needed

    def release(self, run_id: str) -> None:
        """Give back what a run in hand has taken."""
        accounts, reserved = self.in_hand.pop(run_id)
        self.reserved -= reserved
        for account in accounts.split("\n"):
            self.owned[account] -= 1
            if not self.owned[account]:
                del self.owned[account]

    def keep(self, run_id: str, ending: Ending) -> None:
        """Note an ended run whose record is kept; oldest end first."""
        self.ended[run_id] = ending
        self.kept += ending.size

    def end(self, run_id: str, ending: Ending) -> list[str]:
        """Note that a run in hand has ended; returns the ended runs that have to give way."""
        self.release(run_id)
        self.keep(run_id, ending)
        return self.make_way(ending.at)

    def make_way(self, now: float) -> list[str]:
        """Drop ended runs until the rest is not too many, too much or too old."""
        dropped = []
        while self.ended and self.beyond(now):
            oldest = next(iter(self.ended))
            self.kept -= self.ended.pop(oldest).size
            dropped.append(oldest)
        return dropped

    def beyond(self, now: float) -> bool:
        """Whether the ended run that is oldest has to go."""
        oldest = next(iter(self.ended.values()))
        too_old = oldest.at < now - self.capacity.kept_seconds
        return too_old or len(self.ended) > self.capacity.kept_runs or self.kept > self.capacity.kept_bytes
