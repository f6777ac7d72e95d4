"""What stands where nothing is: the page that was probably meant, a page for people, or a problem for programs."""

from __future__ import annotations

import dataclasses

import jinja2
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from ..door.headers import policy
from ..door.problems import nothing_at
from ..parts import Parts
from .contents import PAGES, READING, Page, nothing
from .routes import context_of

__all__ = ["install"]

LOST = Page("lost", "/", READING, charts=False, data=nothing)
FOR_PROGRAMS = ("/api/", "/static/")


def install(app: FastAPI, parts: Parts, templates: jinja2.Environment) -> None:
    """Have the app answer every address that it does not know."""

    @app.exception_handler(404)
    async def lost(request: Request, _: HTTPException) -> Response:
        path = request.url.path
        if request.method not in ("GET", "HEAD") or path.startswith(FOR_PROGRAMS):
            return nothing_at(path)
        meant = meant_by(path)
        if meant is not None:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(meant + query, status_code=307)
        if "text/html" not in request.headers.get("accept", ""):
            return nothing_at(path)
        context = dataclasses.replace(context_of(request, parts, LOST), data={"path": path[:200]})
        values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
        html = templates.get_template("pages/lost.html").render(values)
        headers = {"content-security-policy": policy(charts=False, embedders=parts.settings.embedders)}
        return Response(html, 404, headers, media_type="text/html; charset=utf-8")


def meant_by(path: str) -> str | None:
    """The page whose address differs in capitals or a slash at the end alone."""
    plain = path.rstrip("/").lower() or "/"
    return next((page.address for page in PAGES if page.address == plain), None)
