"""The routes of samples that no run learns from: the samples themselves, and what a run's network makes of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from ...datasets import Dataset, absent, catalogue, load
from ...nn.data import Data
from ...nn.errors import SpecError
from ...nn.spec import Range
from ...runs.held_out import MOST_SHOWN, Answers, answers
from ...runs.ports import Engine
from ...streaming.wire import finite
from ..door.problems import Problem
from ..door.turns import Turns
from ..door.visitors import Visitor
from ..parts import Parts
from .answers import no_data_set, reply, span

__all__ = ["create"]

PAGE_OF_SAMPLES = 200
SHOWN = Range(0, MOST_SHOWN)
MOST_KEPT = 64
"""Answers that are kept."""

Seen = tuple[int, float, Answers]
"""The epoch, the accuracy on the samples that the run learns from, and the answers to the others."""


def create(app_parts: Parts) -> APIRouter:
    """All routes about held-out samples."""
    router = APIRouter(prefix="/api")
    examiner = Examiner(app_parts.engine)

    @router.get("/datasets/{name}/held-out")
    async def samples(name: str, start: int = 0, stop: int | None = None) -> Response:
        """The held-out samples ``start`` … ``stop`` − 1 of a data set."""
        held_out = await held_out_of(name)
        first, last = span(start, stop, held_out.samples)
        chosen = slice(first, min(last, first + PAGE_OF_SAMPLES))
        return reply({"name": name, "samples": held_out.samples, "start": first, **part(held_out, chosen)})

    @router.get("/runs/{run_id}/held-out")
    async def seen(run_id: str, request: Request, epoch: int = 1_000_000, shown: int = 0) -> Response:
        """Accuracy, cost, confusion[label][answer] and the worst mistakes on the held-out samples before update
        ``epoch``, at the recorded epoch nearest below; a of the first ``shown`` samples.
        """
        if epoch < 0:
            raise SpecError("epoch", epoch, "from", low=0, whole=True)
        if not SHOWN.holds(shown):
            raise SHOWN.refusal("shown", shown)
        return reply(document(await examiner.seen(run_id, epoch, app_parts.visitors.visitor(request)), shown))

    return router


def part(data: Data, chosen: slice) -> dict[str, Any]:
    """Some samples as JSON has them."""
    return {"x": data.x[chosen], "y": data.labels[chosen]}


async def held_out_of(name: str) -> Data:
    """A data set's held-out samples; raises Problem 404 where there are none."""
    if (words := absent(name)) is not None:
        raise Problem(404, f"the data set {name} is {words}")
    if name not in catalogue():
        raise no_data_set(name)
    return held_out_in(await anyio.to_thread.run_sync(load, name))


def held_out_in(dataset: Dataset) -> Data:
    """The same for a data set in hand."""
    if dataset.held_out is None:
        raise Problem(404, f"the data set {dataset.name} has no held-out samples")
    return dataset.held_out


def document(seen: Seen, shown: int) -> dict[str, Any]:
    """Answers as JSON has them; a number that is not finite is null."""
    epoch, training_accuracy, found = seen
    fields = ("index", "label", "answer", "cost")
    worst = [{**{field: getattr(one, field) for field in fields}, "a": finite(one.a)} for one in found.worst]
    return {
        "epoch": epoch,
        "training_accuracy": training_accuracy,
        "samples": found.samples,
        "accuracy": found.accuracy,
        "cost": found.cost,
        "confusion": found.confusion,
        "worst": worst,
        "a": finite(found.a[:shown]),
    }


class Examiner:
    """Asks networks about held-out samples, one at a time in a thread, and keeps the last answers."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kept: OrderedDict[tuple[str, int], Seen] = OrderedDict()
        self.turns = Turns()

    async def seen(self, run_id: str, epoch: int, visitor: Visitor) -> Seen:
        """What the run's network at an epoch makes of them. Raises UnknownRun, Problem 404, 409, 503."""
        view = await self.engine.view(run_id)
        key = (run_id, min(epoch, view.epoch))
        held_out = held_out_in(await self.engine.dataset(run_id))
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        return await self.turns.take(visitor, lambda: self.ask(key, held_out))

    async def ask(self, key: tuple[str, int], held_out: Data) -> Seen:
        """Work the answers out, unless somebody has done so while this one waited."""
        if key in self.kept:
            return self.kept[key]
        run_id, epoch = key
        view, dataset = await self.engine.view(run_id), await self.engine.dataset(run_id)
        state = await self.engine.state(run_id, epoch)
        if state is None:
            raise Problem(409, "the run has recorded no state yet", retry_after=1)
        found = await anyio.to_thread.run_sync(answers, view.spec, held_out, state.parameters)
        right = state.outputs.argmax(axis=1) == dataset.data.labels
        self.kept[key] = (state.epoch, float(right.mean()), found)
        while len(self.kept) > MOST_KEPT:
            self.kept.popitem(last=False)
        return self.kept[key]
