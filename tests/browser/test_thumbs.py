"""Where a thumb points: what it is to hit is large enough, what it is to write into does not make a phone zoom."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.fingers import touching
from tests.browser.variants import PAGES

# What is pressed and smaller than a thumb, or written into in letters that a phone enlarges; links in words are words.
SMALL = """() => {
  const found = [];
  const all = 'button, select, input, summary, [role=tab], .button, .chapters a, .switches > a';
  for (const one of document.querySelectorAll(all)) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    const { width, height } = one.getBoundingClientRect();
    const name = `${one.tagName} ${one.className} ${one.ariaLabel ?? one.textContent.trim().slice(0, 20)}`;
    if (height < 43.5) found.push(`${name}: ${height.toFixed(0)} high`);
    if (width < 43.5 && !one.closest('table')) found.push(`${name}: ${width.toFixed(0)} wide`);
    const letters = parseFloat(getComputedStyle(one).fontSize);
    if (one.matches('input, select') && letters < 16) found.push(`${name}: letters of ${letters}`);
  }
  return found;
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_thumb_can_hit_everything(browser: Browser, base_url: str, path: str) -> None:
    with touching(browser, base_url, path, (360, 640)) as fingers:
        assert fingers.page.evaluate(SMALL) == []
        tops = fingers.page.locator(".header > *").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().top)"
        )
        assert max(tops) - min(tops) < 20
        width, room = fingers.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= room
