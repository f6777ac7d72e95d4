"""The embedded engine: worker processes of this machine, and one web process that keeps their records in a store.

A worker that dies is replaced, and its unfinished runs go on from their last report to the same bits; after the loss of
this process they go on from what was written last. The records of unended runs are in memory, those of ended ones in
the store, until space is needed: those that ended longest ago go first.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from ...datasets import Dataset
from ...nn.data import Array
from ...nn.fingerprint import fingerprint
from ...nn.spec import RunSpec
from ...runs.capacity import Capacity, Ending, Ledger
from ...runs.commands import Command
from ...runs.errors import Full, NotStarted, Refused, Unavailable, UnknownRun
from ...runs.events import KeptState, Position, Report, RunView, Status, Update
from ...runs.failures import failed
from ...runs.footprint import footprint
from ...runs.ports import Owner
from ...runs.record import Record
from ..tasks import Tasks
from ..workers.crew import Crew
from ..workers.messages import Answer, Take, ToEngine
from ..workers.orders import Orders
from ..workers.process import WorkerProcess
from .archive import Archive, restored
from .calendar import Calendar
from .draft import Draft
from .entry import Entry
from .recorder import Recorder
from .store import Store

__all__ = ["Capacity", "EmbeddedEngine"]

MOST_LOSSES = 5
"""How many workers in a row an eager run may lose without an epoch's progress before it is held to be the cause."""
SIGN_OF_LIFE = 1.0
"""Seconds that a healthy worker takes to answer at the most."""
SWEEP = 3600.0
"""Seconds between two looks for records that have become too old."""

logger = logging.getLogger(__name__)


