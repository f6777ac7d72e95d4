"""How fast the pages answer, in headless Chromium: a drag beside a bare static page, training beside the article's
loop.
"""

from __future__ import annotations

import functools
import http.server
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from app.datasets import load

from .article import article_loop
from .report import Row, Section, median, percentile

BARE = Path(__file__).parent / "bare"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
FRAME = 1000 / 60
STEPS, DRAGS, TRAININGS = 80, 8, 9
REST = 700
"""Milliseconds after the drag that warms the page up: charts that wait for the hand to rest are drawn in it."""


def drag_section(browser: Browser, address: str, bare_address: str) -> Section:
    """Drags of 80 steps, by turns on the bare page and on ours, so that both meet the same machine."""
    ours, bare = Drags(), Drags()
    for _ in range(DRAGS):
        bare.add(drag(browser, bare_address))
        ours.add(drag(browser, f"{address}/softmax?lang=en"))
    p99, bare_p99 = percentile(ours.delays, 0.99), percentile(bare.delays, 0.99)
    p50, bare_p50 = median(ours.delays), median(bare.delays)
    share, bare_share = ours.painted / ours.steps, bare.painted / bare.steps
    rows = (
        Row("drag to painted bar, p99", f"{p99:.1f} ms", f"{bare_p99:.1f} ms", f"{p99 / bare_p99:.2f}",
            f"≤ {FRAME + 2:.1f} ms and ≤ 1.2 ×", p99 <= FRAME + 2 and p99 <= 1.2 * bare_p99),
        Row("drag to painted bar, median", f"{p50:.1f} ms", f"{bare_p50:.1f} ms", f"{p50 / bare_p50:.2f}",
            "≤ 1.2 ×", p50 <= 1.2 * bare_p50),
        Row("steps of a drag that were painted", f"{share:.1%}", f"{bare_share:.1%}", f"{share / bare_share:.2f}",
            "≥ 95 %", share >= 0.95),
    )  # fmt: skip
    how = f"{ours.steps} steps in drags of {STEPS} on each page, by turns; the yardstick: a static page, four SVG bars."
    return Section("A drag on /softmax", how, rows)


class Drags:
    """The delays (ms) and counts of several drags."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self.steps = 0
        self.painted = 0

    def add(self, result: dict[str, Any]) -> None:
        """Add what the probe in the page counted."""
        self.delays += result["delays"]
        self.steps += result["steps"]
        self.painted += result["painted"]


def drag(browser: Browser, address: str) -> dict[str, Any]:
    """Drag the first slider once from left to right; a first short drag warms the page up."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address, wait_until="networkidle")
    page.evaluate((BARE / "probe.js").read_text())
    slide(page, 10)
    page.wait_for_timeout(REST)
    page.evaluate("probe.take()")
    slide(page, STEPS)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))")
    result: dict[str, Any] = page.evaluate("probe.take()")
    page.close()
    return result


def slide(page: Page, steps: int) -> None:
    """Press the mouse on the slider's left part and move it to its right part in equal steps."""
    box = page.locator('input[data-z="1"]').bounding_box()
    assert box is not None, "the first slider is not on screen"
    left, width, middle = box["x"] + 0.1 * box["width"], 0.8 * box["width"], box["y"] + box["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(left + width * step / steps, middle)
    page.mouse.up()


def train_section(browser: Browser, address: str) -> Section:
    """Train click to first and last painted point, each beside the article's bare loop on the same data."""
    rows: list[Row] = []
    for name in ("iris-versicolor-virginica", "four-bit-majority"):
        rows += train_rows(browser, address, name)
    how = f"{TRAININGS} trainings of 10 000 epochs each, by turns with the article's loop on the same samples; medians."
    return Section("Training on /train", how, tuple(rows))


def train_rows(browser: Browser, address: str, dataset: str) -> list[Row]:
    """Both bars for one data set."""
    data = load(dataset).data
    loops: list[float] = []
    firsts: list[float] = []
    wholes: list[float] = []
    for _ in range(TRAININGS):
        begun = time.perf_counter()
        article_loop(data.x, data.y, 10_000, 0)
        loops.append((time.perf_counter() - begun) * 1000)
        first, whole = train(browser, f"{address}/train?lang=en&dataset={dataset}")
        firsts.append(first)
        wholes.append(whole)
    loop, first, whole = median(loops), median(firsts), median(wholes)
    return [
        Row(f"{dataset}: click to first cost on screen", f"{first:.0f} ms", f"{loop:.0f} ms", f"{first / loop:.2f}",
            "≤ 0.25", first <= loop / 4),
        Row(f"{dataset}: click to the whole curve", f"{whole:.0f} ms", f"{loop:.0f} ms", f"{whole / loop:.2f}",
            "≤ 1.5", whole <= 1.5 * loop),
    ]  # fmt: skip


def train(browser: Browser, address: str) -> tuple[float, float]:
    """One training in a new page: ms from the click to the first and to the last painted point."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(address, wait_until="networkidle")
    page.evaluate("window.lastEpoch = 10000")
    page.evaluate((BARE / "clock.js").read_text())
    page.locator('[data-action="train"]').click()
    times = page.evaluate("window.trainClock.done")
    page.close()
    return float(times["first"]), float(times["whole"])


@contextmanager
def bare_page() -> Iterator[str]:
    """The yardstick page, served from memory of this process."""
    handler = functools.partial(QuietHandler, directory=os.fspath(BARE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """A static file handler that keeps the terminal for the figures."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def chromium() -> str:
    """Where the system's Chromium is."""
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")
