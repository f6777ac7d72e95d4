"""Errors as RFC 9457 problems: ``application/problem+json`` with a ``detail`` in words. The one place that maps them.

A detail never echoes the input whole, and what it does quote is encoded safely: a lone surrogate must not turn a 422
into a 500. Beside the detail stands the same as data, a ``code`` with its facts, for pages to word in their language.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ...nn.errors import SpecError, safe
from ...runs.errors import Full, Refused, Unavailable, UnknownRun

__all__ = ["CODES", "Problem", "install", "nothing_at", "problem"]

logger = logging.getLogger(__name__)

CODES: Mapping[int, str] = MappingProxyType(
    {
        400: "request",
        403: "origin",
        404: "nothing",
        405: "method",
        408: "slow",
        409: "state",
        413: "large",
        415: "kind",
        422: "request",
        426: "plain",
        429: "often",
        500: "fault",
        503: "busy",
    }
)
"""What a problem says by its status alone, each worded in the pages' catalogues."""


class Problem(Exception):
    """A request that cannot be answered, with its status and the words for the client."""

    def __init__(self, status: int, detail: str, *, retry_after: int | None = None, **facts: Any) -> None:
        """``retry_after``: seconds; ``facts``: what fills the sentence of the status's code on a page."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = None if retry_after is None else {"retry-after": str(retry_after)}
        self.facts = facts if retry_after is None else {"seconds": retry_after, **facts}


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """A problem as a response; ``more``: the same as data, with a ``code`` unless the status says it all."""
    about = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": safe(detail)}
    body = {**about, "code": CODES.get(status, "request"), **more}
    return Response(orjson.dumps(body), status, headers, media_type="application/problem+json")


def nothing_at(path: str) -> Response:
    """The problem of an address that leads nowhere."""
    return problem(404, f"there is nothing at {path[:200]!r}")


def install(app: FastAPI) -> None:
    """Have the app answer every exception with a problem."""

    @app.exception_handler(Problem)
    async def told(_: Request, error: Problem) -> Response:
        return problem(error.status, error.detail, headers=error.headers, **error.facts)

    @app.exception_handler(SpecError)
    async def wrong(_: Request, error: SpecError) -> Response:
        return problem(422, str(error), **error.told(), allowed=error.allowed)

    @app.exception_handler(UnknownRun)
    async def unknown(_: Request, error: UnknownRun) -> Response:
        return problem(404, str(error), **error.told())

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return problem(409, str(error), **error.told())

    @app.exception_handler(Full)
    async def full(_: Request, error: Full) -> Response:
        return problem(429, str(error), headers={"retry-after": str(error.retry_after)}, **error.told())

    @app.exception_handler(Unavailable)
    async def away(_: Request, error: Unavailable) -> Response:
        return problem(503, str(error), headers={"retry-after": str(error.retry_after)}, **error.told())

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        detail = f"{request.method} is not allowed here" if error.status_code == 405 else str(error.detail)
        return problem(error.status_code, detail, headers=dict(error.headers) if error.headers else None)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field, value = str(first["loc"][-1]), first.get("input")
        whole = first["type"].startswith("int")
        refusal = (
            SpecError(field, value, "any-whole") if whole else SpecError(field, value, "query", words=first["msg"])
        )
        return await wrong(request, refusal)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(500, "something went wrong here; it is not your fault and has been noted")
