"""The loop that PyTorch's tutorials show, eager on one CPU thread, in its own float32. Run as a program of its own.

Prints the median seconds of an epoch. PyTorch is the optional dependency ``bench``, in no lock.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from app.datasets import load

__all__ = ["main"]

REPEATS = 3


def main(name: str) -> None:
    """Train 30 hidden units on the named digits in mini-batches of 10."""
    import torch  # type: ignore[import-not-found,unused-ignore]

    library: Any = torch
    library.set_num_threads(1)
    data = load(name).data
    x, y = library.tensor(data.x, dtype=library.float32), library.tensor(data.labels)
    layers = library.nn
    network = layers.Sequential(layers.Linear(data.inputs, 30), layers.Sigmoid(), layers.Linear(30, data.classes))
    cost_of, optimiser = layers.CrossEntropyLoss(), library.optim.SGD(network.parameters(), lr=0.5)
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        order = library.randperm(data.samples)
        for first in range(0, data.samples, 10):
            chosen = order[first : first + 10]
            optimiser.zero_grad()
            cost_of(network(x[chosen]), y[chosen]).backward()
            optimiser.step()
        with library.no_grad():
            float(cost_of(network(x), y))
        seconds.append(time.perf_counter() - begun)
    print(statistics.median(seconds))


if __name__ == "__main__":
    main(sys.argv[1])
