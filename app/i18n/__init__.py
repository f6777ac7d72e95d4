"""The words of pages, in English and 中文: one flat JSON catalogue each, shared by templates and JavaScript."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Literal

__all__ = ["LANGUAGES", "Language", "catalogue", "negotiate", "translate", "words"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
BLANK = re.compile(r"\{(\w+)\}")


@functools.cache
def words(language: Language) -> Mapping[str, str]:
    """The whole catalogue of a language."""
    text = (files(__package__) / f"{language}.json").read_text(encoding="utf-8")
    catalogue: dict[str, str] = json.loads(text)
    return catalogue


def translate(language: Language, key: str, **values: object) -> str:
    """The words for a key with ``{name}`` filled in; KeyError for a key that the catalogue lacks."""
    return BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), words(language)[key])


def catalogue(language: Language, keys: Collection[str], beginnings: tuple[str, ...]) -> dict[str, str]:
    """The part of a catalogue that a page's JavaScript needs: these keys, and all that begin in one of these ways."""
    return {key: text for key, text in words(language).items() if key in keys or key.startswith(beginnings)}


def negotiate(query: str | None, cookie: str | None, header: str | None) -> Language:
    """The language to answer in: the address's wish, else the cookie's, else the browser's best, else English."""
    for wish in (query, cookie):
        for language in LANGUAGES:
            if wish == language:
                return language
    return from_header(header or "")


def from_header(header: str) -> Language:
    """The best of our languages by an Accept-Language header (RFC 9110, 12.5.4)."""
    best: tuple[float, Language] = (0.0, "en")
    for part in header[:1000].lower().replace(" ", "").split(","):
        tag, _, quality = part.partition(";q=")
        language = tag.split("-")[0]
        weight = quality_of(quality)
        for ours in LANGUAGES:
            if language == ours and weight > best[0]:
                best = (weight, ours)
    return best[1]


def quality_of(text: str) -> float:
    """A quality value, 1 where there is none and 0 where it is not a number."""
    return 1.0 if not text else float(text) if re.fullmatch(r"[01](\.[0-9]{0,3})?", text) else 0.0
