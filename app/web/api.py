"""The JSON routes of the contract. Each reads its input strictly, asks the mathematics or the engine, and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import anyio.lowlevel
import anyio.to_thread
import numpy as np
import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from ..datasets import Dataset, catalogue, load, resolve
from ..nn.check import gradient_check
from ..nn.costs import activate, cost_of, delta_of
from ..nn.data import Array
from ..nn.errors import SpecError
from ..nn.initialise import initialise
from ..nn.kernel import Kernel
from ..nn.layers import log_softmax, softmax, softmax_jacobian
from ..nn.reading import as_document, choice, from_document, read_number, read_numbers, read_object, schema
from ..nn.spec import COSTS, LIMITS, OUTPUTS, PAIRS, Range, RunSpec, check_fits, layer_sizes, listed, parameter_count
from ..runs.commands import Command, Pace, Pause, Resume, Stop
from ..runs.script import script
from ..streaming.wire import finite, parts, read_pace, run_document
from .bodies import read_json
from .parts import Parts
from .problems import Problem

__all__ = ["create"]

MOST_LOGITS = 500
TEMPERATURE = Range(0.001, 1000, whole=False)
LOGIT = Range(-1e308, 1e308, whole=False)
TARGET = Range(0, 1, whole=False)
PAGE_OF_SAMPLES = 2000
COSTS_AT_ONCE = 20_000
CHECK_WORK = 1_000_000_000
STATUS_COMMANDS: Mapping[str, Callable[[], Command]] = {"paused": Pause, "running": Resume, "stopped": Stop}


def create(app_parts: Parts) -> APIRouter:
    """All routes under /api."""
    router = APIRouter(prefix="/api")
    for add in (add_datasets, add_layer, add_spec, add_runs, add_records):
        add(router, app_parts)
    return router


def add_datasets(router: APIRouter, _: Parts) -> None:
    """The catalogue and its samples."""

    @router.get("/datasets")
    async def datasets() -> Response:
        """Every data set, without its samples."""
        return reply([card(load(name)) for name in catalogue()])

    @router.get("/datasets/{name}")
    async def dataset(name: str, start: int = 0, stop: int | None = None) -> Response:
        """One data set with its samples ``start`` … ``stop`` − 1."""
        if name not in catalogue():
            raise Problem(404, f"there is no data set {name[:80]!r}; there are {listed(catalogue())}")
        found = load(name)
        first, last = span(start, stop, found.data.samples)
        chosen = slice(first, min(last, first + PAGE_OF_SAMPLES))
        samples = {"x": found.data.x[chosen], "y": found.data.labels[chosen]}
        return reply({**card(found), "start": first, **samples})


def card(dataset: Dataset) -> dict[str, Any]:
    """A data set as the list shows it."""
    return {
        "name": dataset.name,
        "title": dataset.title["en"],
        "titles": dict(dataset.title),
        "inputs": dataset.data.inputs,
        "classes": dataset.data.classes,
        "samples": dataset.data.samples,
        "feature_names": list(dataset.feature_names),
        "class_names": list(dataset.class_names),
        "local_names": {
            language: {"features": dataset.features_in(language), "classes": dataset.classes_in(language)}
            for language in dataset.title
        },
        "source": dataset.source,
    }


def add_layer(router: APIRouter, app_parts: Parts) -> None:
    """The output layer by itself: values and costs of given logits."""

    @router.post("/softmax", openapi_extra=body_schema({"z": NUMBERS, "temperature": {"type": "number"}}))
    async def softmax_of(request: Request) -> Response:
        """Softmax, its Jacobian and its logarithm."""
        allowed = ("z", "temperature")
        fields = read_object("the body", await read_json(request, app_parts.settings), allowed, required=("z",))
        z = read_vector("z", fields["z"], LOGIT)
        temperature = read_number("temperature", fields.get("temperature", 1.0), TEMPERATURE.words())
        if not TEMPERATURE.holds(temperature):
            raise SpecError("temperature", temperature, TEMPERATURE.words())
        with np.errstate(all="ignore"):
            a = softmax(z, temperature)
            jacobian, log_a = softmax_jacobian(a, temperature), log_softmax(z, temperature)
        return reply({"a": a, "jacobian": jacobian, "log_a": log_a})

    @router.post("/cost", openapi_extra=body_schema({"z": NUMBERS, "y": NUMBERS, "output": {}, "cost": {}}))
    async def cost(request: Request) -> Response:
        """A sample's cost and its δ = ∂C/∂z, for a one-hot, soft or multi-hot target."""
        allowed = ("z", "y", "output", "cost")
        fields = read_object("the body", await read_json(request, app_parts.settings), allowed, required=("z", "y"))
        z = read_vector("z", fields["z"], LOGIT)
        y = read_vector("y", fields["y"], TARGET)
        if len(y) != len(z):
            raise SpecError("y", fields["y"], f"as many numbers as z: {len(z)}")
        output = choice(OUTPUTS)("output", fields.get("output", "softmax"))
        name = choice(COSTS)("cost", fields.get("cost", PAIRS[output][0]))
        if name not in PAIRS[output]:
            raise SpecError("cost", name, f"with {output} outputs one of {listed(PAIRS[output])}")
        with np.errstate(all="ignore"):
            value = float(cost_of(z, y, output, name))
            answer = {"a": activate(z, output), "cost": value, "delta": delta_of(z, y, output, name)}
        return reply(answer)


def read_vector(field: str, value: object, limit: Range) -> Array:
    """A list of 1 to 500 numbers within a range, as an array."""
    if isinstance(value, list) and not 1 <= len(value) <= MOST_LOGITS:
        raise SpecError(field, value, f"a list of 1 to {MOST_LOGITS} numbers")
    numbers = read_numbers(field, value)
    for index, number in enumerate(numbers):
        if not limit.holds(number):
            raise SpecError(f"{field}[{index}]", number, limit.words())
    return np.array(numbers)


