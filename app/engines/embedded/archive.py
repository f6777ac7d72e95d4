"""The records of ended runs: in the store, and those that were asked for last in memory too."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from ...datasets import resolve
from ...runs.errors import UnknownRun
from ...runs.record import Record
from ..tasks import ended
from .recorder import Recorder
from .rows import Stored

__all__ = ["Archive", "restored"]

MOST_BYTES = 32_000_000
"""Of records in memory that the store has as well."""


class Archive:
    """Ended runs by their ids. Several who ask for the same record wait for one reading of it."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.records: OrderedDict[str, Record] = OrderedDict()
        """Asked for longest ago first."""
        self.bytes = 0
        self.reading: dict[str, asyncio.Task[Record]] = {}

    async def get(self, run_id: str) -> Record:
        """An ended run's record. Raises UnknownRun, or Unavailable."""
        if run_id in self.records:
            self.records.move_to_end(run_id)
            return self.records[run_id]
        if run_id not in self.reading:
            task = self.reading[run_id] = asyncio.create_task(self.read(run_id))
            task.add_done_callback(lambda _: self.reading.pop(run_id))
        return await asyncio.shield(self.reading[run_id])

    async def close(self) -> None:
        """Let go of all who wait."""
        await ended(list(self.reading.values()))

    async def read(self, run_id: str) -> Record:
        """The record from the store."""
        record = await self.recorder.read(self.load, run_id)
        if record is None:
            raise UnknownRun(run_id)
        self.put(record)
        return record

    def load(self, run_id: str) -> Record | None:
        """In the store's thread: the record, if it is there."""
        stored = self.recorder.store.load(run_id)
        return None if stored is None else restored(stored)

    def put(self, record: Record) -> None:
        """Remember a record, and forget others where there is too much."""
        self.forget(record.id)
        self.records[record.id] = record
        self.bytes += record.size()
        while self.bytes > MOST_BYTES and len(self.records) > 1:
            self.forget(next(iter(self.records)))

    def forget(self, run_id: str) -> None:
        """Let go of a record."""
        record = self.records.pop(run_id, None)
        if record is not None:
            self.bytes -= record.size()


def restored(stored: Stored) -> Record:
    """The record of a run from the store. Raises LookupError for a data set that this program does not have."""
    return Record.restored(stored.run_id, stored.spec, resolve(stored.spec.dataset), stored.saved)
