"""Transport security behind a proxy, and pages inside another site's frame: with a server that is told of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.web.door.headers import transport
from tests.browser.serving import serving

HTTPS = {"x-forwarded-proto": "https"}
SETTINGS = {
    "PLAYGROUND_WORKERS": "1",
    "PLAYGROUND_TRUSTED_PROXIES": "127.0.0.1",
    "PLAYGROUND_EMBEDDERS": "https://lms.example",
}


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server behind a trusted proxy, whose pages a learning platform may frame."""
    log: Path = tmp_path_factory.mktemp("headers") / "log"
    with serving(log, settings=SETTINGS) as server, httpx.Client(base_url=server.address, timeout=20) as client:
        yield client


@pytest.mark.parametrize("address", ["/softmax", "/api/datasets", "/healthz", "/nothing"])
def test_a_browser_that_came_by_https_is_told_to_stay_with_it(embedded: httpx.Client, address: str) -> None:
    assert embedded.get(address, headers=HTTPS).headers["strict-transport-security"] == "max-age=86400"
    assert "strict-transport-security" not in embedded.get(address).headers


def test_nobody_but_a_trusted_proxy_is_believed_about_https(client: httpx.Client) -> None:
    assert "strict-transport-security" not in client.get("/softmax", headers=HTTPS).headers
    assert transport(0) == {} and transport(60) == {"strict-transport-security": "max-age=60"}


@pytest.mark.parametrize("address", ["/", "/softmax", "/api/docs"])
def test_the_configured_platform_may_frame_the_pages(embedded: httpx.Client, address: str) -> None:
    content = embedded.get(address).headers["content-security-policy"].split("; ")
    assert [part for part in content if part.startswith("frame-ancestors")] == ["frame-ancestors https://lms.example"]
