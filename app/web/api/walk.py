"""The walk through one epoch, line by line: what `/network` shows."""

from __future__ import annotations

import dataclasses
from typing import Any

from fastapi import APIRouter, Request, Response

from ...datasets import resolve
from ...nn.check import central_differences
from ...nn.data import Data
from ...nn.errors import SpecError
from ...nn.reading import as_document, from_document, read_object, read_within, schema
from ...nn.spec import Range, RunSpec, check_fits, layer_sizes, parameter_count
from ...nn.training import advance, start
from ...nn.walk import listing, walk
from ...streaming.wire import parts
from ..door.bodies import read_json
from ..door.turns import Turns
from ..parts import Parts
from .answers import body_schema, count_costly, reply, too_large

__all__ = ["create"]

EPOCHS = Range(0, 1000, unit="epochs")
CHECK_WORK = 20_000_000
"""Parameters² × samples: every parameter is moved twice, and each time all samples go through the network."""
LEAD_WORK = 20_000_000
"""Parameters × samples × epochs before the one that is walked."""


def create(app_parts: Parts) -> APIRouter:
    """The route of the walk."""
    router = APIRouter(prefix="/api")
    walks = Turns()

    @router.post("/walk", openapi_extra=body_schema({"spec": schema(), "epoch": {"type": "integer"}}))
    async def walk_through(request: Request) -> Response:
        """One epoch of a spec's network, line by line, with all arrays, beside central differences."""
        visitor = await count_costly(request, app_parts)
        spec, data, epoch = read_wish(await read_json(request, app_parts.settings))
        return reply(await walks.in_thread(visitor, walked, spec, data, epoch))

    return router


def read_wish(document: object) -> tuple[RunSpec, Data, int]:
    """What is to be walked: a spec, its samples, and the epoch; raises SpecError for what the listing does not show."""
    fields = read_object("body", document, ("spec", "epoch"))
    spec = from_document(fields.get("spec", {}))
    data = resolve(spec.dataset).data
    check_fits(spec, data)
    epoch = int(read_within("epoch", fields.get("epoch", 0), EPOCHS))
    if spec.rule != "exact":
        raise SpecError("rule", spec.rule, "walk-rule")
    if spec.batch_size is not None:
        raise SpecError("batch_size", spec.batch_size, "walk-batch")
    count = parameter_count(layer_sizes(spec, data))
    if count * count * data.samples > CHECK_WORK:
        raise too_large(count, data.samples, CHECK_WORK)
    most = LEAD_WORK // (count * data.samples)
    if epoch > most:
        raise SpecError("epoch", epoch, "walk-epoch", low=0, high=most, whole=True)
    return spec, data, epoch


def walked(spec: RunSpec, data: Data, epoch: int) -> dict[str, Any]:
    """The walk through an epoch as JSON has it; ``z[0]`` and ``delta[0]`` are layer 2's."""
    state, _ = advance(spec, data, start(spec, data), epoch)
    found = walk(spec, data, state.parameters)
    return {
        "spec": as_document(spec),
        "epoch": epoch,
        "sizes": layer_sizes(spec, data),
        "samples": data.samples,
        "lines": [dataclasses.asdict(line) for line in listing(spec, len(spec.hidden))],
        "parameters": parts(state.parameters),
        "z": found.trace.z,
        "a": found.trace.a,
        "cost": found.cost,
        "delta": found.deltas,
        "gradient": parts(found.gradient),
        "differences": parts(central_differences(spec, data, state.parameters)),
        "after": parts(found.after),
    }
