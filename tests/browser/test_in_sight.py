"""What has the focus is in sight, on screens as small as a page zoomed four times and a phone held sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.variants import PAGES

# Zoomed to 400 %; zoomed to 200 %, or a phone held sideways; a phone.
SMALL = {"zoomed": (320, 256), "sideways": (640, 360), "phone": (360, 640)}
MOST_STOPS = 400

# What has the focus, and whether some part of it, of nine in a grid, is neither outside nor under something else.
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { left, top, width, height } = one.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + x * width, top + y * height]));
  const seen = parts.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (one.contains(hit) || (hit.contains(one) && hit !== document.body && hit.tagName !== 'HTML'));
  });
  const name = one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 30);
  return { seen, name: `${one.tagName.toLowerCase()} ${one.className?.baseVal ?? one.className} ${name}` };
}"""


def walk(page: Page, key: str, most: int = MOST_STOPS) -> tuple[int, list[str]]:
    """Presses a key until the focus has left the page: how many stops there were, and those that were not in sight."""
    hidden: list[str] = []
    for stops in range(most):
        page.keyboard.press(key)
        found = page.evaluate(SEEN)
        if found is None:
            return stops, hidden
        if not found["seen"]:
            hidden.append(f"{key}: {found['name']}")
    return most, hidden


@pytest.mark.parametrize("path", PAGES)
def test_every_stop_of_the_tab_key_is_in_sight(visit: Visit, path: str) -> None:
    page = visit(path)
    for size, (width, height) in SMALL.items():
        page.set_viewport_size({"width": width, "height": height})
        page.reload(wait_until="networkidle")
        stops, hidden = walk(page, "Tab")
        assert 5 < stops < MOST_STOPS
        assert (size, hidden) == (size, [])
        # Nothing stays on the lowest of them, so that the way back is the same.
        back = walk(page, "Shift+Tab", stops)[1] if size == "phone" else []
        assert (size, back) == (size, [])
