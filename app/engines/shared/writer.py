"""Brings to Redis what a worker has to record: each run at its own gap, many at once, again if there is no answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from ...runs.errors import Unavailable
from .books import RETURN, Books, Call
from .held import Held, Mark

__all__ = ["Writer"]

BATCH = 64
"""Runs whose news go to Redis together."""
MOST_BYTES = 64_000_000
"""Reports that wait while Redis is away; beyond it runs are let go of, and go on from their records."""


class Writer:
    """``ended`` is told of a run whose end is recorded, ``refused`` of one that is no longer this worker's."""

    def __init__(
        self, books: Books, worker: str, *, ended: Callable[[Held], None], refused: Callable[[Held], None]
    ) -> None:
        self.books = books
        self.worker = worker
        self.ended = ended
        self.refused = refused
        self.waiting: dict[str, Held] = {}
        """Runs with something to record."""
        self.reported = asyncio.Event()

    def note(self, held: Held) -> None:
        """There is something to record."""
        self.waiting[held.key] = held
        self.reported.set()

    def forget(self, held: Held) -> None:
        """There no longer is."""
        self.waiting.pop(held.key, None)

    async def record_all(self) -> None:
        """Record everything now, due or not."""
        await self.record(list(self.waiting.values()))

    async def recording(self) -> None:
        """Record what is due, run by run at its gap."""
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            due = [held for held in self.waiting.values() if held.due(now)][:BATCH]
            if due:
                await self.record(due)
                continue
            wait = min((held.published_at + held.gap - now for held in self.waiting.values()), default=None)
            self.reported.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.reported.wait()

    async def record(self, due: Sequence[Held]) -> None:
        """Record what there is of some runs, and tell whoever watches them."""
        records: list[tuple[Held, Call, Mark]] = [(held, *held.record()) for held in due]
        try:
            answers = await self.books.calls([call for _, call, _ in records])
        except Unavailable:
            for held in due:
                held.not_recorded()
            self.stay_bounded()
            await asyncio.sleep(RETURN)
            return
        now = asyncio.get_running_loop().time()
        for (held, _, mark), answer in zip(records, answers, strict=True):
            await self.recorded(held, mark, answer, now)
        await self.books.tell("news", " ".join(held.id for held in due))

    async def recorded(self, held: Held, mark: Mark, answer: bytes, now: float) -> None:
        """Redis has taken it in, or refuses because the run is somebody else's by now."""
        if answer != b"ok":
            self.refused(held)
            if answer == b"gap":  # Redis has lost what it had acknowledged: the run goes on from what is left
                with contextlib.suppress(Unavailable):
                    await self.books.call("release", self.worker, held.id, held.fence)
            return
        held.recorded(mark, now)
        if not held.waiting:
            self.waiting.pop(held.key, None)
        if mark.over:
            self.ended(held)

    def stay_bounded(self) -> None:
        """Let go of the runs with the most to record until what waits is within bounds."""
        waiting = sorted(self.waiting.values(), key=Held.size)
        while sum(held.size() for held in waiting) > MOST_BYTES:
            self.refused(waiting.pop())
