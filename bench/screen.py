"""All that is measured in a browser: the product, the bare page and Chromium started once."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from .chapters import chapter_section
from .pages import FLAGS, bare_page, chromium, drag_section, train_section
from .product import product
from .report import Section
from .strokes import stroke_section
from .weights import weight_section

__all__ = ["sections"]


def sections() -> tuple[Section, ...]:
    """Drags, trainings, strokes, moves through the chapters, and what each page weighs."""
    with product() as (address, _), bare_page() as bare_address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        return (
            drag_section(browser, address, bare_address),
            train_section(browser, address),
            stroke_section(browser, address),
            chapter_section(browser, address, bare_address),
            weight_section(browser, address),
        )
