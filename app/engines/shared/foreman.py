"""A worker of many machines: takes runs from Redis in hand, has its processes train them, records what they report.

It holds each run by a lease that it renews. While Redis is away it goes on training, and says everything when Redis is
back. What it may no longer write is refused there, and it lets go of that run.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from ...nn.fingerprint import fingerprint
from ...runs.commands import Stop
from ...runs.errors import Unavailable
from ...runs.events import Report
from ...runs.failures import failed
from ..codec import read_command
from ..tasks import Tasks
from ..trouble import Trouble
from ..workers.crew import Crew
from ..workers.messages import Answer, Order, ToEngine
from ..workers.process import WorkerProcess
from .books import RETURN, Books
from .check import name_of_workers
from .held import MOST_LOSSES, Held, Reply
from .writer import Writer

__all__ = ["Foreman"]

LEASE = 3.0
"""Seconds after which a worker that says nothing has lost its runs."""
BEAT = 0.5
"""Seconds between two renewals of the lease."""
STEADY = 2.0
"""Seconds that a worker's lease must still have for it to be counted on: it was heard two beats ago at the latest."""
LIFE = 60.0
"""Seconds between two times that the records of the runs in hand are kept from expiring; they last a day."""
MOST_A_PROCESS = 256
"""Runs in hand for each process."""
LOOK = 2.0
"""Seconds between two looks whether Redis would take a new run."""
FAREWELL = 2.0
"""Seconds to say the last and to hand back the runs."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """An order in a process's hands, and who waits for the answer."""

    held: Held
    entry: bytes
    ticket: str
    web: str
    order: Order


