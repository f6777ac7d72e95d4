"""Why a run's WebSocket does not open: the same address, asked as plain HTTP, says what stands in the way.

A page whose socket is refused is told nothing by its browser. It asks here, and can tell its user whether too many are
connected, its origin is not let in, or a proxy on the way has dropped the Upgrade.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ..door.problems import Problem, problem
from ..parts import Parts
from .events import own_origin

__all__ = ["create"]


def create(parts: Parts) -> APIRouter:
    """The address of a run's events for those who do not come as a WebSocket."""
    router = APIRouter()

    @router.get("/api/runs/{run_id}/events")
    async def unopened(run_id: str, request: Request, origin: str | None = None) -> Response:
        """Never an answer, always a reason: 404 no such run, 403 the page's ``origin`` may not watch, 429 too many are
        connected, 426 nothing but that this was no WebSocket.
        """
        await parts.engine.view(run_id)
        if not own_origin(origin, request, parts):
            raise Problem(403, f"pages of {origin} may not watch runs here; see PLAYGROUND_ORIGINS")
        visitor = parts.visitors.visitor(request)
        refusal = parts.visitors.open_socket(visitor)
        if refusal is not None:
            raise refusal
        parts.visitors.close_socket(visitor)
        words = (
            "this address speaks WebSocket, and this was plain HTTP: a proxy on the way may have dropped the Upgrade"
        )
        return problem(426, words, headers={"upgrade": "websocket", "connection": "Upgrade"})

    return router
