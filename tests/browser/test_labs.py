"""The two laboratories of /softmax: claims that fail in floats, and softmax in formats that break."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_softmax import logits, outputs
from tests.browser.variants import each_language


def search(page: Page, width: str) -> None:
    """Search all 100 000, within this width."""
    page.locator('[data-view="falsify"] select').select_option(width)
    expect(page.locator('[data-view="falsify"]')).to_have_attribute("data-done", "100000", timeout=60_000)


@each_language
def test_counter_examples_are_found_explained_and_loaded(visit: Visit, lang: str) -> None:
    page = visit("/softmax", lang=lang, tab="falsify")
    search(page, "1000")
    for claim in ("inside", "whole", "monotone", "everyone"):
        for form in ("float64", "float32"):
            expect(page.locator(f'[data-claim="{claim}"][data-format="{form}"]')).to_have_text(re.compile(r"^[\d ]+$"))
    page.locator('[data-claim="inside"][data-format="float64"]').click()
    assert set(outputs(page)) & {0.0, 1.0}
    told = page.locator('[data-field="told"]')
    expect(told).to_contain_text("ℝ" if outputs(page).count(1.0) == 0 else "1")
    page.locator('[data-claim="whole"][data-format="float64"]').click()
    assert sum(outputs(page)) != 1
    page.locator('[data-claim="monotone"][data-format="float64"]').click()
    expect(told).to_contain_text("float64")
    before = outputs(page)
    page.locator('[data-action="undo"]').click()
    assert any(now == then for now, then in zip(outputs(page), before, strict=True))


def test_near_each_other_only_the_sum_breaks_and_the_page_stays_alive(visit: Visit) -> None:
    page = visit("/softmax", tab="falsify")
    page.locator('[data-action="falsify"]').click()
    page.locator('[data-z="1"]').fill("2.5")
    assert logits(page)[0] == 2.5
    search(page, "5")
    expect(page.locator('[data-claim="inside"][data-format="float64"]')).to_be_disabled()
    expect(page.locator('[data-claim="monotone"][data-format="float64"]')).to_be_disabled()
    expect(page.locator('[data-claim="whole"][data-format="float64"]')).to_be_enabled()


@pytest.mark.parametrize(
    ("lift", "broken"),
    [("float16", ["float16"]), ("float32", ["float16", "float32"]), ("float64", ["float16", "float32", "float64"])],
)
def test_the_naive_form_breaks_past_each_formats_end(visit: Visit, lift: str, broken: list[str]) -> None:
    page = visit("/softmax", tab="overflow")
    for form in ("naive", "shifted", "log"):
        expect(page.locator(f'[data-form="{form} float64"]')).to_have_attribute("data-fault", "")
    page.locator(f'[data-lift="{lift}"]').click()
    for name in ("float16", "float32", "float64"):
        cell = page.locator(f'[data-form="naive {name}"]')
        expect(cell).to_have_attribute("data-fault", "power" if name in broken else "")
        expect(page.locator(f'[data-form="shifted {name}"]')).to_have_attribute("data-fault", "")


def test_only_log_softmax_outlives_a_wide_gap_and_a_nan_spreads_through_training(visit: Visit) -> None:
    page = visit("/softmax", tab="overflow")
    page.locator('[data-action="gap"]').click()
    expect(page.locator('[data-form="shifted float32"]')).to_have_attribute("data-fault", "log")
    expect(page.locator('[data-form="shifted float64"]')).to_have_attribute("data-fault", "")
    expect(page.locator('[data-form="log float16"]')).to_have_attribute("data-fault", "")
    rows = page.locator(".spread tbody tr")
    expect(rows.nth(1).locator("td").last).to_have_text("NaN")
    expect(rows.nth(0).locator("td").last).not_to_contain_text("NaN")
    expect(rows.nth(3).locator("td").last).to_have_text("6∕6")


@pytest.mark.parametrize("tab", ["falsify", "overflow"])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_stage_still_fits_the_screen(visit: Visit, theme: str, tab: str) -> None:
    page = visit("/softmax", theme=theme, tab=tab)
    expect(page.locator(f'[data-view="{tab}"] table').first).to_be_visible()
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), (width, height)
