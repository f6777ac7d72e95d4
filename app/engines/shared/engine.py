"""The engine port on a shared Redis: any number of web processes hand runs to any number of workers, and each answers
for every run.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import secrets
from collections.abc import Mapping, Sequence
from types import TracebackType
from weakref import WeakValueDictionary

import orjson

from ...datasets import Dataset, resolve
from ...nn.data import Array
from ...nn.network import forward
from ...nn.rows import parameters_in
from ...nn.spec import RunSpec
from ...runs.capacity import Capacity, no_memory, too_many, too_many_at_place, too_many_of_yours
from ...runs.commands import Command
from ...runs.errors import Refused, Unavailable, UnknownRun
from ...runs.events import KeptState, Position, RunView, Snapshot, Status, Update
from ...runs.footprint import footprint
from ...runs.ports import Owner
from ..codec import as_numbers, command_bytes, read_snapshot, read_spec, spec_bytes
from ..tasks import Tasks
from ..trouble import Trouble
from .books import Books
from .watching import LOOK, Watching, readable

__all__ = ["SharedEngine"]

ANSWERED = 10.0
"""Seconds that an order may take: long enough for a run to find another worker."""


class SharedEngine:
    """See the port. An async context manager; Redis need not be there when it begins."""

    def __init__(self, books: Books, *, capacity: Capacity) -> None:
        self.books = books
        self.capacity = capacity
        self.id = secrets.token_hex(6)
        self.watching = Watching(books)
        self.tickets = itertools.count(1)
        self.pending: dict[str, asyncio.Future[str]] = {}
        self.turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """For each run, whose order is next."""
        self.redis = Trouble("redis")
        self.tasks = Tasks("the engine")

    async def __aenter__(self) -> SharedEngine:
        await self.check()
        channels = ["news", f"web:{self.id}"]
        self.tasks.begin(
            "listening to redis", lambda: self.books.listen(channels, self.told, self.watching.look_at_all)
        )
        self.tasks.begin("keeping up with runs", self.watching.keep_up)
        self.tasks.begin("looking after redis", self.looking)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self.tasks.close()
        await self.books.close()

    async def submit(self, spec: RunSpec, dataset: Dataset, owner: Owner, *, held: bool = False) -> RunView:
        """See the port."""
        run_id, capacity = secrets.token_urlsafe(9), self.capacity
        status: Status = "paused" if held else "queued"
        pace = "" if spec.pace is None else repr(spec.pace)
        needed = footprint(spec, dataset.data)
        limits = (owner.most_runs, needed, capacity.runs, capacity.record_bytes)
        wish = (run_id, spec_bytes(spec), owner.name, *limits, pace, status, owner.place, owner.most_at_place)
        answer = await self.books.call("submit", *wish)
        if answer[0] == b"runs":
            raise too_many(answer[1], capacity.runs)
        if answer[0] == b"owner":
            raise too_many_of_yours(answer[1], owner.most_runs)
        if answer[0] == b"place":
            raise too_many_at_place(answer[1], owner.most_at_place)
        if answer[0] == b"bytes":
            raise no_memory()
        return RunView(run_id, status, 0, None, None, spec.pace, None, spec, 1)

    async def command(self, run_id: str, command: Command) -> RunView:
        """See the port. Raises Unavailable where no worker obeys in time."""
        ticket = f"{self.id}.{next(self.tickets)}"
        order = {"ticket": ticket, "web": self.id, "command": orjson.loads(command_bytes(command))}
        entry = orjson.dumps(order)
        self.pending[ticket] = answered = asyncio.get_running_loop().create_future()
        try:
            async with self.turns.setdefault(run_id, asyncio.Lock()):
                taken = await self.books.call("order", run_id, entry)
            if taken[0] == b"unknown":
                raise UnknownRun(run_id)
            if taken[0] == b"over":
                raise Refused(f"the run is {taken[1].decode()} at epoch {taken[2]}; it takes no more commands")
            refusal = await self.answer(run_id, entry, answered)
        finally:
            del self.pending[ticket]
        if refusal:
            raise Refused(refusal)
        return await self.view(run_id)

    async def answer(self, run_id: str, entry: bytes, answered: asyncio.Future[str]) -> str:
        """The words of the refusal, none where the order was obeyed; taken back where nobody has obeyed it."""
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(answered), ANSWERED)
        if not await self.books.call("withdraw", run_id, entry):
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(answered, 2 * LOOK)
        raise Unavailable("no worker has obeyed the order in time; nothing was changed", 5)

    async def view(self, run_id: str) -> RunView:
        """See the port."""
        return await self.watching.view(run_id)

    async def costs(self, run_id: str, start: int, stop: int | None) -> Array:
        """See the port."""
        if stop is not None and stop <= start:
            await self.view(run_id)
            return as_numbers(b"")
        found = await self.books.call("costs", run_id, start, -1 if stop is None else stop - 1)
        if found[0] == b"unknown":
            raise UnknownRun(run_id)
        with readable(run_id):
            return as_numbers(found[1])

    async def costs_at(self, run_id: str, epochs: Sequence[int]) -> Mapping[int, float]:
        """See the port."""
        found = await self.books.calls([("costs", run_id, epoch, epoch) for epoch in epochs])
        if any(answer[0] == b"unknown" for answer in found):
            raise UnknownRun(run_id)
        recorded = zip(epochs, (as_numbers(answer[1]) for answer in found), strict=True)
        return {epoch: float(cost[0]) for epoch, cost in recorded if len(cost)}

    async def state(self, run_id: str, epoch: int) -> KeptState | None:
        """See the port."""
        found = await self.books.call("state", run_id, epoch)
        if found[0] == b"unknown":
            raise UnknownRun(run_id)
        _, spec, newest, row = found
        if not newest:
            return None
        with readable(run_id):
            snapshot = read_snapshot(newest)
            if epoch < snapshot.epoch and not row:
                return None
            older = row if epoch < snapshot.epoch else b""
            return await asyncio.to_thread(kept_state, read_spec(spec), snapshot, older)

    async def dataset(self, run_id: str) -> Dataset:
        """See the port."""
        return resolve((await self.view(run_id)).spec.dataset)

    async def next(self, run_id: str, after: Position) -> Update:
        """See the port."""
        return await self.watching.next(run_id, after)

    async def health(self) -> Mapping[str, str | None]:
        """See the port."""
        workers = await self.check()
        if workers is None:
            return {"redis": self.redis.words, "workers": "not known while Redis is not well"}
        return {"redis": self.tasks.words, "workers": None if workers else "no worker has been heard of lately"}

    async def check(self) -> int | None:
        """How many workers live; None where Redis would refuse a new run, and ``redis`` says why."""
        try:
            workers = await self.books.check()
        except Unavailable as away:
            self.redis.came(str(away))
            return None
        self.redis.went()
        return workers

    def told(self, channel: str, words: str) -> None:
        """Runs have news, or an order has its answer."""
        if channel == "news":
            self.watching.heard(words.split())
        else:
            ticket, _, refusal = words.partition(" ")
            self.settle(ticket, refusal)

    def settle(self, ticket: str, refusal: str) -> None:
        """An order has its answer."""
        pending = self.pending.get(ticket)
        if pending is not None and not pending.done():
            pending.set_result(refusal)

    async def looking(self) -> None:
        """Look for what we were told while the line was broken."""
        while True:
            await asyncio.sleep(LOOK)
            self.watching.look_at_all()
            await self.check()
            with contextlib.suppress(Unavailable):
                for ticket, refusal in (await self.books.outcomes(list(self.pending))).items():
                    self.settle(ticket, refusal)


def kept_state(spec: RunSpec, newest: Snapshot, row: bytes) -> KeptState:
    """A state with the a of all samples: the newest, or one from its row of numbers. A large network takes a while."""
    epoch, parameters = newest.epoch, newest.parameters
    if row:
        epoch, parameters = int.from_bytes(row[:8], "little"), parameters_in(as_numbers(row[8:]), parameters)
    outputs = forward(parameters, resolve(spec.dataset).data.x, spec.output).a[-1]
    return KeptState(epoch, parameters, outputs)
