"""A network trained as an introductory text writes it: one sample after another, NumPy on column vectors."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from app.nn.data import Array, Data

__all__ = ["Textbook", "columns"]

Columns = list[tuple[Array, Array]]
"""Samples as pairs of an input column and a target column."""


class Textbook:
    """Sigmoid hidden layers, softmax outputs, log-likelihood cost; mini-batches by summing the samples' gradients."""

    def __init__(self, sizes: tuple[int, ...], seed: int) -> None:
        source = np.random.default_rng(seed)
        self.random = source
        self.w = [source.standard_normal((above, below)) / np.sqrt(below) for below, above in pairwise(sizes)]
        self.b = [source.standard_normal((above, 1)) for above in sizes[1:]]

    def epoch(self, samples: Columns, batch_size: int, eta: float) -> None:
        """Every sample once, in an order of its own."""
        order = self.random.permutation(len(samples))
        for first in range(0, len(samples), batch_size):
            self.learn([samples[index] for index in order[first : first + batch_size]], eta)

    def learn(self, batch: Columns, eta: float) -> None:
        """One update by the mean gradient of a mini-batch."""
        sum_w, sum_b = [np.zeros(w.shape) for w in self.w], [np.zeros(b.shape) for b in self.b]
        for x, y in batch:
            slope_w, slope_b = self.slopes(x, y)
            sum_w = [total + slope for total, slope in zip(sum_w, slope_w, strict=True)]
            sum_b = [total + slope for total, slope in zip(sum_b, slope_b, strict=True)]
        self.w = [w - eta / len(batch) * total for w, total in zip(self.w, sum_w, strict=True)]
        self.b = [b - eta / len(batch) * total for b, total in zip(self.b, sum_b, strict=True)]

    def forward(self, x: Array) -> list[Array]:
        """The activations of every layer, x first."""
        activations = [x]
        for w, b in zip(self.w[:-1], self.b[:-1], strict=True):
            activations.append(1.0 / (1.0 + np.exp(-(w @ activations[-1] + b))))
        z = self.w[-1] @ activations[-1] + self.b[-1]
        powers = np.exp(z - z.max())
        activations.append(powers / powers.sum())
        return activations

    def slopes(self, x: Array, y: Array) -> tuple[list[Array], list[Array]]:
        """One sample's gradient by backpropagation, layer by layer."""
        activations = self.forward(x)
        delta = activations[-1] - y
        slope_w, slope_b = [delta @ activations[-2].T], [delta]
        for layer in range(len(self.w) - 2, -1, -1):
            a = activations[layer + 1]
            delta = (self.w[layer + 1].T @ delta) * a * (1.0 - a)
            slope_w.insert(0, delta @ activations[layer].T)
            slope_b.insert(0, delta)
        return slope_w, slope_b

    def cost(self, samples: Columns) -> float:
        """The mean cost over all samples, one after another."""
        return sum(-float(np.log(self.forward(x)[-1][y == 1.0][0])) for x, y in samples) / len(samples)


def columns(data: Data) -> Columns:
    """A data set's samples as a textbook holds them."""
    return [(x[:, None].copy(), y[:, None].copy()) for x, y in zip(data.x, data.y, strict=True)]
