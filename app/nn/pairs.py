"""Which output layer goes with which cost, and all that follows from the pair.

Its value and its δ = ∂C/∂z, both of one sample; their lines in the listing; the same in the program that repeats a run.
Logarithms are taken of the logits, ln a from ``log_softmax`` or ``log_sigmoid``, never of a rounded a. Targets may be
one-hot, soft or multi-hot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .data import Array
from .layers import log_sigmoid, log_softmax, sigmoid, sigmoid_vjp, softmax, softmax_vjp

__all__ = ["TABLE", "CostName", "Output", "Pair", "pair_of"]

Output = Literal["softmax", "sigmoid"]
CostName = Literal["log-likelihood", "cross-entropy", "quadratic"]


@dataclass(frozen=True, slots=True)
class Pair:
    """An output layer with a cost.

    ``value``: C of each sample, (..., classes) → (...), in nats where ``nats``; a squared difference has no unit.
    ``delta``: ∂C/∂z of each sample, the shape stays. ``listed``: the lines for C (the mean) and δ, {L} for the last
    layer. ``program``: the bodies of ``cost(z, y)`` and ``output_delta(z, y)``.
    """

    output: Output
    cost: CostName
    nats: bool
    value: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]
    listed: tuple[str, str]
    program: tuple[str, str]


def pair_of(output: str, cost: str) -> Pair:
    """The pair; raises ValueError where they do not go together."""
    for pair in TABLE:
        if (pair.output, pair.cost) == (output, cost):
            return pair
    raise ValueError(f"no cost {cost!r} goes with {output!r} outputs")


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


SQUARES = "C = (0.5 * ((a{L} - y) ** 2).sum(axis=1)).mean()"

TABLE: tuple[Pair, ...] = (
    Pair(
        output="softmax",
        cost="log-likelihood",
        nats=True,
        value=log_likelihood,
        delta=log_likelihood_delta,
        listed=("C = (-(y * log_softmax(z{L})).sum(axis=1)).mean()", "delta{L} = a{L} - y"),
        program=(
            "return -(y * log_softmax(z)).sum(axis=1).mean()",
            "a = np.exp(log_softmax(z))\n    return a - y",
        ),
    ),
    Pair(
        output="softmax",
        cost="quadratic",
        nats=False,
        value=quadratic_of_softmax,
        delta=quadratic_of_softmax_delta,
        listed=(SQUARES, "delta{L} = a{L} * ((a{L} - y) - ((a{L} - y) * a{L}).sum(axis=1, keepdims=True))"),
        program=(
            "return 0.5 * ((np.exp(log_softmax(z)) - y) ** 2).sum(axis=1).mean()",
            "a = np.exp(log_softmax(z))\n    return a * ((a - y) - ((a - y) * a).sum(axis=1, keepdims=True))",
        ),
    ),
    Pair(
        output="sigmoid",
        cost="cross-entropy",
        nats=True,
        value=cross_entropy,
        delta=cross_entropy_delta,
        listed=(
            "C = (-(y * log_sigmoid(z{L}) + (1 - y) * log_sigmoid(-z{L})).sum(axis=1)).mean()",
            "delta{L} = a{L} - y",
        ),
        program=("return np.logaddexp(0, np.where(y > 0, -z, z)).sum(axis=1).mean()", "return sigmoid(z) - y"),
    ),
    Pair(
        output="sigmoid",
        cost="quadratic",
        nats=False,
        value=quadratic_of_sigmoid,
        delta=quadratic_of_sigmoid_delta,
        listed=(SQUARES, "delta{L} = (a{L} - y) * a{L} * (1 - a{L})"),
        program=(
            "return 0.5 * ((sigmoid(z) - y) ** 2).sum(axis=1).mean()",
            "a = sigmoid(z)\n    return (a - y) * a * (1 - a)",
        ),
    ),
)
"""Every pair; of an output layer's costs the first is the one offered first."""
