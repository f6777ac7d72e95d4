"""Mean costs of many epochs and lanes at once, from stored logits. Each lane's bits depend on that lane alone."""

from __future__ import annotations

import numpy as np

from .data import Array
from .spec import RunSpec

__all__ = ["EIGHT", "FEW_SAMPLES", "MeanCosts"]

EIGHT = 8
"""BLAS takes so many rows of a product at once; rows left over would be added up in another order."""

FEW_SAMPLES = 16
"""Up to so many samples a product with ones adds up rows sooner than a reduction of each."""


class MeanCosts:
    """The mean costs of up to ``epochs`` epochs of logits shaped ``shape``, (units, lanes, samples).

    Where ``tanh``, ``logits`` is to hold half the logits (``paired``: half the difference of two) and ``target`` is −1
    or 1; else ``logits`` the logits, and ``target`` is 0 or 1. Every array is made here, once: to ask the system for
    new ones would cost as much as a third of the training.
    """

    def __init__(self, spec: RunSpec, target: Array, epochs: int, *, tanh: bool, paired: bool) -> None:
        _, lanes, samples = target.shape
        self.spec, self.target, self.tanh, self.paired = spec, target, tanh, paired
        self.logits = np.zeros((epochs, *target.shape))
        self.first, self.second = np.empty(self.logits.shape), np.empty(self.logits.shape)
        self.whole = np.empty((3, epochs, lanes, samples))
        self.padded = np.zeros((-(-epochs * lanes // EIGHT) * EIGHT, samples))
        self.summed = self.padded[: epochs * lanes].reshape(epochs, lanes, samples)
        self.ones = np.ones((samples, 2))

    def of(self, epochs: int) -> Array:
        """(epochs, lanes): nats per sample, of the first ``epochs`` in ``logits``."""
        if not self.tanh:
            return self.means(self.softmax_costs(epochs))
        p, costs, gaps = self.logits[:epochs], self.first[:epochs], self.second[:epochs]
        if self.spec.cost == "quadratic":
            # a − y = (tanh p − target)/2; of two classes both are off by as much.
            np.tanh(p, costs)
            np.subtract(costs, self.target, costs)
            np.multiply(costs, 0.5, costs)
            np.square(costs, costs)
            np.multiply(costs, 1.0 if self.paired else 0.5, costs)
            return self.means(self.over_units(costs))
        # −ln a = ln(1 + e^−2m) for a margin m = p·target; |m| keeps e^… from overflowing, and |m| − m makes that good.
        np.multiply(p, self.target, gaps)
        np.abs(gaps, costs)
        np.subtract(costs, gaps, gaps)
        np.multiply(costs, -2.0, costs)
        np.exp(costs, costs)
        np.log1p(costs, costs)
        if self.paired:
            np.add(costs[:, 0], gaps[:, 0], self.summed[:epochs])
            return self.means(self.summed[:epochs])
        np.add(costs, gaps, costs)
        return self.means(self.over_units(costs))

    def over_units(self, costs: Array, place: int = 0) -> Array:
        """The sum over the units, (epochs, units, lanes, samples) → (epochs, lanes, samples)."""
        if costs.shape[1] == 1:
            return costs[:, 0]
        return np.asarray(np.add.reduce(costs, axis=1, out=self.whole[place, : len(costs)]))

    def softmax_costs(self, epochs: int) -> Array:
        """(epochs, lanes, samples)."""
        z, y, powers, spare = self.logits[:epochs], self.target, self.first[:epochs], self.second[:epochs]
        largest = np.maximum.reduce(z, axis=1, keepdims=True, out=self.whole[2, :epochs, None])
        np.subtract(z, largest, powers)
        np.exp(powers, powers)
        others = self.over_units(np.multiply(powers, 1.0 - y, spare), 0)
        own = self.over_units(np.multiply(powers, y, spare), 1)
        if self.spec.cost == "quadratic":
            np.divide(powers, (own + others)[:, None], spare)
            np.subtract(spare, y, spare)
            np.square(spare, spare)
            return np.asarray(0.5 * self.over_units(spare, 2))
        if (own == 0.0).any():
            gaps = z - largest
            from_gaps = np.log(np.add.reduce(powers, axis=1)) - np.add.reduce(gaps * y, axis=1)
            return np.where(own == 0.0, from_gaps, np.log1p(others / own))
        np.divide(others, own, others)
        return np.asarray(np.log1p(others, others))

    def means(self, costs: Array) -> Array:
        """(epochs, lanes, samples) → (epochs, lanes)."""
        epochs, lanes, samples = costs.shape
        if samples > FEW_SAMPLES:
            return np.asarray(np.add.reduce(costs, axis=2) / samples)
        # Rows that short are dear to add up one by one. In eights, BLAS adds every row in the same order.
        count = epochs * lanes
        rows = self.padded[: -(-count // EIGHT) * EIGHT]
        if costs.base is not self.padded:
            self.summed[:epochs] = costs
        sums = np.dot(rows, self.ones)
        return np.asarray(sums[:count, 0].reshape(epochs, lanes) / samples)
