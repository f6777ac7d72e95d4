"""What the JSON routes share: reading a spec, counting costly requests, checked ranges, and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyio.to_thread
import orjson
from fastapi import Request, Response

from ...datasets import Dataset, catalogue, resolve
from ...nn.errors import SpecError
from ...nn.reading import from_document
from ...nn.spec import Range, RunSpec, check_fits
from ..door.bodies import read_json
from ..door.problems import Problem
from ..door.visitors import Visitor
from ..parts import Parts

__all__ = [
    "body_schema",
    "count_costly",
    "encoded",
    "no_data_set",
    "read_spec",
    "reply",
    "saved_as",
    "span",
    "spec_in",
    "too_large",
]

LARGEST_INDEX = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exact."""


async def read_spec(request: Request, app_parts: Parts) -> tuple[RunSpec, Dataset]:
    """The run spec in a request's body, with its data set; an empty object is the default run."""
    return await spec_in(await read_json(request, app_parts.settings))


async def spec_in(document: object) -> tuple[RunSpec, Dataset]:
    """The run spec that a document holds, with its data set."""
    spec = from_document(document)
    # A large data set has to be read from its file the first time.
    dataset = await anyio.to_thread.run_sync(resolve, spec.dataset)
    check_fits(spec, dataset.data)
    return spec, dataset


async def count_costly(request: Request, app_parts: Parts) -> Visitor:
    """Count a request that costs the server work; raises Problem 429 where it is one too many."""
    visitor = app_parts.visitors.visitor(request)
    if not await app_parts.visitors.may_submit(visitor):
        raise Problem(429, "too many runs or checks in one minute; wait a little", retry_after=10)
    return visitor


def span(start: int, stop: int | None, count: int) -> tuple[int, int]:
    """A checked half-open range of indices; without ``stop`` it goes to the end."""
    if not 0 <= start <= LARGEST_INDEX:
        raise Range(0, LARGEST_INDEX).refusal("start", start)
    if stop is not None and stop < start:
        raise SpecError("stop", stop, "from", low=start, whole=True)
    return start, count if stop is None else stop


def no_data_set(name: str) -> Problem:
    """What to raise where no data set has this name."""
    return Problem(404, f"there is no data set {name[:80]!r}; there are {', '.join(catalogue())}")


def too_large(parameters: int, samples: int, most: int) -> SpecError:
    """What to raise where central differences would take more than ``most`` parameters² × samples."""
    return SpecError(
        "network", f"{parameters} parameters", "check-work", high=most, parameters=parameters, samples=samples
    )


def reply(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(encoded(document), status, headers, media_type="application/json")


def encoded(document: Any) -> bytes:
    """A document as JSON, arrays as nested lists; a number that is not finite is null, on purpose."""
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)


def saved_as(name: str) -> dict[str, str]:
    """The header of an answer that is a file to save."""
    return {"content-disposition": f'attachment; filename="{name}"'}


def body_schema(properties: dict[str, Any]) -> dict[str, Any]:
    """A request body for the OpenAPI page: a whole schema, or the properties of an object."""
    whole = properties if "properties" in properties else {"type": "object", "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": whole}}}}
