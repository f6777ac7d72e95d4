"""The three costs and their δ = ∂C/∂z, for every output layer that each goes with.

All are in nats per sample and are computed from the logits where a logarithm is involved: ln a from ``log_softmax`` or
``log_sigmoid``, never the logarithm of a rounded a. Targets may be one-hot, soft or multi-hot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from .data import Array
from .layers import log_sigmoid, log_softmax, sigmoid, sigmoid_vjp, softmax, softmax_vjp
from .spec import CostName, Output

__all__ = ["activate", "cost_of", "delta_of"]

Pair = tuple[Output, CostName]


def activate(z: Array, output: Output) -> Array:
    """The output layer's a from its z, (..., classes)."""
    return softmax(z) if output == "softmax" else sigmoid(z)


def cost_of(z: Array, y: Array, output: Output, cost: CostName) -> Array:
    """C of each sample, in nats. ``z``, ``y``: (..., classes). Returns (...)."""
    return COST_VALUES[output, cost](z, y)


def delta_of(z: Array, y: Array, output: Output, cost: CostName) -> Array:
    """δ = ∂C/∂z of each sample. ``z``, ``y``: (..., classes). Returns the same shape."""
    return DELTAS[output, cost](z, y)


def terms(weight: Array, logarithm: Array) -> Array:
    """weight · logarithm with 0 · anything = 0: a class that is not the target's says nothing (row C2)."""
    return np.where(weight == 0.0, 0.0, weight) * np.where(weight == 0.0, 0.0, logarithm)


def log_likelihood(z: Array, y: Array) -> Array:
    """C = −Σ_i y_i ln a_i (row C1); with one-hot y it is −ln a_i of the target's class (row C3)."""
    return np.asarray(-terms(y, log_softmax(z)).sum(axis=-1))


def log_likelihood_delta(z: Array, y: Array) -> Array:
    """δ_i = a_i Σ_k y_k − y_i, which is a_i − y_i where the targets sum to 1 (row D1)."""
    return np.asarray(softmax(z) * y.sum(axis=-1, keepdims=True) - y)


def cross_entropy(z: Array, y: Array) -> Array:
    """C = −Σ_i [y_i ln a_i + (1 − y_i) ln(1 − a_i)] (row A2)."""
    return np.asarray(-(terms(y, log_sigmoid(z)) + terms(1.0 - y, log_sigmoid(-z))).sum(axis=-1))


def cross_entropy_delta(z: Array, y: Array) -> Array:
    """δ_i = a_i − y_i: the factor a(1 − a) has cancelled."""
    return np.asarray(sigmoid(z) - y)


def quadratic_of_sigmoid(z: Array, y: Array) -> Array:
    """C = ½ Σ_i (a_i − y_i)² with sigmoid outputs (row A1)."""
    return np.asarray(0.5 * np.square(sigmoid(z) - y).sum(axis=-1))


def quadratic_of_sigmoid_delta(z: Array, y: Array) -> Array:
    """δ_i = (a_i − y_i) a_i (1 − a_i)."""
    a = sigmoid(z)
    return sigmoid_vjp(a - y, a)


def quadratic_of_softmax(z: Array, y: Array) -> Array:
    """C = ½ Σ_i (a_i − y_i)² with softmax outputs: the pair that still stalls."""
    return np.asarray(0.5 * np.square(softmax(z) - y).sum(axis=-1))


def quadratic_of_softmax_delta(z: Array, y: Array) -> Array:
    """δ_j = a_j ((a_j − y_j) − Σ_i (a_i − y_i) a_i): the whole Jacobian takes part."""
    a = softmax(z)
    return softmax_vjp(a - y, a)


COST_VALUES: Mapping[Pair, Callable[[Array, Array], Array]] = MappingProxyType(
    {
        ("softmax", "log-likelihood"): log_likelihood,
        ("softmax", "quadratic"): quadratic_of_softmax,
        ("sigmoid", "cross-entropy"): cross_entropy,
        ("sigmoid", "quadratic"): quadratic_of_sigmoid,
    }
)

DELTAS: Mapping[Pair, Callable[[Array, Array], Array]] = MappingProxyType(
    {
        ("softmax", "log-likelihood"): log_likelihood_delta,
        ("softmax", "quadratic"): quadratic_of_softmax_delta,
        ("sigmoid", "cross-entropy"): cross_entropy_delta,
        ("sigmoid", "quadratic"): quadratic_of_sigmoid_delta,
    }
)
