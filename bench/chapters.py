"""How fast the chapters answer: dragging a slider of /cost, /derivation and /race, stepping through /derivation and
/network.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from .pages import BARE, FRAME, REST, STEPS
from .report import Row, Section, median, percentile

__all__ = ["chapter_section"]

ROUNDS = 3
KEYS = 60
KEYS_ONE_WAY = 10
KEY_GAP = 45
"""Milliseconds between two keys: a key held down repeats 20 to 30 times a second."""


def chapter_section(browser: Browser, address: str) -> Section:
    """Each chapter's drags and steps, by turns, so that all meet the same machine."""
    delays: dict[str, list[float]] = {name: [] for name, _, _ in MOVES}
    for _ in range(ROUNDS):
        for name, path, move in MOVES:
            delays[name] += measure(browser, f"{address}{path}", move)
    rows = tuple(row(name, of) for name, of in delays.items())
    how = f"{ROUNDS} drags of {STEPS} steps, or {ROUNDS} times {KEYS} keys, {KEY_GAP} ms apart; p99 beside the median."
    return Section("Moving through the chapters", how, rows)


def row(name: str, delays: list[float]) -> Row:
    """A move's bar: painted within a frame and 2 ms."""
    p99 = percentile(delays, 0.99)
    bar = f"≤ {FRAME + 2:.1f} ms"
    return Row(f"{name}, p99", f"{p99:.1f} ms", f"{median(delays):.1f} ms", "", bar, p99 <= FRAME + 2)


def measure(browser: Browser, address: str, move: Callable[[Page, int], None]) -> list[float]:
    """Milliseconds from each move to its painted frame; a few moves before them warm the page up."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address, wait_until="networkidle")
    page.evaluate((BARE / "moves.js").read_text())
    move(page, 10)
    page.wait_for_timeout(REST)
    page.evaluate("moves.take()")
    move(page, STEPS)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))")
    delays: list[float] = page.evaluate("moves.take()")["delays"]
    page.close()
    return delays


def slide(page: Page, steps: int) -> None:
    """The first slider from its left part to its right part."""
    box = page.locator("input[type=range]:visible").first.bounding_box()
    assert box is not None, "the first slider is not on screen"
    left, width, middle = box["x"] + 0.1 * box["width"], 0.8 * box["width"], box["y"] + box["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(left + width * step / steps, middle)
    page.mouse.up()


def step_through(page: Page, steps: int) -> None:
    """So many arrow keys, some to the right, then as many back."""
    for step in range(min(steps, KEYS)):
        page.keyboard.press("ArrowRight" if step // KEYS_ONE_WAY % 2 == 0 else "ArrowLeft")
        page.wait_for_timeout(KEY_GAP)


MOVES: tuple[tuple[str, str, Callable[[Page, int], None]], ...] = (
    ("/cost, a drag", "/cost?lang=en", slide),
    ("/derivation, a drag", "/derivation?lang=en", slide),
    ("/race, a drag", "/race?lang=en", slide),
    ("/derivation, step by step", "/derivation?lang=en&lesson=weight", step_through),
    ("/network, line by line", "/network?lang=en", step_through),
)
