"""How fast one run trains: ours, with the cost of every epoch, beside the article's loop on the same samples."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.datasets import load
from app.nn.data import Data
from app.nn.spec import RunSpec
from app.nn.stack import trainer

from .article import article_loop
from .report import Row, Section, median

__all__ = ["section"]

EPOCHS, REPEATS = 2000, 9
BAR = 2
"""How many times as fast as the article's loop one run has to be."""


def section() -> Section:
    """Microseconds an epoch, by turns, medians; one core, one process."""
    majority = load("four-bit-majority").data
    cases = (
        ("4 samples", Data(majority.x[6:10], majority.y[6:10])),
        ("16 samples (four-bit majority)", majority),
        ("100 samples (Iris, the default)", load("iris-versicolor-virginica").data),
    )
    rows = tuple(row(name, data) for name, data in cases)
    how = f"One run of the 4-5-2 network, full batch, {EPOCHS} epochs at a time, by turns; medians of {REPEATS}."
    return Section("One run", how, rows)


def row(name: str, data: Data) -> Row:
    """One size of data."""
    kernel = trainer(RunSpec(), data)
    start = kernel.start()
    ours, theirs = [], []
    for _ in range(REPEATS):
        theirs.append(seconds(lambda: article_loop(data.x, data.y, EPOCHS, 0)))
        ours.append(seconds(lambda: kernel.advance(start, EPOCHS)))
    mine, yardstick = median(ours) / EPOCHS * 1e6, median(theirs) / EPOCHS * 1e6
    return Row(
        name,
        f"{mine:.1f} µs an epoch",
        f"{yardstick:.1f} µs an epoch",
        f"{yardstick / mine:.2f} × as fast",
        f"≥ {BAR} ×",
        yardstick >= BAR * mine,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
