"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def modules(root: Path, folder: str, pattern: str) -> list[Path]:
    found = sorted(path for path in (root / folder).rglob(pattern) if "vendor" not in path.parts)
    assert found
    return found


def test_only_paths_knows_where_it_stands(root: Path) -> None:
    users = [path.name for path in modules(root, "app", "*.py") if "__file__" in path.read_text(encoding="utf-8")]
    assert users == ["paths.py"]


def test_imports_inside_the_package_are_relative(root: Path) -> None:
    """An installed package is not called `app`, so nothing in it may call it so."""
    absolute = re.compile(r"^\s*(?:from app[.\s]|import app\b)", re.MULTILINE)
    assert [str(path) for path in modules(root, "app", "*.py") if absolute.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(("folder", "pattern"), [("app", "*.py"), ("static/js", "*.js")])
def test_every_module_is_named_after_a_thing(root: Path, folder: str, pattern: str) -> None:
    assert [path.name for path in modules(root, folder, pattern) if path.stem in NAMELESS] == []


def test_no_module_of_the_page_makes_markup_from_text(root: Path) -> None:
    """User text is text everywhere: nodes are built, strings are never parsed as HTML."""
    markup = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()")
    assert [path.name for path in modules(root, "static/js", "*.js") if markup.search(path.read_text("utf-8"))] == []


def test_colours_are_named_in_the_tokens_alone(root: Path) -> None:
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")
    sheets = [path for path in modules(root, "static/css", "*.css") if path.name != "tokens.css"]
    assert [path.name for path in sheets if literal.search(path.read_text("utf-8"))] == []


def test_log_of_a_bent_probability_appears_nowhere(root: Path) -> None:
    bent = re.compile(r"log\([^()\n]*\+\s*(?:1e-\d+|eps|epsilon)|nan_to_num", re.IGNORECASE)
    for folder, pattern in (("app", "*.py"), ("static/js", "*.js")):
        assert [path.name for path in modules(root, folder, pattern) if bent.search(path.read_text("utf-8"))] == []
