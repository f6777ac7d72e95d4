"""The embedded engine: worker processes of this machine, every record in this process's memory.

Enough for one web process. A worker that dies is replaced, and its unfinished runs go on from their last report to the
same bits. Records end with the process, or when room is needed: those that ended longest ago go first.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..datasets import Dataset
from ..nn.data import Array
from ..nn.spec import RunSpec
from ..runs.commands import Command
from ..runs.errors import Full, Refused, UnknownRun
from ..runs.events import KeptState, Position, Report, RunView, Status, Update
from ..runs.footprint import footprint
from ..runs.history import Record
from ..runs.ports import Owner
from ..runs.room import Ledger, Room
from .crew import Crew
from .messages import Answer, Order, Ping, Take, ToEngine
from .process import WorkerProcess

__all__ = ["EmbeddedEngine", "Room"]

PUBLICATION_GAP = 0.04
"""Seconds between two publications of a run: 25 a second leaves a viewer's 30 messages room for changes of status."""
MOST_LOSSES = 5
"""How many workers in a row an eager run may lose without an epoch's progress before it is held to be the cause."""
SIGN_OF_LIFE = 1.0
"""Seconds that a healthy worker takes to answer at the most."""


@dataclass(slots=True, eq=False)
class Entry:
    """A run in this engine: its record, who trains it, and who waits for news."""

    record: Record
    worker: WorkerProcess | None = None
    losses: int = 0
    lost_at: int = -1
    """The epoch of the last loss."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    published_at: float = float("-inf")
    publication: asyncio.TimerHandle | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An order that a worker has not answered yet."""

    worker: WorkerProcess
    order: Order | Ping
    answered: asyncio.Future[Answer]


