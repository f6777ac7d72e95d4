"""What a student does on /network: rows D6 to D8 of the article, one line of the listing at a time."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.datasets import load
from app.nn import training
from app.nn.spec import RunSpec
from tests.browser.conftest import Visit
from tests.browser.variants import each_language


def results(page: Page) -> list[float]:
    """The numbers that the line at hand comes to, to all digits."""
    cells = page.locator('.figures [data-result="true"] td')
    return [float(value) for value in cells.evaluate_all("all => all.map(({ dataset }) => dataset.value)")]


def array(page: Page, index: int = 0) -> list[list[float]]:
    """An array's entries, to all digits."""
    rows = page.locator(".figures table.entries").nth(index).locator("tbody tr")
    text = rows.evaluate_all("all => all.map(row => [...row.querySelectorAll('td')].map(({dataset}) => dataset.value))")
    return [[float(value) for value in row] for row in text]


def walked(visit: Visit, line: int, **query: str) -> Page:
    """The page at a line."""
    page = visit("/network", line=str(line), **query)
    expect(page.locator(f'[data-line="{line}"][data-place="now"]').first).to_be_visible()
    return page


def walk_to(page: Page, line: int) -> None:
    """Presses a line, and waits for the frame that shows it."""
    page.locator(f'[data-line="{line}"] button').click()
    expect(page.locator(f'[data-line="{line}"]')).to_have_attribute("data-place", "now")


def test_a_sample_walks_forward_and_back_with_the_arrow_keys(visit: Visit) -> None:
    page = walked(visit, 1)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.locator('[data-place="now"] code')).to_have_text("delta3 = a3 - y")
    expect(page.locator(".nodes .output .delta").first).to_have_text(re.compile("δ −0.13"))
    expect(page.locator("#live")).to_contain_text("Line 7 of 14: delta3 = a3 - y")
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-place="now"] code')).to_contain_text("C =")
    expect(page.locator(".nodes .output .delta").first).to_have_text("")
    page.keyboard.press("End")
    expect(page.locator('[data-line="14"]')).to_have_attribute("data-place", "now")
    page.wait_for_url(re.compile("line=14"))


def test_the_numbers_are_those_of_an_independent_pass(visit: Visit) -> None:
    data, spec = load("iris-versicolor-virginica").data, RunSpec()
    start = training.start(spec, data).parameters
    z2 = data.x[60] @ start.w[0] + start.b[0]
    a2 = 1 / (1 + np.exp(-z2))
    z3 = a2 @ start.w[1] + start.b[1]
    a3 = np.exp(z3) / np.exp(z3).sum()
    delta3 = a3 - data.y[60]
    wanted = {2: z2, 3: a2, 4: z3, 5: a3, 7: delta3, 10: start.w[1] @ delta3 * a2 * (1 - a2)}
    page = walked(visit, 2, sample="61")
    for line, values in wanted.items():
        walk_to(page, line)
        assert results(page) == pytest.approx(values.tolist(), rel=1e-9)


def test_all_lines_are_one_epoch_of_training(visit: Visit) -> None:
    page = walked(visit, 14, data="four-bit-majority")
    spec, data = RunSpec(dataset="four-bit-majority"), load("four-bit-majority").data
    after, _ = training.advance(spec, data, training.start(spec, data), 1)
    assert array(page) == after.parameters.w[0].tolist()
    walk_to(page, 13)
    assert array(page) == after.parameters.w[1].tolist()
    page.locator('[data-action="next"]').click()
    expect(page.locator('[data-line="1"]')).to_have_attribute("data-place", "now")
    page.wait_for_url(re.compile("epoch=1"))


def test_each_slope_stands_beside_its_difference_and_the_tiles_sum_to_it(visit: Visit) -> None:
    page = walked(visit, 8, data="four-bit-majority")
    expect(page.locator(".figures td small").first).to_have_text(re.compile("^≈ .+ · .+10"))
    expect(page.locator(".tiles p")).to_have_attribute("data-gap", re.compile("."))
    gap = page.locator(".tiles p").get_attribute("data-gap")
    assert float(gap or "nan") < 1e-15
    canvas = page.locator(".tiles canvas")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] - 6, "y": 10})
    expect(page.locator('[data-field="sample"]')).to_have_value("15")


def test_beside_an_all_sigmoid_network_one_line_of_the_way_back_differs(visit: Visit) -> None:
    page = walked(visit, 7)
    page.locator('[data-action="beside"]').click()
    differing = page.locator('.listing .pane:last-child [data-differs="delta"]')
    expect(differing).to_have_count(1)
    expect(differing.locator("code")).to_have_text("delta3 = (a3 - y) * a3 * (1 - a3)")
    expect(page.locator('[data-view="legend"]')).to_be_visible()
    expect(page.locator(".figures .pane")).to_have_count(2)
    page.wait_for_url(re.compile("beside=1"))


def test_up_to_four_hidden_layers_and_wrong_ones_are_marked(visit: Visit) -> None:
    page = walked(visit, 1)
    page.locator(".walk .menu summary").click()
    field = page.locator('[data-field="hidden"]')
    field.fill("5, 4, 3, 2")
    field.press("Enter")
    expect(page.locator("[data-line]")).to_have_count(32)
    field.fill("5, 99")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-line]")).to_have_count(32)
    page.locator("body").press("Control+z")
    expect(page.locator("[data-line]")).to_have_count(14)


def test_a_server_that_is_gone_leaves_what_is_there(visit: Visit, watch: object) -> None:
    page = walked(visit, 5)
    page.route("**/api/walk", lambda route: route.abort())
    page.route("**/healthz", lambda route: route.abort())
    watch.allow("net::ERR_FAILED")  # type: ignore[attr-defined]
    page.locator('[data-action="next"]').click()
    expect(page.locator('[data-view="said"]')).to_contain_text("The server is gone")
    expect(page.locator("[data-line]")).to_have_count(14)
    page.unroute("**/api/walk")
    page.unroute("**/healthz")
    expect(page.locator('[data-view="said"]')).to_contain_text("Line 1 of 14", timeout=15_000)


@each_language
@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize(("line", "beside"), [(11, "0"), (14, "1")])
def test_the_stage_fits_the_screen(visit: Visit, lang: str, theme: str, line: int, beside: str) -> None:
    page = walked(visit, line, lang=lang, theme=theme, beside=beside)
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)


def test_it_works_within_105_kilobytes_before_the_formulas(visit: Visit) -> None:
    page = walked(visit, 1)
    sizes = json.loads(
        page.evaluate(
            """JSON.stringify(['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
              .filter(entry => !entry.name.includes('katex')).map(entry => entry.transferSize))"""
        )
    )
    # 100 are the aim: fields that read every number, and a watched line, brought 2 more.
    assert 0 < sum(sizes) <= 105_000
