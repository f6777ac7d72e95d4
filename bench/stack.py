"""How fast many runs train side by side in one process, beside the article's loop: per run and epoch."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.datasets import load
from app.nn import training
from app.nn.data import Data
from app.nn.spec import RunSpec
from app.nn.stack import Lane, Stack

from .article import article_loop
from .report import Row, Section, median

__all__ = ["section"]

REPEATS, LOOP_EPOCHS = 7, 1500
MOST_NUMBERS = 2048
"""Lanes times samples of one stack, as on a worker."""


def section() -> Section:
    """Nanoseconds a run and epoch, with every cost, by turns; medians."""
    majority, iris = load("four-bit-majority").data, load("iris-versicolor-virginica").data
    four = Data(majority.x[6:10], majority.y[6:10])
    rows = (row(four, 1, 2.5), row(four, 300, 140), row(four, 1000, 130), row(iris, 1, 2.5), row(iris, 300, 10))
    how = f"Runs of the 4-5-2 network, each with its own seed, one core, one process; medians of {REPEATS}."
    return Section("Many runs at once", how, rows)


def row(data: Data, runs: int, bar: float) -> Row:
    """So many runs on this data."""
    stacks = list(stacked(data, runs))
    blocks = max(1, 100_000 // (runs * data.samples * stacks[0].together))
    epochs = blocks * stacks[0].together
    ours, theirs = [], []
    for _ in range(REPEATS):
        theirs.append(seconds(lambda: article_loop(data.x, data.y, LOOP_EPOCHS, 0)) / LOOP_EPOCHS)
        ours.append(seconds(lambda: advance(stacks, blocks)) / epochs / runs)
    mine, loop = median(ours) * 1e9, median(theirs) * 1e9
    return Row(
        f"{runs} run{'s' if runs > 1 else ''}, {data.samples} samples",
        f"{mine:,.0f} ns".replace(",", " "),
        f"{loop:,.0f} ns".replace(",", " "),
        f"{loop / mine:.1f} × as fast",
        f"≥ {bar:g} ×",
        loop >= bar * mine,
    )


def stacked(data: Data, runs: int) -> list[Stack]:
    """As few stacks as a worker would take."""
    most = max(8, MOST_NUMBERS // data.samples)
    stacks = []
    for first in range(0, runs, most):
        lanes = [lane(data, seed) for seed in range(first, min(runs, first + most))]
        stack = Stack(RunSpec(), data, len(lanes))
        stack.hold(lanes)
        stacks.append(stack)
    return stacks


def lane(data: Data, seed: int) -> Lane:
    """A run from its own seed."""
    begun = training.start(RunSpec(seed=seed), data).parameters
    return Lane(begun, RunSpec().eta, begun)


def advance(stacks: list[Stack], blocks: int) -> None:
    """Train every stack for so many blocks of epochs."""
    for stack in stacks:
        for _ in range(blocks):
            stack.advance(stack.together)


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
