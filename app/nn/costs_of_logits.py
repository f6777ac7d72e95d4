"""Mean costs of many epochs and lanes at once, from stored logits. Each lane's bits depend on that lane alone."""

from __future__ import annotations

import numpy as np

from .data import Array
from .spec import RunSpec

__all__ = ["EIGHT", "FEW_SAMPLES", "MeanCosts", "minus_log_own"]

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
        self.others = 1.0 - target
        # Places of the own classes' numbers in an epoch's, all axes in one.
        self.own = np.argmax(target, axis=0).ravel() * lanes * samples + np.arange(lanes * samples)

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
        if self.spec.cost == "quadratic":
            np.divide(powers, self.over_units(powers, 0)[:, None], spare)
            np.subtract(spare, y, spare)
            np.square(spare, spare)
            return np.asarray(0.5 * self.over_units(spare, 2))
        others = self.over_units(np.multiply(powers, self.others, spare), 0)
        gaps = largest[:, 0] - self.own_of(z)
        return minus_log_own(gaps, others, self.own_of(powers))

    def own_of(self, numbers: Array) -> Array:
        """Each sample's own class's numbers, (epochs, units, lanes, samples) → (epochs, lanes, samples)."""
        epochs, _, lanes, samples = numbers.shape
        return np.asarray(numbers.reshape(epochs, -1).take(self.own, 1, mode="clip").reshape(epochs, lanes, samples))

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


def minus_log_own(gaps: Array, others: Array, own: Array) -> Array:
    """−ln a of each sample's own class. Finite where the gap is; changes ``others`` and ``own`` in place.

    ``gaps``: the largest logit less the own one; ``others``: Σ e^{z − largest} of the other classes; ``own``: e^{−gap}.
    A quotient others/own would overflow long before the cost does: ln(others + own) is what the gap leaves. It is taken
    as ln(1 + (others + (own − 1))), where own − 1 is exactly 0 for a class that leads, so that a cost near 0 keeps its
    digits; elsewhere the cost is at least ln 2, and what own − 1 loses is beyond its last place.
    """
    np.subtract(own, 1.0, own)
    np.add(others, own, others)
    np.log1p(others, others)
    return np.asarray(np.add(gaps, others, others))
