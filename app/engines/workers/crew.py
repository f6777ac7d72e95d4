"""The workers as a crew of fixed size: one that is lost is replaced, the later the more often that happens.

One that says nothing for long is held to be lost, and killed before anybody takes over what it had in hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .messages import Ping, Ready, ToEngine
from .process import WorkerProcess

__all__ = ["Crew"]

YOUNG = 5.0
"""Seconds; a worker that dies younger has not proved that workers can live here."""
LONGEST_DELAY = 10.0
HOPELESS = 3
"""How many workers may die young, at the start, before the start is given up."""
BEAT = 1.0
"""Seconds between two looks whether all workers say something."""
MOST_SILENT = 30
"""Looks in a row that find a worker silent before it is killed: far beyond an epoch of the largest network. Looks and
not seconds, because a machine or a program that was held up for a while has heard nobody."""
NO_TICKET = 0


def back_off(died_young: int) -> float:
    """Seconds to wait before the next is hired, when so many in a row have died young."""
    return 0.0 if died_young <= 1 else min(LONGEST_DELAY, 0.1 * 2**died_young)


class Crew:
    """Workers. ``heard`` and ``lost`` are told on the event loop; ``lost`` when the replacement is already there."""

    def __init__(
        self,
        count: int,
        *,
        heard: Callable[[WorkerProcess, ToEngine], None],
        lost: Callable[[WorkerProcess], None],
    ) -> None:
        self.count = count
        self.told_heard = heard
        self.told_lost = lost
        self.members: list[WorkerProcess] = []
        self.died_young = 0
        self.delay: Callable[[int], float] = back_off
        self.beat = BEAT
        self.watching: asyncio.TimerHandle | None = None
        self.hiring: set[asyncio.TimerHandle] = set()
        self.orphans: list[WorkerProcess] = []
        """Lost workers that nobody has replaced yet."""
        self.news = asyncio.Event()
        self.closing = False

    async def start(self) -> None:
        """Start all; returns when all are ready. Raises RuntimeError where workers keep dying."""
        for _ in range(self.count):
            self.hire()
        while self.ready < self.count:
            if self.died_young >= HOPELESS:
                await self.close()
                raise RuntimeError("the worker processes end as soon as they are started; their errors stand above")
            self.news.clear()
            await self.news.wait()
        self.watch()

    async def close(self) -> None:
        """End all workers."""
        self.closing = True
        if self.watching is not None:
            self.watching.cancel()
        for handle in self.hiring:
            handle.cancel()
        await asyncio.gather(*(asyncio.to_thread(worker.close) for worker in self.members))

    @property
    def ready(self) -> int:
        """How many workers are warm."""
        return sum(worker.ready for worker in self.members)

    def watch(self) -> None:
        """Ask every worker for a sign of life, and kill those that have given none for long."""
        for worker in self.members:
            worker.silent = worker.silent + 1 if worker.ready else 0
            if worker.silent > MOST_SILENT:
                worker.process.kill()
            else:
                worker.send(Ping(NO_TICKET))
        self.watching = asyncio.get_running_loop().call_later(self.beat, self.watch)

    def hire(self) -> None:
        """Start a worker."""
        self.members.append(WorkerProcess(heard=self.heard, lost=self.lost))
        orphans, self.orphans = self.orphans, []
        for orphan in orphans:
            self.told_lost(orphan)

    def heard(self, worker: WorkerProcess, message: ToEngine) -> None:
        """A worker said something."""
        worker.silent = 0
        if isinstance(message, Ready):
            worker.ready = True
            self.news.set()
        else:
            self.told_heard(worker, message)

    def lost(self, worker: WorkerProcess) -> None:
        """A worker is gone; hire another, the later the more often this happened lately."""
        if self.closing:
            return
        self.members.remove(worker)
        self.orphans.append(worker)
        loop = asyncio.get_running_loop()
        self.died_young = self.died_young + 1 if loop.time() - worker.started_at < YOUNG else 0
        self.news.set()
        self.hire_later(self.delay(self.died_young))

    def hire_later(self, delay: float) -> None:
        """Hire in so many seconds."""

        def now() -> None:
            self.hiring.discard(handle)
            self.hire()

        handle = asyncio.get_running_loop().call_later(delay, now)
        self.hiring.add(handle)
