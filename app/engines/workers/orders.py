"""Orders to workers and their answers. An order whose worker dies is given to the next one that has the run."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from ...runs.commands import Command
from .messages import Answer, Order, Ping
from .process import WorkerProcess

__all__ = ["Orders"]


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An order that a worker has not answered yet."""

    worker: WorkerProcess
    order: Order | Ping
    answered: asyncio.Future[Answer]


class Orders:
    """Those that are not answered yet. Tickets begin with 1: 0 is for who wants no answer."""

    def __init__(self) -> None:
        self.tickets = itertools.count(1)
        self.pending: dict[int, Pending] = {}

    async def give(self, worker: WorkerProcess, run_id: str, command: Command) -> Answer:
        """Have a command obeyed; the answer, whichever worker gives it in the end."""
        return await self.ask(worker, Order(next(self.tickets), run_id, command))

    async def ping(self, worker: WorkerProcess) -> Answer:
        """Ask for a sign of life."""
        return await self.ask(worker, Ping(next(self.tickets)))

    async def ask(self, worker: WorkerProcess, order: Order | Ping) -> Answer:
        """Send an order and wait for the answer."""
        pending = Pending(worker, order, asyncio.get_running_loop().create_future())
        self.pending[order.ticket] = pending
        worker.send(order)
        try:
            return await pending.answered
        finally:
            self.pending.pop(order.ticket, None)

    def hear(self, answer: Answer) -> None:
        """A worker has answered."""
        pending = self.pending.pop(answer.ticket, None)
        if pending is not None and not pending.answered.done():
            pending.answered.set_result(answer)

    def give_again(self, worker: WorkerProcess, successor: Callable[[str], WorkerProcess | None]) -> None:
        """A worker is gone: repeat its orders, each to who has the run now, or say that nobody has.

        What an order may have done to the run died with the worker, since reports tell all.
        """
        for ticket, pending in list(self.pending.items()):
            if pending.worker is not worker:
                continue
            other = successor(pending.order.run_id) if isinstance(pending.order, Order) else None
            if other is None:
                self.hear(Answer(ticket, refusal="the worker that trained the run was lost"))
            else:
                self.pending[ticket] = Pending(other, pending.order, pending.answered)
                other.send(pending.order)

    def close(self) -> None:
        """Let go of all who wait."""
        for pending in self.pending.values():
            pending.answered.cancel()
