"""Fixtures for tests in a real browser against a real server.

- `page` (pytest-playwright's): system Chromium; `page.goto("/softmax")` is relative to the server. The test fails at
  its end on any request to another host, error or warning in the console, uncaught error, or breach of the policy.
- `visit(path, lang="en", theme="light", size="projector", **query)`: opens a page in one of its forms, waits until its
  scripts have run and returns `page`. The forms are in variants.py (`@each_page`, `@each_language`, `@each_theme`,
  `@each_size`).
- `watch`: what the pages asked for (`watch.requests`); `watch.allow("pattern")` for a fault that the test provokes.
- `assert_accessible(page)`: runs axe and fails on anything serious or critical.
- `server`: one for the whole session, `server.address`; its log is printed where a test fails. A test that kills or
  configures its own server uses `serving(tmp_path / "log", settings={"PLAYGROUND_…": "…"})` from serving.py.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.serving import Server, serving
from tests.browser.variants import SIZES
from tests.browser.watching import Watch

# What is waited for comes at once on an idle machine; how long it may take says only how busy the machine is.
expect.set_options(timeout=60_000)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Visit(Protocol):
    def __call__(
        self, path: str, *, lang: str = "en", theme: str = "light", size: str = "projector", **query: str
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "no Chromium here: run `make test-tools`, or set CHROMIUM to its path"
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server") / "log") as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.address


@pytest.fixture
def watch(context: BrowserContext, base_url: str) -> Watch:
    seen = Watch(base_url)
    seen.follow(context)
    return seen


@pytest.fixture
def page(watch: Watch, context: BrowserContext) -> Iterator[Page]:
    yield context.new_page()
    faults = watch.remaining()
    assert not faults, "\n".join(faults)


@pytest.fixture
def visit(page: Page) -> Visit:
    def open_page(path: str, *, lang: str = "en", theme: str = "light", size: str = "projector", **query: str) -> Page:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{path}?{urlencode({'lang': lang, 'theme': theme, **query})}", wait_until="load")
        return page

    return open_page


@pytest.fixture(scope="session")
def assert_accessible(root: Path) -> Callable[[Page], None]:
    axe = (root / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def check(page: Page) -> None:
        page.wait_for_load_state("networkidle")  # charts come after the page works
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")["violations"]
        grave = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {json.dumps(node['target'])} {node['failureSummary']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]
        assert not grave, "\n".join(grave)

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(running, Server):
        report.sections.append(("the server's log", running.log.read_text()[-3_000:]))
    return report
