"""What holds for every page in every form: nothing wrong in the console, nothing asked elsewhere, axe content."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.variants import SIZES, each_language, each_page, each_size, each_theme
from tests.browser.watching import Watch


@each_page
@each_language
@each_theme
def test_axe_finds_nothing_serious(
    visit: Visit, assert_accessible: Callable[[Page], None], path: str, lang: str, theme: str
) -> None:
    assert_accessible(visit(path, lang=lang, theme=theme))


@each_page
@each_language
def test_axe_finds_nothing_serious_on_a_phone(
    visit: Visit, assert_accessible: Callable[[Page], None], path: str, lang: str
) -> None:
    assert_accessible(visit(path, lang=lang, size="phone"))


@each_page
@each_language
@each_size
def test_no_page_scrolls_sideways(visit: Visit, path: str, lang: str, size: str) -> None:
    page = visit(path, lang=lang, size=size)
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room


@each_language
def test_a_phones_header_is_one_row(visit: Visit, lang: str) -> None:
    page = visit("/softmax", lang=lang, size="phone")
    tops = page.locator(".header > *").evaluate_all("parts => parts.map(part => part.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert max(tops) - min(tops) < 20


@each_page
@each_language
def test_a_page_says_its_language_and_has_one_heading(visit: Visit, path: str, lang: str) -> None:
    page = visit(path, lang=lang)
    declared = page.locator("html").get_attribute("lang") or ""
    assert declared.split("-")[0] == lang
    expect(page.locator("h1")).to_have_count(1)
    assert page.title().strip()


@each_page
def test_the_language_switch_keeps_the_page(visit: Visit, path: str) -> None:
    page = visit(path, lang="en")
    page.locator("[data-switch=language]").click()
    page.wait_for_load_state("load")
    assert (page.locator("html").get_attribute("lang") or "").startswith("zh")
    assert urlsplit(page.url).path == path
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["zh"]


@each_page
@each_theme
def test_a_theme_can_be_given_in_the_address(visit: Visit, path: str, theme: str) -> None:
    assert visit(path, theme=theme).locator("html").get_attribute("data-theme") == theme


@each_page
def test_every_request_goes_to_the_server_that_gave_the_page(visit: Visit, watch: Watch, path: str) -> None:
    page = visit(path)
    page.wait_for_load_state("networkidle")
    hosts = {urlsplit(url).netloc for url in watch.requests if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
    assert hosts == {urlsplit(watch.address).netloc}


@each_page
def test_the_keyboard_reaches_the_skip_link_first(visit: Visit, path: str) -> None:
    page = visit(path)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    assert page.locator(focused).count() == 1


SHIFTS = """globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (!hadRecentInput) shifts.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 60))]);
  }
}).observe({ type: 'layout-shift', buffered: true });"""
PAINTED = """() => document.readyState !== 'loading'
  && performance.getEntriesByName('first-contentful-paint').length > 0"""
MOST_SHIFTED = 0.05
"""Of the score that browsers call good up to 0.1."""


@each_page
@pytest.mark.parametrize("size", ["phone", "projector"])
def test_nothing_moves_when_the_scripts_fill_the_page(page: Page, path: str, size: str) -> None:
    held: list[Route] = []
    page.route("**/page.js", lambda route: held.append(route))  # the page is seen without its scripts first
    page.add_init_script(SHIFTS)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{path}?lang=en&theme=light", wait_until="commit")
    page.wait_for_function(PAINTED)
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(shifts))))")
    assert sum(value for value, _ in shifts) <= MOST_SHIFTED, shifts
