"""Mean costs of many epochs and lanes at once, from stored logits. Each lane's bits depend on that lane alone."""

from __future__ import annotations

import numpy as np

from .data import Array
from .spec import RunSpec

__all__ = ["EIGHT", "FEW_SAMPLES", "mean_costs"]

EIGHT = 8
"""BLAS takes so many rows of a product at once; rows left over would be added up in another order."""

FEW_SAMPLES = 16
"""Up to so many samples a product with ones adds up rows sooner than a reduction of each."""


def mean_costs(spec: RunSpec, p: Array, target: Array, *, tanh: bool, paired: bool) -> Array:
    """(epochs, units, lanes, samples) → (epochs, lanes), nats per sample.

    Where ``tanh``, ``p`` is half the logits (``paired``: half the difference of two) and the target is −1 or 1; else
    ``p`` is the logits and the target is 0 or 1.
    """
    if not tanh:
        return means(softmax_costs(spec, p, target))
    if spec.cost == "quadratic":
        # a − y = (tanh p − target)/2; of two classes both are off by as much.
        off = 0.5 * (np.tanh(p) - target)
        return means(over_units((1.0 if paired else 0.5) * np.square(off)))
    gaps = p * (2.0 * target)
    costs = np.abs(gaps)
    np.negative(costs, costs)
    np.exp(costs, costs)
    np.log1p(costs, costs)
    np.minimum(gaps, 0.0, out=gaps)
    np.subtract(costs, gaps, costs)
    return means(over_units(costs))


def over_units(costs: Array) -> Array:
    """The sum over the units, (epochs, units, lanes, samples) → (epochs, lanes, samples)."""
    return costs[:, 0] if costs.shape[1] == 1 else np.asarray(np.add.reduce(costs, axis=1))


def softmax_costs(spec: RunSpec, z: Array, y: Array) -> Array:
    """(epochs, classes, lanes, samples) → (epochs, lanes, samples)."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    others = np.add.reduce(powers * (1.0 - y), axis=1)
    own = np.add.reduce(powers * y, axis=1)
    if spec.cost == "quadratic":
        return np.asarray(0.5 * np.add.reduce(np.square(powers / (own + others)[:, None] - y), axis=1))
    costs = np.log1p(others / own)
    if (own == 0.0).any():
        gaps = z - z.max(axis=1, keepdims=True)
        from_gaps = np.log(np.add.reduce(powers, axis=1)) - np.add.reduce(gaps * y, axis=1)
        costs = np.where(own == 0.0, from_gaps, costs)
    return np.asarray(costs)


def means(costs: Array) -> Array:
    """(epochs, lanes, samples) → (epochs, lanes)."""
    epochs, lanes, samples = costs.shape
    if samples > FEW_SAMPLES:
        return np.asarray(np.add.reduce(costs, axis=2) / samples)
    # Rows that short are dear to add up one by one. In eights, BLAS adds every row in the same order.
    count = epochs * lanes
    rows = np.zeros((-(-count // EIGHT) * EIGHT, samples))
    rows[:count] = costs.reshape(count, samples)
    sums = np.dot(rows, np.ones((samples, 2)))
    return np.asarray(sums[:count, 0].reshape(epochs, lanes) / samples)
