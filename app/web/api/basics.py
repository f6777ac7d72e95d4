"""The routes that need no run: data sets, the output layer, and what a spec may be and begins with."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import anyio.lowlevel
import anyio.to_thread
import numpy as np
from fastapi import APIRouter, Request, Response

from ...datasets import Outline, absent, catalogue, load, outline
from ...nn.check import gradient_check
from ...nn.costs import activate, cost_of, delta_of
from ...nn.data import Array, Data
from ...nn.errors import SpecError
from ...nn.initialise import initialise
from ...nn.layers import log_softmax, softmax, softmax_jacobian
from ...nn.reading import as_document, choice, read_numbers, read_object, read_within, schema
from ...nn.single import trainer
from ...nn.spec import COSTS, LIMITS, OUTPUTS, PAIRS, Range, RunSpec, layer_sizes, parameter_count
from ...streaming.wire import parts
from ..door.bodies import read_json
from ..door.problems import Problem
from ..door.turns import Turns
from ..parts import Parts
from .answers import LARGEST_INDEX, body_schema, count_costly, no_data_set, read_spec, reply, span, too_large

__all__ = ["create"]

MOST_LOGITS = 500
TEMPERATURE = Range(0.001, 1000, whole=False)
LOGIT = Range(-1e308, 1e308, whole=False)
TARGET = Range(0, 1, whole=False)
PAGE_OF_SAMPLES, PAGE_OF_NUMBERS = 2000, 200_000
"""How much one answer holds of a data set: samples, and inputs in all."""
CHECK_WORK, SHORT_CHECK_WORK = 1_000_000_000, 20_000_000
"""Parameters² × samples that a check may take, and up to which it is short: long ones have turns of their own."""
NUMBERS = {"type": "array", "items": {"type": "number"}}


def create(app_parts: Parts) -> APIRouter:
    """The routes under /api that need no run."""
    router = APIRouter(prefix="/api")
    cards()  # read before there are visitors to wait for it
    for add in (add_datasets, add_layer, add_spec):
        add(router, app_parts)
    return router


def add_datasets(router: APIRouter, _: Parts) -> None:
    """The catalogue and its samples."""

    @router.get("/datasets")
    async def datasets() -> Response:
        """Every data set, without its samples."""
        return reply(cards())

    @router.get("/datasets/{name}")
    async def dataset(name: str, start: int = 0, stop: int | None = None) -> Response:
        """One data set with its samples ``start`` … ``stop`` − 1."""
        if (words := absent(name)) is not None:
            raise Problem(404, f"the data set {name} is {words}")
        if name not in catalogue():
            raise no_data_set(name)
        found = await anyio.to_thread.run_sync(load, name)
        first, last = span(start, stop, found.data.samples)
        page = min(PAGE_OF_SAMPLES, PAGE_OF_NUMBERS // found.data.inputs)
        chosen = slice(first, min(last, first + page))
        samples = {"x": found.data.x[chosen], "y": found.data.labels[chosen]}
        return reply({**card(outline(name)), "start": first, **samples})


@functools.cache
def cards() -> list[dict[str, Any]]:
    """All data sets as the list shows them."""
    return [card(outline(name)) for name in catalogue()]


def card(dataset: Outline) -> dict[str, Any]:
    """A data set as the list shows it."""
    return {
        "name": dataset.name,
        "title": dataset.title["en"],
        "titles": dict(dataset.title),
        "inputs": dataset.inputs,
        "classes": dataset.classes,
        "samples": dataset.samples,
        "held_out": dataset.held_out,
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
        fields = read_object("body", await read_json(request, app_parts.settings), allowed, required=("z",))
        z = read_vector("z", fields["z"], LOGIT)
        temperature = read_within("temperature", fields.get("temperature", 1.0), TEMPERATURE)
        with np.errstate(all="ignore"):
            a = softmax(z, temperature)
            jacobian, log_a = softmax_jacobian(a, temperature), log_softmax(z, temperature)
        return reply({"a": a, "jacobian": jacobian, "log_a": log_a})

    @router.post("/cost", openapi_extra=body_schema({"z": NUMBERS, "y": NUMBERS, "output": {}, "cost": {}}))
    async def cost(request: Request) -> Response:
        """A sample's cost and its δ = ∂C/∂z, for a one-hot, soft or multi-hot target."""
        allowed = ("z", "y", "output", "cost")
        fields = read_object("body", await read_json(request, app_parts.settings), allowed, required=("z", "y"))
        z = read_vector("z", fields["z"], LOGIT)
        y = read_vector("y", fields["y"], TARGET)
        if len(y) != len(z):
            raise SpecError("y", fields["y"], "as-z", count=len(z))
        output = choice(OUTPUTS)("output", fields.get("output", "softmax"))
        name = choice(COSTS)("cost", fields.get("cost", PAIRS[output][0]))
        if name not in PAIRS[output]:
            raise SpecError("cost", name, "pair", output=output, options=PAIRS[output])
        with np.errstate(all="ignore"):
            value = float(cost_of(z, y, output, name))
            answer = {"a": activate(z, output), "cost": value, "delta": delta_of(z, y, output, name)}
        return reply(answer)


