"""docs/protocol.md says what the code does: every type, example, query and limit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.nn.spec import LIMITS
from app.streaming.subscription import read_after
from app.streaming.thinning import MOST_POINTS
from app.streaming.wire import FIELDS_OF, INCLUDES, VERSION, command_from
from app.web.api import events as sockets

OUT = ("run", "progress", "status", "end", "error", "beat")


@pytest.fixture(scope="module")
def document(root: Path) -> str:
    """The page's text."""
    return (root / "docs" / "protocol.md").read_text(encoding="utf-8")


def test_every_type_that_is_sent_has_an_example_that_is_json(document: str, root: Path) -> None:
    examples = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", document, re.DOTALL)]
    assert tuple(example["type"] for example in examples) == OUT
    assert examples[0]["version"] == VERSION
    spelled = re.findall(r'"type": "(\w+)"', (root / "app/streaming/wire.py").read_text(encoding="utf-8"))
    assert sorted(spelled) == sorted(OUT)


def test_every_command_on_the_page_is_one_and_none_is_missing(document: str) -> None:
    texts = re.findall(r"^\| `(\{.*?\})` \|", document, re.MULTILINE)
    assert [json.loads(text)["type"] for text in texts] == ["pause", "resume", "step", "pace", "stop"]
    assert set(FIELDS_OF) == {json.loads(text)["type"] for text in texts}
    for text in texts:
        command_from(text)


def test_limits_and_parts_are_the_codes(document: str) -> None:
    pace = LIMITS["pace"]
    assert f"from {pace.low:g} to {pace.high:,.0f}".replace(",", " ") in document
    assert f"most {MOST_POINTS} points" in document
    assert all(f"`{name}`" in document for name in INCLUDES)
    assert f"after {sockets.BEAT} seconds" in document
    assert read_after("1000000") == 1_000_000


def test_every_close_code_is_explained(document: str) -> None:
    codes = {
        value for name, value in vars(sockets).items() if name.isupper() and isinstance(value, int) and value >= 1000
    }
    explained = {int(code) for code in re.findall(r"^\| (\d{4}) \|", document, re.MULTILINE)}
    assert codes <= explained
    assert explained - codes == {1009, 1012}
