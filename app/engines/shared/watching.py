"""What a web process knows of the runs that somebody looks at: a copy of each record, kept up to date for all viewers
together, so that a viewer more costs Redis nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Iterator
from typing import Any, cast

from ...datasets import resolve
from ...runs.errors import Unavailable, UnknownRun
from ...runs.events import Position, Report, RunView, Status, Update
from ...runs.record import Record
from ..codec import as_numbers, read_snapshot, read_spec
from .books import RETURN, Books
from .held import optional

__all__ = ["Watching", "readable", "view_from"]

LOOK = 1.0
"""Seconds after which a run is looked at though nobody has said that there is news: words can be lost."""
UNWATCHED = 30.0
"""Seconds that a copy is kept when nobody looks at it."""
BATCH = 64

logger = logging.getLogger(__name__)


class Watch:
    """A copy of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.record.change = self.record.shown_change = -1
        self.news = asyncio.Event()
        self.viewers = 0
        self.left_at = 0.0
        self.damage: str | None = None
        """Why the record cannot be read, in words."""

    def spread(self) -> None:
        """Wake all who wait."""
        self.news.set()
        self.news = asyncio.Event()

    def take(self, fields: list[Any]) -> None:
        """Add what the function ``read`` found."""
        _, status, pace, detail, change, newest, costs, _ = fields
        snapshot = read_snapshot(newest) if newest else None
        told = as_numbers(costs) if snapshot is not None else None
        known = cast(Status, status.decode())
        self.record.apply(
            Report(self.record.id, known, optional(pace), None, detail.decode() or None, told, snapshot),
        )
        self.record.change = int(change)
        self.record.publish()
        self.spread()


class Watching:
    """All copies. ``keep_up`` has to run."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.watches: dict[str, Watch] = {}
        self.stale: dict[str, None] = {}
        """Runs of which there may be news, oldest word first."""
        self.word = asyncio.Event()

    async def next(self, run_id: str, after: Position) -> Update:
        """See the port."""
        while True:
            watch = self.watches.get(run_id) or await self.begin(run_id)
            if watch.damage is not None:
                raise Unavailable(watch.damage, 60)
            update = watch.record.update(after)
            if update is not None:
                return update
            watch.viewers += 1
            try:
                await watch.news.wait()
            finally:
                watch.viewers -= 1
                watch.left_at = asyncio.get_running_loop().time()

    async def begin(self, run_id: str) -> Watch:
        """Begin to watch a run. Raises UnknownRun, Unavailable."""
        view = await self.view(run_id)
        if run_id not in self.watches:
            with readable(run_id):
                self.watches[run_id] = Watch(Record(run_id, view.spec, resolve(view.spec.dataset)))
            self.watches[run_id].left_at = asyncio.get_running_loop().time()
            self.heard([run_id])
        return self.watches[run_id]

    async def view(self, run_id: str) -> RunView:
        """See the port."""
        fields = await self.books.call("view", run_id)
        with readable(run_id):
            return view_from(run_id, fields)

    def heard(self, run_ids: Iterable[str]) -> None:
        """There is news of these runs, perhaps."""
        for run_id in run_ids:
            if run_id in self.watches:
                self.stale[run_id] = None
                self.word.set()

    def look_at_all(self) -> None:
        """News may have been missed. Copies that nobody looks at are dropped."""
        now = asyncio.get_running_loop().time()
        for run_id, watch in list(self.watches.items()):
            if not watch.viewers and now - watch.left_at > UNWATCHED:
                del self.watches[run_id]
        self.heard(list(self.watches))

    async def keep_up(self) -> None:
        """Read what is new, for ever."""
        while True:
            await self.word.wait()
            self.word.clear()
            while self.stale:
                batch = [run_id for run_id in list(self.stale)[:BATCH] if run_id in self.watches]
                for run_id in list(self.stale)[:BATCH]:
                    del self.stale[run_id]
                try:
                    await self.read(batch)
                except Unavailable:
                    self.heard(batch)
                    await asyncio.sleep(RETURN)

    async def read(self, run_ids: list[str]) -> None:
        """Bring these copies up to date."""
        records = [self.watches[run_id].record for run_id in run_ids]
        calls = [("read", record.id, record.recorded.count, record.change) for record in records]
        answers = await self.books.calls(calls) if calls else []
        for run_id, fields in zip(run_ids, answers, strict=True):
            watch = self.watches.get(run_id)
            if watch is None or fields[0] == b"same":
                continue
            if fields[0] == b"unknown":
                del self.watches[run_id]
                watch.spread()
            else:
                self.take(watch, fields)

    def take(self, watch: Watch, fields: list[Any]) -> None:
        """Bring a copy up to date; one whose record cannot be read is said to be damaged, to its own viewers alone."""
        try:
            with readable(watch.record.id):
                watch.take(fields)
        except Unavailable as error:
            logger.error("%s", error)
            watch.damage = str(error)
            watch.spread()


@contextlib.contextmanager
def readable(run_id: str) -> Iterator[None]:
    """Raise Unavailable where what Redis has of a run cannot be read."""
    try:
        yield
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError) as error:
        raise Unavailable(f"the record of the run {run_id} is damaged: {error}", 60) from error


def view_from(run_id: str, fields: list[Any]) -> RunView:
    """A run as the function ``view`` gives it. Raises UnknownRun."""
    if fields[0] == b"unknown":
        raise UnknownRun(run_id)
    _, spec, status, pace, detail, change, newest, cost, have = fields
    return RunView(
        id=run_id,
        status=cast(Status, status.decode()),
        epoch=max(0, int(have) - 1),
        cost=float(as_numbers(cost)[0]) if cost else None,
        accuracy=read_snapshot(newest).accuracy if newest else None,
        pace=optional(pace),
        detail=detail.decode() or None,
        spec=read_spec(spec),
        change=int(change),
    )
