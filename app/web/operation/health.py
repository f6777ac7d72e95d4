"""Whether the server lives, whether it can work, and its figures."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Response

from ..parts import Parts

__all__ = ["create"]


def create(parts: Parts) -> APIRouter:
    """The routes for operators."""
    router = APIRouter()

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz")
    async def alive() -> Response:
        """The process lives."""
        return Response(b'{"status":"ok"}', media_type="application/json")

    @router.head("/readyz", include_in_schema=False)
    @router.get("/readyz")
    async def ready() -> Response:
        """Every part that is needed answers; 503 with each part named where one does not."""
        health = await parts.engine.health()
        well = all(words is None for words in health.values())
        body = {
            "status": "ok" if well else "not ready",
            "parts": {part: words or "ok" for part, words in health.items()},
        }
        return Response(orjson.dumps(body), 200 if well else 503, media_type="application/json")

    @router.head("/metrics", include_in_schema=False)
    @router.get("/metrics")
    async def metrics() -> Response:
        """Prometheus text."""
        return Response(parts.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router
