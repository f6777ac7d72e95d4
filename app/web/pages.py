"""The pages: which there are, what each template is given, language and theme."""

from __future__ import annotations

import dataclasses
import functools
import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from ..datasets import absent, outline
from ..datasets import catalogue as dataset_names
from ..i18n import LANGUAGES, Language, catalogue, negotiate, translate
from ..lessons import as_document as lesson_document
from ..lessons.chapters import Lesson, lesson_of
from ..lessons.glossary import SIGNS, TERMS
from ..lessons.path import path_on, plans_on
from ..nn.faults import FAULTS
from ..nn.reading import as_document
from ..nn.spec import COSTS, INITIALISATIONS, OUTPUTS, PAIRS, RULES, RunSpec
from ..paths import STATIC, TEMPLATES
from .api import card, limits
from .assets import accepted_names
from .headers import policy
from .parts import Parts
from .problems import problem

__all__ = ["PAGES", "Context", "Page", "create", "environment"]

THEMES = ("auto", "light", "dark", "projector")
YEAR = 31_536_000
TILES, INPUTS = 200, 8
"""Samples and inputs of the largest data set that is walked through: every sample has a tile, every input a place."""
DIGITS = {"28x28": "mnist-10k", "8x8": "digits-8x8-train"}
"""The data set of each form of digits, the form that is offered first before the other."""
SMALL = 300
"""Samples of the largest data set that the race offers: every slope is worked out in the page, over all samples."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its template, which words and data its JavaScript needs, and whether it draws charts."""

    name: str
    address: str
    prefixes: tuple[str, ...]
    charts: bool
    data: Callable[[], Mapping[str, Any]]


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
    catalogue_json: Markup
    page_data_json: Markup
    data: Mapping[str, Any]


def nothing() -> Mapping[str, Any]:
    """No data: the page computes all it shows."""
    return {}


@functools.cache
def training() -> Mapping[str, Any]:
    """What the training page's form needs: the spec's defaults, limits and choices, and the data sets."""
    return {
        "defaults": as_document(RunSpec()),
        "limits": limits(),
        "outputs": OUTPUTS,
        "costs": COSTS,
        "pairs": dict(PAIRS),
        "rules": RULES,
        "initialisations": INITIALISATIONS,
        "datasets": [card(outline(name)) for name in dataset_names()],
        "faults": list(FAULTS),
    }


@functools.cache
def racing() -> Mapping[str, Any]:
    """What the race's form needs: the data sets that are small enough for four networks at once."""
    return {"datasets": [card(found) for found in map(outline, dataset_names()) if found.samples <= SMALL]}


@functools.cache
def walking_through() -> Mapping[str, Any]:
    """What the network's page offers: the data sets whose every sample has a tile."""
    found = [outline(name) for name in dataset_names()]
    walked = [card(one) for one in found if one.samples <= TILES and one.inputs <= INPUTS]
    return {"datasets": walked, "faults": list(FAULTS)}


def deriving() -> Mapping[str, Any]:
    """What the derivations' page derives."""
    return {"derivations": lesson_document()}


@functools.cache
def drawing() -> Mapping[str, Any]:
    """What the digits' page needs: the networks that set-up has trained, and what a training from the page asks for."""
    starters = [form for form in DIGITS if (STATIC / "made" / f"starter-{form}.bin").is_file()]
    spec = {"hidden": [30], "batch_size": 10, "eta": 0.5}
    training = {"spec": spec, "datasets": {form: DIGITS[form] for form in starters}, "rows": 1000, "copies": 20}
    return {"nets": starters, "training": training, "missing": absent(DIGITS["28x28"])}


def addresses() -> frozenset[str]:
    """The pages that there are."""
    return frozenset(page.address for page in PAGES)


def walking() -> Mapping[str, Any]:
    """The path through all chapters. Its templates read it; the page's JavaScript finds it in the document."""
    return {"path": [dataclasses.asdict(part) for part in path_on(addresses())]}


def teaching() -> Mapping[str, Any]:
    """The plans for teachers."""
    return {"plans": [dataclasses.asdict(plan) for plan in plans_on(addresses())]}


def explaining() -> Mapping[str, Any]:
    """The glossary's words and signs."""
    return {"terms": TERMS, "signs": [dataclasses.asdict(sign) for sign in SIGNS]}


PAGES = (
    Page("home", "/", ("common.", "home.", "layer.", "softmax."), charts=False, data=walking),
    Page(
        "softmax",
        "/softmax",
        (
            "common.",
            "falsify.",
            "layer.",
            "overflow.",
            "softmax.class.",
            "softmax.curves.words",
            "softmax.jacobian.",
            "softmax.name",
            "softmax.number.wrong",
            "softmax.question.",
            "softmax.remove",
            "softmax.said.",
            "softmax.shift.",
            "softmax.sigmoid.sum",
            "softmax.slider",
            "softmax.sound.",
            "softmax.table.",
            "softmax.triangle.point",
            "softmax.two",
        ),
        charts=True,
        data=nothing,
    ),
    Page(
        "cost",
        "/cost",
        (
            "common.",
            "cost.compare.caption",
            "cost.compare.pair",
            "cost.curve.",
            "cost.formula.",
            "cost.nats",
            "cost.one.words",
            "cost.pair.",
            "cost.question.",
            "cost.said.",
            "cost.target.",
            "cost.terms.",
            "cost.two.point",
            "cost.two.words",
            "cost.zero.",
            "softmax.class.",
            "softmax.name",
            "softmax.number.wrong",
            "softmax.question.lead",
            "softmax.question.next",
            "softmax.question.right",
            "softmax.question.wrong",
            "softmax.said.redo",
            "softmax.said.undo",
            "softmax.slider",
            "softmax.table.class",
        ),
        charts=True,
        data=nothing,
    ),
    Page("derivation", "/derivation", ("common.", "derivation."), charts=False, data=deriving),
    Page("network", "/network", ("clinic.", "common.", "network."), charts=False, data=walking_through),
    Page("train", "/train", ("clinic.", "common.", "train.", "spec.", "stream."), charts=True, data=training),
    Page("race", "/race", ("common.", "race.", "stream."), charts=True, data=racing),
    Page("digits", "/digits", ("common.", "digits."), charts=False, data=drawing),
    Page("glossary", "/glossary", ("common.",), charts=False, data=explaining),
    Page("teach", "/teach", ("common.",), charts=False, data=teaching),
)
ORDER = ("softmax", "cost", "derivation", "network", "train", "race", "digits", "class", "glossary", "teach")
"""The header's chapters, in the order of the path; what is not among the pages is left out."""


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
        response = written(html, request.headers.get("accept-encoding", ""))
        response.headers["content-security-policy"] = policy(charts=page.charts, embedders=parts.settings.embedders)
        response.headers["cache-control"] = "no-cache"
        response.headers["vary"] = "accept-encoding, accept-language, cookie"
        remember(request, response, context)
        parts.visitors.greet(request, response)
        return response


def written(html: str, accepted: str) -> Response:
    """A page as bytes, compressed where the browser reads that: its text holds no secret that its length could tell."""
    content, media_type = html.encode(), "text/html; charset=utf-8"
    if "gzip" not in accepted_names(accepted):
        return Response(content, media_type=media_type)
    return Response(gzip.compress(content, 6, mtime=0), media_type=media_type, headers={"content-encoding": "gzip"})


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
        catalogue_json=embedded(catalogue(language, page.prefixes)),
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
