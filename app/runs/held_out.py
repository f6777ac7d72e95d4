"""What a network does with samples that it never learnt: how many it knows, what it takes them for, the worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nn.costs import cost_of
from ..nn.data import Array, Data
from ..nn.network import Parameters, forward
from ..nn.spec import RunSpec

__all__ = ["MOST_SHOWN", "Answers", "Mistake", "answers"]

MOST_SHOWN = 100
"""Of so many samples, the first ones, every a is kept."""
MOST_MISTAKES = 24


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A sample that the network takes for another class: its index, its class, the answer, and every a."""

    index: int
    label: int
    answer: int
    cost: float
    a: Array


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A network's answers to all samples. ``cost``: the mean in nats; ``confusion[label][answer]``: samples.

    ``worst``: the mistakes that cost most, the worst first. ``a``: (samples shown, classes).
    """

    samples: int
    accuracy: float
    cost: float
    confusion: NDArray[np.intp]
    worst: tuple[Mistake, ...]
    a: Array


def answers(spec: RunSpec, data: Data, parameters: Parameters) -> Answers:
    """Ask the network about all samples. Takes a while for many; may be called from any thread."""
    with np.errstate(all="ignore"):
        trace = forward(parameters, data.x, spec.output)
        costs = cost_of(trace.z[-1], data.y, spec.output, spec.cost)
        mean = float(costs.mean())
    a, labels = trace.a[-1], data.labels
    given = np.argmax(a, axis=1)
    confusion = np.zeros((data.classes, data.classes), dtype=np.intp)
    np.add.at(confusion, (labels, given), 1)
    wrong = np.flatnonzero(given != labels)
    # A cost that is not a number sorts last; the order of equals is that of the samples.
    worst = wrong[np.argsort(-costs[wrong], kind="stable")][:MOST_MISTAKES]
    mistakes = (Mistake(int(i), int(labels[i]), int(given[i]), float(costs[i]), a[i].copy()) for i in worst)
    right = float((given == labels).mean())
    return Answers(data.samples, right, mean, confusion, tuple(mistakes), a[:MOST_SHOWN].copy())
