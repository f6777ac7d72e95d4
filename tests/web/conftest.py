"""A playground for the tests of the web's doors: one real server, with short patience so that no test has to wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.serving import Server, serving

IMPATIENT = {"PLAYGROUND_HEADER_SECONDS": "0.4", "PLAYGROUND_BODY_SECONDS": "0.4", "PLAYGROUND_WORKERS": "1"}


@pytest.fixture(scope="session")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that all tests of this folder share. None of them may make it log a fault."""
    with serving(Path(tmp_path_factory.mktemp("web")) / "server.log", settings=IMPATIENT) as server:
        yield server
        assert server.stop() == 0
        assert server.log.read_text().splitlines()[1:] == []


@pytest.fixture
def client(playground: Server) -> Iterator[httpx.Client]:
    """An HTTP client without cookies."""
    with httpx.Client(base_url=playground.address, timeout=20) as client:
        yield client