def add_spec(router: APIRouter, app_parts: Parts) -> None:
    """What a run spec may be, and what its rule takes for the gradient."""
    limiter = anyio.CapacityLimiter(1)

    @router.get("/spec")
    async def spec() -> Response:
        """Defaults, limits, and the JSON Schema made from them."""
        return reply({"defaults": as_document(RunSpec()), "limits": limits(), "schema": schema()})

    @router.post("/start", openapi_extra=body_schema(schema()))
    async def start(request: Request) -> Response:
        """The state of epoch 0 that a spec begins with, without starting a run."""
        wanted, dataset = await read_spec(request, app_parts)
        kernel = Kernel(wanted, dataset.data)
        state = kernel.start()
        seen = kernel.observe(state)
        cost = seen.cost if np.isfinite(seen.cost) else None
        answer = {"epoch": 0, "cost": cost, "accuracy": seen.accuracy, "spec": as_document(wanted)}
        return reply({**answer, **parts(state.parameters)})

    @router.post("/gradient-check", openapi_extra=body_schema(schema()))
    async def check(request: Request) -> Response:
        """The rule's gradient at the start beside central differences, per parameter array."""
        await count_costly(request, app_parts)
        wanted, dataset = await read_spec(request, app_parts)
        count = parameter_count(layer_sizes(wanted, dataset.data))
        if count * count * dataset.data.samples > CHECK_WORK:
            allowed = f"parameters² × samples up to {CHECK_WORK:,}; here {count}² × {dataset.data.samples}"
            raise SpecError("the network", f"{count} parameters", allowed)
        parameters = initialise(wanted, dataset.data)
        found = await anyio.to_thread.run_sync(gradient_check, wanted, dataset.data, parameters, limiter=limiter)
        return reply({field: getattr(found, field) for field in ("w", "b", "relative_w", "relative_b")})


def limits() -> dict[str, Any]:
    """The table of limits as JSON."""
    return {
        name: {"low": limit.low, "high": limit.high, "whole": limit.whole, "above": limit.open_low}
        for name, limit in LIMITS.items()
    }


def add_runs(router: APIRouter, app_parts: Parts) -> None:
    """Start, see and steer runs."""
    engine = app_parts.engine

    @router.post("/runs", status_code=201, openapi_extra=body_schema(schema()))
    async def start(request: Request) -> Response:
        """Take a run spec in hand."""
        visitor = await count_costly(request, app_parts)
        spec, dataset = await read_spec(request, app_parts)
        view = await engine.submit(spec, dataset, app_parts.visitors.owner(visitor))
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


def read_changes(document: object) -> list[Command]:
    """The commands that a PATCH asks for, pace first, so that a resumed run starts with it."""
    fields = read_object("the body", document, ("status", "pace"))
    if not fields:
        raise SpecError("the body", document, "status, pace, or both")
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
    async def costs(run_id: str, start: int = 0, stop: int | None = None) -> Response:
        """Every epoch's cost from ``start`` to before ``stop``, exact."""
        first, last = span(start, stop, 1_000_001)
        costs = await engine.costs(run_id, first, last)
        return StreamingResponse(json_costs(first, costs), media_type="application/json")

    @router.get("/runs/{run_id}/state")
    async def state(run_id: str, epoch: int = 1_000_000) -> Response:
        """Parameters and outputs before update ``epoch``, at the recorded epoch nearest below."""
        if epoch < 0:
            raise SpecError("epoch", epoch, "a whole number from 0")
        kept = await engine.state(run_id, epoch)
        if kept is None:
            raise Problem(409, "the run has recorded no state yet", headers={"retry-after": "1"})
        return reply({"epoch": kept.epoch, **parts(kept.parameters), "a": finite(kept.outputs)})

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


async def read_spec(request: Request, app_parts: Parts) -> tuple[RunSpec, Dataset]:
    """The run spec in a request's body, with its data set; an empty object is the default run."""
    spec = from_document(await read_json(request, app_parts.settings))
    dataset = resolve(spec.dataset)
    check_fits(spec, dataset.data)
    return spec, dataset


async def count_costly(request: Request, app_parts: Parts) -> Any:
    """Count a request that costs the server work; raises Problem 429 where it is one too many."""
    visitor = app_parts.visitors.visitor(request)
    if not await app_parts.visitors.may_submit(visitor):
        raise Problem(429, "too many runs or checks in one minute; wait a little", headers={"retry-after": "10"})
    return visitor


def span(start: int, stop: int | None, count: int) -> tuple[int, int]:
    """A checked half-open range of indices; without ``stop`` it goes to the end."""
    if start < 0:
        raise SpecError("start", start, "a whole number from 0")
    if stop is not None and stop < start:
        raise SpecError("stop", stop, f"a whole number from start, {start}")
    return start, count if stop is None else stop


def reply(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(encoded(document), status, headers, media_type="application/json")


def encoded(document: Any) -> bytes:
    """A document as JSON, arrays as nested lists; a number that is not finite is null, on purpose."""
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)


def saved_as(name: str) -> dict[str, str]:
    """The header of an answer that is a file to save."""
    return {"content-disposition": f'attachment; filename="{name}"'}


NUMBERS = {"type": "array", "items": {"type": "number"}}


def body_schema(properties: dict[str, Any]) -> dict[str, Any]:
    """A request body for the OpenAPI page: a whole schema, or the properties of an object."""
    whole = properties if "properties" in properties else {"type": "object", "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": whole}}}}