def read_vector(field: str, value: object, limit: Range) -> Array:
    """A list of 1 to 500 numbers within a range, as an array."""
    if isinstance(value, list) and not 1 <= len(value) <= MOST_LOGITS:
        raise SpecError(field, value, "length", low=1, high=MOST_LOGITS, whole=True, unit="numbers")
    numbers = read_numbers(field, value)
    for index, number in enumerate(numbers):
        if not limit.holds(number):
            raise limit.refusal(f"{field}[{index}]", number)
    return np.array(numbers)


def add_spec(router: APIRouter, app_parts: Parts) -> None:
    """What a run spec may be, and what its rule takes for the gradient."""
    starts, checks, long_checks = Turns(), Turns(), Turns()

    @router.get("/spec")
    async def spec() -> Response:
        """Defaults, limits, and the JSON Schema made from them."""
        return reply({"defaults": as_document(RunSpec()), "limits": limits(), "schema": schema()})

    @router.post("/start", openapi_extra=body_schema(schema()))
    async def start(request: Request) -> Response:
        """The state of epoch 0 that a spec begins with, without starting a run."""
        visitor = await count_costly(request, app_parts)
        wanted, dataset = await read_spec(request, app_parts)
        return reply(await starts.in_thread(visitor, first_state, wanted, dataset.data))

    @router.post("/gradient-check", openapi_extra=body_schema(schema()))
    async def check(request: Request) -> Response:
        """The rule's gradient at the start beside central differences, per parameter array."""
        visitor = await count_costly(request, app_parts)
        wanted, dataset = await read_spec(request, app_parts)
        count = parameter_count(layer_sizes(wanted, dataset.data))
        work = count * count * dataset.data.samples
        if work > CHECK_WORK:
            raise too_large(count, dataset.data.samples, CHECK_WORK)
        parameters = initialise(wanted, dataset.data)
        turns = checks if work <= SHORT_CHECK_WORK else long_checks
        found = await turns.in_thread(visitor, gradient_check, wanted, dataset.data, parameters)
        return reply(dataclasses.asdict(found))


def first_state(spec: RunSpec, data: Data) -> dict[str, Any]:
    """What a run of this spec begins with, as JSON has it."""
    training = trainer(spec, data)
    state = training.start()
    seen = training.observe(state)
    figures = {"epoch": state.epoch, "cost": seen.cost, "accuracy": seen.accuracy, "spec": as_document(spec)}
    return {**figures, **parts(state.parameters)}


def limits() -> dict[str, Any]:
    """The table of limits as JSON."""
    return {
        name: {"low": neat(limit.low), "high": neat(limit.high), "whole": limit.whole, "above": limit.open_low}
        for name, limit in LIMITS.items()
    }


def neat(bound: float) -> float:
    """A bound as JSON spells it shortest: without the point of a whole one."""
    return int(bound) if abs(bound) < LARGEST_INDEX and bound == int(bound) else bound
