"""The developers' glossary and the index of decisions say what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROW = re.compile(r"^\| ([a-z]+) \| [^|]+ \| `([^`]+)` \| ([^|]*)\|$", re.MULTILINE)


def rows(root: Path) -> list[tuple[str, str, list[str]]]:
    """Each word, the module that it belongs to, and the names that are not used for it."""
    text = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    return [
        (word, where, [name for name in re.split(r",\s*", no.strip()) if name]) for word, where, no in ROW.findall(text)
    ]


def test_every_word_is_said_in_the_module_that_it_belongs_to(root: Path) -> None:
    found = rows(root)
    assert len(found) > 30
    silent = [
        word for word, where, _ in found if not re.search(rf"{word}", (root / where).read_text("utf-8"), re.IGNORECASE)
    ]
    assert silent == []


def test_no_other_name_has_crept_in(root: Path) -> None:
    others = {name for _, _, names in rows(root) for name in names}
    assert len(others) > 15
    name = re.compile(rf"\b(?:{'|'.join(sorted(others))})\b")
    sources = [*(root / "app").rglob("*.py"), *(root / "static" / "js").rglob("*.js")]
    assert [f"{path.name}: {found[0]}" for path in sources if (found := name.search(path.read_text("utf-8")))] == []


def test_every_decision_is_in_the_index_with_its_title(root: Path) -> None:
    folder = root / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in sorted(folder.glob("0*.md")):
        _, _, title = page.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").partition(" ")
        assert f"- [{page.name[:4]}]({page.name}) {title}\n" in index, f"{page.name} is missing in README.md"


def test_the_tree_of_the_document_is_there(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:app|static|templates|tests|scripts)/[\w/.-]*[\w]", text))
    assert len(named) > 20
    assert [name for name in sorted(named) if not list(root.glob(f"{name}*"))] == []
