"""The pages as they are sent: what each template is given, language and theme."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from ...i18n import LANGUAGES, Language, catalogue, negotiate, translate
from ...lessons.chapters import Lesson, lesson_of
from ...paths import TEMPLATES
from ..door.headers import policy
from ..door.problems import problem
from ..parts import Parts
from .contents import ORDER, PAGES, Page

__all__ = ["Context", "create", "embedded", "environment"]

THEMES = ("auto", "light", "dark", "projector")
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Context:
    """What a template is given."""

    page: str
    lang: Language
    theme: str
    other_lang_url: str
    chapters: list[tuple[str, str]]
    lesson: Lesson | None
    t: Callable[..., str]
    asset: Callable[[str], str]
    modules: Callable[[str], list[str]]
    script: str
    catalogue_json: Markup
    page_data_json: Markup
    data: Mapping[str, Any]


def environment(parts: Parts) -> jinja2.Environment:
    """Where templates come from. What a template is not given is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=parts.settings.reload,
    )


def create(parts: Parts, templates: jinja2.Environment) -> APIRouter:
    """The routes of all pages and of the static files."""
    router = APIRouter(include_in_schema=False)
    for page in PAGES:
        add_page(router, parts, templates, page)

    @router.api_route("/static/{version}/{path:path}", methods=["GET", "HEAD"])
    async def static(version: str, path: str, request: Request) -> Response:
        """A static file."""
        return await parts.assets.answer(version, path, request) or missing(path)

    return router


def missing(path: str) -> Response:
    """The answer for a file that does not exist."""
    return problem(404, f"there is no static file {path[:200]!r}")


def add_page(router: APIRouter, parts: Parts, templates: jinja2.Environment, page: Page) -> None:
    """The route of one page."""

    @router.api_route(page.address, methods=["GET", "HEAD"], name=page.name)
    async def show(request: Request) -> Response:
        parts.assets.refresh()
        context = context_of(request, parts, page)
        values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
        html = templates.get_template(f"pages/{page.name}.html").render(values)
        response = Response(html, media_type="text/html; charset=utf-8")
        response.headers["content-security-policy"] = policy(charts=page.charts, embedders=parts.settings.embedders)
        response.headers["cache-control"] = "no-cache"
        response.headers["vary"] = "accept-language, cookie"
        remember(request, response, context)
        parts.visitors.greet(request, response)
        return response


def context_of(request: Request, parts: Parts, page: Page) -> Context:
    """What the page's template is given for this request."""
    query, cookies = request.query_params, request.cookies
    language = negotiate(query.get("lang"), cookies.get("lang"), request.headers.get("accept-language"))
    other: Language = "zh" if language == "en" else "en"
    data = page.data()
    known = {one.name: one.address for one in PAGES}
    return Context(
        page=page.name,
        lang=language,
        theme=theme_of(query.get("theme"), cookies.get("theme")),
        other_lang_url=page.address + "?" + str(request.url.include_query_params(lang=other).query),
        chapters=[(name, known[name]) for name in ORDER if name in known],
        lesson=lesson_of(page.name),
        t=functools.partial(translate, language),
        asset=parts.assets.address,
        modules=parts.assets.modules,
        script=page.script,
        catalogue_json=embedded(catalogue(language, *parts.assets.asked(page.script))),
        page_data_json=embedded(data),
        data=data,
    )


def theme_of(*wishes: str | None) -> str:
    """The first wish that is a theme; the system's own otherwise."""
    return next((wish for wish in wishes if wish in THEMES), "auto")


def remember(request: Request, response: Response, context: Context) -> None:
    """Keep a language or theme that the address asked for."""
    for name, value, allowed in (("lang", context.lang, LANGUAGES), ("theme", context.theme, THEMES)):
        if request.query_params.get(name) in allowed:
            response.set_cookie(name, value, max_age=YEAR, samesite="lax")


def embedded(value: Any) -> Markup:
    """JSON that is safe between script tags."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
