"""The routes of runs: start, see and steer them, and read what they have recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import anyio.lowlevel
import numpy as np
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from ...nn.data import Array
from ...nn.errors import SpecError
from ...nn.reading import choice, read_object, schema
from ...nn.spec import LIMITS
from ...runs.commands import Command, Pace, Pause, Resume, Stop
from ...runs.script import script
from ...streaming.wire import finite, parts, read_pace, run_document
from ..door.bodies import read_json
from ..door.problems import Problem
from ..parts import Parts
from .answers import body_schema, count_costly, encoded, reply, saved_as, span, spec_in

__all__ = ["create"]

COSTS_AT_ONCE = 20_000
MOST_AT = 200
"""Epochs whose costs may be asked for one by one in one request."""
BEGINNINGS = ("running", "paused")
STATUS_COMMANDS: Mapping[str, Callable[[], Command]] = {"paused": Pause, "running": Resume, "stopped": Stop}


def create(app_parts: Parts) -> APIRouter:
    """All routes under /api/runs."""
    router = APIRouter(prefix="/api")
    add_runs(router, app_parts)
    add_records(router, app_parts)
    return router


def add_runs(router: APIRouter, app_parts: Parts) -> None:
    """Start, see and steer runs."""
    engine = app_parts.engine

    @router.post("/runs", status_code=201, openapi_extra=body_schema(wish_schema()))
    async def start(request: Request) -> Response:
        """Take a run spec in hand; with ``"status": "paused"`` the run waits at epoch 0 for a command."""
        visitor = await count_costly(request, app_parts)
        held, document = read_beginning(await read_json(request, app_parts.settings))
        spec, dataset = await spec_in(document)
        view = await engine.submit(spec, dataset, app_parts.visitors.owner(visitor), held=held)
        app_parts.metrics.runs.inc()
        return reply(run_document(view), 201, {"location": f"/api/runs/{view.id}"})

    @router.get("/runs/{run_id}")
    async def run(run_id: str) -> Response:
        """The run as it stands."""
        return reply(run_document(await engine.view(run_id)))

    @router.patch("/runs/{run_id}", openapi_extra=body_schema({"status": {}, "pace": {}}))
    async def steer(run_id: str, request: Request) -> Response:
        """Change status, pace, or both; a body that is wrong in one part changes nothing."""
        await engine.view(run_id)
        body = await read_json(request, app_parts.settings)
        view = await engine.view(run_id)
        for command in read_changes(body):
            view = await engine.command(run_id, command)
        return reply(run_document(view))


def wish_schema() -> dict[str, Any]:
    """What may be posted to begin a run: a run spec, and beside it the status to begin with."""
    spec = schema()
    status = {"enum": list(BEGINNINGS), "default": "running"}
    return {**spec, "properties": {**spec["properties"], "status": status}}


def read_beginning(document: object) -> tuple[bool, object]:
    """Whether the run is to begin held, and the run spec without that."""
    if not isinstance(document, dict) or "status" not in document:
        return False, document
    status = choice(BEGINNINGS)("status", document["status"])
    return status == "paused", {name: value for name, value in document.items() if name != "status"}


def read_changes(document: object) -> list[Command]:
    """The commands that a PATCH asks for, pace first, so that a resumed run starts with it."""
    fields = read_object("body", document, ("status", "pace"))
    if not fields:
        raise SpecError("body", document, "changes")
    commands: list[Command] = []
    if "pace" in fields:
        commands.append(Pace(read_pace("pace", fields["pace"])))
    if "status" in fields:
        commands.append(STATUS_COMMANDS[choice(tuple(STATUS_COMMANDS))("status", fields["status"])]())
    return commands


def add_records(router: APIRouter, app_parts: Parts) -> None:
    """What a run has recorded."""
    engine = app_parts.engine

    @router.get("/runs/{run_id}/costs")
    async def costs(run_id: str, start: int = 0, stop: int | None = None, at: str | None = None) -> Response:
        """Every epoch's cost from ``start`` to before ``stop``, exact.

        With ``at``, a list of epochs with commas between: the costs of those that are recorded.
        """
        if at is not None and (start or stop is not None):
            raise SpecError("at", at, "epochs-alone")
        if at is not None:
            found = await engine.costs_at(run_id, read_at(at))
            return reply({"at": list(found), "cost": list(found.values())})
        first, last = span(start, stop, 1_000_001)
        costs = await engine.costs(run_id, first, last)
        return StreamingResponse(json_costs(first, costs), media_type="application/json")

    @router.get("/runs/{run_id}/state")
    async def state(run_id: str, epoch: int = 1_000_000) -> Response:
        """Parameters, outputs, cost and accuracy before update ``epoch``, at the recorded epoch nearest below."""
        if epoch < 0:
            raise SpecError("epoch", epoch, "from", low=0, whole=True)
        kept = await engine.state(run_id, epoch)
        if kept is None:
            raise Problem(409, "the run has recorded no state yet", retry_after=1, code="no-state")
        cost = (await engine.costs_at(run_id, [kept.epoch])).get(kept.epoch)
        labels = (await engine.dataset(run_id)).data.labels
        seen = {"cost": cost, "accuracy": float(np.mean(kept.outputs.argmax(axis=1) == labels))}
        return reply({"epoch": kept.epoch, **seen, **parts(kept.parameters), "a": finite(kept.outputs)})

    @router.get("/runs/{run_id}/costs.csv")
    async def table(run_id: str) -> Response:
        """Epoch and cost as CSV, every digit."""
        costs = await engine.costs(run_id, 0, None)
        kind = "text/csv; charset=utf-8"
        return StreamingResponse(csv_costs(costs), media_type=kind, headers=saved_as(f"run-{run_id}-costs.csv"))

    @router.get("/runs/{run_id}/script")
    async def program(run_id: str) -> Response:
        """A stand-alone NumPy script that repeats the run."""
        view = await engine.view(run_id)
        text = script(view.spec, await engine.dataset(run_id))
        return Response(text, media_type="text/x-python; charset=utf-8", headers=saved_as(f"run-{run_id}.py"))


def read_at(text: str) -> list[int]:
    """The epochs that a list with commas names; raises SpecError."""
    last = int(LIMITS["epochs"].high)
    wrong = SpecError("at", text, "epochs", count=MOST_AT, low=0, high=last, whole=True)
    parts = text.split(",")
    if len(parts) > MOST_AT or not all(part.isascii() and part.isdigit() and len(part) <= 7 for part in parts):
        raise wrong
    epochs = [int(part) for part in parts]
    if max(epochs) > last:
        raise wrong
    return epochs


async def json_costs(first: int, costs: Array) -> AsyncIterator[bytes]:
    """The answer with a run's costs, in pieces: a million at once would hold up everybody else."""
    yield b'{"start":%d,"cost":[' % first
    for start in range(0, len(costs), COSTS_AT_ONCE):
        await anyio.lowlevel.checkpoint()
        piece = encoded(costs[start : start + COSTS_AT_ONCE])[1:-1]
        yield piece if start == 0 else b"," + piece
    yield b"]}"


async def csv_costs(costs: Array) -> AsyncIterator[bytes]:
    """Epoch and cost as CSV, in pieces."""
    yield b"epoch,cost\n"
    for start in range(0, len(costs), COSTS_AT_ONCE):
        await anyio.lowlevel.checkpoint()
        piece = costs[start : start + COSTS_AT_ONCE].tolist()
        yield "".join(f"{epoch},{cost!r}\n" for epoch, cost in enumerate(piece, start)).encode()
