"""What a student does on /derivation: rows B4 and D1 to D5 of the article, where their numbers can be seen."""

from __future__ import annotations

import json
import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.variants import each_language

Z = [1.2, -0.6, 2.4, 0.3]
H = [0.9, 0.2, 0.6]


def softmax(z: list[float]) -> list[float]:
    """An independent softmax, in plain Python."""
    powers = [math.exp(value - max(z)) for value in z]
    return [power / sum(powers) for power in powers]


def verdicts(page: Page) -> list[tuple[float, float, str]]:
    """Left side, right side and state of every step that is shown."""
    shown = page.locator(".step:not([hidden]) .verdict[data-state]")
    rows: list[list[str]] = shown.evaluate_all("all => all.map(({dataset: d}) => [d.left, d.right, d.state])")
    return [(float(left), float(right), state) for left, right, state in rows]


def claims(z: list[float], y: list[float], i: int, j: int, unit: int) -> dict[str, float]:
    """What each derivation comes to, by the article's results."""
    a = softmax(z)
    lone = 1 / (1 + math.exp(-z[i]))
    return {
        "sigmoid": lone * (1 - lone),
        "same": a[i] * (1 - a[i]),
        "other": -a[i] * a[j],
        "delta": a[i] - y[i],
        "weight": (a[i] - y[i]) * H[unit],
        "bias": a[i] - y[i],
    }


@pytest.mark.parametrize("lesson", ["sigmoid", "same", "other", "delta", "weight", "bias"])
def test_every_step_comes_to_the_article_s_result(visit: Visit, lesson: str) -> None:
    page = visit("/derivation", lesson=lesson, step="20", i="2", j="4", unit="3")
    expect(page.locator('.step[data-place="now"]')).to_be_visible()
    wanted = claims(Z, [0, 0, 1, 0], 1, 3, 2)[lesson]
    for left, right, state in verdicts(page):
        assert state == "holds"
        assert (left, right) == pytest.approx((wanted, wanted), rel=1e-12)
    expect(page.locator('[data-view="machine"]')).to_have_attribute("data-value", re.compile(r"\d"))
    measured = float(page.locator('[data-view="machine"]').get_attribute("data-value") or "nan")
    assert measured == pytest.approx(wanted, abs=1e-8)


def test_signs_are_derived_and_a_column_sums_to_nothing(visit: Visit) -> None:
    page = visit("/derivation", lesson="signs", step="20")
    expect(page.locator('.step[data-place="now"]')).to_be_visible()
    rows = verdicts(page)
    assert len(rows) == 8
    assert all(state == "holds" for *_, state in rows)
    assert rows[2][0] > 0 > rows[4][0]
    assert rows[-1][0] == pytest.approx(0, abs=1e-15)


def test_the_steps_come_one_by_one_with_the_arrow_keys(visit: Visit) -> None:
    page = visit("/derivation")
    shown = page.locator(".step:not([hidden])")
    expect(shown).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_count(3)
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_count(2)
    page.keyboard.press("End")
    expect(shown).to_have_count(5)
    expect(page.locator("#live")).to_contain_text("Step 5 of 5")
    page.wait_for_url(re.compile("step=5"))


def test_a_dragged_z_moves_every_number(visit: Visit) -> None:
    page = visit("/derivation", lesson="same", step="5")
    numbers = page.locator('.step[data-place="now"] .in-numbers [data-live]')
    expect(numbers.first).to_be_visible()
    page.locator('[data-z="3"]').fill("0.5")
    a = softmax([1.2, -0.6, 0.5, 0.3])[2]
    expect(numbers.nth(1)).to_have_text(f"{a:.3f}")
    assert verdicts(page)[-1][:2] == pytest.approx((a * (1 - a), a * (1 - a)), rel=1e-12)
    page.keyboard.press("Control+z")
    before = softmax(Z)[2]
    expect(numbers.nth(1)).to_have_text(f"{before:.3f}")


def test_a_symbol_shows_its_value_and_lights_its_bar(visit: Visit) -> None:
    page = visit("/derivation", lesson="same", step="5")
    symbol = page.locator('.step[data-place="now"] .formula [data-mark][data-quantity="a:3"]').first
    symbol.hover()
    expect(page.locator('[data-view="bubble"]')).to_contain_text("a₃ = 0.679")
    expect(page.locator('.sample [data-quantity="a:3"]')).to_have_attribute("data-lit", "true")
    expect(page.locator('.sample [data-quantity="a:1"]')).not_to_have_attribute("data-lit", "true")
    expect(symbol.locator("[data-class]").first).to_have_attribute("data-class", "3")
    symbol.focus()
    expect(symbol).to_have_attribute("aria-label", re.compile("^a₃ = 0.679"))


def test_two_right_answers_break_the_last_step_and_only_that(visit: Visit) -> None:
    page = visit("/derivation", lesson="delta", step="8")
    page.locator('[data-y-number="1"]').fill("1")
    page.keyboard.press("Enter")
    expect(page.locator('[data-field="sum-y"]')).to_be_visible()
    assert [state for *_, state in verdicts(page)] == ["holds"] * 7 + ["lacks"]
    page.locator(".right-answer").nth(0).click()
    expect(page.locator('[data-field="sum-y"]')).to_be_hidden()
    assert [state for *_, state in verdicts(page)] == ["holds"] * 8


def test_weights_are_written_as_the_article_or_as_the_code(visit: Visit) -> None:
    page = visit("/derivation", lesson="weight", step="5")
    formula = page.locator(".step .formula").first
    expect(formula).to_contain_text("wij")
    page.locator('[data-convention="code"]').click()
    expect(page.locator(".step .formula").first).to_contain_text("w[j,i]")
    expect(page.locator('[data-view="weights"]')).to_have_attribute("data-convention", "code")
    expect(page.locator('[data-view="weights"] tbody tr')).to_have_count(4)


def test_a_cell_of_the_table_picks_its_case(visit: Visit) -> None:
    page = visit("/derivation", lesson="same")
    page.locator('[data-quantity="slope:2:4"] button').click()
    expect(page.locator("#lesson-other")).to_have_attribute("aria-selected", "true")
    expect(page.locator('[data-field="i"]')).to_have_value("3")
    expect(page.locator('[data-field="j"]')).to_have_value("1")


@each_language
def test_a_question_is_marked_at_once(visit: Visit, lang: str) -> None:
    page = visit("/derivation", lang=lang, lesson="same")
    question = page.locator('[data-view="question"]')
    question.locator('[data-answer="2"]').click()
    expect(question.locator('[data-answer="2"]')).to_contain_text("✗")
    expect(question.locator('[data-answer="1"]')).to_contain_text("✓")
    expect(question.locator('[role="status"]')).to_contain_text("0.01")


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_stage_fits_the_screen(visit: Visit, theme: str) -> None:
    page = visit("/derivation", theme=theme, lesson="delta", step="8")
    for width, height in ((1280, 720), (1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)


def test_it_works_within_a_hundred_kilobytes_before_the_formulas(visit: Visit) -> None:
    page = visit("/derivation")
    sizes = json.loads(
        page.evaluate(
            """JSON.stringify(['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
              .filter(entry => !entry.name.includes('katex')).map(entry => entry.transferSize))"""
        )
    )
    assert 0 < sum(sizes) <= 100_000
