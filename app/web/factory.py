"""The web app, put together from its parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from . import api, health, pages, problems, sockets
from .headers import COMMON
from .parts import Parts

__all__ = ["create_app"]


def create_app(parts: Parts) -> FastAPI:
    """All routes, errors as problems, and the common headers. FastAPI's own documentation pages ask other hosts:
    off.
    """
    app = FastAPI(title="Softmax Playground", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    problems.install(app)
    app.include_router(api.create(parts))
    app.include_router(health.create(parts))
    app.include_router(sockets.create(parts))
    app.include_router(pages.create(parts))

    @app.middleware("http")
    async def common(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        parts.metrics.requests.labels(request.method[:10], str(response.status_code)).inc()
        return response

    return app
