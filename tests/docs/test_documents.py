"""The documents keep their word: links lead somewhere, settings and commands are described in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.settings import described

READMES = ("README.md", "README.zh.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """A document's headings as anchors, as they are commonly made: lower case, hyphens for spaces, no punctuation."""
    words = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(FENCE.sub("", text)))
    return {re.sub(r"\s", "-", word) for word in words}


def test_every_link_leads_to_a_file_or_heading(root: Path, committed_files: list[Path]) -> None:
    broken = []
    for document in (path for path in committed_files if path.suffix == ".md"):
        for link in LINK.findall(FENCE.sub("", document.read_text(encoding="utf-8"))):
            name, _, anchor = link.partition("#")
            target = document.parent / name if name else document
            if not target.exists():
                broken.append(f"{document.relative_to(root)}: {link}")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
                broken.append(f"{document.relative_to(root)}: {link} (no such heading)")
    assert not broken


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_in_the_readme(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert [setting for setting, _, _ in described() if f"`{setting}`" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_no_setting_that_is_gone(root: Path, name: str) -> None:
    known = {setting for setting, _, _ in described()}
    text = (root / name).read_text(encoding="utf-8")
    assert set(re.findall(r"PLAYGROUND_[A-Z_]*[A-Z]", text)) <= known


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_the_readme_exist(root: Path, name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(FENCE.findall((root / name).read_text("utf-8")))))
    assert {"run", "test"} <= named <= targets