class Foreman:
    """One worker. ``work`` goes on until it is cancelled, and then hands back all runs."""

    def __init__(self, books: Books, *, processes: int) -> None:
        self.books = books
        self.id = name_of_workers() + secrets.token_hex(6)
        self.fingerprint = fingerprint()
        self.crew = Crew(processes, heard=self.heard, lost=self.lost)
        self.held: dict[str, Held] = {}
        self.writer = Writer(books, self.id, ended=self.forget, refused=self.drop)
        self.load: Counter[WorkerProcess] = Counter()
        self.tickets = itertools.count(1)
        self.given: dict[int, Given] = {}
        self.ordered: set[str] = set()
        """Runs for which there may be orders."""
        self.called, self.rung = asyncio.Event(), asyncio.Event()
        self.hands = asyncio.Lock()
        """Held by whoever changes which runs are in hand."""
        self.steady_since: float | None = None
        self.redis = Trouble("waiting for redis")
        self.tasks = Tasks("the worker")
        self.ready: Callable[[], None] | None = None
        self.looked_at = float("-inf")
        self.kept_alive = 0.0

    async def start(self) -> None:
        """Start the processes; NotStarted where none can live."""
        try:
            await self.crew.start()
        except BaseException:
            await self.crew.close()
            raise

    async def work(self, ready: Callable[[], None] = lambda: None) -> None:
        """Take runs, train and record them until cancelled. ``ready`` is called when Redis has given us a lease."""
        channels = ["bell", f"worker:{self.id}"]
        self.ready = ready
        try:
            self.tasks.begin("listening to redis", lambda: self.books.listen(channels, self.told, self.listening))
            self.tasks.begin("renewing the lease", self.beating)
            self.tasks.begin("taking runs", self.claiming)
            self.tasks.begin("fetching orders", self.fetching)
            self.tasks.begin("recording", self.writer.recording)
            await asyncio.Event().wait()
        finally:
            await self.tasks.close()
            await self.farewell()

    async def farewell(self) -> None:
        """Record the last reports, hand back all runs, end the processes."""
        with contextlib.suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await self.writer.record_all()
                await self.books.call("leave", self.id)
        await self.crew.close()
        await self.books.close()

    # What Redis tells.

    def listening(self) -> None:
        """The line is new: whatever was said before may have been missed."""
        self.ordered.update(held.key for held in self.held.values())
        self.called.set()
        self.rung.set()

    def told(self, channel: str, words: str) -> None:
        """There is work, or an order for a run."""
        if channel == "bell":
            if not words:  # else it is a web process that tries whether Redis is well
                self.rung.set()
        else:
            self.ordered.update(held.key for held in self.held.values() if held.id == words)
            self.called.set()

    async def beating(self) -> None:
        """Renew the lease, and whatever has to be looked after; say what is wrong with Redis."""
        while True:
            try:
                await self.beat()
                await self.claim(beyond_share=True)
                await self.spare()
                await self.look_after()
            except Unavailable as away:
                self.redis.came(str(away))
                self.steady_since = None
            await asyncio.sleep(BEAT)

    async def look_after(self) -> None:
        """Now and then, see whether Redis would take runs; we have our lease whether it would or not."""
        now = asyncio.get_running_loop().time()
        if self.ready is not None:
            self.ready()
            self.ready = None
        if now - self.looked_at < LOOK:
            return
        self.looked_at = now
        try:
            await self.books.check()
        except Unavailable as away:
            self.redis.came(str(away))
        else:
            self.redis.went()

    async def beat(self) -> None:
        """Renew the lease. Only who has been heard for longer than a lease may say of others that they are dead: when
        Redis was away, everybody is late.
        """
        now = asyncio.get_running_loop().time()
        steady = self.steady_since is not None and now - self.steady_since > LEASE
        async with self.hands:
            holds = await self.books.call("beat", self.id, LEASE, self.crew.count, "1" if steady else "")
            if holds != len(self.held):
                await self.reconcile()
        self.steady_since = now if self.steady_since is None else self.steady_since
        if now - self.kept_alive > LIFE and self.held:
            await self.books.call("keep_alive", *(held.id for held in self.held.values()))
            self.kept_alive = now

    async def reconcile(self) -> None:
        """Bring into agreement what we hold and what Redis thinks that we do."""
        mine = {held.id: held for held in self.held.values()}
        for run_id in await self.books.call("reconcile", self.id, *mine):
            held = mine[run_id.decode()]
            if not held.over:  # one that has ended is just being recorded
                self.drop(held)

    async def claiming(self) -> None:
        """Take our share whenever there is work."""
        while True:
            await self.rung.wait()
            self.rung.clear()
            with contextlib.suppress(Unavailable):
                await self.claim(beyond_share=False)

    async def claim(self, *, beyond_share: bool) -> None:
        """Take runs in hand; all there are, where the others have had time to take theirs."""
        if not self.crew.members:
            return
        async with self.hands:
            most = MOST_A_PROCESS * self.crew.count
            for fields in await self.books.call("claim", self.id, most, "1" if beyond_share else ""):
                await self.take(fields)

    async def spare(self) -> None:
        """Hand back what is more than our share, as much as others have less than theirs: one may just have joined.
        What is not recorded yet is trained again.
        """
        async with self.hands:
            count = await self.books.call("surplus", self.id, MOST_A_PROCESS, STEADY)
            spared = evenly(self.held.values(), count)
            for held in spared:
                self.drop(held)
            if spared:
                await self.books.calls([("release", self.id, held.id, held.fence) for held in spared])

    async def take(self, fields: list[Any]) -> None:
        """Take one run in hand; one that cannot be read fails."""
        try:
            held = Held.claimed(fields)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            reason = failed("unreadable", error=str(error))
            await self.books.call("append", fields[0], fields[1], "", "failed", "", "", reason, 0, b"", b"", 0, 0)
            return
        if held.fingerprint not in ("", self.fingerprint):
            await self.give_up(held)
            return
        held.fingerprint = self.fingerprint
        for former in [former for former in self.held.values() if former.id == held.id]:
            self.drop(former)
        self.held[held.key] = held
        self.ordered.add(held.key)
        self.called.set()
        self.give(held)

    async def give_up(self, held: Held) -> None:
        """A run begun by another kind of arithmetic would not go on to the same bits: it fails, and says so."""
        held.hear(Report(held.key, "failed", held.pace, detail=failed("arithmetic")))
        await self.books.call(*held.record()[0])
        await self.books.tell("news", held.id)

    async def fetching(self) -> None:
        """Fetch orders and hand them on."""
        while True:
            await self.called.wait()
            self.called.clear()
            helds = [self.held[key] for key in self.ordered if key in self.held]
            self.ordered.clear()
            try:
                lists = await self.books.calls([("orders", held.id) for held in helds]) if helds else []
            except Unavailable:
                await asyncio.sleep(RETURN)
                self.listening()
                continue
            for held, entries in zip(helds, lists, strict=True):
                for entry in entries:
                    self.order(held, entry)

    def order(self, held: Held, entry: bytes) -> None:
        """Hand an order on to the process that trains the run."""
        document = orjson.loads(entry)
        if held.over or not held.give(document["ticket"], entry):
            return
        order = Order(next(self.tickets), held.key, read_command(orjson.dumps(document["command"])))
        self.given[order.ticket] = Given(held, entry, document["ticket"], document["web"], order)
        if held.process is not None:
            held.process.send(order)

    # What the processes tell.

    def give(self, held: Held) -> None:
        """Have the process with the fewest runs train this one, from where its record ends; then repeat its orders."""
        held.process = min(self.crew.members, key=lambda process: self.load[process])
        self.load[held.process] += 1
        held.process.send(held.take())
        for given in self.given.values():
            if given.held is held:
                held.process.send(given.order)

    def heard(self, process: WorkerProcess, message: ToEngine) -> None:
        """A process reports or answers."""
        if isinstance(message, Report):
            self.apply(process, message)
        elif isinstance(message, Answer):
            if message.report is not None:
                self.apply(process, message.report)
            given = self.given.pop(message.ticket, None)
            if given is not None:
                given.held.replies.append(Reply(given.entry, given.ticket, given.web, message.refusal or ""))
                given.held.urgent = True
                self.note(given.held)

    def apply(self, process: WorkerProcess, report: Report) -> None:
        """Note what is reported of a run that is in hand."""
        held = self.held.get(report.run_id)
        if held is None or held.process is not process:
            return
        held.hear(report)
        if held.over:
            self.load[process] -= 1
            held.process = None
        self.note(held)

    def note(self, held: Held) -> None:
        """There is something to record."""
        if held.key in self.held:
            self.writer.note(held)

    def lost(self, process: WorkerProcess) -> None:
        """A process is gone and another one there: its runs go on from what it had reported."""
        self.load.pop(process, None)
        for held in [held for held in self.held.values() if held.process is process]:
            held.process = None
            if held.lose_process():
                self.give(held)
                continue
            reason = failed("died", count=MOST_LOSSES, at=max(0, held.count - 1))
            held.hear(Report(held.key, "failed", held.pace, detail=reason))
            self.note(held)

    def drop(self, held: Held) -> None:
        """Stop to train a run that is no longer ours, and forget what is not recorded of it."""
        if held.process is not None and held.key in self.held:
            self.load[held.process] -= 1
            held.process.send(Order(next(self.tickets), held.key, Stop()))
        self.forget(held)

    def forget(self, held: Held) -> None:
        """It is no longer in hand."""
        self.held.pop(held.key, None)
        self.writer.forget(held)
        for ticket in [ticket for ticket, given in self.given.items() if given.held is held]:
            del self.given[ticket]


def evenly(helds: Iterable[Held], count: int) -> list[Held]:
    """So many of some runs, the same part of each process's, of those that run and of those that pause."""
    live = sorted((held for held in helds if not held.over), key=lambda held: (id(held.process), held.status))
    count = min(count, len(live))
    return [live[index * len(live) // count] for index in range(count)]
