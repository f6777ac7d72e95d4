"""Pages on a line that is spoilt in each of the ways a classroom knows: it is noticed, named, and mended by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.line import Line, laid
from tests.browser.serving import Server, serving
from tests.browser.watching import Watch

SECONDS = 1000
PATIENT = 40 * SECONDS
"""A busy machine is slow; what is waited for comes within seconds on one that is not."""
SAID = '[data-field="said"]'
TRAIN = '[data-action="train"]'


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets each browser follow two runs at once."""
    settings = {"PLAYGROUND_MAX_SOCKETS_PER_VISITOR": "2", "PLAYGROUND_WORKERS": "1"}
    with serving(tmp_path_factory.mktemp("line") / "log", settings=settings) as server:
        yield server


@pytest.fixture
def line(small: Server, watch: Watch) -> Iterator[Line]:
    """The way to it; whatever the browser says of a spoilt line is meant."""
    watch.allow(".*")
    with laid(small.address) as laid_line:
        yield laid_line


def begun(page: Page, line: Line, query: str = "") -> str:
    """A slow run on /train that has begun; its id."""
    page.goto(f"{line.address}/train?lang=en&dataset=xor&epochs=100000&pace=5{query}")
    with page.expect_response(lambda answer: answer.url.endswith("/api/runs") and answer.status == 201) as posted:
        page.locator(TRAIN).click()
    phase(page, "running")
    expect(page.locator('[data-field="epoch"]')).to_have_attribute("data-value", re.compile("[1-9]"), timeout=PATIENT)
    return str(posted.value.headers["location"].rsplit("/", 1)[1])


def phase(page: Page, name: str) -> None:
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", name, timeout=PATIENT)


def said(page: Page, words: str) -> None:
    expect(page.locator(SAID)).to_contain_text(words, timeout=PATIENT)


def run(server: Server, identity: str) -> Any:
    """The run as the server has it, asked beside the line."""
    with urlopen(f"{server.address}/api/runs/{identity}", timeout=30) as answer:
        return json.load(answer)


def epoch(page: Page) -> int:
    return int(page.locator('[data-field="epoch"]').get_attribute("data-value") or -1)


def training(page: Page, line: Line) -> str:
    """A long run on /digits that has begun; its id."""
    page.goto(f"{line.address}/digits?lang=en&epochs=1000")
    page.locator('[data-field="form"]').select_option("8x8")
    page.locator('[data-field="epochs"]').fill("1000")
    with page.expect_response(lambda answer: answer.url.endswith("/api/runs") and answer.status == 201) as posted:
        page.locator('[data-action="train"]').click()
    expect(page.locator('[data-view="training"]')).to_have_attribute("data-status", "running", timeout=PATIENT)
    return str(posted.value.headers["location"].rsplit("/", 1)[1])


def stopped(server: Server, identity: str) -> None:
    """Wait until the run has been stopped; fails where it comes to its own end."""
    while (status := run(server, identity)["status"]) == "running":
        continue
    assert status == "stopped"


def test_a_line_that_dies_in_silence_is_noticed_and_the_press_arrives_once(
    page: Page, line: Line, small: Server
) -> None:
    identity = begun(page, line)
    line.mode = "swallow"
    page.locator(TRAIN).click()
    said(page, "broke off")
    said(page, "as soon as the connection is there")
    line.mode = "pass"
    phase(page, "paused")
    standing = run(small, identity)
    assert standing["status"] == "paused"
    page.locator('[data-action="step"]').click()
    expect(page.locator('[data-field="epoch"]')).to_have_attribute(
        "data-value", str(standing["epoch"] + 1), timeout=PATIENT
    )
    phase(page, "paused")
    assert run(small, identity)["epoch"] == standing["epoch"] + 1


def test_a_reset_is_no_more_than_a_moment_and_a_step_on_a_lost_line_is_refused_aloud(
    page: Page, line: Line, small: Server
) -> None:
    identity = begun(page, line)
    line.cut()
    page.locator(TRAIN).click()
    phase(page, "paused")
    standing = run(small, identity)["epoch"]
    line.mode = "refuse"
    line.cut()
    said(page, "The server is gone")
    page.locator('[data-action="step"]').click()
    said(page, "did not reach the server")
    for _ in range(6):
        line.cut()
    line.mode = "pass"
    expect(page.locator(".train-said")).not_to_have_attribute("data-mood", "offline", timeout=PATIENT)
    assert run(small, identity)["epoch"] == standing


def test_a_device_without_network_says_so_and_goes_on_when_it_is_back(
    page: Page, line: Line, context: BrowserContext
) -> None:
    begun(page, line)
    line.mode = "swallow"
    context.set_offline(True)
    said(page, "no network")
    before = epoch(page)
    line.mode = "pass"
    context.set_offline(False)
    expect(page.locator(".train-said")).to_have_attribute("data-mood", "running", timeout=PATIENT)
    page.wait_for_function(
        "before => Number(document.querySelector('[data-field=epoch]').dataset.value) > before", arg=before
    )


def test_a_proxy_that_drops_the_upgrade_and_one_that_changes_the_host_are_named(page: Page, line: Line) -> None:
    begun(page, line)
    line.mode = "drop upgrade"
    line.cut()
    said(page, "WebSocket")
    line.mode = "another host"
    line.cut()
    said(page, f"does not let pages of {line.address} follow runs")
    line.mode = "pass"
    line.cut()
    expect(page.locator(".train-said")).to_have_attribute("data-mood", "running", timeout=PATIENT)


def test_one_page_too_many_is_told_so_and_let_in_when_another_leaves(
    page: Page, line: Line, context: BrowserContext
) -> None:
    others = [context.new_page(), context.new_page()]
    for other in others:
        begun(other, line)
    page.goto(f"{line.address}/train?lang=en&dataset=xor&epochs=100000&pace=5")
    page.locator(TRAIN).click()
    said(page, "Too many pages")
    for other in others:
        other.close()
    expect(page.locator(".train-said")).to_have_attribute("data-mood", "running", timeout=PATIENT)


def test_a_page_that_is_left_leaves_no_run_behind(page: Page, line: Line, small: Server) -> None:
    identity = begun(page, line, "&rule=exact")
    digits = training(page, line)
    stopped(small, identity)
    page.goto(f"{line.address}/healthz")
    stopped(small, digits)


@pytest.mark.parametrize("mode", ["refuse", "busy"])
def test_a_page_whose_server_is_away_asks_a_few_times_a_minute(page: Page, line: Line, mode: Any) -> None:
    page.clock.install()
    training(page, line)
    expect(page.locator('[data-part="held-out"]')).to_have_attribute("data-epoch", re.compile(r"\d"), timeout=PATIENT)
    line.mode = mode
    line.cut()
    asked = 0
    for _ in range(60):
        before = line.requests
        page.clock.run_for(1 * SECONDS)
        asked += line.requests - before
        # A question of our own goes in turn with the page's: when it is answered, they are.
        page.evaluate("() => fetch('/healthz').then(() => null, () => null)")
    expect(page.locator('[data-part="state"]')).to_contain_text("The server is gone")
    assert 5 <= asked <= 80
