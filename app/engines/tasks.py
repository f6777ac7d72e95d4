"""Background tasks with an owner: none dies unheard, none stays dead.

A task here goes on until its owner ends. One that ends before has failed, whatever it ended with: that is an error in
the log, it is in ``words`` for whoever asks after the engine's health, and the task is begun again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from .trouble import Trouble

__all__ = ["Tasks", "ended"]

RESTART = 0.5
"""Seconds until a task that has died is begun again."""
PROVEN = 10.0
"""Seconds that it then has to live for all to be well."""
CANCELLED_AGAIN = 0.05
"""Seconds until a task that goes on all the same is cancelled again."""

Work = Callable[[], Coroutine[Any, Any, object]]


class Tasks:
    """The background tasks of one part of an engine. On the event loop."""

    def __init__(self, part: str) -> None:
        self.trouble = Trouble(part)
        self.running: list[asyncio.Task[object]] = []
        self.timers: set[asyncio.TimerHandle] = set()
        self.closing = False

    @property
    def words(self) -> str | None:
        """Which task died lately, and of what."""
        return self.trouble.words

    def begin(self, name: str, work: Work) -> None:
        """Have something done from now on. ``name`` stands in sentences."""
        task = asyncio.create_task(work(), name=name)
        self.running.append(task)
        task.add_done_callback(partial(self.died, name, work))

    def died(self, name: str, work: Work, task: asyncio.Task[object]) -> None:
        """A task has ended: as it should if we are closing, else it is begun again."""
        self.running.remove(task)
        cause = None if task.cancelled() else task.exception()
        if self.closing and cause is None:
            return
        self.trouble.came(f"{name} has failed: {words_for(task, cause)}", cause)
        if not self.closing:
            self.later(RESTART, partial(self.begin, name, work))
            self.later(RESTART + PROVEN, self.proven)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Do something in a while, unless we close before."""

        def now() -> None:
            self.timers.discard(timer)
            call()

        timer = asyncio.get_running_loop().call_later(seconds, now)
        self.timers.add(timer)

    def proven(self) -> None:
        """What was begun again has lived for a while; if nothing else died since, all is well."""
        if not self.timers:
            self.trouble.went()

    def finish(self) -> None:
        """From now on tasks may end by themselves, and none is begun again."""
        self.closing = True
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()

    async def close(self, *, cancel: bool = True) -> None:
        """Return when all tasks have ended: cancelled, or, after ``finish``, by themselves."""
        self.finish()
        running = list(self.running)
        if cancel:
            await ended(running)
        await asyncio.gather(*running, return_exceptions=True)  # how each ended, ``died`` has told


def words_for(task: asyncio.Task[object], cause: BaseException | None) -> str:
    """How a task ended that should not have."""
    if cause is not None:
        return f"{type(cause).__name__}: {cause}"
    return "it was cancelled" if task.cancelled() else "it ended by itself"


async def ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended: a cancellation that comes just when Redis answers, the client may swallow."""
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=CANCELLED_AGAIN)
