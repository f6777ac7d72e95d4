"""The workers as a crew of fixed size: one that is lost is replaced, the later the more often that happens.

One that says nothing for long is held to be lost, and killed before anybody takes over what it had in hand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from ...runs.errors import NotStarted
from ..tasks import Tasks
from ..trouble import Trouble
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

logger = logging.getLogger(__name__)


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
        self.orphans: list[WorkerProcess] = []
        """Lost workers that nobody has replaced yet."""
        self.news, self.vacant = asyncio.Event(), asyncio.Event()
        self.shortage = Trouble("the worker processes")
        self.tasks = Tasks("the worker processes")
        self.closing = False

    async def start(self) -> None:
        """Start all; returns when all are ready. Raises NotStarted where none can be started, or they keep dying."""
        try:
            while len(self.members) < self.count:
                self.hire()
        except (OSError, RuntimeError) as error:
            await self.close()
            raise NotStarted(f"a worker process cannot be started: {error}") from None
        self.tasks.begin("hiring", self.hiring)
        while self.ready < self.count:
            if self.died_young >= HOPELESS:
                await self.close()
                raise NotStarted("the worker processes end as soon as they are started; their errors stand above")
            self.news.clear()
            await self.news.wait()
        self.tasks.begin("watching the worker processes", self.watching)

    async def close(self) -> None:
        """End all workers."""
        self.closing = True
        await self.tasks.close()
        await asyncio.gather(*(asyncio.to_thread(worker.close) for worker in self.members))

    @property
    def ready(self) -> int:
        """How many workers are warm."""
        return sum(worker.ready for worker in self.members)

    @property
    def trouble(self) -> str | None:
        """What keeps the crew from being whole and watched, in words."""
        return self.shortage.words or self.tasks.words

    async def watching(self) -> None:
        """Ask every worker for a sign of life, and kill those that have given none for long."""
        while True:
            for worker in self.members:
                worker.silent = worker.silent + 1 if worker.ready else 0
                if worker.silent > MOST_SILENT:
                    worker.process.kill()
                else:
                    worker.send(Ping(NO_TICKET))
            await asyncio.sleep(self.beat)

    async def hiring(self) -> None:
        """Fill every place that is or becomes vacant, the later the more often that happened lately."""
        while True:
            self.vacant.clear()
            while len(self.members) < self.count:
                try:
                    self.hire()
                except (OSError, RuntimeError) as error:
                    self.died_young += 1
                    self.shortage.came(f"one cannot be started: {error}")
                    break
            else:
                self.shortage.went()
                await self.vacant.wait()
            await asyncio.sleep(self.delay(self.died_young))

    def hire(self) -> None:
        """Start a worker. Raises OSError, or RuntimeError, where the machine has no process or thread to give."""
        self.members.append(WorkerProcess(heard=self.heard, lost=self.lost))
        while self.orphans:
            self.told_lost(self.orphans.pop(0))

    def heard(self, worker: WorkerProcess, message: ToEngine) -> None:
        """A worker said something. Where that cannot be taken in, the worker ends: its runs go on, or fail in words."""
        worker.silent = 0
        if isinstance(message, Ready):
            worker.ready = True
            self.news.set()
            return
        try:
            self.told_heard(worker, message)
        except Exception:
            logger.exception("what a worker process said cannot be taken in, so it is ended: %r", message)
            worker.process.kill()

    def lost(self, worker: WorkerProcess) -> None:
        """A worker is gone: its place is vacant."""
        if self.closing:
            return
        self.members.remove(worker)
        self.orphans.append(worker)
        loop = asyncio.get_running_loop()
        self.died_young = self.died_young + 1 if loop.time() - worker.started_at < YOUNG else 0
        self.news.set()
        self.vacant.set()
