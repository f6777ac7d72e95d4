"""What each page weighs: bytes and requests until it is at rest, in a browser that has kept nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from app.web.pages.contents import PAGES

from .report import Row, Section

__all__ = ["weight_section"]

BEFORE = {
    "/": (69, 40),
    "/softmax": (545, 58),
    "/cost": (111, 62),
    "/derivation": (205, 51),
    "/network": (227, 56),
    "/train": (580, 72),
    "/race": (528, 49),
    "/digits": (157, 37),
    "/glossary": (20, 12),
    "/teach": (20, 12),
}
"""Kilobytes and requests of each page before its chapter became a room: it may not weigh more."""


@dataclass(slots=True)
class Weight:
    """Bytes on the wire, heads of answers included, and requests."""

    bytes: int = 0
    requests: int = 0


def weight_section(browser: Browser, address: str) -> Section:
    """A row for each page."""
    rows = tuple(row(page.address, weight(browser, address + page.address)) for page in PAGES)
    how = "A new profile for each page, until the network has been idle for half a second; nobody touches a chart."
    return Section("What a page weighs", how, rows)


def row(path: str, found: Weight) -> Row:
    """A page's bytes and requests, beside what it weighed before."""
    ours = f"{found.bytes / 1000:.0f} kB, {found.requests} requests"
    if path not in BEFORE:
        return Row(path, ours, "", "")
    kilobytes, requests = BEFORE[path]
    reached = found.bytes / 1000 <= kilobytes and found.requests <= requests
    ratio = f"{found.bytes / 1000 / kilobytes:.2f}"
    return Row(path, ours, f"{kilobytes} kB, {requests} requests", ratio, "≤ 1", reached)


def weight(browser: Browser, address: str) -> Weight:
    """Loads a page with an empty cache and weighs what came."""
    found = Weight()
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")

    def arrived(event: dict[str, Any]) -> None:
        found.bytes += int(event["encodedDataLength"])
        found.requests += 1

    wire.on("Network.loadingFinished", arrived)
    page.goto(address, wait_until="networkidle")
    context.close()
    return found
