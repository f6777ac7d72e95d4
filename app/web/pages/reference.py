"""The interface's own page, made from the OpenAPI document. FastAPI's pages for it would ask other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jinja2
from fastapi import FastAPI, Response

from ..door.headers import policy
from ..parts import Parts

__all__ = ["install"]


def install(app: FastAPI, parts: Parts, templates: jinja2.Environment) -> None:
    """Serve the page at /api/docs."""

    @app.api_route("/api/docs", methods=["GET", "HEAD"], include_in_schema=False)
    async def reference() -> Response:
        document = app.openapi()
        page = templates.get_template("reference.html")
        html = page.render(document=document, operations=list(operations(document)), asset=parts.assets.address)
        content = policy(charts=False, embedders=parts.settings.embedders)
        headers = {"content-security-policy": content, "cache-control": "no-cache"}
        return Response(html, headers=headers, media_type="text/html; charset=utf-8")


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of an OpenAPI document, in order."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "description": operation.get("description", ""),
                "parameters": operation.get("parameters", []),
                "body": content.get("application/json", {}).get("schema"),
            }
