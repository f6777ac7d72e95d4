"""The home page: the layer alive at once, and a path whose every step is a page's state."""

from __future__ import annotations

import math
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.variants import each_language

CHAPTERS = ("/softmax", "/cost", "/derivation", "/network", "/train", "/race", "/digits")


def test_the_layer_is_alive_at_once(visit: Visit) -> None:
    page = visit("/")
    page.locator('[data-z="2"]').fill("2.4")
    z = [1.2, 2.4, 2.4, 0.3]
    wanted = math.exp(z[1]) / sum(math.exp(value) for value in z)
    assert float(page.locator('[data-a="2"]').get_attribute("data-value") or "nan") == pytest.approx(wanted, rel=1e-14)
    expect(page.locator('[data-view="said"]')).to_contain_text("You raised")


def test_the_way_on_carries_the_state(visit: Visit) -> None:
    page = visit("/")
    page.locator('[data-z="1"]').fill("-3.5")
    page.locator('[data-view="open"]').click()
    expect(page.locator('[data-number="1"]')).to_have_value("-3.50")
    assert urlsplit(page.url).path == "/softmax"


@each_language
def test_every_step_of_the_path_leads_to_a_page_that_works(visit: Visit, lang: str) -> None:
    page = visit("/", lang=lang)
    steps = page.eval_on_selector_all(".path a", "all => all.map(one => one.getAttribute('href'))")
    assert len(steps) == len(set(steps)) >= 8
    for step in steps:
        answer = page.request.get(step)
        assert answer.ok, step
    assert all(urlsplit(step).path in CHAPTERS for step in steps)


def test_without_scripts_the_numbers_and_the_path_are_there(visit: Visit) -> None:
    page = visit("/")
    still = page.context.browser
    assert still is not None
    plain = still.new_context(java_script_enabled=False, base_url=page.url).new_page()
    plain.goto(page.url)
    expect(plain.locator("table.still")).to_contain_text("0.679")
    expect(plain.locator(".path a").first).to_be_visible()
    plain.context.close()


@each_language
def test_the_whole_path_is_walked_with_the_keyboard_alone(visit: Visit, lang: str) -> None:
    page = visit("/", lang=lang)
    count = page.locator(".path a").count()
    for step in range(count):
        page = visit("/", lang=lang)
        link = page.locator(".path a").nth(step)
        address = urlsplit(link.get_attribute("href") or "").path
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(re.escape(address) + r"(\?|$)"))
        expect(page.locator("html")).to_have_attribute("data-ready", "true")
        # The skip link comes first, and leads past the header into the chapter.
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside, address
