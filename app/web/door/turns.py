"""Work that takes a moment, one piece at a time in a thread: bounded waits, and turns that go round.

Whoever asks much waits behind themselves: turns go from place to place, and within one in the order of asking. Where
too many wait, or a turn does not come in time, the request is refused and told when to come again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from .problems import Problem
from .visitors import Visitor

__all__ = ["MOST_OF_ONE", "MOST_OF_PLACE", "MOST_WAITING", "Turns"]

MOST_WAITING, MOST_OF_PLACE, MOST_OF_ONE = 64, 48, 4
"""Requests that may wait for their turn: in all, from one address, from one browser."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""
COME_AGAIN = 2

Result = TypeVar("Result")
Waiting = tuple[str, asyncio.Future[None]]


class Turns:
    """One kind of work. ``taken`` and ``waiting`` (by place: who waits, in order) are all there is to know."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.taken = False
        self.waiting: dict[str, deque[Waiting]] = {}

    async def in_thread(self, visitor: Visitor, work: Callable[..., Result], *arguments: object) -> Result:
        """Do the work in a thread when its turn comes. Raises Problem 503 where that is too late."""

        async def threaded() -> Result:
            return await anyio.to_thread.run_sync(work, *arguments)

        return await self.take(visitor, threaded)

    async def take(self, visitor: Visitor, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do the work when its turn comes. Raises Problem 503 where that is too late."""
        await self.turn(visitor)
        try:
            return await work()
        finally:
            self.pass_on()

    async def turn(self, visitor: Visitor) -> None:
        """Wait until the turn is this visitor's; whoever has it passes it on."""
        if not self.taken:
            self.taken = True
            return
        if self.full_for(visitor):
            raise busy()
        granted = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(visitor.address, deque()).append((visitor.name, granted))
        try:
            async with asyncio.timeout(self.patience):
                await granted
        except BaseException as late:
            # Cancelled or late; the turn may have been given in the same moment.
            if granted.done() and not granted.cancelled():
                self.pass_on()
            granted.cancel()
            self.forget(visitor.address)
            if isinstance(late, TimeoutError):
                raise busy() from None
            raise

    def full_for(self, visitor: Visitor) -> bool:
        """Whether no more may wait: in all, from this address, from this browser."""
        here = self.waiting.get(visitor.address, ())
        own = sum(name == visitor.name for name, _ in here)
        in_all = sum(map(len, self.waiting.values()))
        return in_all >= MOST_WAITING or len(here) >= MOST_OF_PLACE or (visitor.known and own >= MOST_OF_ONE)

    def forget(self, place: str) -> None:
        """Let go of those from a place who wait no longer."""
        here = deque(one for one in self.waiting.get(place, ()) if not one[1].done())
        if here:
            self.waiting[place] = here  # where it stood: the others' going changes no turn
        else:
            self.waiting.pop(place, None)

    def pass_on(self) -> None:
        """Give the turn to the next place's first, and put that place behind the others."""
        while self.waiting:
            place = next(iter(self.waiting))
            here = self.waiting.pop(place)
            _, granted = here.popleft()
            if here:
                self.waiting[place] = here
            if not granted.done():
                granted.set_result(None)
                return
        self.taken = False


def busy() -> Problem:
    """What to raise where no turn comes in time."""
    return Problem(503, "too many wait for work of this kind; come again", retry_after=COME_AGAIN)
