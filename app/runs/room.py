"""How much an engine takes on: runs in hand, and bytes of memory.

Ended runs give way to new ones; those that ended longest ago go first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .errors import Full

__all__ = ["Ledger", "Room"]


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is: runs in hand, and bytes of records and of training together."""

    runs: int = 1000
    record_bytes: int = 512_000_000


class Ledger:
    """Who has taken how much of the room. Every call takes the same time, however many runs there are."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.in_hand: dict[str, tuple[str, int]] = {}
        """Owner and reserved bytes of every run that has not ended."""
        self.owned: Counter[str] = Counter()
        self.reserved = 0
        self.ended: dict[str, int] = {}
        """Bytes of every record that is kept though its run has ended, oldest end first."""
        self.kept = 0

    def admit(self, run_id: str, needed: int, *, owner: str, most_owned: int) -> list[str]:
        """Take a run in hand; returns the ended runs that had to give way. Raises Full, and then takes nothing."""
        if len(self.in_hand) >= self.room.runs:
            raise Full(
                f"{len(self.in_hand)} runs are in hand, and no more than {self.room.runs} may be", retry_after=10
            )
        if self.owned[owner] >= most_owned:
            raise Full(
                f"you have {self.owned[owner]} runs in hand, and no more than {most_owned} may be", retry_after=10
            )
        if self.reserved + needed > self.room.record_bytes:
            raise Full("the runs in hand have taken all the memory set aside for runs", retry_after=30)
        self.in_hand[run_id] = (owner, needed)
        self.owned[owner] += 1
        self.reserved += needed
        return self.make_way()

    def end(self, run_id: str, size: int) -> list[str]:
        """Note that a run has ended with a record of so many bytes; returns the ended runs that have to give way."""
        owner, reserved = self.in_hand.pop(run_id)
        self.reserved -= reserved
        self.owned[owner] -= 1
        if not self.owned[owner]:
            del self.owned[owner]
        self.ended[run_id] = size
        self.kept += size
        return self.make_way()

    def make_way(self) -> list[str]:
        """Drop ended runs until reserved and kept bytes fit together."""
        dropped = []
        while self.ended and self.reserved + self.kept > self.room.record_bytes:
            oldest = next(iter(self.ended))
            self.kept -= self.ended.pop(oldest)
            dropped.append(oldest)
        return dropped
