"""How fast /digits answers a pen: from a stretch of a stroke to ten painted bars, and from the address to the paper."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from .pages import BARE, FRAME, REST, STEPS
from .report import Row, Section, median, percentile

__all__ = ["stroke_section"]

STROKES, LOADS = 6, 5
MOST_READY, MOST_BYTES = 1000, 400_000


def stroke_section(browser: Browser, address: str) -> Section:
    """Strokes of 80 stretches each in a new page, and fresh loads of the page."""
    results = [stroke(browser, f"{address}/digits?lang=en") for _ in range(STROKES)]
    delays = [delay for result in results for delay in result["delays"]]
    steps, painted = (sum(result[name] for result in results) for name in ("steps", "painted"))
    loads = [load(browser, f"{address}/digits?lang=en") for _ in range(LOADS)]
    ready, size = median([one["ready"] for one in loads]), max(one["bytes"] for one in loads)
    p99 = percentile(delays, 0.99)
    rows = (
        Row("stroke to painted bars, p99", f"{p99:.1f} ms", "", "", f"≤ a frame and 2 ms, {FRAME + 2:.1f} ms",
            p99 <= FRAME + 2),
        Row("stroke to painted bars, median", f"{median(delays):.1f} ms", "", ""),
        Row("stretches that were painted", f"{painted / steps:.1%}", "", "", "≥ 95 %", painted >= 0.95 * steps),
        Row("address to a paper that is read", f"{ready:.0f} ms", "", "", f"≤ {MOST_READY} ms", ready <= MOST_READY),
        Row("transferred before the first stroke", f"{size / 1000:.0f} kB", "", "", f"≤ {MOST_BYTES // 1000} kB",
            size <= MOST_BYTES),
    )  # fmt: skip
    how = f"{len(delays)} stretches in {STROKES} strokes over the paper, 784-30-10; medians of {LOADS} loads."
    return Section("A stroke on /digits", how, rows)


def stroke(browser: Browser, address: str) -> dict[str, Any]:
    """One stroke; a short one before it warms the page up."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address, wait_until="networkidle")
    page.evaluate((BARE / "probe.js").read_text())
    cross(page, 10)
    page.wait_for_timeout(REST)
    page.locator('[data-action="clear"]').click()
    page.evaluate("probe.take()")
    cross(page, STEPS)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))")
    result: dict[str, Any] = page.evaluate("probe.take()")
    page.close()
    return result


def cross(page: Page, steps: int) -> None:
    """A stroke from the paper's upper left to its lower right."""
    box = page.locator('[data-view="canvas"]').bounding_box()
    assert box is not None, "the paper is not on screen"
    at = [(box["x"] + share * box["width"], box["y"] + share * box["height"]) for share in (0.2, 0.8)]
    (x, y), (to_x, to_y) = at
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps)
    page.mouse.up()


def load(browser: Browser, address: str) -> dict[str, float]:
    """Milliseconds until the paper is read, in a browser that has seen nothing, and the bytes that took."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(address)
    page.locator('[data-view="outputs"][data-answer]').wait_for(state="attached")
    result: dict[str, float] = page.evaluate(
        """() => ({
          ready: performance.getEntriesByName('read')[0].startTime,
          bytes: ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
            .reduce((sum, { transferSize }) => sum + transferSize, 0),
        })"""
    )
    context.close()
    return result
