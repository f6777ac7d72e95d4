"""How fast the chapters answer: dragging a slider of /cost, /derivation and /race, stepping through /derivation and
/network.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from .pages import BARE, FRAME, REST, STEPS
from .report import Row, Section, percentile

__all__ = ["chapter_section"]

ROUNDS = 3
KEYS = 60
KEYS_ONE_WAY = 10
KEY_GAP = 45
"""Milliseconds between two keys: a key held down repeats 20 to 30 times a second."""
BARE_NAME = "the bare page"
DRAGGED = ("/cost", "/derivation", "/race")
STEPPED = {
    "/derivation": "/derivation?lang=en&lesson=weight",
    "/network": "/network?lang=en",
    "/network, three hidden layers": "/network?lang=en&hidden=8,6,4",
}


def chapter_section(browser: Browser, address: str, bare_address: str) -> Section:
    """Each chapter's drags and steps, by turns, so that all meet the same machine."""
    drags: dict[str, list[float]] = {path: [] for path in DRAGGED}
    pages = {BARE_NAME: bare_address} | {name: f"{address}{path}" for name, path in STEPPED.items()}
    steps: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for path, delays in drags.items():
            delays += measure(browser, f"{address}{path}?lang=en", slide)["delays"]
        for name, page_address in pages.items():
            steps[name] += measure(browser, page_address, step_through)["frames"]
    bare_p99 = percentile(steps.pop(BARE_NAME), 0.99)
    rows = [Row(f"{path}: drag to painted frame, p99", *barred(delays)) for path, delays in drags.items()]
    rows += [Row(f"{name}: frames while stepping, p99", *barred(frames, bare_p99)) for name, frames in steps.items()]
    how = (
        f"{ROUNDS} drags of {STEPS} steps, and {ROUNDS} times {KEYS} arrow keys {KEY_GAP} ms apart, in new pages."
        " A key comes at any time between two frames; what is measured is whether a frame comes late."
    )
    return Section("Moving through the chapters", how, tuple(rows))


def barred(values: list[float], yardstick: float | None = None) -> tuple[str, str, str, str, bool]:
    """A row's figures: p99, the yardstick's, their ratio, the bar and whether it was reached."""
    p99 = percentile(values, 0.99)
    beside = ("", "") if yardstick is None else (f"{yardstick:.1f} ms", f"{p99 / yardstick:.2f}")
    return f"{p99:.1f} ms", *beside, f"≤ {FRAME + 2:.1f} ms", p99 <= FRAME + 2


def measure(browser: Browser, address: str, move: Callable[[Page, int], None]) -> dict[str, list[float]]:
    """The delays and frames of some moves in milliseconds; a few moves before them warm the page up."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address, wait_until="networkidle")
    page.evaluate((BARE / "moves.js").read_text())
    move(page, 10)
    page.wait_for_timeout(REST)
    if move is step_through:
        page.evaluate("moves.watchFrames()")
    page.evaluate("moves.take()")
    move(page, STEPS)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))")
    result: dict[str, list[float]] = page.evaluate("moves.take()")
    page.close()
    return result


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
