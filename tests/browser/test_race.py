"""The race: neurons that are computed in the page, networks that run on the server, and what is shown of both."""

from __future__ import annotations

import json
import math
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, WebSocketRoute, expect

from tests.browser.conftest import Visit
from tests.browser.moves import take_in_hand
from tests.browser.serving import Server, serving
from tests.browser.variants import each_language
from tests.browser.watching import Watch

SHORT = {"mode": "networks", "length": "60"}


def figure(page: Page, racer: str, column: str) -> float:
    cell = page.locator(f'.standing [data-racer="{racer}"] [data-column="{column}"]')
    return float(cell.get_attribute("data-value") or "nan")


def at(page: Page, epoch: int) -> None:
    page.locator('[data-field="scrub"]').fill(str(epoch))


def test_the_two_costs_from_two_and_two(visit: Visit) -> None:
    page = visit("/race", to="300")
    at(page, 150)
    assert round(figure(page, "sigmoid-quadratic", "answer"), 3) == 0.933
    at(page, 50)
    assert round(figure(page, "sigmoid-cross-entropy", "answer"), 4) == 0.0985
    assert figure(page, "sigmoid-quadratic", "half") == 212
    assert figure(page, "sigmoid-cross-entropy", "half") == 8


def test_the_factor_is_that_of_the_answer_beside_it(visit: Visit) -> None:
    page = visit("/race", to="300", w="0.6", b="0.9", at="40")
    for racer in ("sigmoid-quadratic", "sigmoid-cross-entropy"):
        a = figure(page, racer, "answer")
        assert figure(page, racer, "factor") == pytest.approx(a * (1 - a), rel=1e-12)
    a = figure(page, "sigmoid-quadratic", "answer")
    assert figure(page, "sigmoid-quadratic", "gradient") == pytest.approx(a * a * (1 - a), rel=1e-12)
    a = figure(page, "sigmoid-cross-entropy", "answer")
    assert figure(page, "sigmoid-cross-entropy", "gradient") == pytest.approx(a, rel=1e-12)


def test_a_slider_moves_the_start(visit: Visit) -> None:
    page = visit("/race")
    page.locator('input[type=range][data-race="w"]').fill("-1.5")
    wanted = 1 / (1 + math.exp(-0.5))
    assert figure(page, "sigmoid-quadratic", "answer") == pytest.approx(wanted, rel=1e-14)
    expect(page.locator('input[role=spinbutton][data-race="w"]')).to_have_value("-1.5")
    page.keyboard.press("Control+z")
    expect(page.locator('input[role=spinbutton][data-race="w"]')).to_have_value("2")


def test_it_runs_pauses_and_steps_by_the_keyboard(visit: Visit) -> None:
    page = visit("/race", epochs="5000")
    stage = page.locator('[data-view="stage"]')
    expect(stage).to_have_attribute("data-phase", "empty")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-phase", "running")
    expect(page.locator('[data-field="epoch"]')).not_to_have_text("0")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-phase", "paused")
    before = int(page.locator('[data-field="epoch"]').inner_text().replace(" ", ""))
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-field="epoch"]')).to_have_text(str(before + 1))
    page.locator('[data-action="reset"]').click()
    expect(stage).to_have_attribute("data-phase", "empty")


def test_a_wrong_value_is_said_and_changes_nothing(visit: Visit) -> None:
    page = visit("/race")
    field = page.locator('[data-race="eta"]')
    field.fill("0")
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator('[data-field="error"]')).not_to_be_empty()


def test_before_the_start_the_networks_stand_at_the_line(visit: Visit) -> None:
    page = visit("/race", mode="networks")
    expect(page.locator("tr[data-racer]")).to_have_count(4)
    expect(page.locator('tr[data-racer] [data-column="cost"]')).to_have_text(["–"] * 4)
    expect(page.locator('.chart .tick[text-anchor="end"]')).not_to_have_count(0)


def test_four_networks_race_from_one_start_to_the_servers_costs(visit: Visit, base_url: str) -> None:
    page = visit("/race")
    page.locator('[data-tab="networks"]').click()
    page.locator('[data-race="length"]').fill("60")
    page.locator('[data-race="length"]').blur()
    specs: list[dict[str, object]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/runs"):
            specs.append(json.loads(request.post_data or "null"))

    page.on("request", note)
    page.locator('[data-action="go"]').click()
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "finished")
    assert sorted((str(spec["output"]), str(spec["cost"])) for spec in specs) == [
        ("sigmoid", "cross-entropy"),
        ("sigmoid", "quadratic"),
        ("softmax", "log-likelihood"),
        ("softmax", "quadratic"),
    ]
    assert len({json.dumps([spec["initialisation"], spec["eta"], spec["seed"]]) for spec in specs}) == 1
    for spec in specs:
        costs = costs_of(base_url, spec)
        racer = f"{spec['output']}-{spec['cost']}"
        assert figure(page, racer, "cost") == costs[-1]
        half = next((epoch for epoch, cost in enumerate(costs) if cost <= costs[0] / 2), None)
        cell = page.locator(f'.standing [data-racer="{racer}"] [data-column="half"]')
        expect(cell).to_have_text("> 60" if half is None else str(half))


def costs_of(address: str, spec: dict[str, object]) -> list[float]:
    """Every epoch's cost of an equal run."""
    body = json.dumps({**spec, "pace": None}).encode()
    asked = urllib.request.Request(address + "/api/runs", body, {"content-type": "application/json"})
    with urllib.request.urlopen(asked) as answer:
        run = json.load(answer)["id"]
    for _ in range(1000):
        with urllib.request.urlopen(f"{address}/api/runs/{run}/costs") as answer:
            costs: list[float] = json.load(answer)["cost"]
        if len(costs) == 61:
            return costs
    raise AssertionError("the run does not end")


