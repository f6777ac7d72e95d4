"""What a student does on /cost: the article's rows C1 to C3 and A2, and ln 0, where they can be seen."""

from __future__ import annotations

import json
import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.moves import take_in_hand
from tests.browser.test_softmax import drag, logits, outputs, slide, softmax
from tests.browser.variants import each_language

START = [0.5, -1.2, 1.9, 0.1]


def values(page: Page, selector: str) -> list[float]:
    """The numbers that these elements carry, with all their digits."""
    found: list[str] = page.eval_on_selector_all(selector, "all => all.map(one => one.dataset.value)")
    return [float(value) for value in found]


def cost(page: Page) -> float:
    """The cost on the page."""
    return values(page, '[data-field="cost"]')[0]


def deltas(page: Page) -> list[float]:
    """δ of every class."""
    return values(page, "[data-delta]")


def targets(page: Page) -> list[float]:
    """y of every class."""
    return values(page, "[data-y-button]")


def test_the_worked_example_is_one_click_away_and_three_terms_are_struck_out(visit: Visit) -> None:
    page = visit("/cost")
    page.locator('#panel-terms [data-preset="example"]').click()
    assert outputs(page) == pytest.approx([0.1, 0.2, 0.3, 0.4], rel=1e-14)
    expect(page.locator('[data-field="cost"]')).to_have_attribute("data-value", re.compile(r"^1\.60943791243410"))
    assert cost(page) == 1.6094379124341003  # all digits of −ln 0.2
    vanished = page.eval_on_selector_all(".terms tbody tr", "all => all.map(one => one.dataset.vanished)")
    assert vanished == ["true", "false", "true", "true"]
    line = page.locator(".terms tbody tr").first.locator("td").nth(2)
    assert "line-through" in str(line.evaluate("cell => getComputedStyle(cell).textDecorationLine"))


def test_the_cost_and_delta_follow_every_z(visit: Visit) -> None:
    page = visit("/cost")
    slide(page, 2, 1.5)
    a = softmax([0.5, 1.5, 1.9, 0.1])
    assert outputs(page) == pytest.approx(a, rel=1e-14)
    assert deltas(page) == pytest.approx([a[0], a[1] - 1, a[2], a[3]], abs=4e-16)
    expect(page.locator('[data-view="said"]')).to_contain_text("the cost fell from")
    assert cost(page) == pytest.approx(-math.log(a[1]), rel=1e-13)


def test_bars_of_z_a_and_the_target_can_be_dragged(visit: Visit) -> None:
    page = visit("/cost")
    drag(page, '[data-drag="2"] .handle', dy=-30)
    assert logits(page)[1] > START[1]
    drag(page, '[data-drag-a="2"] .bar', dy=-40)
    assert outputs(page)[1] > 0.2
    drag(page, '[data-drag-y="3"] .flag', dy=-120)
    assert targets(page) == [0, 0, 1, 0]
    page.keyboard.press("Control+z")
    assert targets(page) == [0, 1, 0, 0]


def test_a_soft_target_keeps_its_sum_and_a_multi_hot_one_need_not(visit: Visit) -> None:
    page = visit("/cost")
    page.locator('[data-field="kind"]').select_option("soft")
    page.locator('[data-y="3"]').fill("0.4")
    page.keyboard.press("Enter")
    assert sum(targets(page)) == pytest.approx(1, abs=1e-15)
    assert targets(page)[2] == 0.4
    a = softmax(START)
    assert deltas(page) == pytest.approx([ai - yi for ai, yi in zip(a, targets(page), strict=True)], abs=4e-16)
    page.locator('[data-field="kind"]').select_option("multi-hot")
    page.locator('[data-y-button="1"]').click()
    y = targets(page)
    assert set(y) == {0.0, 1.0} and sum(y) >= 2
    assert deltas(page) == pytest.approx([ai * sum(y) - yi for ai, yi in zip(a, y, strict=True)], abs=1e-15)
    expect(page.locator('[data-view="formula"]')).to_contain_text("Σy")


def test_every_pair_at_the_same_point_and_only_the_quadratic_ones_stall(visit: Visit) -> None:
    page = visit("/cost")
    page.locator('[data-tab="compare"]').click()
    page.locator('#panel-compare [data-preset="wrong"]').click()
    expect(page.locator('[data-cost="log-likelihood"]')).to_have_text("10.009")
    pulls = {
        pair: values(page, f'[data-slope="{pair} 2"]')[0]
        for pair in ("log-likelihood", "cross-entropy", "quadratic-softmax", "quadratic-sigmoid")
    }
    assert pulls["log-likelihood"] == pytest.approx(softmax([6, -4, 0, 1])[1] - 1, rel=1e-12)
    s = 1 / (1 + math.exp(4))
    assert pulls["cross-entropy"] == pytest.approx(s - 1, rel=1e-12)
    assert pulls["quadratic-sigmoid"] == pytest.approx((s - 1) * s * (1 - s), rel=1e-12)
    assert abs(pulls["quadratic-softmax"]) < 1e-4
    page.locator('button[data-pair="cross-entropy"]').click()
    assert outputs(page) == pytest.approx([1 / (1 + math.exp(-z)) for z in (6, -4, 0, 1)], rel=1e-14)
    expect(page.locator('[data-field="pair"]')).to_have_value("cross-entropy")
    assert sum(outputs(page)) != pytest.approx(1, abs=0.1)


