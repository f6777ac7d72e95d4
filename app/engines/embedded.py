"""The embedded engine: worker processes of this machine, every record in this process's memory.

Enough for one web process. A worker that dies is replaced, and its unfinished runs go on from their last report to the
same bits. Records end with the process, or when room is needed: those that ended longest ago go first.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..datasets import Dataset
from ..nn.data import Array
from ..nn.spec import RunSpec
from ..runs.commands import Command
from ..runs.errors import Full, Refused, UnknownRun
from ..runs.events import KeptState, Position, Report, RunView, Status, Update
from ..runs.history import Record
from ..runs.ports import Owner
from .messages import Answer, Order, Ready, Take, ToEngine
from .process import WorkerProcess

__all__ = ["EmbeddedEngine", "Room"]

PUBLICATION_GAP = 0.04
"""Seconds between two publications of a run: 25 a second leaves a viewer's 30 messages room for changes of status."""
MOST_LOSSES = 3
"""How many workers a run may lose before it is held to be the cause."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much the engine takes: runs in hand, and bytes of records."""

    runs: int = 1000
    record_bytes: int = 512_000_000


@dataclass(slots=True, eq=False)
class Entry:
    """A run in this engine: its record, who trains it, and who waits for news."""

    record: Record
    worker: WorkerProcess | None = None
    losses: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    published_at: float = float("-inf")
    publication: asyncio.TimerHandle | None = None


class EmbeddedEngine:
    """The engine port on child processes. Use as an async context manager."""

    def __init__(self, *, workers: int, room: Room) -> None:
        self.count = workers
        self.room = room
        self.workers: list[WorkerProcess] = []
        self.entries: dict[str, Entry] = {}
        self.tickets = itertools.count(1)
        self.orders: dict[int, tuple[WorkerProcess, asyncio.Future[Answer]]] = {}
        self.closing = False

    async def __aenter__(self) -> EmbeddedEngine:
        self.workers = [self.hire() for _ in range(self.count)]
        await asyncio.gather(*(worker.ready.wait() for worker in self.workers))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing = True
        for entry in self.entries.values():
            if entry.publication is not None:
                entry.publication.cancel()
        await asyncio.gather(*(asyncio.to_thread(worker.close, 2.0) for worker in self.workers))

    async def submit(self, spec: RunSpec, dataset: Dataset, owner: Owner) -> RunView:
        """See the port."""
        self.make_room(spec, owner)
        record = Record(secrets.token_urlsafe(9), spec, dataset, owner.name)
        entry = Entry(record)
        self.entries[record.id] = entry
        self.give(entry, "running")
        return record.view()

    async def command(self, run_id: str, command: Command) -> RunView:
        """See the port."""
        entry = self.entry(run_id)
        worker = entry.worker
        if worker is None:
            raise Refused(f"the run is {entry.record.status} at epoch {entry.record.epoch}; it takes no more commands")
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        ticket = next(self.tickets)
        self.orders[ticket] = (worker, answered)
        worker.send(Order(ticket, run_id, command))
        answer = await answered
        if answer.refusal is not None:
            raise Refused(answer.refusal)
        return entry.record.view()

    async def view(self, run_id: str) -> RunView:
        """See the port."""
        return self.entry(run_id).record.view()

    async def costs(self, run_id: str, start: int, stop: int | None) -> Array:
        """See the port."""
        return self.entry(run_id).record.costs(start, stop)

    async def state(self, run_id: str, epoch: int) -> KeptState | None:
        """See the port."""
        return await asyncio.to_thread(self.entry(run_id).record.state, epoch)

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
        missing = self.count - sum(worker.ready.is_set() for worker in self.workers)
        return {"workers": f"{missing} of {self.count} workers are not ready" if missing else None}

    def entry(self, run_id: str) -> Entry:
        """The run with this id; raises UnknownRun."""
        try:
            return self.entries[run_id]
        except KeyError:
            raise UnknownRun(run_id) from None

    def make_room(self, spec: RunSpec, owner: Owner) -> None:
        """Drop what ended longest ago until the new record fits; raises Full where that is not enough."""
        in_hand = [entry.record for entry in self.entries.values() if not entry.record.over]
        if len(in_hand) >= self.room.runs:
            raise Full(f"{len(in_hand)} runs are in hand, and no more than {self.room.runs} may be", retry_after=10)
        own = sum(record.owner == owner.name for record in in_hand)
        if own >= owner.most_runs:
            raise Full(f"you have {own} runs in hand, and no more than {owner.most_runs} may be", retry_after=10)
        needed = 8 * spec.epochs + sum(max(record.size(), 8 * record.spec.epochs) for record in in_hand)
        ended = {run_id: entry.record.size() for run_id, entry in self.entries.items() if entry.record.over}
        spare = self.room.record_bytes - needed
        if spare < 0:
            raise Full("the records of the runs in hand fill all the memory set aside for them", retry_after=30)
        kept = sum(ended.values())
        for run_id, size in ended.items():
            if kept <= spare:
                break
            self.entries.pop(run_id).news.set()
            kept -= size

    def hire(self) -> WorkerProcess:
        """Start a worker."""
        return WorkerProcess(heard=self.heard, lost=self.lost)

    def give(self, entry: Entry, status: Status) -> None:
        """Have the worker with the fewest runs train this one, from where its record ends."""
        record = entry.record
        load = Counter(other.worker for other in self.entries.values())
        entry.worker = min(self.workers, key=lambda worker: load[worker])
        entry.worker.send(Take(record.id, record.spec, record.dataset.data, record.resumable(), status, record.pace))

    def heard(self, worker: WorkerProcess, message: ToEngine) -> None:
        """A worker said something."""
        match message:
            case Ready():
                worker.ready.set()
            case Report():
                self.apply(worker, message)
            case Answer(ticket, report, _):
                if report is not None:
                    self.apply(worker, report)
                _, answered = self.orders.pop(ticket)
                if not answered.done():
                    answered.set_result(message)

    def apply(self, worker: WorkerProcess, report: Report) -> None:
        """Add a report to its record, unless the run was dropped or is another worker's by now."""
        entry = self.entries.get(report.run_id)
        if entry is None or entry.worker is not worker:
            return
        entry.record.apply(report)
        if entry.record.over:
            entry.worker = None
            self.move_to_end(report.run_id)
        self.publish_in_time(entry)

    def move_to_end(self, run_id: str) -> None:
        """Keep the ended runs in the order in which they ended."""
        self.entries[run_id] = self.entries.pop(run_id)

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
        """A worker is gone. Replace it, and let its runs go on elsewhere."""
        if self.closing:
            return
        worker.process.poll()
        self.workers[self.workers.index(worker)] = self.hire()
        for ticket, (asked, answered) in list(self.orders.items()):
            if asked is worker:
                del self.orders[ticket]
                answered.set_result(Answer(ticket, None, "the worker was lost; its runs go on in another: ask again"))
        for entry in list(self.entries.values()):
            if entry.worker is worker:
                self.go_on(entry)

    def go_on(self, entry: Entry) -> None:
        """Give a run to another worker, or end it where it seems to be what kills them."""
        entry.losses += 1
        record = entry.record
        if entry.losses < MOST_LOSSES:
            self.give(entry, "paused" if record.status == "paused" else "running")
            return
        entry.worker = None
        record.set_status("failed", record.pace, f"{MOST_LOSSES} workers died while they trained this run")
        self.move_to_end(record.id)
        self.publish(entry)
