"""What the pages share: themes and languages that stay, menus, the policy's promise."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.watching import Watch


def paper(page: Page) -> str:
    """The colour of the page, as drawn."""
    colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour


def test_the_theme_switch_changes_colours_at_once_and_stays(visit: Visit) -> None:
    page = visit("/softmax")
    light = paper(page)
    page.locator('[data-switch="theme"]').click()
    dark = paper(page)
    assert dark != light
    page.goto("/")
    assert paper(page) == dark


def test_the_projector_switch_makes_type_larger_and_back(visit: Visit) -> None:
    page = visit("/softmax")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    normal = page.evaluate(size)
    page.locator('[data-switch="projector"]').click()
    assert page.evaluate(size) == pytest.approx(1.5 * normal)
    assert paper(page) == "rgb(255, 255, 255)"
    page.locator('[data-switch="projector"]').click()
    assert page.evaluate(size) == normal


def test_a_language_that_was_chosen_stays(visit: Visit) -> None:
    page = visit("/softmax", lang="zh")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_a_menu_opens_by_key_and_closes_at_escape_with_the_focus_kept(visit: Visit) -> None:
    page = visit("/softmax")
    summary = page.locator('[data-menu="presets"] summary')
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-preset="ties"]')).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator('[data-preset="ties"]')).to_be_hidden()
    expect(summary).to_be_focused()


def test_tabs_move_with_the_arrow_keys(visit: Visit) -> None:
    page = visit("/softmax")
    page.locator("#tab-slopes").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-triangle")).to_be_focused()
    expect(page.locator("#panel-triangle")).to_be_visible()
    expect(page.locator("#panel-slopes")).to_be_hidden()


def test_markup_from_a_script_is_refused(visit: Visit, watch: Watch) -> None:
    watch.allow("TrustedHTML|trusted-types|Trusted")
    page = visit("/softmax")
    refused = page.evaluate(
        """() => {
          try {
            document.createElement('p').innerHTML = '<b>x</b>';
            return 'written';
          } catch (error) {
            return error.name;
          }
        }"""
    )
    assert refused == "TypeError"