def test_a_saturated_hidden_layer_has_no_gradient_whatever_the_outputs(visit: Visit) -> None:
    page = visit("/race", **SHORT, layer="hidden", hidden="100", out="1", go="1")
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "finished")
    at(page, 0)
    for racer in ("sigmoid-quadratic", "sigmoid-cross-entropy", "softmax-log-likelihood", "softmax-quadratic"):
        assert figure(page, racer, "factor") < 0.07
        assert figure(page, racer, "gradient") < 0.02
    page.locator('[data-set="layer"][data-value="output"]').click()
    assert figure(page, "softmax-log-likelihood", "gradient") > 0.05


def test_the_networks_can_be_paused_and_go_on(visit: Visit) -> None:
    page = visit("/race", mode="networks", length="20000")
    stage = page.locator('[data-view="stage"]')
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-phase", "running")
    page.locator('[data-action="go"]').click()
    expect(stage).to_have_attribute("data-phase", "paused")
    page.locator('[data-action="go"]').click()
    expect(stage).to_have_attribute("data-phase", "running")
    page.locator('[data-action="reset"]').click()
    expect(stage).to_have_attribute("data-phase", "empty")


def test_a_race_that_diverges_says_so(visit: Visit) -> None:
    page = visit("/race", mode="networks", length="2000", rate="1e308", dataset="iris", go="1")
    expect(page.locator('.said[data-mood="failed"]')).to_contain_text("Diverged")


def test_a_racer_that_failed_for_another_reason_is_not_said_to_diverge(visit: Visit, page: Page) -> None:
    def end_otherwise(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            told = json.loads(message)
            if told["type"] == "end":
                message = json.dumps({**told, "status": "failed", "detail": "the worker was lost twice"})
            socket.send(message)

        server.on_message(pass_on)

    page.route_web_socket(re.compile("."), end_otherwise)
    visit("/race", **SHORT, go="1")
    said = page.locator('.said[data-mood="failed"]')
    expect(said).to_contain_text("the worker was lost twice")
    expect(said).not_to_contain_text("Diverged")


def test_the_curves_can_be_read_off_with_every_epoch(visit: Visit) -> None:
    page = visit("/race", to="300", at="150")
    take_in_hand(page.locator('[data-view="curves"]'))
    drawn = page.evaluate("() => document.querySelector('.plot')._fullData.map(one => [one.yaxis, one.y.length])")
    assert drawn == [[axis, 301] for axis in ("y", "y", "y2", "y2", "y3", "y3")]


def test_the_race_is_in_the_address(visit: Visit) -> None:
    page = visit("/race")
    page.locator('[data-start="poor"]').click()
    page.locator('[data-set="log"][data-value="1"]').click()
    page.wait_for_url(re.compile(r"w=0\.6.*b=0\.9.*log=1"))
    page.reload()
    expect(page.locator('[data-start="poor"]')).to_have_attribute("aria-pressed", "true")


def test_the_server_may_go_and_the_neurons_race_on(page: Page, watch: Watch, tmp_path: Path) -> None:
    watch.allow(".*")
    with serving(tmp_path / "log") as server:
        lost(page, server)
    expect(page.locator('.said[data-mood="offline"]')).to_be_visible()
    page.locator('[data-tab="neuron"]').click()
    page.locator('[data-action="step"]').click()
    expect(page.locator('[data-field="epoch"]')).to_have_text("1")


def lost(page: Page, server: Server) -> None:
    """A race of networks whose server ends under it."""
    page.goto(f"{server.address}/race?mode=networks&length=20000&go=1")
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "running")
    server.process.kill()


@each_language
@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("query", [{"to": "300"}, {**SHORT, "go": "1"}], ids=["neuron", "networks"])
def test_the_stage_fits_the_screen(visit: Visit, lang: str, theme: str, query: dict[str, str]) -> None:
    page = visit("/race", lang=lang, theme=theme, **query)
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)


def test_it_answers_before_the_charts_within_a_hundred_kilobytes(visit: Visit) -> None:
    page = visit("/race")
    sizes = page.evaluate(
        "() => performance.getEntriesByType('resource').filter(one => !/vendor/.test(one.name))"
        ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    assert sizes < 100_000


def test_no_two_racers_differ_by_colour_alone(visit: Visit) -> None:
    page = visit("/race", mode="networks")
    swatches = page.locator(".standing .swatch .line")
    dashes = swatches.evaluate_all("lines => lines.map((line) => getComputedStyle(line).strokeDasharray)")
    assert len(set(dashes)) == 4
    visit("/race", to="200")
    for part in (".standing .swatch .line", ".neuron .tangent"):
        both = page.locator(part).evaluate_all("lines => lines.map((line) => getComputedStyle(line).strokeDasharray)")
        assert len(set(both)) == len(both) == 2
    drawn = page.locator("[data-view=curves] .line").evaluate_all(
        "lines => lines.map((line) => [line.dataset.class, line.dataset.dash].join())"
    )
    assert set(drawn) == {"5,", "1,long"}


def test_with_less_motion_the_neurons_change_once_a_second(visit: Visit, page: Page) -> None:
    page.clock.install()
    page.emulate_media(reduced_motion="reduce")
    visit("/race", epochs="300")
    page.evaluate(
        """() => {
          window.changes = 0;
          new MutationObserver(() => (changes += 1)).observe(document.querySelector('[data-field="epoch"]'),
            { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.locator('[data-action="go"]').click()
    for _ in range(60):
        page.clock.run_for(100)
    expect(page.locator('[data-view="stage"]')).to_have_attribute("data-phase", "finished")
    assert page.evaluate("changes") <= 6
