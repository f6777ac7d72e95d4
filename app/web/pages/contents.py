"""What pages there are: each one's address, and the words and data that it takes with it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...datasets import absent, outline
from ...datasets import catalogue as dataset_names
from ...lessons import as_document as lesson_document
from ...lessons.glossary import SIGNS, TERMS
from ...lessons.path import path_on, plans_on
from ...nn.faults import FAULTS
from ...nn.reading import as_document
from ...nn.spec import COSTS, INITIALISATIONS, OUTPUTS, PAIRS, RULES, RunSpec
from ...paths import STATIC
from ..api.basics import card, limits

__all__ = ["ORDER", "PAGES", "Page"]

TILES, INPUTS = 200, 8
"""Samples and inputs of the largest data set that is walked through: every sample has a tile, every input a place."""
DIGITS = {"28x28": "mnist-10k", "8x8": "digits-8x8-train"}
"""The data set of each form of digits, the form that is offered first before the other."""
SMALL = 300
"""Samples of the largest data set that the race offers: every slope is worked out in the page, over all samples."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its template, its JavaScript and the data that this needs, and whether it draws charts."""

    name: str
    address: str
    script: str
    charts: bool
    data: Callable[[], Mapping[str, Any]]


def chapter(name: str) -> str:
    """The module that a chapter begins with."""
    return f"js/chapters/{name}/page.js"


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


READING = "js/kit/theme.js"
"""What a page needs that is only read."""
PAGES = (
    Page("home", "/", chapter("home"), charts=False, data=walking),
    Page("softmax", "/softmax", chapter("softmax"), charts=True, data=nothing),
    Page("cost", "/cost", chapter("cost"), charts=True, data=nothing),
    Page("derivation", "/derivation", chapter("derivation"), charts=False, data=deriving),
    Page("network", "/network", chapter("network"), charts=False, data=walking_through),
    Page("train", "/train", chapter("train"), charts=True, data=training),
    Page("race", "/race", chapter("race"), charts=True, data=racing),
    Page("digits", "/digits", chapter("digits"), charts=False, data=drawing),
    Page("glossary", "/glossary", READING, charts=False, data=explaining),
    Page("teach", "/teach", READING, charts=False, data=teaching),
)
ORDER = ("softmax", "cost", "derivation", "network", "train", "race", "digits", "class", "glossary", "teach")
"""The header's chapters, in the order of the path; what is not among the pages is left out."""
