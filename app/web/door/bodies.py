"""The door for JSON bodies: limited in bytes, in time and in depth, and strict; what passes is plain Python values."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import orjson
from starlette.requests import ClientDisconnect, Request

from ...settings import Settings
from .problems import Problem

__all__ = ["read_json"]

DEEPEST = 32


async def read_json(request: Request, settings: Settings) -> object:
    """The body as JSON; raises Problem 400, 408, 413, 415 or 422 in words."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, f"the content-type is {kind[:80]!r}; allowed: application/json")
    try:
        async with asyncio.timeout(settings.body_seconds):
            body = await read_bytes(request, settings.body_bytes)
    except TimeoutError:
        raise Problem(
            408, f"the body took longer than {settings.body_seconds:g} seconds to arrive", high=settings.body_seconds
        ) from None
    except ClientDisconnect:
        raise Problem(400, "the connection closed before the body had arrived") from None
    return parsed(body)


async def read_bytes(request: Request, most: int) -> bytes:
    """The body, up to so many bytes."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise Problem(413, f"the body has more than {most} bytes; allowed: up to {most}", high=most)
        chunks.append(chunk)
    return b"".join(chunks)


def parsed(body: bytes) -> object:
    """The JSON value; NaN, Infinity and lone surrogates are not JSON."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem(400, f"the body is not JSON: {str(error)[:200]}") from None
    if body.count(b"[") + body.count(b"{") > DEEPEST and deeper_than(value, DEEPEST):
        raise Problem(422, f"the body is nested deeper than {DEEPEST} levels")
    return value


def deeper_than(value: object, levels: int) -> bool:
    """Whether lists and objects nest deeper than so many levels."""
    layer = [value]
    for _ in range(levels + 1):
        layer = [item for container in layer for item in contents(container) if isinstance(item, list | dict)]
        if not layer:
            return False
    return True


def contents(value: object) -> Iterable[object]:
    """What a list or object holds."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