class EmbeddedEngine:
    """The engine port on child processes. An async context manager.

    ``folder``: where the records are; None for records that end with this process. Raises NotStarted where no worker
    can live or the records cannot be used.
    """

    def __init__(self, *, workers: int, capacity: Capacity, folder: Path | None = None) -> None:
        self.ledger = Ledger(capacity)
        self.crew = Crew(workers, heard=self.heard, lost=self.lost)
        self.recorder = Recorder(Store(folder), settled=self.settled)
        self.archive = Archive(self.recorder)
        self.entries: dict[str, Entry] = {}
        self.load: Counter[WorkerProcess] = Counter()
        """Unended runs of each worker."""
        self.orders = Orders()
        self.fingerprint = ""
        self.calendar = Calendar()
        self.tasks = Tasks("the engine")
        self.parts = AsyncExitStack()

    async def __aenter__(self) -> EmbeddedEngine:
        self.fingerprint = fingerprint()
        async with AsyncExitStack() as parts:
            await parts.enter_async_context(self.recorder)
            parts.push_async_callback(self.crew.close)
            await self.crew.start()
            await self.take_up()
            self.tasks.begin("dropping old records", self.sweeping)
            self.parts = parts.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.recorder.write_all()  # first of all: whoever ends us may not wait for the rest
        await self.tasks.close()
        for entry in self.entries.values():
            entry.close()
        self.orders.close()
        await self.archive.close()
        await self.parts.aclose()

    async def submit(self, spec: RunSpec, dataset: Dataset, owner: Owner, *, held: bool = False) -> RunView:
        """See the port. A run that is in hand is written: it will be there whatever happens."""
        run_id = secrets.token_urlsafe(9)
        needed = footprint(spec, dataset.data)
        self.ledger.admit(run_id, needed, owner)
        entry = Entry(Draft(Record(run_id, spec, dataset, held=held), owner.accounts, self.fingerprint))
        try:
            await self.recorder.save(entry.draft)
            if not self.crew.members:
                raise Full("no worker process is running at the moment", retry_after=5)
        except BaseException:
            self.ledger.release(run_id)
            self.recorder.drop([run_id])
            raise
        self.entries[run_id] = entry
        self.give(entry)
        return entry.record.view()

    async def command(self, run_id: str, command: Command) -> RunView:
        """See the port. The answer waits for the disk unless that is in trouble, which ``health`` tells."""
        record = await self.record(run_id)
        entry = self.entries.get(run_id)
        if entry is None or entry.worker is None:
            raise Refused(f"the run is {record.status} at epoch {record.epoch}; it takes no more commands")
        answer = await self.orders.give(entry.worker, run_id, command)
        if answer.refusal is not None:
            raise Refused(answer.refusal)
        with suppress(Unavailable):
            await self.recorder.save(entry.draft)
        return record.view()

    async def view(self, run_id: str) -> RunView:
        """See the port."""
        return (await self.record(run_id)).view()

    async def costs(self, run_id: str, start: int, stop: int | None) -> Array:
        """See the port."""
        return (await self.record(run_id)).costs(start, stop)

    async def costs_at(self, run_id: str, epochs: Sequence[int]) -> Mapping[int, float]:
        """See the port."""
        recorded = (await self.record(run_id)).costs(0, None)
        return {epoch: float(recorded[epoch]) for epoch in epochs if epoch < len(recorded)}

    async def state(self, run_id: str, epoch: int) -> KeptState | None:
        """See the port."""
        record = await self.record(run_id)
        state = record.state(epoch)
        return None if state is None else await asyncio.to_thread(record.with_outputs, state)

    async def dataset(self, run_id: str) -> Dataset:
        """See the port."""
        return (await self.record(run_id)).dataset

    async def next(self, run_id: str, after: Position) -> Update:
        """See the port."""
        while True:
            entry = self.entries.get(run_id)
            update = (await self.record(run_id)).update(after)
            if update is not None:
                return update
            assert entry is not None, "the record of an ended run has the end to tell"
            await entry.news.wait()

    async def health(self) -> Mapping[str, str | None]:
        """See the port."""
        asked = [self.orders.ping(worker) for worker in self.crew.members if worker.ready]
        answers = await asyncio.gather(*(asyncio.wait_for(one, SIGN_OF_LIFE) for one in asked), return_exceptions=True)
        alive = sum(isinstance(answer, Answer) and answer.refusal is None for answer in answers)
        silent = self.crew.count - alive
        words = f"{silent} of {self.crew.count} worker processes do not answer" if silent else self.tasks.words
        return {"workers": self.crew.trouble or words, "records": await self.recorder.check()}

    async def record(self, run_id: str) -> Record:
        """The record of the run with this id. Raises UnknownRun, or Unavailable where the store cannot be read."""
        entry = self.entries.get(run_id)
        if entry is not None:
            return entry.record
        if run_id not in self.ledger.ended:
            raise UnknownRun(run_id)
        return await self.archive.get(run_id)

    async def take_up(self) -> None:
        """Go on with what an earlier process left: note what has ended, and have the rest trained to the end."""
        store = self.recorder.store
        try:
            ended, unended = await self.recorder.read(store.ended), await self.recorder.read(store.unended)
        except Unavailable as error:
            raise NotStarted(f"PLAYGROUND_DATA: {error}") from None
        for run_id, size, at in ended:
            self.ledger.keep(run_id, Ending(size, at))
        self.calendar.begin(ended[-1].ended if ended else None)
        for run_id in unended:
            await self.take_up_run(run_id)
        self.drop(self.ledger.make_way(self.calendar.now()))

    async def take_up_run(self, run_id: str) -> None:
        """Have a run go on where its record ends; one whose record is damaged stays as it is."""
        try:
            stored = await self.recorder.read(self.recorder.store.load, run_id)
            assert stored is not None
            record = restored(stored)
        except (ArithmeticError, LookupError, TypeError, ValueError, Unavailable) as error:
            logger.error("the run %s cannot go on: its record cannot be read: %s", run_id, error)
            self.ledger.keep(run_id, Ending(0, self.calendar.now()))
            return
        entry = self.entries[run_id] = Entry(Draft.of_stored(record, stored.owner, self.fingerprint))
        self.ledger.take(run_id, footprint(record.spec, record.dataset.data), stored.owner)
        if record.newest is None or stored.fingerprint == self.fingerprint:
            self.give(entry)
        else:
            entry.draft.fingerprint = stored.fingerprint
            self.fail(entry, failed("arithmetic"))

    async def sweeping(self) -> None:
        """Drop the records that have become too old, from time to time."""
        while True:
            await asyncio.sleep(SWEEP)
            self.drop(self.ledger.make_way(self.calendar.now()))

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
            self.orders.hear(message)
        elif isinstance(message, Report):
            self.apply(worker, message)

    def apply(self, worker: WorkerProcess, report: Report) -> None:
        """Add a report to its record."""
        entry = self.entries.get(report.run_id)
        if entry is None or entry.worker is not worker:
            return
        entry.record.apply(report)
        self.recorder.note(entry.draft)
        if entry.record.over:
            self.end(entry)
        entry.publish_in_time()

    def end(self, entry: Entry) -> None:
        """Close the books on a run that is over."""
        if entry.worker is not None:
            self.load[entry.worker] -= 1
        entry.worker = None
        now = entry.draft.ended = self.calendar.now()
        self.drop(self.ledger.end(entry.record.id, Ending(entry.record.size(), now)))

    def fail(self, entry: Entry, reason: str) -> None:
        """End a run that nobody trains any more."""
        entry.record.set_status("failed", entry.record.pace, reason)
        self.recorder.note(entry.draft)
        self.end(entry)
        entry.publish()

    def settled(self, run_id: str) -> None:
        """The end of a run is written: its record may leave memory."""
        entry = self.entries.pop(run_id, None)
        if entry is not None:
            self.archive.put(entry.record)

    def drop(self, run_ids: Iterable[str]) -> None:
        """Forget runs; whoever waits for them is told that they are unknown."""
        run_ids = list(run_ids)
        for run_id in run_ids:
            self.archive.forget(run_id)
            entry = self.entries.pop(run_id, None)
            if entry is not None:
                entry.news.set()
        self.recorder.drop(run_ids)

    def lost(self, worker: WorkerProcess) -> None:
        """A worker is gone and another one there: the runs go on, then the unanswered orders are given again."""
        del self.load[worker]
        for entry in [entry for entry in self.entries.values() if entry.worker is worker]:
            self.go_on(entry)
        self.orders.give_again(worker, self.trainer_of)

    def go_on(self, entry: Entry) -> None:
        """Give a run to another worker, or end it where it seems to be what kills them."""
        record = entry.record
        entry.worker = None
        stuck = record.epoch == entry.lost_at and record.status != "paused" and record.pace is None
        entry.losses, entry.lost_at = (entry.losses + 1 if stuck else 1), record.epoch
        if entry.losses < MOST_LOSSES:
            self.give(entry)
            return
        self.fail(entry, failed("died", count=MOST_LOSSES, at=record.epoch))

    def trainer_of(self, run_id: str) -> WorkerProcess | None:
        """Who trains a run; None for one that is not in hand."""
        entry = self.entries.get(run_id)
        return None if entry is None else entry.worker