def test_ln_0_breaks_the_formula_and_not_the_logits(visit: Visit) -> None:
    page = visit("/cost", panel="zero")
    page.locator('#panel-zero [data-preset="underflow"]').click()
    expect(page.locator('[data-zero="log"]')).to_have_text("∞")
    expect(page.locator('[data-zero="stable"]')).to_have_text("746")
    expect(page.locator('[data-zero="chain"]')).to_have_text("NaN")
    expect(page.locator('[data-zero="delta"]')).to_have_text("−1")
    page.locator('#panel-zero [data-preset="certain"]').click()
    expect(page.locator('[data-zero="log"]')).to_have_text("0")
    assert values(page, '[data-zero="stable"]')[0] == pytest.approx(math.exp(-37.5), rel=1e-12)
    page.locator('#panel-zero [data-preset="thousand"]').click()
    expect(page.locator('[data-zero="layer"]')).to_have_text("NaN")
    expect(page.locator('[data-zero="sum"]')).to_have_text("NaN")
    assert math.isfinite(cost(page))


def test_the_charts_over_one_and_two_z_are_what_the_formula_gives(visit: Visit) -> None:
    page = visit("/cost", panel="one")
    take_in_hand(page.locator('[data-view="one"]'))
    curve = page.evaluate(
        "(() => { const { x, y } = document.querySelector('[data-view=one] .plot').data[0]; return { x, y }; })()"
    )
    for x, y in list(zip(curve["x"], curve["y"], strict=True))[::16]:
        assert y == pytest.approx(-math.log(softmax([0.5, x, 1.9, 0.1])[1]), rel=1e-12)
    page.locator('[data-tab="two"]').click()
    take_in_hand(page.locator('[data-view="two"]'))
    field = page.evaluate(
        "(() => { const { x, y, z } = document.querySelector('[data-view=two] .plot').data[0]; return { x, y, z }; })()"
    )
    for row in (0, 17, 40):
        wanted = -math.log(softmax([0.5, field["x"][9], field["y"][row], 0.1])[1])
        assert field["z"][row][9] == pytest.approx(wanted, rel=1e-12)


def test_the_point_over_two_z_moves_both_by_hand_and_by_keys(visit: Visit) -> None:
    page = visit("/cost", panel="two")
    expect(page.locator('[data-view="two"]')).to_have_attribute("data-state", "drawn")
    box = page.locator('[data-view="two"] .core').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    now = logits(page)
    assert now[1] > START[1] and now[2] < START[2] and (now[0], now[3]) == (START[0], START[3])
    page.locator('[data-view="two"] .point').focus()
    page.keyboard.press("ArrowRight")
    assert logits(page)[1] > now[1]


def test_the_whole_state_is_in_the_address(visit: Visit) -> None:
    page = visit("/cost")
    page.locator('[data-field="kind"]').select_option("soft")
    page.locator('[data-field="pair"]').select_option("quadratic-softmax")
    page.locator('[data-tab="compare"]').click()
    slide(page, 1, -2.5)
    expect(page).to_have_url(re.compile("z=-2.5"))
    seen = (logits(page), targets(page), cost(page))
    page.reload()
    assert (logits(page), targets(page), cost(page)) == seen
    expect(page.locator("#panel-compare")).to_be_visible()
    expect(page.locator('[data-field="pair"]')).to_have_value("quadratic-softmax")


@each_language
def test_questions_are_answered_by_the_picture(visit: Visit, lang: str) -> None:
    page = visit("/cost", lang=lang)
    box = page.locator('[data-view="question"]')
    for answer in ("rises", "ln2", "quadratic", "nothing"):
        before = cost(page)
        box.locator(f'[data-answer="{answer}"]').click()
        expect(box).to_contain_text("✓")
        if answer == "ln2":
            expect(page.locator('[data-field="cost"]')).not_to_have_attribute("data-value", str(before))
            assert cost(page) - before == pytest.approx(math.log(2), rel=1e-9)
        page.keyboard.press("Enter")
    expect(box.locator("[data-answer]").first).to_be_visible()


def test_every_y_can_be_chosen_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/cost")
    reached: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.dataset.yButton")
        if name and name not in reached:
            reached.add(name)
            page.keyboard.press("Enter")
            assert targets(page)[int(name) - 1] == 1
    assert reached == {"1", "2", "3", "4"}


@pytest.mark.parametrize("kind", ["svg", "csv"])
def test_the_picture_saves(visit: Visit, kind: str) -> None:
    page = visit("/cost")
    page.locator('[data-view="save-picture"] summary').click()
    with page.expect_download() as waiting:
        page.locator(f'[data-view="save-picture"] [data-save="{kind}"]').click()
    data = waiting.value.path().read_bytes()
    if kind == "svg":
        assert b"var(" not in data and "−0.969".encode() in data
    else:
        rows = data.decode("utf-8-sig").split("\r\n")
        assert rows[0] == "class,z,y,a,term,delta"
        assert float(rows[2].split(",")[4]) == pytest.approx(-math.log(softmax(START)[1]), rel=1e-14)


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_stage_fits_the_screen(visit: Visit, theme: str) -> None:
    page = visit("/cost", theme=theme)
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)


def test_on_a_phone_the_picture_stays_while_the_sliders_scroll(visit: Visit) -> None:
    page = visit("/cost", size="phone")
    page.locator('[data-z="4"]').scroll_into_view_if_needed()
    slide(page, 4, 4)
    box = page.locator('[data-delta="4"]').bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 640


def test_it_works_within_a_hundred_kilobytes_before_the_charts(visit: Visit) -> None:
    page = visit("/cost")
    sizes = json.loads(
        page.evaluate(
            """JSON.stringify(['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
              .filter(one => !/plotly|[/]chart[/]|[/]curves?[.]js/.test(one.name)).map(entry => entry.transferSize))"""
        )
    )
    assert 0 < sum(sizes) <= 100_000
