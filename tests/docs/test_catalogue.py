"""Both catalogues say the same things, and every word that a template or module asks for is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

LITERAL = re.compile(r"""\bt\(\s*(['"`])([\w.-]+)\1(?!\s*[~+])""")
VALUE = re.compile(r"\{(\w+)\}")


def catalogue(root: Path, lang: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((root / "app" / "i18n" / f"{lang}.json").read_text(encoding="utf-8"))
    return words


def test_both_languages_have_the_same_keys(root: Path) -> None:
    assert catalogue(root, "en").keys() == catalogue(root, "zh").keys()


def test_both_languages_use_the_same_values(root: Path) -> None:
    en, zh = catalogue(root, "en"), catalogue(root, "zh")
    differing = [key for key in en if set(VALUE.findall(en[key])) != set(VALUE.findall(zh[key]))]
    assert not differing


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_is_empty(root: Path, lang: str) -> None:
    assert [key for key, text in catalogue(root, lang).items() if not text.strip()] == []


def test_every_key_that_is_asked_for_exists(root: Path) -> None:
    known = catalogue(root, "en").keys()
    sources = [*(root / "templates").rglob("*.html"), *(root / "static" / "js").rglob("*.js")]
    asked = {(path.name, key) for path in sources for _, key in LITERAL.findall(path.read_text(encoding="utf-8"))}
    assert asked, "the pattern finds no key at all"
    assert [f"{name}: {key}" for name, key in sorted(asked) if key not in known] == []