class EmbeddedEngine:
    """The engine port on child processes. An async context manager; raises RuntimeError where no worker can live."""

    def __init__(self, *, workers: int, room: Room) -> None:
        self.ledger = Ledger(room)
        self.crew = Crew(workers, heard=self.heard, lost=self.lost)
        self.entries: dict[str, Entry] = {}
        self.load: Counter[WorkerProcess] = Counter()
        """Unended runs of each worker."""
        self.tickets = itertools.count(1)
        self.pending: dict[int, Pending] = {}

    async def __aenter__(self) -> EmbeddedEngine:
        await self.crew.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for entry in self.entries.values():
            if entry.publication is not None:
                entry.publication.cancel()
        for pending in self.pending.values():
            pending.answered.cancel()
        await self.crew.close()

    async def submit(self, spec: RunSpec, dataset: Dataset, owner: Owner) -> RunView:
        """See the port."""
        if not self.crew.members:
            raise Full("no worker process is running at the moment", retry_after=5)
        run_id = secrets.token_urlsafe(9)
        needed = footprint(spec, dataset.data)
        self.drop(self.ledger.admit(run_id, needed, owner=owner.name, most_owned=owner.most_runs))
        entry = self.entries[run_id] = Entry(Record(run_id, spec, dataset))
        self.give(entry)
        return entry.record.view()

    async def command(self, run_id: str, command: Command) -> RunView:
        """See the port."""
        record = self.entry(run_id).record
        worker = self.entry(run_id).worker
        if worker is None:
            raise Refused(f"the run is {record.status} at epoch {record.epoch}; it takes no more commands")
        ticket = next(self.tickets)
        answer = await self.ask(worker, Order(ticket, run_id, command))
        if answer.refusal is not None:
            raise Refused(answer.refusal)
        return record.view()

    async def view(self, run_id: str) -> RunView:
        """See the port."""
        return self.entry(run_id).record.view()

    async def costs(self, run_id: str, start: int, stop: int | None) -> Array:
        """See the port."""
        return self.entry(run_id).record.costs(start, stop)

    async def state(self, run_id: str, epoch: int) -> KeptState | None:
        """See the port."""
        record = self.entry(run_id).record
        state = record.state(epoch)
        return None if state is None else await asyncio.to_thread(record.with_outputs, state)

    async def dataset(self, run_id: str) -> Dataset:
        """See the port."""
        return self.entry(run_id).record.dataset

    async def next(self, run_id: str, after: Position) -> Update:
        """See the port."""
        while True:
            entry = self.entry(run_id)
            update = entry.record.update(after)
            if update is not None:
                return update
            await entry.news.wait()

    async def health(self) -> Mapping[str, str | None]:
        """See the port."""
        asked = [self.ask(worker, Ping(next(self.tickets))) for worker in self.crew.members if worker.ready]
        answers = await asyncio.gather(*(asyncio.wait_for(one, SIGN_OF_LIFE) for one in asked), return_exceptions=True)
        alive = sum(isinstance(answer, Answer) and answer.refusal is None for answer in answers)
        silent = self.crew.count - alive
        return {"workers": f"{silent} of {self.crew.count} worker processes do not answer" if silent else None}

    def entry(self, run_id: str) -> Entry:
        """The run with this id; raises UnknownRun."""
        try:
            return self.entries[run_id]
        except KeyError:
            raise UnknownRun(run_id) from None

    async def ask(self, worker: WorkerProcess, order: Order | Ping) -> Answer:
        """Send an order and wait for the answer, whichever worker gives it in the end."""
        pending = Pending(worker, order, asyncio.get_running_loop().create_future())
        self.pending[order.ticket] = pending
        worker.send(order)
        try:
            return await pending.answered
        finally:
            self.pending.pop(order.ticket, None)

    def give(self, entry: Entry) -> None:
        """Have the worker with the fewest runs train this one, from where its record ends."""
        record = entry.record
        entry.worker = min(self.crew.members, key=lambda worker: self.load[worker])
        self.load[entry.worker] += 1
        data = None if isinstance(record.spec.dataset, str) else record.dataset.data
        status: Status = "paused" if record.status == "paused" else "running"
        resume = record.resumable()
        entry.worker.send(Take(record.id, record.spec, data, resume, status, record.pace, record.pause_at))

    def heard(self, worker: WorkerProcess, message: ToEngine) -> None:
        """A worker reports or answers."""
        if isinstance(message, Answer):
            if message.report is not None:
                self.apply(worker, message.report)
            pending = self.pending.pop(message.ticket, None)
            if pending is not None and not pending.answered.done():
                pending.answered.set_result(message)
        elif isinstance(message, Report):
            self.apply(worker, message)

    def apply(self, worker: WorkerProcess, report: Report) -> None:
        """Add a report to its record."""
        entry = self.entries.get(report.run_id)
        if entry is None or entry.worker is not worker:
            return
        entry.record.apply(report)
        if entry.record.over:
            self.end(entry)
        self.publish_in_time(entry)

    def end(self, entry: Entry) -> None:
        """Close the books on a run that is over."""
        if entry.worker is not None:
            self.load[entry.worker] -= 1
        entry.worker = None
        self.drop(self.ledger.end(entry.record.id, entry.record.size()))

    def drop(self, run_ids: Iterable[str]) -> None:
        """Forget runs; whoever waits for them is told that they are unknown."""
        for run_id in run_ids:
            self.entries.pop(run_id).news.set()

    def publish_in_time(self, entry: Entry) -> None:
        """Publish now if the last time is long enough ago or the run is over, else as soon as it is."""
        loop = asyncio.get_running_loop()
        wait = entry.published_at + PUBLICATION_GAP - loop.time()
        if wait <= 0 or entry.record.over:
            self.publish(entry)
        elif entry.publication is None:
            entry.publication = loop.call_later(wait, self.publish, entry)

    def publish(self, entry: Entry) -> None:
        """Show the record's news and wake all who wait for it."""
        if entry.publication is not None:
            entry.publication.cancel()
        entry.publication = None
        entry.published_at = asyncio.get_running_loop().time()
        entry.record.publish()
        entry.news.set()
        entry.news = asyncio.Event()

    def lost(self, worker: WorkerProcess) -> None:
        """A worker is gone and another one there: the runs go on, then the unanswered orders are given again."""
        del self.load[worker]
        for entry in [entry for entry in self.entries.values() if entry.worker is worker]:
            self.go_on(entry)
        for ticket, pending in list(self.pending.items()):
            if pending.worker is worker:
                self.give_again(ticket, pending)

    def go_on(self, entry: Entry) -> None:
        """Give a run to another worker, or end it where it seems to be what kills them."""
        record = entry.record
        entry.worker = None
        stuck = record.epoch == entry.lost_at and record.status != "paused" and record.pace is None
        entry.losses, entry.lost_at = (entry.losses + 1 if stuck else 1), record.epoch
        if entry.losses < MOST_LOSSES:
            self.give(entry)
            return
        words = f"{MOST_LOSSES} worker processes in a row died while they trained this run at epoch {record.epoch}"
        record.set_status("failed", record.pace, words)
        self.end(entry)
        self.publish(entry)

    def give_again(self, ticket: int, pending: Pending) -> None:
        """Repeat an order whose worker died: what it may have done to the run died with it, since reports tell all."""
        entry = self.entries.get(pending.order.run_id) if isinstance(pending.order, Order) else None
        if entry is None or entry.worker is None:
            if not pending.answered.done():
                pending.answered.set_result(Answer(ticket, refusal="the worker that trained the run was lost"))
            return
        self.pending[ticket] = Pending(entry.worker, pending.order, pending.answered)
        entry.worker.send(pending.order)
