"""Has what is new of runs written, in batches, by one thread. The loop never waits for the disk; who must know, may.

What cannot be written stays in memory and is tried again until it can; meanwhile nobody is told that it is safe.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from ...runs.errors import Unavailable
from ..tasks import Tasks
from ..trouble import Trouble
from .draft import Draft
from .store import Store

__all__ = ["GAP", "Recorder"]

GAP = 1.0
"""Seconds from a report to the batch that it is written with, while the disk keeps up. A loss costs this much work."""
BATCH_BYTES = 4_000_000
"""What a batch holds, about: whoever waits for a run to be written waits for no more than one batch before it."""
RETRY = 0.5
"""Seconds until the store is tried again that could not be written."""
FRESH = 1.0
"""Seconds for which what was found by trying the store is believed."""
NO_ANSWER = 10.0
"""Seconds that the disk may take before it is said that it does not answer."""

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Noted(NamedTuple):
    """A run with something to write, and since when (seconds of the loop's clock)."""

    draft: Draft
    since: float


class Recorder:
    """Notes drafts and writes them. ``settled`` is told of every run whose end is written. An async context manager."""

    def __init__(self, store: Store, settled: Callable[[str], None]) -> None:
        self.store = store
        self.settled = settled
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="records")
        self.unflushed = asyncio.Event()
        """Set when something is written that the disk itself may not have yet."""
        self.noted: dict[str, Noted] = {}
        """Longest first."""
        self.urgent: dict[str, Draft] = {}
        self.waiting: list[asyncio.Future[None]] = []
        """Who waits for the urgent ones."""
        self.dropped: dict[str, float] = {}
        """Runs to delete, and since when."""
        self.writing, self.flushing = Trouble("the records"), Trouble("the records")
        self.tried_at = float("-inf")
        """When the store was last written, or tried."""
        self.slack = False
        """Whether the file holds space to give back."""
        self.called = asyncio.Event()
        self.ended = asyncio.Event()
        self.tasks = Tasks("the records")

    @property
    def trouble(self) -> str | None:
        """What is wrong, in words."""
        return self.writing.words or self.flushing.words or self.tasks.words

    async def __aenter__(self) -> Recorder:
        try:
            await self.in_thread(self.store.open)
        except BaseException:
            self.thread.shutdown()
            raise
        self.tasks.begin("writing", self.write_for_ever)
        self.tasks.begin("flushing", self.flush_for_ever)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.tasks.finish()
        for event in (self.ended, self.called, self.unflushed):
            event.set()
        await self.tasks.close(cancel=False)
        await self.write_all()
        if self.noted:
            logger.error("the last news of %d runs are lost: %s", len(self.noted), self.trouble)
        await self.in_thread(self.store.close)
        self.thread.shutdown()

    def in_thread(self, call: Callable[..., Result], *arguments: object) -> asyncio.Future[Result]:
        """Have the store's thread do something."""
        return asyncio.get_running_loop().run_in_executor(self.thread, call, *arguments)

    async def read(self, call: Callable[..., Result], *arguments: object) -> Result:
        """Ask the store for something; raises Unavailable."""
        try:
            return await self.in_thread(call, *arguments)
        except sqlite3.Error as error:
            raise Unavailable(f"the store of records cannot be read: {error}", retry_after=5) from None
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise Unavailable(f"the record is damaged: {error}", retry_after=60) from None

    def note(self, draft: Draft) -> None:
        """Have a run written within the gap."""
        if draft.record.id not in self.noted:
            self.noted[draft.record.id] = Noted(draft, asyncio.get_running_loop().time())
            self.called.set()

    def drop(self, run_ids: Iterable[str]) -> None:
        """Have runs deleted within the gap."""
        now = asyncio.get_running_loop().time()
        for run_id in run_ids:
            self.noted.pop(run_id, None)
            self.urgent.pop(run_id, None)
            self.dropped[run_id] = now
            self.called.set()

    async def save(self, draft: Draft) -> None:
        """Have a run written at once, and wait for it. Raises Unavailable; the run stays noted."""
        self.note(draft)
        if self.writing.words is not None:
            raise Unavailable(self.writing.words, retry_after=5)
        self.urgent[draft.record.id] = draft
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(written)
        self.called.set()
        await written

    async def check(self) -> str | None:
        """What is wrong with the store, in words. One that nobody has written for a while is tried."""
        now = asyncio.get_running_loop().time()
        if self.writing.words is None and now - self.tried_at > FRESH:
            self.tried_at = now
            try:
                async with asyncio.timeout(NO_ANSWER):
                    await self.in_thread(self.store.rehearse)
            except (sqlite3.Error, OSError) as error:
                self.writing.came(unwritable(error))
                self.called.set()
        return self.trouble

    async def write_for_ever(self) -> None:
        """Batch after batch."""
        while not self.ended.is_set():
            await self.until_due()
            await self.write_batch()
            await self.give_back()
            if self.writing.words is not None and not self.ended.is_set():
                await asyncio.sleep(RETRY)

    async def write_all(self) -> None:
        """Write all that there is, due or not; what cannot be written stays noted."""
        while self.noted or self.dropped:
            await self.write_batch()
            if self.writing.words is not None:
                return

    async def give_back(self) -> None:
        """Give some of the space that deleted records have left back to the disk."""
        if self.writing.words is None:
            try:
                self.slack = await self.in_thread(self.store.shrink)
            except sqlite3.Error as error:
                self.writing.came(unwritable(error))

    async def flush_for_ever(self) -> None:
        """Bring to the disk what was written, in a thread of its own: a slow disk holds up no batch."""
        while not self.ended.is_set():
            await self.unflushed.wait()
            self.unflushed.clear()
            try:
                await asyncio.to_thread(self.store.flush)
                self.flushing.went()
            except sqlite3.Error as error:
                self.flushing.came(f"what was written cannot be brought to the disk: {error}")
                self.unflushed.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GAP):
                    await self.ended.wait()

    async def until_due(self) -> None:
        """Wait until something is to be written. A store in trouble is tried whether there is or not."""
        while not (self.urgent or self.ended.is_set() or self.writing.words or self.slack):
            wait = self.due_in()
            if wait is not None and wait <= 0:
                return
            self.called.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.called.wait()

    def due_in(self) -> float | None:
        """Seconds until something is due; None where nothing is noted."""
        since = [noted.since for noted in self.noted.values()][:1] + list(self.dropped.values())[:1]
        return min(since) + GAP - asyncio.get_running_loop().time() if since else None

    def due(self) -> list[Noted]:
        """What goes into the next batch: the urgent; or all that is noted, as much as a batch holds, longest first.

        Few large batches cost less than many small ones, so what is not yet due goes along.
        """
        if self.urgent:
            drafts, self.urgent = self.urgent, {}
            return [self.noted.pop(run_id, Noted(draft, 0.0)) for run_id, draft in drafts.items()]
        found: list[Noted] = []
        size = 0
        for noted in self.noted.values():
            if size > BATCH_BYTES:
                break
            found.append(noted)
            size += noted.draft.unwritten_bytes
        for noted in found:
            del self.noted[noted.draft.record.id]
        return found

    async def write_batch(self) -> None:
        """Write what is due, whole or not at all."""
        batch, waiting, dropped = self.due(), self.waiting, self.dropped
        self.waiting, self.dropped = [], {}
        try:
            changes = [noted.draft.change() for noted in batch]
            if self.writing.words is not None:  # an empty batch proves nothing
                await self.in_thread(self.store.rehearse)
            await self.in_thread(self.store.write, changes, list(dropped))
        except (sqlite3.Error, OSError) as error:
            self.not_written(batch, dropped, waiting, unwritable(error))
            return
        except BaseException as error:
            self.not_written(batch, dropped, waiting, unwritable(error))
            raise
        self.tried_at = asyncio.get_running_loop().time()
        self.writing.went()
        self.unflushed.set()
        for noted, change in zip(batch, changes, strict=True):
            noted.draft.written(change)
            if change.ended is not None:
                self.settled(change.run_id)
        for written in waiting:
            if not written.done():
                written.set_result(None)

    def not_written(
        self, batch: Sequence[Noted], dropped: dict[str, float], waiting: Iterable[asyncio.Future[None]], words: str
    ) -> None:
        """Keep all for the next time, and tell those who wait."""
        self.writing.came(words)
        again = {noted.draft.record.id: noted for noted in batch if noted.draft.record.id not in self.dropped}
        self.noted = {**again, **self.noted}
        self.dropped = {**dropped, **self.dropped}
        for written in waiting:
            if not written.done():
                written.set_exception(Unavailable(words, retry_after=5))


def unwritable(error: BaseException) -> str:
    """What is wrong with the store, in words."""
    if isinstance(error, TimeoutError):
        return f"the store of records does not answer within {NO_ANSWER:g} s"
    return f"the store of records cannot be written: {error}"
