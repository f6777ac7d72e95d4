"""The web app, put together from its parts."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .api import basics as api
from .api import clinic as api_clinic
from .api import events as sockets
from .api import held_out as api_held_out
from .api import runs as api_runs
from .api import unopened
from .api import walk as api_walk
from .door import problems
from .door.headers import COMMON, transport
from .operation import health
from .pages import lost, reference
from .pages import routes as pages
from .pages.assets import accepted_names
from .parts import Parts

__all__ = ["create_app"]

SMALL = 1000
"""Bytes of an answer that is not worth compressing."""


def create_app(parts: Parts) -> FastAPI:
    """All routes, errors as problems, and the common headers. FastAPI's own documentation pages ask other hosts: they
    are off.
    """
    app = FastAPI(title="Softmax Playground", docs_url=None, redoc_url=None, redirect_slashes=False)
    problems.install(app)
    app.include_router(api.create(parts))
    app.include_router(api_runs.create(parts))
    app.include_router(api_held_out.create(parts))
    app.include_router(api_walk.create(parts))
    app.include_router(api_clinic.create(parts))
    app.include_router(health.create(parts))
    app.include_router(sockets.create(parts))
    app.include_router(unopened.create(parts))
    templates = pages.environment(parts)
    app.include_router(pages.create(parts, templates))
    reference.install(app, parts, templates)
    lost.install(app, parts, templates)
    app.add_middleware(Compressing, minimum_size=SMALL, compresslevel=6)
    app.add_middleware(CommonHeaders, parts=parts)
    return app


class Compressing(GZipMiddleware):
    """Starlette's compression of answers, with RFC 9110's reading of what a client accepts: ``gzip;q=0`` refuses it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the names alone of what is accepted."""
        if scope["type"] == "http":
            headers = MutableHeaders(raw=list(scope["headers"]))
            headers["accept-encoding"] = ", ".join(sorted(accepted_names(headers.get("accept-encoding", ""))))
            scope = {**scope, "headers": headers.raw}
        await super().__call__(scope, receive, send)


class CommonHeaders:
    """Gives every HTTP answer the common headers, over TLS the one that keeps to it, and counts it."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self.app = app
        self.metrics = parts.metrics
        self.visitors = parts.visitors
        self.over_tls = {**COMMON, **transport(parts.settings.hsts_seconds)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; only the start of an answer is looked at."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        common = self.over_tls if self.visitors.secure(HTTPConnection(scope)) else COMMON

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in common.items():
                    headers.setdefault(name, value)
                self.metrics.requests.labels(scope["method"], str(message["status"])).inc()
            await send(message)

        await self.app(scope, receive, send_with_headers)
