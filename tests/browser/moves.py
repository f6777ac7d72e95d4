"""What a reader does that several tests need."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

PATIENCE = 30_000
"""Milliseconds that fetching Plotly may take on a machine that is busy with something else."""


def take_in_hand(chart: Locator) -> None:
    """Point at a chart and wait until it can be zoomed and read off."""
    expect(chart).to_have_attribute("data-state", "drawn")
    chart.hover()
    expect(chart).to_have_attribute("data-reading", "ready", timeout=PATIENCE)
